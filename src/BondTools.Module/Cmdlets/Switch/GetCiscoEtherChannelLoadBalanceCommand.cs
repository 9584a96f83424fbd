using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Cisco;
using BondTools.Module.Devices;

namespace BondTools.Module.Cmdlets;

/// <summary>Gets what a switch hashes to pick a member port (show etherchannel load-balance).</summary>
[Cmdlet(VerbsCommon.Get, "CiscoEtherChannelLoadBalance", DefaultParameterSetName = SessionSet)]
[OutputType(typeof(CiscoLoadBalance))]
public sealed class GetCiscoEtherChannelLoadBalanceCommand : CiscoCmdlet
{
    private protected override async Task ProcessAsync(CiscoSwitch device, IPipelineOutput output, CancellationToken cancellationToken)
    {
        foreach (var record in await device.GetLoadBalanceAsync(cancellationToken).ConfigureAwait(false))
            await output.WriteObjectAsync(record).ConfigureAwait(false);
    }
}
