using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using BondTools.Linux;

namespace BondTools.Planning;

/// <summary>What a bond's link monitor must keep to: MII or ARP, never both (bond_options.c).</summary>
internal static class BondMonitorRules
{
    // BOND_MAX_ARP_TARGETS and BOND_MAX_NS_TARGETS.
    private const int MostTargets = 16;

    /// <summary>What is wrong with the link monitor of a bond.</summary>
    public static IEnumerable<string> Problems(PveBond bond) => TimeProblems(bond).Concat(DelayProblems(bond)).Concat(ArpProblems(bond)).Concat(TargetProblems(bond));

    private static IEnumerable<string> TimeProblems(PveBond bond)
    {
        foreach (var (what, time, unit) in new[]
        {
            ("polling interval", bond.MiiPollingInterval, TimeSpan.TicksPerMillisecond), ("up delay", bond.UpDelay, TimeSpan.TicksPerMillisecond),
            ("down delay", bond.DownDelay, TimeSpan.TicksPerMillisecond), ("peer notification delay", bond.PeerNotificationDelay, TimeSpan.TicksPerMillisecond),
            ("ARP polling interval", bond.ArpPollingInterval, TimeSpan.TicksPerMillisecond), ("pause between learning packets", bond.LearningPacketInterval, TimeSpan.TicksPerSecond),
        })
        {
            if (time is { } value && (value < TimeSpan.Zero || value.Ticks / unit > int.MaxValue || value.Ticks % unit != 0))
                yield return $"The {what} {value} of {bond.Name} is no whole number of {(unit == TimeSpan.TicksPerSecond ? "seconds" : "milliseconds")}.";
        }
    }

    private static IEnumerable<string> DelayProblems(PveBond bond)
    {
        var interval = bond.MiiPollingInterval ?? TimeSpan.Zero;
        if (bond.MiiPollingInterval is { Ticks: 0 } && bond.Mode is { } mode && mode.NeedsMiiMonitor)
            yield return $"The mode {mode} needs a polling interval.";
        foreach (var (what, time) in new[] { ("up delay", bond.UpDelay), ("down delay", bond.DownDelay), ("peer notification delay", bond.PeerNotificationDelay) })
        {
            // The driver counts polls, and rounds down what is no multiple of them.
            if (time is { Ticks: > 0 } delay && (interval.Ticks <= 0 || delay.Ticks % interval.Ticks != 0))
                yield return $"The {what} of {delay.TotalMilliseconds} ms is no multiple of the polling interval of {interval.TotalMilliseconds} ms.";
        }
    }

    private static IEnumerable<string> ArpProblems(PveBond bond)
    {
        if (bond.ArpPollingInterval is { Ticks: > 0 })
        {
            // Without a line Proxmox VE writes 100 the next time it writes the file, and that ends the ARP monitor.
            if (bond.MiiPollingInterval is not { Ticks: 0 })
                yield return $"The ARP monitor of {bond.Name} needs a polling interval (MiiPollingInterval) of 0: the driver has one monitor or the other.";
            if (bond.ArpIpTargets.Count == 0)
                yield return $"The ARP monitor of {bond.Name} has no targets.";
            yield break;
        }

        foreach (var option in BondOption.All.Where(option => option.Name.StartsWith("bond-arp-", StringComparison.Ordinal) || option.Name == "bond-ns-ip6-target"))
        {
            if (option.Property != nameof(PveBond.ArpPollingInterval) && option.Text(bond) is not null)
                yield return $"The {option.Noun} has no effect without an ARP polling interval.";
        }
    }

    private static IEnumerable<string> TargetProblems(PveBond bond)
    {
        foreach (var family in bond.ArpIpTargets.GroupBy(target => target.AddressFamily).Where(family => family.Count() > MostTargets))
            yield return $"{bond.Name} has {family.Count()} targets of one family; the ARP monitor asks {MostTargets} at most.";
        foreach (var target in NetworkRules.Duplicates(bond.ArpIpTargets.Select(target => target.ToString())))
            yield return $"The target {target} is listed twice.";
        foreach (var target in bond.ArpIpTargets.Where(target => !CanAnswer(target)))
            yield return $"{target} is no address that could answer the ARP monitor.";
    }

    // bond_is_ip_target_ok and bond_is_ip6_target_ok; a zone has no place in the kernel's list.
    private static bool CanAnswer(IPAddress target) => target.AddressFamily == AddressFamily.InterNetwork
        ? target.GetAddressBytes()[0] != 0 && !target.Equals(IPAddress.Broadcast)
        : target.AddressFamily == AddressFamily.InterNetworkV6 && !target.IsIPv6Multicast && !IPAddress.IsLoopback(target)
            && !target.Equals(IPAddress.IPv6Any) && target.ScopeId == 0;
}
