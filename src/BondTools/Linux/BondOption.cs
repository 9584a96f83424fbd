using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.Sockets;

namespace BondTools.Linux;

/// <summary>
/// An option of a bond: its name in /etc/network/interfaces and in the kernel, what a record says of it, and what the driver
/// takes (drivers/net/bonding/bond_options.c: <c>unsuppmodes</c>, the value tables and the flags).
/// </summary>
/// <param name="Property">The record's property.</param>
/// <param name="Name">The option in the file (<c>bond-ad-select</c>).</param>
/// <param name="Text">What the file says; null when it says nothing.</param>
internal sealed record BondOption(string Property, string Name, Func<PveBond, string?> Text)
{
    private static readonly BondMode[] LacpOnly = [BondMode.Lacp];
    private static readonly BondMode[] WithPrimary = [BondMode.ActiveBackup, BondMode.BalanceTlb, BondMode.BalanceAlb];
    private static readonly BondMode[] Adaptive = [BondMode.BalanceTlb, BondMode.BalanceAlb];
    private static readonly BondMode[] WithArpMonitor = [BondMode.BalanceRR, BondMode.ActiveBackup, BondMode.BalanceXor, BondMode.Broadcast];

    /// <summary>The file below /sys/class/net/NAME/bonding.</summary>
    public string Sysfs => Name.Substring("bond-".Length).Replace('-', '_');

    /// <summary>How a sentence calls it.</summary>
    public string Noun { get; init; } = "";

    /// <summary>The modes it fits.</summary>
    public IReadOnlyList<BondMode> Modes { get; init; } = BondMode.All;

    /// <summary>Why it fits no other, after "does not fit the mode …".</summary>
    public string Reason { get; init; } = "";

    /// <summary>The numbers the driver takes.</summary>
    public (int Least, int Most) Range { get; init; } = (0, int.MaxValue);

    /// <summary>What it takes to set it beside ifupdown2; null for an option that ifupdown2 sets.</summary>
    public BondCompanionShape? Companion { get; init; }

    /// <summary>What it takes to give it back its default, where ifupdown2 sets it but does not take it back.</summary>
    public BondCompanionShape? Reset { get; init; }

    /// <summary>The driver's own value; only for options that have a companion or a reset.</summary>
    public string Default { get; init; } = "";

    /// <summary>Whether it is a switch, which the file and the kernel may write as a word or as a digit.</summary>
    public bool IsFlag { get; init; }

    /// <summary>Whether a record's value needs a companion: ifupdown2 knows the hash policies but one.</summary>
    public bool NeedsCompanion(PveBond bond) =>
        Companion is not null && Text(bond) is not null && (Property != nameof(PveBond.TransmitHashPolicy) || bond.TransmitHashPolicy!.Equals(TransmitHashPolicy.VlanSrcMac));

    /// <summary>The value as the kernel's file holds it, or as one word of it.</summary>
    public string? KernelValue(PveBond bond) => Text(bond) is { } text ? IsFlag ? (text is "1" or "on" ? "1" : "0") : text : null;

    /// <summary>Every option but the slaves, in the order in which Proxmox VE writes those that it knows.</summary>
    public static IReadOnlyList<BondOption> All { get; } =
    [
        new(nameof(PveBond.MiiPollingInterval), "bond-miimon", b => Milliseconds(b.MiiPollingInterval)) { Noun = "polling interval" },
        new(nameof(PveBond.Mode), "bond-mode", b => b.Mode?.Name),
        // ifupdown2 gives a new bond its primary slave, but not one that is there and has none.
        new(nameof(PveBond.PrimarySlave), "bond-primary", b => b.PrimarySlave)
        {
            Noun = "primary slave", Modes = WithPrimary, Reason = "; active-backup, balance-tlb and balance-alb have one",
            Companion = BondCompanionShape.Anytime,
        },
        new(nameof(PveBond.TransmitHashPolicy), "bond-xmit-hash-policy", b => b.TransmitHashPolicy?.Name)
        {
            Noun = "transmit hash policy", Modes = [BondMode.BalanceXor, BondMode.Lacp, BondMode.BalanceTlb, BondMode.BalanceAlb],
            Reason = ", which does not hash", Companion = BondCompanionShape.Anytime, Default = "layer2",
        },
        new(nameof(PveBond.LacpRate), "bond-lacp-rate", b => Word(b.LacpRate)) { Noun = "LACP rate", Modes = LacpOnly, Reason = "; only 802.3ad has one" },
        new(nameof(PveBond.MinLinks), "bond-min-links", b => Number(b.MinLinks))
            { Noun = "least number of links", Modes = LacpOnly, Reason = "; only 802.3ad heeds it" },
        new(nameof(PveBond.AdSelect), "bond-ad-select", b => Word(b.AdSelect))
            { Noun = "aggregator selection policy", Modes = LacpOnly, Reason = "; only 802.3ad has one", Companion = BondCompanionShape.BondDown, Default = "stable" },
        new(nameof(PveBond.LacpActive), "bond-lacp-active", b => b.LacpActive is { } active ? (active ? "on" : "off") : null)
        {
            Noun = "choice to send LACPDUs unasked", Modes = LacpOnly, Reason = "; only 802.3ad sends any", IsFlag = true,
            Companion = BondCompanionShape.BondDown, Default = "1",
        },
        new(nameof(PveBond.SystemPriority), "bond-ad-actor-sys-prio", b => Number(b.SystemPriority))
            { Noun = "LACP system priority", Modes = LacpOnly, Reason = "; only 802.3ad has one", Range = (1, ushort.MaxValue) },
        new(nameof(PveBond.SystemMacAddress), "bond-ad-actor-system", b => b.SystemMacAddress?.ToString())
        {
            Noun = "LACP system address", Modes = LacpOnly, Reason = "; only 802.3ad has one",
            Reset = BondCompanionShape.BondDown, Default = "00:00:00:00:00:00",
        },
        new(nameof(PveBond.UserPortKey), "bond-ad-user-port-key", b => Number(b.UserPortKey))
        {
            Noun = "port key", Modes = LacpOnly, Reason = "; only 802.3ad has one", Range = (0, 1023),
            Companion = BondCompanionShape.WithoutSlaves, Default = "0",
        },
        new(nameof(PveBond.UpDelay), "bond-updelay", b => Milliseconds(b.UpDelay)) { Noun = "up delay" },
        new(nameof(PveBond.DownDelay), "bond-downdelay", b => Milliseconds(b.DownDelay)) { Noun = "down delay" },
        new(nameof(PveBond.PeerNotificationCount), "bond-num-grat-arp", b => Number(b.PeerNotificationCount))
            { Noun = "number of peer notifications", Range = (0, byte.MaxValue) },
        new(nameof(PveBond.PeerNotificationDelay), "bond-peer-notif-delay", b => Milliseconds(b.PeerNotificationDelay))
            { Noun = "peer notification delay", Range = (0, 300_000), Companion = BondCompanionShape.Anytime, Default = "0" },
        new(nameof(PveBond.UseCarrier), "bond-use-carrier", b => Flag(b.UseCarrier)) { Noun = "use of the carrier", IsFlag = true },
        new(nameof(PveBond.PrimaryReselect), "bond-primary-reselect", b => Word(b.PrimaryReselect))
        {
            Noun = "policy for the primary slave's return", Modes = WithPrimary, Reason = "; active-backup, balance-tlb and balance-alb have one",
            Reset = BondCompanionShape.Anytime, Default = "always",
        },
        new(nameof(PveBond.FailOverMac), "bond-fail-over-mac", b => Word(b.FailOverMac))
        {
            Noun = "policy for MAC addresses on a failover", Modes = [BondMode.ActiveBackup], Reason = "; only active-backup has one",
            Companion = BondCompanionShape.WithoutSlaves, Default = "none",
        },
        new(nameof(PveBond.ArpIpTargets), "bond-arp-ip-target", b => Targets(b, AddressFamily.InterNetwork))
            { Noun = "list of ARP targets", Modes = WithArpMonitor, Reason = ", which has no ARP monitor", Companion = BondCompanionShape.ArpTargets },
        new(nameof(PveBond.ArpIpTargets), "bond-ns-ip6-target", b => Targets(b, AddressFamily.InterNetworkV6))
            { Noun = "list of IPv6 targets", Modes = WithArpMonitor, Reason = ", which has no ARP monitor", Companion = BondCompanionShape.NeighbourTargets },
        new(nameof(PveBond.ArpPollingInterval), "bond-arp-interval", b => Milliseconds(b.ArpPollingInterval))
            { Noun = "ARP polling interval", Modes = WithArpMonitor, Reason = ", which has no ARP monitor", Companion = BondCompanionShape.Anytime, Default = "0" },
        new(nameof(PveBond.ArpValidate), "bond-arp-validate", b => Word(b.ArpValidate))
            { Noun = "validation of ARP answers", Modes = WithArpMonitor, Reason = ", which has no ARP monitor", Companion = BondCompanionShape.Anytime, Default = "none" },
        new(nameof(PveBond.ArpAllTargets), "bond-arp-all-targets", b => Word(b.ArpAllTargets))
            { Noun = "number of ARP targets to answer", Modes = WithArpMonitor, Reason = ", which has no ARP monitor", Companion = BondCompanionShape.Anytime, Default = "any" },
        new(nameof(PveBond.ArpMissedMax), "bond-arp-missed-max", b => Number(b.ArpMissedMax))
        {
            Noun = "number of missed ARP answers", Modes = WithArpMonitor, Reason = ", which has no ARP monitor", Range = (1, byte.MaxValue),
            Companion = BondCompanionShape.Anytime, Default = "2",
        },
        new(nameof(PveBond.PacketsPerSlave), "bond-packets-per-slave", b => Number(b.PacketsPerSlave))
        {
            Noun = "number of packets per slave", Modes = [BondMode.BalanceRR], Reason = "; only balance-rr takes turns", Range = (0, ushort.MaxValue),
            Companion = BondCompanionShape.Anytime, Default = "1",
        },
        new(nameof(PveBond.ResendIgmp), "bond-resend-igmp", b => Number(b.ResendIgmp))
        {
            Noun = "number of IGMP reports", Modes = [BondMode.BalanceRR, .. WithPrimary], Range = (0, byte.MaxValue),
            Reason = "; balance-rr, active-backup, balance-tlb and balance-alb send them", Companion = BondCompanionShape.Anytime, Default = "1",
        },
        new(nameof(PveBond.AllSlavesActive), "bond-all-slaves-active", b => Flag(b.AllSlavesActive))
            { Noun = "use of inactive slaves", IsFlag = true, Companion = BondCompanionShape.Anytime, Default = "0" },
        new(nameof(PveBond.LearningPacketInterval), "bond-lp-interval", b => b.LearningPacketInterval?.TotalSeconds.ToString(CultureInfo.InvariantCulture))
        {
            Noun = "pause between learning packets", Modes = Adaptive, Reason = "; balance-tlb and balance-alb send them", Range = (1, int.MaxValue),
            Companion = BondCompanionShape.Anytime, Default = "1",
        },
        new(nameof(PveBond.DynamicLoadBalancing), "bond-tlb-dynamic-lb", b => Flag(b.DynamicLoadBalancing))
        {
            Noun = "choice to move flows by their load", Modes = Adaptive, Reason = "; balance-tlb and balance-alb do", IsFlag = true,
            Companion = BondCompanionShape.BondDown, Default = "1",
        },
    ];

    private static string? Word<T>(T? value) where T : struct, Enum => value is { } word ? KernelWords.Of(word) : null;

    private static string? Flag(bool? value) => value is { } flag ? (flag ? "1" : "0") : null;

    private static string? Number(int? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static string? Milliseconds(TimeSpan? time) => time?.TotalMilliseconds.ToString(CultureInfo.InvariantCulture);

    private static string? Targets(PveBond bond, AddressFamily family)
    {
        var targets = bond.ArpIpTargets.Where(target => target.AddressFamily == family).Select(target => target.ToString());
        return string.Join(" ", targets) is { Length: > 0 } text ? text : null;
    }
}
