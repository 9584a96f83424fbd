using System;
using System.Collections.Generic;
using System.Linq;
using BondTools.Capture;
using BondTools.Linux;

namespace BondTools.Analysis;

/// <content>By capture.</content>
public static partial class LacpBalanceAnalyzer
{
    // As many as a person may look at.
    private const int ListedFlows = 100;

    /// <summary>Judges what captures of a bond's links hold.</summary>
    /// <param name="capture">The captures, as Measure-BondCapture measures them; the flows that it lists are those that are replayed.</param>
    /// <param name="bond">The bond, where it is known; without it there is no advice.</param>
    /// <param name="options">What is asked of the measurement; null: the defaults.</param>
    public static LacpBalanceReport Analyze(CaptureReport capture, BondStatus? bond = null, BalanceOptions? options = null)
    {
        options ??= new BalanceOptions();
        var findings = new List<Finding>();
        var flows = Orient(capture.Flows);
        var forecast = bond is null || flows.Count == 0 ? null : BalanceForecast.Of(bond, flows, options, out _);
        var links = Measure(capture, bond, forecast);
        if (!links.Exists(link => link.TxPackets is not null))
            findings.Add(BalanceFindings.DirectionsUnknown());
        if (bond?.Slaves.Count < 2)
            findings.Add(BalanceFindings.NothingToBalance(bond));
        findings.AddRange((bond?.Slaves ?? []).Select(slave => slave.Name).Except(links.Select(link => link.Interface)).Select(BalanceFindings.CaptureMissing));

        var advice = forecast is null ? [] : BalanceAdvisor.Advise(forecast);
        var (fairness, isConclusive, isFair) = Judge(links, bond, options, forecast, advice, findings);
        if (capture.AsymmetricFlows > 0)
            findings.Add(BalanceFindings.Asymmetric(capture));
        if (capture.IsPartial)
            findings.Add(BalanceFindings.CapturePartial(capture.Links.Where(link => link.Defect is not null).Select(link => $"{link.Name}: {link.Defect}")));

        return Report(BalanceMethod.Capture, bond, links, fairness, forecast, advice, findings) with
        {
            Passed = isConclusive && isFair,
            Conclusive = isConclusive,
            Duration = capture.End - capture.Start,
            AsymmetricFlows = (int)Math.Min(int.MaxValue, capture.AsymmetricFlows),
            CapturedFlows = [.. capture.Flows.Take(ListedFlows)],
        };
    }

    /// <summary>Adds to a report by counters what was captured meanwhile: the flows, and those whose replies took another link.</summary>
    /// <param name="report">The report.</param>
    /// <param name="capture">What was captured on the bond's links between the two readings.</param>
    public static LacpBalanceReport Join(LacpBalanceReport report, CaptureReport capture) => report with
    {
        AsymmetricFlows = (int)Math.Min(int.MaxValue, capture.AsymmetricFlows),
        CapturedFlows = [.. capture.Flows.Take(ListedFlows)],
        Findings = capture.AsymmetricFlows == 0 ? report.Findings : [.. report.Findings, BalanceFindings.Asymmetric(capture)],
    };

    /// <summary>Both directions of each flow of which it is known which one the host sent.</summary>
    private static List<FlowTraffic> Orient(IReadOnlyList<CaptureFlow> flows)
    {
        var oriented = new List<FlowTraffic>(flows.Count * 2);
        foreach (var flow in flows)
        {
            // A frame that was cut before its addresses cannot be replayed.
            if (flow.RequestSent is not { } sent || (flow.Flow.IsIP && flow.Flow.SourceAddress is null))
                continue;
            oriented.Add(new FlowTraffic { Flow = flow.Flow, Packets = flow.RequestPackets, Bytes = flow.RequestBytes, Received = !sent });
            if (flow.ReplyPackets > 0)
                oriented.Add(new FlowTraffic { Flow = flow.Flow.Reverse(), Packets = flow.ReplyPackets, Bytes = flow.ReplyBytes, Received = sent });
        }
        return oriented;
    }

    private static List<LacpBalanceLink> Measure(CaptureReport capture, BondStatus? bond, BalanceForecast? forecast)
    {
        double sent = capture.Links.Sum(link => link.SentBytes ?? 0), received = capture.Links.Sum(link => link.Bytes - link.SentBytes ?? 0);
        var seconds = (capture.End - capture.Start)?.TotalSeconds;
        return [.. capture.Links.Select(link =>
        {
            var slave = bond?.Slaves.FirstOrDefault(slave => slave.Name == link.Name);
            var measured = new LacpBalanceLink
            {
                Interface = link.Name,
                InUse = slave is null ? null : BondWatcher.IsInUse(bond!, slave),
                TxBytes = link.SentBytes,
                RxBytes = link.Bytes - link.SentBytes,
                TxPackets = link.SentPackets,
                RxPackets = link.Packets - link.SentPackets,
                TxShare = sent > 0 ? link.SentBytes / sent : null,
                RxShare = received > 0 ? (link.Bytes - link.SentBytes) / received : null,
                Flows = forecast?.FlowsOn(link.Name),
            };
            return seconds > 0 ? CounterReadings.Rate(measured, seconds.Value) : measured;
        })];
    }
}
