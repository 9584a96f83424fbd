using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using BondTools.Linux;

namespace BondTools.Module.Cmdlets;

/// <summary>Gets the bonds that a host's interfaces file configures.</summary>
[Cmdlet(VerbsCommon.Get, "PveBond", DefaultParameterSetName = SessionSet)]
[OutputType(typeof(PveBond))]
public sealed class GetPveBondCommand : InterfacesReadCmdlet
{
    private protected override IEnumerable<(string Name, object Record)> Select(InterfacesFile file) =>
        file.Bonds.Select(r => (r.Name, (object)r));
}
