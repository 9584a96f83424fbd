using System;
using System.Collections.Generic;
using System.Linq;
using BondTools.Linux;

namespace BondTools.Analysis;

/// <summary>Judges how evenly a bond's slaves share the traffic: from two readings of the counters, or by forecast from flows.</summary>
public static class LacpBalanceAnalyzer
{
    /// <summary>Compares two readings of the host's counters.</summary>
    /// <param name="before">The counters before the traffic; interfaces that are not slaves of the bond are ignored.</param>
    /// <param name="after">The counters after it.</param>
    /// <param name="bond">The bond.</param>
    /// <param name="options">What is asked of the measurement; null: the defaults.</param>
    /// <exception cref="ArgumentException">A flow of the options lacks an address.</exception>
    public static LacpBalanceReport Analyze(
        IReadOnlyList<LinkCounter> before, IReadOnlyList<LinkCounter> after, BondStatus bond, BalanceOptions? options = null) =>
        Analyze(new BalanceReading { Host = before }, new BalanceReading { Host = after }, bond, options);

    /// <summary>Compares two readings of the counters of both ends.</summary>
    /// <param name="before">The counters before the traffic.</param>
    /// <param name="after">The counters after it.</param>
    /// <param name="bond">The bond.</param>
    /// <param name="options">What is asked of the measurement; null: the defaults.</param>
    /// <exception cref="ArgumentException">A flow of the options lacks an address.</exception>
    public static LacpBalanceReport Analyze(BalanceReading before, BalanceReading after, BondStatus bond, BalanceOptions? options = null)
    {
        options ??= new BalanceOptions();
        var findings = new List<Finding>();
        var forecast = options.Flows is { Count: > 0 } flows ? BalanceForecast.Of(bond, flows, options, out _) : null;
        var readings = new CounterReadings(before, after, options.Cabling);
        var links = readings.Measure(bond, findings).ConvertAll(link => link with { Flows = forecast?.FlowsOn(link.Interface) });
        var fairness = new LacpFairness
        {
            Transmit = LacpFairness.Index(links.Select(link => (double)link.TxBytes!.Value)),
            Receive = LacpFairness.Index(links.Select(link => (double)link.RxBytes!.Value)),
        };

        if (bond.Slaves.Count < 2)
            findings.Add(BalanceFindings.NothingToBalance(bond));
        long sent = links.Sum(link => link.TxPackets!.Value), received = links.Sum(link => link.RxPackets!.Value);
        if (sent < options.MinimumPackets)
            findings.Add(BalanceFindings.TooLittleTraffic("sent", sent, options.MinimumPackets));
        if (received < options.MinimumPackets)
            findings.Add(BalanceFindings.TooLittleTraffic("received", received, options.MinimumPackets));
        var isConclusive = findings.TrueForAll(finding => finding.Severity == FindingSeverity.Information);

        var advice = forecast is null ? [] : BalanceAdvisor.Advise(forecast);
        var isFair = fairness.Transmit >= options.MinimumFairness && fairness.Receive >= options.MinimumFairness;
        // A direction with too little traffic is not called unfair; the other one may be.
        if (links.Count > 1 && sent >= options.MinimumPackets && fairness.Transmit < options.MinimumFairness)
        {
            findings.Add(BalanceFindings.UnfairTransmit(bond, links, fairness.Transmit.Value, forecast, advice));
            if (forecast is not null)
                findings.AddRange(BalanceCauses.OfTransmit(forecast, options.MinimumFairness));
        }
        if (links.Count > 1 && received >= options.MinimumPackets && fairness.Receive < options.MinimumFairness)
            findings.Add(BalanceFindings.UnfairReceive(links, fairness.Receive.Value));
        findings.AddRange(links.SelectMany(BalanceFindings.Losses));
        findings.AddRange(links.SelectMany(link => BalanceFindings.Disagreements(link, readings.Duration)));

        return Report(BalanceMethod.Counter, bond, links, fairness, forecast, advice, findings) with
        {
            Passed = isConclusive && isFair,
            Conclusive = isConclusive,
            SwitchName = after.Switch?.Select(counter => counter.ComputerName).FirstOrDefault(),
            Duration = readings.Duration,
        };
    }

    /// <summary>Foretells the shares from flows, without any device.</summary>
    /// <param name="flows">The flows; those that the host sends must have what its policy hashes.</param>
    /// <param name="bond">The bond.</param>
    /// <param name="options">The least fairness, and what else is known; null: the defaults.</param>
    /// <exception cref="ArgumentException">A flow lacks an address that the bond's policy hashes, or weighs less than nothing.</exception>
    public static LacpBalanceReport Forecast(IReadOnlyList<FlowTraffic> flows, BondStatus bond, BalanceOptions? options = null)
    {
        options ??= new BalanceOptions();
        var findings = new List<Finding>();
        var forecast = BalanceForecast.Of(bond, flows, options, out var reason);
        if (forecast is null)
            findings.Add(BalanceFindings.NotForetold(bond, reason!));
        if (bond.Slaves.Count < 2)
            findings.Add(BalanceFindings.NothingToBalance(bond));
        var isConclusive = findings.Count == 0;

        var links = forecast is null ? [] : Foretell(forecast, bond, flows);
        var advice = forecast is null ? [] : BalanceAdvisor.Advise(forecast);
        var fairness = new LacpFairness
        {
            Transmit = LacpFairness.Index(links.Select(link => link.TxShare ?? 0)),
            Receive = forecast?.Receive?.Fairness,
        };
        if (forecast is not null && isConclusive && fairness.Transmit < options.MinimumFairness)
        {
            findings.Add(BalanceFindings.UnfairTransmit(bond, links, fairness.Transmit.Value, forecast, advice));
            findings.AddRange(BalanceCauses.OfTransmit(forecast, options.MinimumFairness));
        }
        if (forecast is not null && isConclusive && fairness.Receive < options.MinimumFairness)
            findings.AddRange(BalanceCauses.OfReceive(forecast, options.MinimumFairness));

        return Report(BalanceMethod.Forecast, bond, links, fairness, forecast, advice, findings) with
        {
            Passed = isConclusive && fairness.Transmit >= options.MinimumFairness && !(fairness.Receive < options.MinimumFairness),
            Conclusive = isConclusive,
        };
    }

    private static LacpBalanceReport Report(
        BalanceMethod method, BondStatus bond, IReadOnlyList<LacpBalanceLink> links, LacpFairness fairness,
        BalanceForecast? forecast, IReadOnlyList<BalanceAdvice> advice, List<Finding> findings) => new()
        {
            Passed = false,
            Conclusive = false,
            Method = method,
            Bond = bond.Name,
            HostName = bond.ComputerName,
            Links = links,
            Fairness = fairness,
            BestShare = forecast is null ? null : new LacpBestShare { Transmit = forecast.Best.MaxShare, Receive = forecast.BestReceive?.MaxShare },
            Weight = forecast?.Weight,
            Advice = advice,
            Findings = [.. findings.OrderByDescending(finding => finding.Severity)],
        };

    private static List<LacpBalanceLink> Foretell(BalanceForecast forecast, BondStatus bond, IReadOnlyList<FlowTraffic> flows)
    {
        long[] bytes = new long[forecast.Slaves.Count], packets = new long[forecast.Slaves.Count];
        foreach (var traffic in flows.Where(traffic => !traffic.Received))
        {
            var slave = forecast.SlaveOf(traffic.Flow);
            bytes[slave] += traffic.Bytes ?? 0;
            packets[slave] += traffic.Packets ?? 0;
        }

        var hasPackets = flows.All(traffic => traffic.Packets is not null);
        var sum = forecast.Transmit.Weights.Sum();
        return [.. bond.Slaves.Select(slave =>
        {
            // A slave that the bond does not use carries nothing, which is no less unfair.
            var index = forecast.IndexOf(slave.Name);
            return new LacpBalanceLink
            {
                Interface = slave.Name,
                InUse = index >= 0,
                TxBytes = forecast.Weight != FlowWeight.Bytes ? null : index < 0 ? 0 : bytes[index],
                TxPackets = !hasPackets ? null : index < 0 ? 0 : packets[index],
                TxShare = sum <= 0 ? null : index < 0 ? 0 : forecast.Transmit.Weights[index] / sum,
                Flows = index < 0 ? 0 : forecast.Transmit.Flows[index],
            };
        })];
    }
}
