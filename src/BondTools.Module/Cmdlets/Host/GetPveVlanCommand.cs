using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using BondTools.Linux;

namespace BondTools.Module.Cmdlets;

/// <summary>Gets the VLANs that a host's interfaces file configures.</summary>
[Cmdlet(VerbsCommon.Get, "PveVlan", DefaultParameterSetName = SessionSet)]
[OutputType(typeof(PveVlan))]
public sealed class GetPveVlanCommand : InterfacesReadCmdlet
{
    private protected override IEnumerable<(string Name, object Record)> Select(InterfacesFile file) =>
        file.Vlans.Select(r => (r.Name, (object)r));
}
