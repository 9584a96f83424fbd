using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Module.Devices;
using BondTools.Planning;

namespace BondTools.Module.Cmdlets;

/// <summary>Applies what is staged on a host, under a timer on the host that takes it back unless it proves itself.</summary>
[Cmdlet(VerbsData.Publish, "PveNetworkChange", DefaultParameterSetName = SessionSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(NetworkPublication))]
public sealed class PublishPveNetworkChangeCommand : PublishingCmdlet
{
    private protected override async Task ProcessAsync(DeviceLink link, IPipelineOutput output, CancellationToken cancellationToken)
    {
        var host = link.GetHost(output, Timeout);
        var change = await new HostNetworkFiles(host).ReadAsync(cancellationToken).ConfigureAwait(false);
        HostNetworkFiles.RequirePending(change);
        HostNetworkFiles.RequireOwn(change, Force);
        if (await output.ShouldProcessAsync(
            $"Publish on {host.ComputerName} with one reload:\n{change.Difference}",
            $"Publish this change on {host.ComputerName} with one reload? It is taken back after {RollbackSec} s unless verified.\n{change.Difference}",
            MyInvocation.MyCommand.Name).ConfigureAwait(false))
            await PublishAsync(link, host, change, output, cancellationToken).ConfigureAwait(false);
    }
}
