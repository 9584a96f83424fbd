using System;
using System.Collections.Generic;
using System.Linq;
using BondTools.Linux;

namespace BondTools.Analysis;

/// <summary>Judges from two readings of the counters how evenly a bond's slaves shared the traffic between them.</summary>
public static class LacpBalanceAnalyzer
{
    /// <summary>Compares two readings.</summary>
    /// <param name="before">The counters before the traffic; interfaces that are not slaves of the bond are ignored.</param>
    /// <param name="after">The counters after it.</param>
    /// <param name="bond">The bond.</param>
    /// <param name="options">What is asked of the measurement; null: the defaults.</param>
    /// <exception cref="ArgumentException">A flow of the options lacks an address.</exception>
    public static LacpBalanceReport Analyze(
        IReadOnlyList<LinkCounter> before, IReadOnlyList<LinkCounter> after, BondStatus bond, BalanceOptions? options = null)
    {
        options ??= new BalanceOptions();
        var findings = new List<Finding>();
        var forecast = BalanceForecast.Of(bond, options.Flows);
        var links = Measure(before, after, bond, forecast, findings);
        var fairness = new LacpFairness
        {
            Transmit = LacpFairness.Index(links.Select(link => link.TxBytes)),
            Receive = LacpFairness.Index(links.Select(link => link.RxBytes)),
        };

        if (bond.Slaves.Count < 2)
            findings.Add(BalanceFindings.NothingToBalance(bond));
        long sent = links.Sum(link => link.TxPackets), received = links.Sum(link => link.RxPackets);
        if (sent < options.MinimumPackets)
            findings.Add(BalanceFindings.TooLittleTraffic("sent", sent, options.MinimumPackets));
        if (received < options.MinimumPackets)
            findings.Add(BalanceFindings.TooLittleTraffic("received", received, options.MinimumPackets));
        var isConclusive = findings.Count == 0;

        var isFair = fairness.Transmit >= options.MinimumFairness && fairness.Receive >= options.MinimumFairness;
        // A direction with too little traffic is not called unfair; the other one may be.
        if (links.Count > 1 && sent >= options.MinimumPackets && fairness.Transmit < options.MinimumFairness)
            findings.Add(BalanceFindings.UnfairTransmit(bond, links, fairness.Transmit.Value, forecast));
        if (links.Count > 1 && received >= options.MinimumPackets && fairness.Receive < options.MinimumFairness)
            findings.Add(BalanceFindings.UnfairReceive(links, fairness.Receive.Value));
        findings.AddRange(links.SelectMany(BalanceFindings.Losses));

        return new LacpBalanceReport
        {
            Passed = isConclusive && isFair,
            Conclusive = isConclusive,
            Bond = bond.Name,
            HostName = bond.ComputerName,
            Duration = after.Select(counter => counter.Time).FirstOrDefault() - before.Select(counter => counter.Time).FirstOrDefault(),
            Links = links,
            Fairness = fairness,
            Findings = [.. findings.OrderByDescending(finding => finding.Severity)],
        };
    }

    private static List<LacpBalanceLink> Measure(
        IReadOnlyList<LinkCounter> before, IReadOnlyList<LinkCounter> after, BondStatus bond, BalanceForecast? forecast, List<Finding> findings)
    {
        var links = new List<LacpBalanceLink>(bond.Slaves.Count);
        foreach (var slave in bond.Slaves)
        {
            var first = before.FirstOrDefault(counter => counter.Interface == slave.Name);
            var last = after.FirstOrDefault(counter => counter.Interface == slave.Name);
            if (first is null || last is null)
                findings.Add(BalanceFindings.CountersMissing(slave.Name));
            else if (Subtract(first, last) is { } link)
                links.Add(link with { Flows = forecast?.FlowsOn(slave.Name) });
            else
                findings.Add(BalanceFindings.CountersReset(first, last));
        }

        double sent = links.Sum(link => link.TxBytes), received = links.Sum(link => link.RxBytes);
        return [.. links.Select(link => link with
        {
            TxShare = sent > 0 ? link.TxBytes / sent : null,
            RxShare = received > 0 ? link.RxBytes / received : null,
        })];
    }

    /// <summary>What was counted between two readings; null when a counter went backwards.</summary>
    private static LacpBalanceLink? Subtract(LinkCounter first, LinkCounter last)
    {
        var link = new LacpBalanceLink
        {
            Interface = last.Interface,
            TxBytes = last.TxBytes - first.TxBytes,
            RxBytes = last.RxBytes - first.RxBytes,
            TxPackets = last.TxPackets - first.TxPackets,
            RxPackets = last.RxPackets - first.RxPackets,
            TxErrors = last.TxErrors - first.TxErrors,
            RxErrors = last.RxErrors - first.RxErrors,
            TxDropped = last.TxDropped - first.TxDropped,
            RxDropped = last.RxDropped - first.RxDropped,
        };
        return link is { TxBytes: >= 0, RxBytes: >= 0, TxPackets: >= 0, RxPackets: >= 0, TxErrors: >= 0, RxErrors: >= 0, TxDropped: >= 0, RxDropped: >= 0 }
            ? link
            : null;
    }
}
