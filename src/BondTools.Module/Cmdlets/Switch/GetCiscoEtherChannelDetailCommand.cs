using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Cisco;
using BondTools.Module.Devices;

namespace BondTools.Module.Cmdlets;

/// <summary>Gets the channel-groups of a switch in full (show etherchannel detail).</summary>
[Cmdlet(VerbsCommon.Get, "CiscoEtherChannelDetail", DefaultParameterSetName = SessionSet)]
[OutputType(typeof(CiscoEtherChannelDetail))]
public sealed class GetCiscoEtherChannelDetailCommand : EtherChannelReadCmdlet
{
    private protected override async Task<IReadOnlyList<(int Group, object Record)>> ReadAsync(CiscoSwitch device, CancellationToken cancellationToken) =>
        [.. (await device.GetEtherChannelDetailsAsync(cancellationToken).ConfigureAwait(false)).Select(r => (r.Group ?? 0, (object)r))];
}
