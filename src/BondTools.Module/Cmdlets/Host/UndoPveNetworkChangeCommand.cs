using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Module.Devices;

namespace BondTools.Module.Cmdlets;

/// <summary>Takes back what is staged on a host and not yet published.</summary>
[Cmdlet(VerbsCommon.Undo, "PveNetworkChange", DefaultParameterSetName = SessionSet, SupportsShouldProcess = true)]
public sealed class UndoPveNetworkChangeCommand : PveCmdlet
{
    /// <summary>Also takes back a change that somebody else staged.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override async Task ProcessAsync(PveHost host, IPipelineOutput output, CancellationToken cancellationToken)
    {
        var files = new HostNetworkFiles(host);
        var change = await files.ReadAsync(cancellationToken).ConfigureAwait(false);
        HostNetworkFiles.RequirePending(change);
        HostNetworkFiles.RequireOwn(change, Force);
        if (await output.ShouldProcessAsync(
            $"Take back on {host.ComputerName}:\n{change.Difference}",
            $"Take back this staged change on {host.ComputerName}?\n{change.Difference}",
            MyInvocation.MyCommand.Name).ConfigureAwait(false))
            await files.UndoAsync(change, cancellationToken).ConfigureAwait(false);
    }
}
