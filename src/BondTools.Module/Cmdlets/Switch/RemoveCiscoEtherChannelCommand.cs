using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Module.Devices;
using BondTools.Planning;

namespace BondTools.Module.Cmdlets;

/// <summary>Takes the members out of a port-channel and removes it.</summary>
[Cmdlet(VerbsCommon.Remove, "CiscoEtherChannel", DefaultParameterSetName = SessionSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
public sealed class RemoveCiscoEtherChannelCommand : SwitchChangeCmdlet
{
    /// <summary>The channel-group number.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateRange(1, EtherChannelPlan.HighestGroup)]
    public int Group { get; set; }

    private protected override async Task<IReadOnlyList<string>> PlanAsync(CiscoSwitch device, CancellationToken cancellationToken) =>
        EtherChannelPlan.RemovalLines(Group, (await device.GetRunningConfigurationAsync(cancellationToken).ConfigureAwait(false)).Interfaces);

    private protected override async Task RequireAsync(CiscoSwitch device, CancellationToken cancellationToken)
    {
        if ((await PlanAsync(device, cancellationToken).ConfigureAwait(false)).Count == 0)
            throw new BondToolsException(BondToolsErrorKind.NotFound, $"{device.ComputerName} has no channel-group {Group}.");
    }
}
