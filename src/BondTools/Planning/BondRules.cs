using System;
using System.Collections.Generic;
using System.Linq;
using BondTools.Linux;

namespace BondTools.Planning;

/// <summary>What a bond must keep to: which options fit which mode (bonding.rst), and the rules of Proxmox VE.</summary>
internal static class BondRules
{
    /// <summary>Whether Proxmox VE takes a name for a bond: it goes by nothing else.</summary>
    public static bool IsBondName(string name) => NetworkInterface.IsNumbered(name, "bond") && InterfaceName.Problem(name) is null;

    /// <summary>What is wrong with a bond.</summary>
    public static IEnumerable<string> Problems(InterfacesFile file, PveBond bond) =>
        NetworkRules.Problems(file, StanzaText.Of(bond), bond.Mtu, bond.OtherOptions, PveBond.Known)
            .Concat(SlaveProblems(file, bond)).Concat(ModeProblems(bond)).Concat(MonitorProblems(bond));

    private static IEnumerable<string> SlaveProblems(InterfacesFile file, PveBond bond)
    {
        if (bond.Slaves.Count == 0)
            yield return $"{bond.Name} has no slaves.";
        foreach (var slave in NetworkRules.Duplicates(bond.Slaves))
            yield return $"The slave {PlainText.Printable(slave)} is listed twice.";
        foreach (var slave in bond.Slaves)
        {
            if (NetworkRules.UseProblem(file, bond.Name, slave) is { } problem)
                yield return problem;
            else if (file.Find(slave) is { } stanza && stanza.Type is not (NetworkInterfaceType.Ethernet or NetworkInterfaceType.Unknown))
                yield return $"{slave} is no NIC but of type {stanza.Type}; only NICs can be slaves.";
            else if (NetworkRules.MtuOf(file, slave) is { } mtu && mtu > (bond.Mtu ?? 1500))
                yield return $"The MTU {mtu} of the slave {slave} is larger than that of {bond.Name} ({bond.Mtu ?? 1500}).";
        }
    }

    private static IEnumerable<string> ModeProblems(PveBond bond)
    {
        if (bond.Mode is not { } mode)
        {
            yield return $"{bond.Name} has no mode.";
            yield break;
        }

        var lacp = mode.Equals(BondMode.Lacp);
        if (bond.TransmitHashPolicy is not null && !lacp && !mode.Equals(BondMode.BalanceXor) && !mode.Equals(BondMode.BalanceTlb) && !mode.Equals(BondMode.BalanceAlb))
            yield return $"A transmit hash policy does not fit the mode {mode}, which does not hash.";
        if (bond.LacpRate is not null && !lacp)
            yield return $"An LACP rate does not fit the mode {mode}; only 802.3ad has one.";
        if (bond.AdSelect is not null && !lacp)
            yield return $"An aggregator selection policy does not fit the mode {mode}; only 802.3ad has one.";
        if (bond.MinLinks is not null && !lacp)
            yield return $"A least number of links does not fit the mode {mode}; only 802.3ad heeds it.";
        if (bond.MinLinks < 0 || bond.MinLinks > bond.Slaves.Count)
            yield return $"A least number of {bond.MinLinks} links cannot be met with {bond.Slaves.Count} slaves.";
        if (bond.PrimarySlave is null)
            yield break;
        if (!mode.Equals(BondMode.ActiveBackup) && !mode.Equals(BondMode.BalanceTlb) && !mode.Equals(BondMode.BalanceAlb))
            yield return $"A primary slave does not fit the mode {mode}; active-backup, balance-tlb and balance-alb have one.";
        if (!bond.Slaves.Contains(bond.PrimarySlave))
            yield return $"The primary slave {PlainText.Printable(bond.PrimarySlave)} is none of the slaves of {bond.Name}.";
    }

    private static IEnumerable<string> MonitorProblems(PveBond bond)
    {
        foreach (var (what, time) in new[] { ("polling interval", bond.MiiPollingInterval), ("up delay", bond.UpDelay), ("down delay", bond.DownDelay) })
        {
            if (time is { } value && (value < TimeSpan.Zero || value.TotalMilliseconds > int.MaxValue || value.Ticks % TimeSpan.TicksPerMillisecond != 0))
                yield return $"The {what} {value} of {bond.Name} is no whole number of milliseconds.";
        }

        var interval = bond.MiiPollingInterval ?? TimeSpan.Zero;
        if (bond.MiiPollingInterval is { Ticks: 0 } && bond.Mode is { } mode
            && (mode.Equals(BondMode.Lacp) || mode.Equals(BondMode.BalanceTlb) || mode.Equals(BondMode.BalanceAlb)))
            yield return $"The mode {mode} needs a polling interval.";
        foreach (var (what, time) in new[] { ("up delay", bond.UpDelay), ("down delay", bond.DownDelay) })
        {
            // The driver counts polls, and rounds down what is no multiple of them.
            if (time is { Ticks: > 0 } delay && (interval.Ticks <= 0 || delay.Ticks % interval.Ticks != 0))
                yield return $"The {what} of {delay.TotalMilliseconds} ms is no multiple of the polling interval of {interval.TotalMilliseconds} ms.";
        }
    }
}
