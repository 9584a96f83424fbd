using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Module.Devices;
using BondTools.Planning;

namespace BondTools.Module.Cmdlets;

/// <summary>Puts an earlier state of a host's network back, under the same guard as any other change.</summary>
[Cmdlet(VerbsData.Restore, "PveNetwork", DefaultParameterSetName = SessionSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(NetworkPublication))]
public sealed class RestorePveNetworkCommand : PublishingCmdlet
{
    /// <summary>The publication whose earlier state is wanted; without it, the last one that was confirmed.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidatePublicationId]
    public string? Id { get; set; }

    /// <summary>Puts the file back that was published then, instead of the one before it.</summary>
    [Parameter]
    public SwitchParameter After { get; set; }

    private protected override async Task ProcessAsync(DeviceLink link, IPipelineOutput output, CancellationToken cancellationToken)
    {
        var host = link.GetHost(output, Timeout);
        var files = new HostNetworkFiles(host);
        var record = await new NetworkHistory(host).FindAsync(Id, cancellationToken).ConfigureAwait(false);
        var present = await files.ReadAsync(cancellationToken).ConfigureAwait(false);
        HostNetworkFiles.RequireOwn(present, Force);
        var change = present with { Pending = After ? record.After : record.Before, IsOwn = true };
        if (change.Difference.Length == 0)
        {
            await output.WriteVerboseAsync($"{host.ComputerName} is configured like that already.").ConfigureAwait(false);
            return;
        }

        var replaced = present.IsPending ? " What is staged there now is replaced." : "";
        if (!await output.ShouldProcessAsync(
            $"Restore on {host.ComputerName} with one reload:{replaced}\n{change.Difference}",
            $"Restore this on {host.ComputerName} with one reload? It is taken back after {RollbackSec} s unless verified.{replaced}\n{change.Difference}",
            MyInvocation.MyCommand.Name).ConfigureAwait(false))
            return;

        await output.WriteVerboseAsync($"Staging the file of publication {record.Id}.").ConfigureAwait(false);
        await files.StageAsync(new NetworkEdit(present, change.Pending), cancellationToken).ConfigureAwait(false);
        await PublishAsync(link, host, change, output, cancellationToken).ConfigureAwait(false);
    }
}
