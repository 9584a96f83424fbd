using System;
using System.Collections.Generic;
using System.Linq;
using BondTools.Hashing;
using BondTools.Linux;

namespace BondTools.Analysis;

/// <summary>The findings of a balance test, in words.</summary>
internal static class BalanceFindings
{
    // A slave below this part of its fair share has carried little more than LACPDUs and broadcasts.
    private const double IdleShare = 0.1;

    public static Finding UnfairTransmit(BondStatus bond, List<LacpBalanceLink> links, double fairness, BalanceForecast? forecast)
    {
        var (reason, remedy) = ExplainTransmit(bond, links, forecast);
        return Find("unfair-transmit", FindingSeverity.Warning, FindingEnd.Host,
            Describe("sends", fairness, links, link => link.TxShare) + reason,
            remedy,
            [.. links.Select(link => FormattableString.Invariant($"{link.Interface}: sent {link.TxBytes} bytes in {link.TxPackets} packets ({link.TxShare:P0})")),
                .. forecast is null ? Array.Empty<string>() : [Spread(forecast.Policy, forecast.Counts)]]);
    }

    private static (string Reason, string Remedy) ExplainTransmit(BondStatus bond, List<LacpBalanceLink> links, BalanceForecast? forecast)
    {
        if (bond.Mode.Equals(BondMode.ActiveBackup) || bond.Mode.Equals(BondMode.Broadcast))
            return ($" Mode {bond.Mode} does not share traffic.", "Set bond-mode 802.3ad on the host and LACP on the switch.");
        var unused = LinuxTransmitHash.UsableSlaves(bond) is { } usable
            ? links.Select(link => link.Interface).Except(usable.Select(slave => slave.Name)).ToList()
            : [];
        if (unused.Count > 0)
            return ($" The bond does not use {Sentence.Enumerate(unused)}.", "Find out why with Test-LacpLink.");
        if (forecast is null)
            return ("", "Flows that agree in what the policy hashes share a link: measure with more flows, or set bond-xmit-hash-policy layer3+4.");
        if (forecast.Counts.Max() - forecast.Counts.Min() <= 1)
            return (" The hash spreads the known flows evenly, so they differ in size, or other traffic prevails.", "Measure with flows of the same size and without other traffic.");
        return forecast.Better() is { } better
            ? ($" {Spread(forecast.Policy, forecast.Counts)}; {Spread(better.Policy, better.Counts)}.", $"Set bond-xmit-hash-policy {better.Policy} if the real traffic is like these flows.")
            : ($" {Spread(forecast.Policy, forecast.Counts)}, and no other policy does better.", "Measure with more flows, or with other addresses or ports.");
    }

    public static Finding UnfairReceive(List<LacpBalanceLink> links, double fairness) =>
        Find("unfair-receive", FindingSeverity.Warning, FindingEnd.Switch,
            Describe("receives", fairness, links, link => link.RxShare),
            "The switch chooses these links: see show etherchannel load-balance. A method that hashes both ends (src-dst-ip, or with ports where the switch can) spreads most traffic best.",
            links.Select(link => FormattableString.Invariant($"{link.Interface}: received {link.RxBytes} bytes in {link.RxPackets} packets ({link.RxShare:P0})")));

    private static string Describe(string verb, double fairness, List<LacpBalanceLink> links, Func<LacpBalanceLink, double?> share)
    {
        var idle = links.Where(link => share(link) < IdleShare / links.Count).Select(link => link.Interface).ToList();
        var what = idle.Count == 0 ? $"The host {verb} unevenly" : $"{Sentence.Enumerate(idle)} {verb} next to nothing";
        return FormattableString.Invariant($"{what}: fairness {fairness:0.00}.");
    }

    private static string Spread(TransmitHashPolicy policy, long[] counts) => $"{policy} spreads the known flows {string.Join(":", counts)}";

    public static IEnumerable<Finding> Losses(LacpBalanceLink link)
    {
        if (link.TxErrors + link.RxErrors > 0)
        {
            yield return Find("errors-rising", FindingSeverity.Warning, FindingEnd.Cable,
                $"{link.Interface} counted {link.TxErrors + link.RxErrors} errors meanwhile.",
                "Check cable, transceivers and duplex at both ends.",
                [$"{link.Interface}: {link.TxErrors} transmit errors, {link.RxErrors} receive errors"]);
        }
        if (link.TxDropped + link.RxDropped > 0)
        {
            yield return Find("drops-rising", FindingSeverity.Information, FindingEnd.Host,
                $"{link.Interface} dropped {link.TxDropped + link.RxDropped} packets meanwhile.",
                "A few are normal (frames for protocols that the host does not speak); many mean that the link or the host is full.",
                [$"{link.Interface}: {link.TxDropped} dropped in sending, {link.RxDropped} in receiving"]);
        }
    }

    public static Finding NothingToBalance(BondStatus bond) =>
        Find("nothing-to-balance", FindingSeverity.Error, FindingEnd.Host,
            $"{bond.Name ?? "The bond"} has {(bond.Slaves.Count == 0 ? "no slave" : "one slave")}: there is nothing to balance.",
            "Give the bond two or more slaves (bond-slaves).",
            [$"slaves: {bond.Slaves.Count}"]);

    public static Finding CountersMissing(string slave) =>
        Find("counters-missing", FindingSeverity.Error, FindingEnd.Host,
            $"The counters of {slave} were not given for both times.",
            "Read ip -s -j link for all interfaces, before and after.",
            [$"{slave}: no counters"]);

    public static Finding CountersReset(LinkCounter first, LinkCounter last) =>
        Find("counters-reset", FindingSeverity.Error, FindingEnd.Host,
            $"The counters of {last.Interface} went backwards: its driver was reset, the host restarted, or the readings are in the wrong order.",
            "Measure again.",
            [$"{first.Interface} before: sent {first.TxBytes} bytes, received {first.RxBytes}", $"{last.Interface} after: sent {last.TxBytes} bytes, received {last.RxBytes}"]);

    public static Finding TooLittleTraffic(string verb, long packets, int minimum) =>
        Find("too-little-traffic", FindingSeverity.Warning, FindingEnd.Both,
            $"Only {packets} packets were {verb}: too few to tell how they are spread.",
            $"Measure longer, or with more traffic in this direction: at least {minimum} packets.",
            [$"packets {verb}: {packets}"]);

    private static Finding Find(
        string rule, FindingSeverity severity, FindingEnd end, string message, string remedy, IEnumerable<string> evidence) => new()
        {
            RuleId = rule,
            Severity = severity,
            End = end,
            Message = message,
            Remedy = remedy,
            Evidence = [.. evidence],
        };
}
