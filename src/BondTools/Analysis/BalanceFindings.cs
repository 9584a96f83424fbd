using System;
using System.Collections.Generic;
using System.Linq;
using BondTools.Capture;
using BondTools.Hashing;
using BondTools.Linux;

namespace BondTools.Analysis;

/// <summary>The findings of a balance test, in words.</summary>
internal static class BalanceFindings
{
    // A slave below this part of its fair share has carried little more than LACPDUs and broadcasts.
    private const double IdleShare = 0.1;

    // By how much two ends' counters may differ although every frame arrived: what a few seconds bring, and some frames that
    // one end counts and the other does not (pause frames, a slave's own before it was up).
    private const double SkewSeconds = 10;
    private const long SkewPackets = 20;

    public static Finding UnfairTransmit(
        BondStatus? bond, IReadOnlyList<LacpBalanceLink> links, double fairness, BalanceForecast? forecast, IReadOnlyList<BalanceAdvice> advice)
    {
        var (reason, remedy) = ExplainTransmit(bond, links, forecast, advice);
        return Find("unfair-transmit", FindingSeverity.Warning, FindingEnd.Host,
            Describe("sends", fairness, links, link => link.TxShare) + reason,
            remedy,
            [.. links.Select(link => $"{link.Interface}: sent {Amount(link.TxBytes, link.TxPackets)}{Part(link.TxShare)}"),
                .. forecast is null ? Array.Empty<string>() : [BalanceCauses.Spread(forecast.Policy.Name, forecast.Transmit)]]);
    }

    private static (string Reason, string Remedy) ExplainTransmit(
        BondStatus? bond, IReadOnlyList<LacpBalanceLink> links, BalanceForecast? forecast, IReadOnlyList<BalanceAdvice> advice)
    {
        if (bond is null)
            return ("", "Tell the bond (-BondStatus), and what would share this better is found by replaying these flows.");
        if (bond.Mode.Equals(BondMode.ActiveBackup) || bond.Mode.Equals(BondMode.Broadcast))
            return ($" Mode {bond.Mode} does not share traffic.", "Set bond-mode 802.3ad on the host and LACP on the switch.");
        var unused = LinuxTransmitHash.UsableSlaves(bond) is { } usable
            ? links.Select(link => link.Interface).Except(usable.Select(slave => slave.Name)).ToList()
            : [];
        if (unused.Count > 0)
            return ($" The bond does not use {Sentence.Enumerate(unused)}.", "Find out why with Test-LacpLink.");
        if (forecast is null)
            return ("", "Flows that agree in what the policy hashes share a link: measure with more flows, or set bond-xmit-hash-policy layer3+4.");
        var best = advice.FirstOrDefault(item => item.End == FindingEnd.Host);
        return best is null
            ? (" The known flows do not account for it, or nothing would share them better.", "Measure with more flows, or with other addresses or ports.")
            : ("", $"If the real traffic is like these flows: {best.Change}.");
    }

    public static Finding UnfairReceive(IReadOnlyList<LacpBalanceLink> links, double fairness, IReadOnlyList<BalanceAdvice> advice) =>
        Find("unfair-receive", FindingSeverity.Warning, FindingEnd.Switch,
            Describe("receives", fairness, links, link => link.RxShare),
            advice.FirstOrDefault(item => item.End == FindingEnd.Switch) is { } best
                ? $"The switch chooses these links. By forecast, if the real traffic is like these flows: {best.Change}."
                : "The switch chooses these links: see show etherchannel load-balance. A method that hashes both ends (src-dst-ip, or with ports where the switch can) spreads most traffic best.",
            links.Select(link => $"{link.Interface}: received {Amount(link.RxBytes, link.RxPackets)}{Part(link.RxShare)}"));

    private static string Describe(string verb, double fairness, IReadOnlyList<LacpBalanceLink> links, Func<LacpBalanceLink, double?> share)
    {
        var idle = links.Where(link => share(link) < IdleShare / links.Count).Select(link => link.Interface).ToList();
        var what = idle.Count == 0 ? $"The host {verb} unevenly" : $"{Sentence.Enumerate(idle)} {verb} next to nothing";
        return FormattableString.Invariant($"{what}: fairness {fairness:0.00}.");
    }

    private static string Amount(long? bytes, long? packets) => (bytes, packets) switch
    {
        (null, null) => "its flows",
        (null, _) => FormattableString.Invariant($"{packets} packets"),
        (_, null) => FormattableString.Invariant($"{bytes} bytes"),
        _ => FormattableString.Invariant($"{bytes} bytes in {packets} packets"),
    };

    private static string Part(double? share) => share is { } part ? FormattableString.Invariant($" ({part:P0})") : "";

    /// <summary>What was lost on a link, at either end.</summary>
    public static IEnumerable<Finding> Losses(LacpBalanceLink link)
    {
        var port = link.SwitchInterface;
        var errors = link.TxErrors + link.RxErrors;
        if (errors > 0 || link.SwitchErrors > 0)
        {
            yield return Find("errors-rising", FindingSeverity.Warning, FindingEnd.Cable,
                $"{string.Join(" and ", Counted(link.Interface, errors).Concat(Counted(port, link.SwitchErrors)))} meanwhile.",
                "Check cable, transceivers and duplex at both ends.",
                [$"{link.Interface}: {link.TxErrors} transmit errors, {link.RxErrors} receive errors",
                    .. link.SwitchErrors is null ? Array.Empty<string>() : [$"{port}: {link.SwitchErrors} input and output errors"]]);
        }
        if (link.TxDropped + link.RxDropped > 0)
        {
            yield return Find("drops-rising", FindingSeverity.Information, FindingEnd.Host,
                $"{link.Interface} dropped {link.TxDropped + link.RxDropped} packets meanwhile.",
                "A few are normal (frames for protocols that the host does not speak); many mean that the link or the host is full.",
                [$"{link.Interface}: {link.TxDropped} dropped in sending, {link.RxDropped} in receiving"]);
        }
        if (link.SwitchDropped > 0)
        {
            yield return Find("drops-rising", FindingSeverity.Warning, FindingEnd.Switch,
                $"{port} dropped {link.SwitchDropped} packets meanwhile: more was to be sent to {link.Interface} than the link carries.",
                "Share the load better (see Advice), or add a link; a burst now and then is normal.",
                [$"{port}: {link.SwitchDropped} packets dropped from its queues"]);
        }

        static IEnumerable<string> Counted(string? name, long? count) => count > 0 ? [$"{name} counted {count} errors"] : [];
    }

    /// <summary>Where one end of a cable counted what the other did not.</summary>
    public static IEnumerable<Finding> Disagreements(LacpBalanceLink link, TimeSpan? duration)
    {
        if (duration is not { TotalSeconds: > 0 and var seconds })
            yield break;
        if (Differs(link.SwitchTxPackets, link.RxPackets))
            yield return Disagreement(link, $"{link.SwitchInterface} sent {link.SwitchTxPackets} packets, of which {link.Interface} received {link.RxPackets}");
        if (Differs(link.TxPackets, link.SwitchRxPackets))
            yield return Disagreement(link, $"{link.Interface} sent {link.TxPackets} packets, of which {link.SwitchInterface} received {link.SwitchRxPackets}");

        // The two ends are not read at one moment, and a switch fetches its counters from the hardware only every few seconds.
        bool Differs(long? left, long? right) =>
            left is { } one && right is { } other && Math.Abs(one - other) > SkewPackets + Math.Max(one, other) * SkewSeconds / seconds;
    }

    private static Finding Disagreement(LacpBalanceLink link, string what) =>
        Find("counters-disagree", FindingSeverity.Warning, FindingEnd.Cable,
            $"{what}: more than the moments of reading explain.",
            $"Frames are lost between {link.SwitchInterface} and {link.Interface}, or these are not the two ends of one cable: compare with Test-LacpLink.",
            [$"{link.Interface}: sent {link.TxPackets}, received {link.RxPackets} packets", $"{link.SwitchInterface}: sent {link.SwitchTxPackets}, received {link.SwitchRxPackets} packets"]);

    public static Finding NotForetold(BondStatus bond, string reason) =>
        Find("not-foretold", FindingSeverity.Error, FindingEnd.Host,
            reason,
            "Measure with counters (Test-LacpBalance with a session), or tell what is missing.",
            [$"mode {bond.Mode}, policy {bond.TransmitHashPolicy?.Name ?? "unknown"}, driver {bond.DriverVersion}"]);

    public static Finding DirectionsUnknown() =>
        Find("directions-unknown", FindingSeverity.Error, FindingEnd.Host,
            "The captures do not tell what the host sent and what it received.",
            "Give the MAC addresses on the host's side (-HostMacAddress): the bond's and those of its containers and virtual machines.",
            ["no frame of the captures has a direction, and none of the flows an address that is known to be the host's"]);

    public static Finding Asymmetric(CaptureReport capture) =>
        Find("asymmetric-flows", FindingSeverity.Information, FindingEnd.Both,
            $"The replies of {capture.AsymmetricFlows} of {capture.FlowCount} flows came on another link than their requests went.",
            "Nothing is wrong with that: each end picks links by itself, by what it hashes.",
            capture.Flows.Where(flow => flow.Asymmetric).Take(5).Select(flow =>
                $"{flow.Protocol} {flow.Flow.SourceAddress?.ToString() ?? flow.Flow.SourceMac?.ToString()} to {flow.Flow.DestinationAddress?.ToString() ?? flow.Flow.DestinationMac?.ToString()}: requests on {flow.RequestLink}, replies on {flow.ReplyLink}"));

    public static Finding CapturePartial(IEnumerable<string> defects) =>
        Find("capture-partial", FindingSeverity.Information, FindingEnd.Host,
            "A capture could not be read to its end; what comes before is judged.",
            "Capture again where the rest matters.",
            defects);

    public static Finding CaptureMissing(string slave) =>
        Find("capture-missing", FindingSeverity.Warning, FindingEnd.Host,
            $"No capture of {slave} was given: the shares are those among the captured links.",
            "Capture all slaves at once (Start-BondCapture); a capture's name, less its ending, is taken for its interface's.",
            [$"{slave}: no capture"]);

    public static Finding HostRestarted(TimeSpan before, TimeSpan after) =>
        Find("host-restarted", FindingSeverity.Error, FindingEnd.Host,
            "The host restarted between the readings.",
            "Measure again.",
            [$"up for {before} before, for {after} after"]);

    public static Finding NothingToBalance(BondStatus bond) =>
        Find("nothing-to-balance", FindingSeverity.Error, FindingEnd.Host,
            $"{bond.Name ?? "The bond"} has {(bond.Slaves.Count == 0 ? "no slave" : "one slave")}: there is nothing to balance.",
            "Give the bond two or more slaves (bond-slaves).",
            [$"slaves: {bond.Slaves.Count}"]);

    public static Finding CountersMissing(string slave, bool hasVanished) =>
        Find("counters-missing", FindingSeverity.Error, FindingEnd.Host,
            hasVanished ? $"{slave} vanished between the readings." : $"The counters of {slave} were not given for both times.",
            hasVanished ? "Find out with the kernel's log (dmesg) whether the NIC was reset, renamed or taken out." : "Read ip -s -j link for all interfaces, before and after.",
            [$"{slave}: no counters"]);

    public static Finding CountersReset(LinkCounter first, LinkCounter last) =>
        Find("counters-reset", FindingSeverity.Error, FindingEnd.Host,
            $"The counters of {last.Interface} went backwards: its driver was reset, a counter of 32 bits began anew, or the readings are in the wrong order.",
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
