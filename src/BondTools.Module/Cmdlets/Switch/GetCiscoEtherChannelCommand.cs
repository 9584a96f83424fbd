using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Cisco;
using BondTools.Module.Devices;

namespace BondTools.Module.Cmdlets;

/// <summary>Gets the port-channels of a switch (show etherchannel summary).</summary>
[Cmdlet(VerbsCommon.Get, "CiscoEtherChannel", DefaultParameterSetName = SessionSet)]
[OutputType(typeof(CiscoEtherChannel))]
public sealed class GetCiscoEtherChannelCommand : EtherChannelReadCmdlet
{
    private protected override async Task<IReadOnlyList<(int Group, object Record)>> ReadAsync(CiscoSwitch device, CancellationToken cancellationToken) =>
        [.. (await device.GetEtherChannelsAsync(cancellationToken).ConfigureAwait(false)).Select(r => (r.Group, (object)r))];
}
