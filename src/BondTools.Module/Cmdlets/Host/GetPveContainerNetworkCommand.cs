using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Linux;
using BondTools.Module.Devices;

namespace BondTools.Module.Cmdlets;

/// <summary>Gets the network interfaces of containers (pct config).</summary>
[Cmdlet(VerbsCommon.Get, "PveContainerNetwork", DefaultParameterSetName = SessionSet)]
[OutputType(typeof(ContainerNetwork))]
public sealed class GetPveContainerNetworkCommand : PveCmdlet
{
    /// <summary>The containers' ids, 100 to 999999999; all containers unless given.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("VmId", "Id")]
    [ValidateRange(100, 999999999)]
    public int[] ContainerId { get; set; } = [];

    private protected override async Task ProcessAsync(PveHost host, IPipelineOutput output, CancellationToken cancellationToken)
    {
        foreach (var network in await host.GetContainerNetworksAsync(ContainerId, cancellationToken).ConfigureAwait(false))
            await output.WriteObjectAsync(network).ConfigureAwait(false);
    }
}
