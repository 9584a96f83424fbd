using System;
using System.Collections.Generic;
using System.Linq;
using BondTools.Hashing;
using BondTools.Linux;

namespace BondTools.Analysis;

/// <summary>Looks for changes that would share known flows better, by replaying them.</summary>
internal static class BalanceAdvisor
{
    // Less than this part of the traffic off the busiest link is no gain that a person would see.
    private const double LeastGain = 0.01;

    // The encap policies hash these flows as layer2+3 and layer3+4 do, but for tunnels, whose inner headers nobody told.
    private static readonly TransmitHashPolicy[] Policies =
        [TransmitHashPolicy.Layer23, TransmitHashPolicy.Layer34, TransmitHashPolicy.Layer2, TransmitHashPolicy.VlanSrcMac];

    private static readonly string[] Methods =
    [
        "src-dst-ip", "src-dst-mac", "src-dst-mixed-ip-port", "src-dst-port",
        "src-ip", "dst-ip", "src-mac", "dst-mac", "src-mixed-ip-port", "dst-mixed-ip-port", "src-port", "dst-port",
    ];

    /// <summary>The changes that help, the best first; of equal ones the least unusual.</summary>
    public static IReadOnlyList<BalanceAdvice> Advise(BalanceForecast forecast)
    {
        var advice = new List<BalanceAdvice?>();
        var certainty = CertaintyOf(forecast.Policy);
        foreach (var policy in Policies.Where(policy => IsThere(policy, forecast.Generation)))
            advice.Add(Compare(FindingEnd.Host, $"bond-xmit-hash-policy {policy}", forecast.Transmit, forecast.Send(policy, forecast.Slaves.Count), LinkCertainty.Exact));
        if (forecast.Receive is { } receive)
            advice.AddRange(Methods.Select(method => Compare(FindingEnd.Switch, $"port-channel load-balance {method}", receive, forecast.Return(method), LinkCertainty.Forecast)));
        advice.Add(BestMacChange(forecast, certainty));
        var more = forecast.Slaves.Count + 1;
        advice.Add(Compare(FindingEnd.Both, $"one more link: {more} instead of {more - 1}", forecast.Transmit, forecast.Send(forecast.Policy, more), certainty));
        return [.. advice.OfType<BalanceAdvice>().OrderBy(item => Math.Round(item.MaxShareAfter, 2))];
    }

    private static BalanceAdvice? Compare(FindingEnd end, string change, LinkLoads before, LinkLoads? after, LinkCertainty certainty) =>
        // One more link takes from the busiest even where all is fair; that is no advice.
        after is null || before.Fairness is not { } fairness || after.MaxShare > before.MaxShare - LeastGain || after.Fairness <= fairness ? null : new BalanceAdvice
        {
            End = end,
            Change = change,
            FairnessBefore = fairness,
            FairnessAfter = after.Fairness!.Value,
            MaxShareBefore = before.MaxShare,
            MaxShareAfter = after.MaxShare,
            Certainty = certainty,
        };

    // A MAC address of the host's side (a container's, say) is easily another one; of its bits the last two can matter to two to four links.
    private static BalanceAdvice? BestMacChange(BalanceForecast forecast, LinkCertainty certainty)
    {
        BalanceAdvice? best = null;
        foreach (var flows in forecast.Sent.Where(flow => flow.Flow.SourceMac is not null).GroupBy(flow => flow.Flow.SourceMac!))
        {
            foreach (var bit in new byte[] { 1, 2 })
            {
                var bytes = flows.Key.GetAddressBytes();
                bytes[5] ^= bit;
                var other = new MacAddress(bytes);
                var after = new LinkLoads(forecast.Slaves.Count);
                forecast.Transmit.Weights.CopyTo(after.Weights, 0);
                foreach (var (flow, weight) in flows)
                {
                    after.Weights[Select(flow)] -= weight;
                    after.Weights[Select(flow with { SourceMac = other })] += weight;
                }
                var advice = Compare(FindingEnd.Host, $"the MAC address {other} instead of {flows.Key}", forecast.Transmit, after, certainty);
                if (advice is not null && (best is null || advice.MaxShareAfter < best.MaxShareAfter))
                    best = advice;
            }
        }
        return best;

        int Select(Flow flow) => LinuxTransmitHash.SelectSlave(forecast.Policy, flow, forecast.Slaves.Count, forecast.Generation);
    }

    // vlan+srcmac came with 5.12; kernels before it are of the older generation, as two that have it are.
    private static bool IsThere(TransmitHashPolicy policy, TransmitHashGeneration generation) =>
        generation == TransmitHashGeneration.Linux61 || !policy.Equals(TransmitHashPolicy.VlanSrcMac);

    private static LinkCertainty CertaintyOf(TransmitHashPolicy policy) =>
        policy.IsEncap ? LinkCertainty.Forecast : LinkCertainty.Exact;
}
