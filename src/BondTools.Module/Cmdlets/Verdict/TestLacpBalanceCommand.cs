using System;
using System.Linq;
using System.Management.Automation;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Analysis;
using BondTools.Module.Devices;

namespace BondTools.Module.Cmdlets;

/// <summary>Samples the counters of a bond's slaves before and after, and says how the load is shared in each direction.</summary>
[Cmdlet(VerbsDiagnostic.Test, "LacpBalance", DefaultParameterSetName = SessionSet)]
[OutputType(typeof(LacpBalanceReport))]
public sealed class TestLacpBalanceCommand : PveCmdlet
{
    /// <summary>The bond.</summary>
    [Parameter(Position = 0)]
    [Alias("Name")]
    [ValidateInterfaceName]
    public string Bond { get; set; } = "bond0";

    /// <summary>How long to wait between the samples, in seconds; not used with -GenerateTraffic.</summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int DurationSec { get; set; } = 10;

    /// <summary>Makes traffic between the samples: pings from each -ContainerId to each -Destination.</summary>
    [Parameter]
    public SwitchParameter GenerateTraffic { get; set; }

    /// <summary>The containers that send; all of the host's unless given.</summary>
    [Parameter]
    [Alias("VmId")]
    [ValidateRange(100, 999999999)]
    public int[] ContainerId { get; set; } = [];

    /// <summary>The addresses behind the switch that answer.</summary>
    [Parameter]
    public IPAddress[] Destination { get; set; } = [];

    /// <summary>How many pings each pair exchanges.</summary>
    [Parameter]
    [ValidateRange(1, 100000)]
    public int Count { get; set; } = 50;

    /// <summary>The least Jain's index, 0 to 1, that passes in each direction.</summary>
    [Parameter]
    [ValidateRange(0.0, 1.0)]
    public double MinimumFairness { get; set; } = new BalanceOptions().MinimumFairness;

    private protected override async Task ProcessAsync(PveHost host, IPipelineOutput output, CancellationToken cancellationToken)
    {
        var bond = (await host.GetBondStatusAsync([Bond], cancellationToken).ConfigureAwait(false))[0];
        string[] slaves = [.. bond.Slaves.Select(s => s.Name)];

        var before = await host.GetLinkCountersAsync(slaves, cancellationToken).ConfigureAwait(false);
        if (GenerateTraffic)
            await SendAsync(host, output, cancellationToken).ConfigureAwait(false);
        else
            await Task.Delay(TimeSpan.FromSeconds(DurationSec), cancellationToken).ConfigureAwait(false); // why: the time between the samples is what was asked for.
        var after = await host.GetLinkCountersAsync(slaves, cancellationToken).ConfigureAwait(false);

        var report = LacpBalanceAnalyzer.Analyze(before, after, bond, new BalanceOptions { MinimumFairness = MinimumFairness });
        await output.WriteObjectAsync(report).ConfigureAwait(false);
    }

    private async Task SendAsync(PveHost host, IPipelineOutput output, CancellationToken cancellationToken)
    {
        if (Destination.Length == 0)
        {
            throw new BondToolsException(BondToolsErrorKind.InvalidConfiguration, "Traffic needs somewhere to go.")
            {
                RecommendedAction = "Give -Destination the addresses of computers behind the switch.",
            };
        }

        var containers = ContainerId.Length > 0
            ? ContainerId
            : [.. (await host.GetContainerNetworksAsync([], cancellationToken).ConfigureAwait(false)).Select(n => n.ContainerId).Distinct()];
        var traffic = new ContainerTraffic(host, containers, Destination, Count);
        foreach (var loss in await traffic.RunAsync(cancellationToken).ConfigureAwait(false))
            await output.WriteWarningAsync(loss).ConfigureAwait(false);
    }
}
