using System;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Cisco;
using BondTools.Module.Devices;

namespace BondTools.Module.Cmdlets;

/// <summary>Gets the port-channels of a switch (show etherchannel summary).</summary>
[Cmdlet(VerbsCommon.Get, "CiscoEtherChannel", DefaultParameterSetName = SessionSet)]
[OutputType(typeof(CiscoEtherChannel))]
public sealed class GetCiscoEtherChannelCommand : CiscoCmdlet
{
    /// <summary>The channel-group numbers; all of them unless given.</summary>
    [Parameter(Position = 0)]
    [ValidateRange(1, 4096)]
    public int[] Group { get; set; } = [];

    private protected override async Task ProcessAsync(CiscoSwitch device, IPipelineOutput output, CancellationToken cancellationToken)
    {
        foreach (var record in await device.GetEtherChannelsAsync(cancellationToken).ConfigureAwait(false))
        {
            if (Group.Length == 0 || Array.IndexOf(Group, record.Group) >= 0)
                await output.WriteObjectAsync(record).ConfigureAwait(false);
        }
    }
}
