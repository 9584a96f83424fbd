using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using BondTools.Linux;

namespace BondTools.Module.Cmdlets;

/// <summary>Gets the bridges that a host's interfaces file configures, the kernel's and Open vSwitch's.</summary>
[Cmdlet(VerbsCommon.Get, "PveBridge", DefaultParameterSetName = SessionSet)]
[OutputType(typeof(PveBridge), typeof(PveOvsBridge))]
public sealed class GetPveBridgeCommand : InterfacesReadCmdlet
{
    private protected override IEnumerable<(string Name, object Record)> Select(InterfacesFile file) =>
        file.Bridges.Select(r => (r.Name, (object)r)).Concat(file.OvsBridges.Select(r => (r.Name, (object)r)));
}
