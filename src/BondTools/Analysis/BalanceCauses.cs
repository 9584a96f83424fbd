using System;
using System.Collections.Generic;
using System.Linq;

namespace BondTools.Analysis;

/// <summary>Why known flows are shared unevenly: because one of them is too heavy for any hash, or because of this hash.</summary>
internal static class BalanceCauses
{
    /// <summary>Why what the host sends is uneven; nothing when the hash is not to blame, or leaves slaves out.</summary>
    public static IEnumerable<Finding> OfTransmit(BalanceForecast forecast, double minimumFairness) =>
        Explain(forecast, received: false, forecast.Policy.Name, forecast.Transmit, forecast.Best, minimumFairness, FindingEnd.Host);

    /// <summary>Why what the switch sends would be uneven, by Cisco's description.</summary>
    public static IEnumerable<Finding> OfReceive(BalanceForecast forecast, double minimumFairness) =>
        Explain(forecast, received: true, forecast.Method!, forecast.Receive!, forecast.BestReceive!, minimumFairness, FindingEnd.Switch);

    private static IEnumerable<Finding> Explain(
        BalanceForecast forecast, bool received, string hash, LinkLoads loads, LinkLoads best, double minimumFairness, FindingEnd end)
    {
        if (!(loads.Fairness < minimumFairness))
            yield break;
        var isForecast = received ? " That is a forecast: ask the switch (test etherchannel load-balance)." : "";
        if (best.Fairness < minimumFairness)
        {
            var heaviest = forecast.Heaviest(received);
            yield return new Finding
            {
                RuleId = "elephant-flow",
                Severity = FindingSeverity.Warning,
                End = FindingEnd.Both,
                Message = FormattableString.Invariant(
                    $"No hash can share these flows evenly: the heaviest is {heaviest.Weight / loads.Weights.Sum():P0} of all, and in the best split there is, the busiest link carries {best.MaxShare:P0}.{isForecast}"),
                Evidence = [Describe(heaviest, forecast.Weight), Spread(hash, loads)],
                Remedy = "Divide the heavy flow: several connections (iperf3 -P, multichannel, multipath) with a policy that hashes ports.",
            };
        }
        else
        {
            yield return new Finding
            {
                RuleId = "hash-unlucky",
                Severity = FindingSeverity.Warning,
                End = end,
                Message = FormattableString.Invariant(
                    $"{Spread(hash, loads)}: the busiest link carries {loads.MaxShare:P0}, where {best.MaxShare:P0} can be reached.{isForecast}"),
                Evidence = [Spread(hash, loads)],
                Remedy = "See Advice for what would share these flows better.",
            };
        }
    }

    /// <summary>How many flows a hash puts on each link.</summary>
    public static string Spread(string hash, LinkLoads loads) => $"{hash} spreads the known flows {string.Join(":", loads.Flows)}";

    private static string Describe(WeighedFlow heaviest, FlowWeight weight)
    {
        var flow = heaviest.Flow;
        var (source, destination) = flow.IsIP
            ? (flow.SourceAddress?.ToString(), flow.DestinationAddress?.ToString())
            : (flow.SourceMac?.ToString(), flow.DestinationMac?.ToString());
        // The protocols whose ports tell one flow from another to a reader.
        var ports = flow is { IsIP: true, Protocol: 6 or 17 or 132 } ? $" port {flow.SourcePort} to {flow.DestinationPort}" : "";
        return FormattableString.Invariant($"the heaviest flow: {source} to {destination}{ports}, {heaviest.Weight:0} {weight.ToString().ToLowerInvariant()}");
    }
}
