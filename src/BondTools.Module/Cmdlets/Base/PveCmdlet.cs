using System.Threading;
using System.Threading.Tasks;
using BondTools.Module.Devices;

namespace BondTools.Module.Cmdlets;

/// <summary>A cmdlet that works on Proxmox VE hosts.</summary>
public abstract class PveCmdlet : DeviceCmdlet
{
    private protected sealed override BondDeviceKind DeviceKind => BondDeviceKind.PveHost;

    /// <summary>The work on one host. An error it throws is written with the host's name as its target.</summary>
    private protected abstract Task ProcessAsync(PveHost host, IPipelineOutput output, CancellationToken cancellationToken);

    private protected override Task ProcessAsync(DeviceLink link, IPipelineOutput output, CancellationToken cancellationToken) =>
        ProcessAsync(link.GetHost(output, Timeout), output, cancellationToken);
}
