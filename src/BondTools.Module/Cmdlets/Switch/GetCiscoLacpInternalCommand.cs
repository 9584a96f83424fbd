using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Cisco;
using BondTools.Module.Devices;

namespace BondTools.Module.Cmdlets;

/// <summary>Gets the switch's own side of its LACP ports (show lacp internal).</summary>
[Cmdlet(VerbsCommon.Get, "CiscoLacpInternal", DefaultParameterSetName = SessionSet)]
[OutputType(typeof(CiscoLacpInternal))]
public sealed class GetCiscoLacpInternalCommand : EtherChannelReadCmdlet
{
    private protected override async Task<IReadOnlyList<(int Group, object Record)>> ReadAsync(CiscoSwitch device, CancellationToken cancellationToken) =>
        [.. (await device.GetLacpInternalAsync(cancellationToken).ConfigureAwait(false)).Select(r => (r.Group, (object)r))];
}
