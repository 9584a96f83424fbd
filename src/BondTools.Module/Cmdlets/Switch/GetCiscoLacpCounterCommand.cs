using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Cisco;
using BondTools.Module.Devices;

namespace BondTools.Module.Cmdlets;

/// <summary>Gets how many LACP packets the ports of a switch sent and received (show lacp counters).</summary>
[Cmdlet(VerbsCommon.Get, "CiscoLacpCounter", DefaultParameterSetName = SessionSet)]
[OutputType(typeof(CiscoLacpCounter))]
public sealed class GetCiscoLacpCounterCommand : EtherChannelReadCmdlet
{
    private protected override async Task<IReadOnlyList<(int Group, object Record)>> ReadAsync(CiscoSwitch device, CancellationToken cancellationToken) =>
        [.. (await device.GetLacpCountersAsync(cancellationToken).ConfigureAwait(false)).Select(r => (r.Group, (object)r))];
}
