using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Module.Devices;

namespace BondTools.Module.Cmdlets;

/// <summary>
/// A cmdlet that changes the running configuration of a switch, under the switch's revert timer. It is saved only by
/// Save-CiscoConfiguration.
/// </summary>
public abstract class SwitchChangeCmdlet : DeviceCmdlet
{
    /// <summary>After how many minutes without a confirmation the switch takes the change back. The confirmation follows at once when a fresh connection shows the change.</summary>
    [Parameter]
    [ValidateRange(1, 120)]
    public int RevertTimerMin { get; set; } = 5;

    /// <summary>Sends the lines without a timer and without a look at the result; for switches that have no archive.</summary>
    [Parameter]
    public SwitchParameter NoRevertTimer { get; set; }

    private protected sealed override BondDeviceKind DeviceKind => BondDeviceKind.CiscoSwitch;

    /// <summary>The lines that lead from what the switch has to what is wished; none when it is so already, and so after the change.</summary>
    private protected abstract Task<IReadOnlyList<string>> PlanAsync(CiscoSwitch device, CancellationToken cancellationToken);

    /// <summary>Refuses a wish that makes no sense on the switch as it is before the change.</summary>
    private protected virtual Task RequireAsync(CiscoSwitch device, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Writes the record of what was changed, if one is wanted.</summary>
    private protected virtual Task WriteChangedAsync(CiscoSwitch device, IPipelineOutput output, CancellationToken cancellationToken) => Task.CompletedTask;

    private protected sealed override async Task ProcessAsync(DeviceLink link, IPipelineOutput output, CancellationToken cancellationToken)
    {
        var device = link.GetSwitch(output, Timeout);
        await RequireAsync(device, cancellationToken).ConfigureAwait(false);
        var lines = await PlanAsync(device, cancellationToken).ConfigureAwait(false);
        if (lines.Count == 0)
            await output.WriteVerboseAsync($"{device.ComputerName} is configured so already; nothing is sent.").ConfigureAwait(false);
        else if (!await output.ShouldConfigureAsync(device, lines, MyInvocation.MyCommand.Name).ConfigureAwait(false))
            return;
        else
        {
            var change = new GuardedConfiguration(device, token => link.OpenFreshSwitchAsync(output, Timeout, token), PlanAsync);
            await (NoRevertTimer
                ? change.RunUnguardedAsync(lines, cancellationToken)
                : change.RunAsync(lines, RevertTimerMin, output.WriteVerboseAsync, cancellationToken)).ConfigureAwait(false);
        }
        await WriteChangedAsync(device, output, cancellationToken).ConfigureAwait(false);
    }
}
