using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Cisco;
using BondTools.Module.Devices;

namespace BondTools.Module.Cmdlets;

/// <summary>Gets the LACP partners of a switch's ports (show lacp neighbor).</summary>
[Cmdlet(VerbsCommon.Get, "CiscoLacpNeighbor", DefaultParameterSetName = SessionSet)]
[OutputType(typeof(CiscoLacpNeighbor))]
public sealed class GetCiscoLacpNeighborCommand : EtherChannelReadCmdlet
{
    private protected override async Task<IReadOnlyList<(int Group, object Record)>> ReadAsync(CiscoSwitch device, CancellationToken cancellationToken) =>
        [.. (await device.GetLacpNeighborsAsync(cancellationToken).ConfigureAwait(false)).Select(r => (r.Group, (object)r))];
}
