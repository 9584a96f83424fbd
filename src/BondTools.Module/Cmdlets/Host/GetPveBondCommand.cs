using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using BondTools.Linux;

namespace BondTools.Module.Cmdlets;

/// <summary>Gets the bonds that a host's interfaces file configures, the kernel's and Open vSwitch's.</summary>
[Cmdlet(VerbsCommon.Get, "PveBond", DefaultParameterSetName = SessionSet)]
[OutputType(typeof(PveBond), typeof(PveOvsBond))]
public sealed class GetPveBondCommand : InterfacesReadCmdlet
{
    private protected override IEnumerable<(string Name, object Record)> Select(InterfacesFile file) =>
        file.Bonds.Select(r => (r.Name, (object)r)).Concat(file.OvsBonds.Select(r => (r.Name, (object)r)));
}
