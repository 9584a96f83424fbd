using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Module.Devices;
using BondTools.Planning;

namespace BondTools.Module.Cmdlets;

/// <summary>Gets what is staged on a host, and whose it is.</summary>
[Cmdlet(VerbsCommon.Get, "PveNetworkChange", DefaultParameterSetName = SessionSet)]
[OutputType(typeof(NetworkChange))]
public sealed class GetPveNetworkChangeCommand : PveCmdlet
{
    private protected override async Task ProcessAsync(PveHost host, IPipelineOutput output, CancellationToken cancellationToken) =>
        await output.WriteObjectAsync(await new HostNetworkFiles(host).ReadAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
}
