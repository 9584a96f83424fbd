using System;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Cisco;
using BondTools.Module.Devices;

namespace BondTools.Module.Cmdlets;

/// <summary>Gets the LACP partners of a switch's ports (show lacp neighbor).</summary>
[Cmdlet(VerbsCommon.Get, "CiscoLacpNeighbor", DefaultParameterSetName = SessionSet)]
[OutputType(typeof(CiscoLacpNeighbor))]
public sealed class GetCiscoLacpNeighborCommand : CiscoCmdlet
{
    /// <summary>The channel-group numbers; all of them unless given.</summary>
    [Parameter(Position = 0)]
    [ValidateRange(1, 4096)]
    public int[] Group { get; set; } = [];

    private protected override async Task ProcessAsync(CiscoSwitch device, IPipelineOutput output, CancellationToken cancellationToken)
    {
        foreach (var record in await device.GetLacpNeighborsAsync(cancellationToken).ConfigureAwait(false))
        {
            if (Group.Length == 0 || Array.IndexOf(Group, record.Group) >= 0)
                await output.WriteObjectAsync(record).ConfigureAwait(false);
        }
    }
}
