using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using BondTools.Linux;

namespace BondTools.Module.Cmdlets;

/// <summary>Gets every interface that a host's interfaces file configures (/etc/network/interfaces).</summary>
[Cmdlet(VerbsCommon.Get, "PveNetworkInterface", DefaultParameterSetName = SessionSet)]
[OutputType(typeof(NetworkInterface))]
public sealed class GetPveNetworkInterfaceCommand : InterfacesReadCmdlet
{
    private protected override IEnumerable<(string Name, object Record)> Select(InterfacesFile file) =>
        file.Interfaces.Select(r => (r.Name, (object)r));
}
