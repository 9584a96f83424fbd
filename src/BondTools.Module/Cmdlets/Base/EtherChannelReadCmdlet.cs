using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Module.Devices;

namespace BondTools.Module.Cmdlets;

/// <summary>A cmdlet that reads records of a switch, each of which belongs to a channel-group.</summary>
public abstract class EtherChannelReadCmdlet : CiscoCmdlet
{
    /// <summary>The channel-group numbers; all of them unless given.</summary>
    [Parameter(Position = 0)]
    [ValidateRange(1, 4096)]
    public int[] Group { get; set; } = [];

    /// <summary>Whether a group was asked for.</summary>
    private protected bool IsWanted(int group) => Group.Length == 0 || Array.IndexOf(Group, group) >= 0;

    /// <summary>Reads the records of every group.</summary>
    private protected abstract Task<IReadOnlyList<(int Group, object Record)>> ReadAsync(CiscoSwitch device, CancellationToken cancellationToken);

    private protected sealed override async Task ProcessAsync(CiscoSwitch device, IPipelineOutput output, CancellationToken cancellationToken)
    {
        foreach (var (group, record) in await ReadAsync(device, cancellationToken).ConfigureAwait(false))
        {
            if (IsWanted(group))
                await output.WriteObjectAsync(record).ConfigureAwait(false);
        }
    }
}
