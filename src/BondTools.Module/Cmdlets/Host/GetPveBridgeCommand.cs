using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using BondTools.Linux;

namespace BondTools.Module.Cmdlets;

/// <summary>Gets the bridges that a host's interfaces file configures.</summary>
[Cmdlet(VerbsCommon.Get, "PveBridge", DefaultParameterSetName = SessionSet)]
[OutputType(typeof(PveBridge))]
public sealed class GetPveBridgeCommand : InterfacesReadCmdlet
{
    private protected override IEnumerable<(string Name, object Record)> Select(InterfacesFile file) =>
        file.Bridges.Select(r => (r.Name, (object)r));
}
