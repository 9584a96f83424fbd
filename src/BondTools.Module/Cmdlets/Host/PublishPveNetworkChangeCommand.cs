using System;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Module.Devices;
using BondTools.Planning;

namespace BondTools.Module.Cmdlets;

/// <summary>Applies what is staged on a host, under a timer on the host that takes it back unless it proves itself.</summary>
[Cmdlet(VerbsData.Publish, "PveNetworkChange", DefaultParameterSetName = SessionSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(NetworkPublication))]
public sealed class PublishPveNetworkChangeCommand : DeviceCmdlet
{
    /// <summary>What must be seen over a fresh connection before the change is confirmed.</summary>
    [Parameter]
    public PublishVerification Verify { get; set; } = PublishVerification.Negotiated;

    /// <summary>How long the host waits for the confirmation before it takes the change back, in seconds.</summary>
    /// <remarks>Half of it is for the verification; a bond over LACP comes up within three seconds of the reload.</remarks>
    [Parameter]
    [ValidateRange(10, 3600)]
    public int RollbackSec { get; set; } = 60;

    /// <summary>Also publishes a change that somebody else staged.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override BondDeviceKind DeviceKind => BondDeviceKind.PveHost;

    private protected override async Task ProcessAsync(DeviceLink link, IPipelineOutput output, CancellationToken cancellationToken)
    {
        var host = link.GetHost(output, Timeout);
        var change = await new HostNetworkFiles(host).ReadAsync(cancellationToken).ConfigureAwait(false);
        HostNetworkFiles.RequirePending(change);
        HostNetworkFiles.RequireOwn(change, Force);
        if (!await output.ShouldProcessAsync(
            $"Publish on {host.ComputerName} with one reload:\n{change.Difference}",
            $"Publish this change on {host.ComputerName} with one reload? It is taken back after {RollbackSec} s unless verified.\n{change.Difference}",
            MyInvocation.MyCommand.Name).ConfigureAwait(false))
            return;

        var publish = new GuardedPublish(host, link.OpenFreshAsync, new GuardedPublishOptions(TimeSpan.FromSeconds(RollbackSec), Verify));
        var publication = await publish.RunAsync(change, output.WriteVerboseAsync, cancellationToken).ConfigureAwait(false);
        await output.WriteObjectAsync(publication).ConfigureAwait(false);
    }
}
