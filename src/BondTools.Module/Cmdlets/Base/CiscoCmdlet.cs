using System.Threading;
using System.Threading.Tasks;
using BondTools.Module.Devices;

namespace BondTools.Module.Cmdlets;

/// <summary>A cmdlet that works on Cisco switches.</summary>
public abstract class CiscoCmdlet : DeviceCmdlet
{
    private protected sealed override BondDeviceKind DeviceKind => BondDeviceKind.CiscoSwitch;

    /// <summary>The work on one switch. An error it throws is written with the switch's name as its target.</summary>
    private protected abstract Task ProcessAsync(CiscoSwitch device, IPipelineOutput output, CancellationToken cancellationToken);

    private protected override Task ProcessAsync(DeviceLink link, IPipelineOutput output, CancellationToken cancellationToken) =>
        ProcessAsync(link.GetSwitch(output, Timeout), output, cancellationToken);
}
