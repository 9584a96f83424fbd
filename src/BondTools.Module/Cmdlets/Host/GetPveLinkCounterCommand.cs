using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Linux;
using BondTools.Module.Devices;

namespace BondTools.Module.Cmdlets;

/// <summary>Gets the counters of a host's interfaces (ip -s link).</summary>
[Cmdlet(VerbsCommon.Get, "PveLinkCounter", DefaultParameterSetName = SessionSet)]
[OutputType(typeof(LinkCounter))]
public sealed class GetPveLinkCounterCommand : PveCmdlet
{
    /// <summary>The interfaces; all of them unless given.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [ValidateInterfaceName]
    public string[] Interface { get; set; } = [];

    private protected override async Task ProcessAsync(PveHost host, IPipelineOutput output, CancellationToken cancellationToken)
    {
        foreach (var counter in await host.GetLinkCountersAsync(Interface, cancellationToken).ConfigureAwait(false))
            await output.WriteObjectAsync(counter).ConfigureAwait(false);
    }
}
