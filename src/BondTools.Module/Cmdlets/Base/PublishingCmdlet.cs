using System;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Module.Devices;
using BondTools.Planning;

namespace BondTools.Module.Cmdlets;

/// <summary>A cmdlet that applies a change of a host's network under the guard of the host's own timer.</summary>
public abstract class PublishingCmdlet : DeviceCmdlet
{
    /// <summary>What must be seen over a fresh connection before the change is confirmed.</summary>
    [Parameter]
    public PublishVerification Verify { get; set; } = PublishVerification.Negotiated;

    /// <summary>How long the host waits for the confirmation before it takes the change back, in seconds.</summary>
    /// <remarks>Half of it is for the verification; a bond over LACP comes up within three seconds of the reload.</remarks>
    [Parameter]
    [ValidateRange(10, 3600)]
    public int RollbackSec { get; set; } = 60;

    /// <summary>Also publishes a change that somebody else staged, or puts another in its place.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected sealed override BondDeviceKind DeviceKind => BondDeviceKind.PveHost;

    private protected async Task PublishAsync(DeviceLink link, PveHost host, NetworkChange change, IPipelineOutput output, CancellationToken cancellationToken)
    {
        var publish = new GuardedPublish(host, link.OpenFreshAsync, new GuardedPublishOptions(TimeSpan.FromSeconds(RollbackSec), Verify));
        var publication = await publish.RunAsync(change, output.WriteVerboseAsync, cancellationToken).ConfigureAwait(false);
        await output.WriteObjectAsync(publication).ConfigureAwait(false);
    }
}
