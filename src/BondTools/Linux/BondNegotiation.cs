using System.Collections.Generic;
using System.Linq;
using BondTools.Lacp;

namespace BondTools.Linux;

/// <summary>
/// Judges whether a bond does what its mode promises. "MII Status: up" and "Number of ports: 1" alone prove nothing: a bond
/// shows both towards a switch that has never heard of LACP.
/// </summary>
internal static class BondNegotiation
{
    private const LacpPortState Carrying = LacpPortState.Synchronization | LacpPortState.Collecting | LacpPortState.Distributing;

    /// <summary>The verdict, and why in words for a person; null where the text does not hold what is needed.</summary>
    public static (bool? Negotiated, string Reason) Judge(BondStatus bond)
    {
        var name = bond.Name ?? "The bond";
        if (bond.Slaves.Count == 0)
            return (false, $"{name} has no slaves.");
        return bond.Mode.Equals(BondMode.Lacp) ? JudgeLacp(bond, name) : JudgeLinks(bond, name);
    }

    private static (bool?, string) JudgeLinks(BondStatus bond, string name)
    {
        var notUp = bond.Slaves.Where(slave => slave.MiiStatus != MiiStatus.Up).ToList();
        if (bond.MiiStatus != MiiStatus.Up)
        {
            return (false, notUp.Count < bond.Slaves.Count ? $"{name} is {Word(bond.MiiStatus)}."
                : bond.ArpPollingInterval is not null ? $"{name} is down: the ARP monitor hears {string.Join(", ", bond.ArpIpTargets)} on none of {Names(bond.Slaves)}."
                : $"{name} is down: none of {Names(bond.Slaves)} has a link.");
        }

        if (notUp.Count > 0)
            return (false, $"{name} is up, but {string.Join(", ", notUp.Select(slave => $"{slave.Name} is {Word(slave.MiiStatus)}"))}.");
        if (bond.Mode.Equals(BondMode.ActiveBackup) && bond.CurrentActiveSlave is null)
            return (false, $"{name} has no active slave.");
        return (true, bond.MiiPollingInterval.Ticks == 0 && bond.ArpPollingInterval is null
            ? $"{name} and {Names(bond.Slaves)} are up, as far as is known: neither miimon nor the ARP monitor looks at the links."
            : $"{name} and {Names(bond.Slaves)} are up{(NeedsStaticChannel(bond.Mode) ? $"; in {bond.Mode} no protocol proves that the switch bundles its ports too" : "")}.");
    }

    // bonding.rst, "Switch Configuration": these want the ports grouped on the switch, and nothing tells them whether they are.
    // Towards an LACP channel or single ports they look as healthy as towards a static channel.
    private static bool NeedsStaticChannel(BondMode mode) =>
        mode.Equals(BondMode.BalanceRR) || mode.Equals(BondMode.BalanceXor) || mode.Equals(BondMode.Broadcast);

    private static (bool?, string) JudgeLacp(BondStatus bond, string name)
    {
        var up = bond.Slaves.Where(IsUsed).ToList();
        if (up.Count == 0)
            return (false, $"{name} is down: none of {Names(bond.Slaves)} has a link.");
        if (bond.MiiStatus != MiiStatus.Up)
            return (false, DownWithLinks(bond, name, up));

        var silent = up.Where(slave => slave.Partner?.SystemMacAddress.IsZero == true).ToList();
        if (silent.Count > 0)
            return (false, $"No partner answers on {Names(silent)}: the switch does not speak LACP there.");
        if (bond.PartnerMacAddress?.IsZero == true)
            return (false, $"No partner answers on {Names(OnActive(bond, up))}: the switch does not speak LACP there.");

        var untold = up.Where(slave => slave.AggregatorId is not null && (slave.Actor is null || slave.Partner is null)).ToList();
        if (untold.Count > 0)
        {
            return (null, bond.SystemPriority is null
                ? $"The port states of {Names(untold)} are not in the text: the kernel shows them to root only (CAP_NET_ADMIN), and an old driver to nobody."
                : $"The port states of {Names(untold)} are incomplete in the text: an address is masked or has no six bytes.");
        }

        var faults = up.Select(slave => Fault(bond, slave)).Where(fault => fault is not null).ToList();
        if (faults.Count > 0)
            return (false, string.Join(" ", faults));

        var partner = bond.PartnerMacAddress is { } mac ? $" with partner {mac}" : "";
        var down = bond.Slaves.Where(slave => !IsUsed(slave)).ToList();
        var rest = down.Count == 0 ? "" : $" Not in use: {string.Join(", ", down.Select(slave => $"{slave.Name} ({Word(slave.MiiStatus)})"))}.";
        return (true, $"{up.Count} of {bond.Slaves.Count} ports ({Names(up)}) in sync, collecting and distributing{partner}.{rest}");
    }

    private static string DownWithLinks(BondStatus bond, string name, List<BondSlave> up)
    {
        var ports = bond.PortCount ?? OnActive(bond, up).Count;
        return bond.MinLinks is { } wanted && wanted > ports
            ? $"{name} is down though {Names(up)} {(up.Count == 1 ? "is" : "are")} up: min_links is {wanted} and the active aggregator has {ports} {(ports == 1 ? "port" : "ports")}."
            : $"{name} is {Word(bond.MiiStatus)} though {Names(up)} {(up.Count == 1 ? "is" : "are")} up.";
    }

    private static string? Fault(BondStatus bond, BondSlave slave)
    {
        if (slave.AggregatorId is null)
            return $"{slave.Name} is on no aggregator.";
        if (slave.AggregatorId != bond.ActiveAggregatorId)
        {
            return $"{slave.Name} is on aggregator {slave.AggregatorId}, the traffic is on {bond.ActiveAggregatorId?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "none"}: "
                + (slave.Partner is { } partner && (!partner.SystemMacAddress.Equals(bond.PartnerMacAddress) || partner.Key != bond.PartnerKey)
                    ? $"its partner is {partner.SystemMacAddress} with key {partner.Key}, not {bond.PartnerMacAddress} with key {bond.PartnerKey}, which is another switch or channel-group."
                    : "it has not been aggregated with the others.");
        }

        return EndFault(slave.Name, "host", slave.Actor!.State) ?? EndFault(slave.Name, "switch", slave.Partner!.State);
    }

    private static string? EndFault(string name, string end, LacpPortState state)
    {
        if (state.HasFlag(LacpPortState.Expired))
            return $"{name}: LACPDUs have stopped coming to the {end} (expired, state {(int)state}).";
        if (state.HasFlag(LacpPortState.Defaulted))
            return $"{name}: the {end} hears no LACPDU (defaulted, state {(int)state}).";
        if ((state & Carrying) == Carrying)
            return null;
        var missing = new List<string>();
        if (!state.HasFlag(LacpPortState.Synchronization))
            missing.Add("in sync");
        if (!state.HasFlag(LacpPortState.Collecting))
            missing.Add("collecting");
        if (!state.HasFlag(LacpPortState.Distributing))
            missing.Add("distributing");
        return $"{name}: the {end} is not {string.Join(", not ", missing)} (state {(int)state}).";
    }

    private static List<BondSlave> OnActive(BondStatus bond, List<BondSlave> up)
    {
        var ports = up.Where(slave => slave.AggregatorId is not null && slave.AggregatorId == bond.ActiveAggregatorId).ToList();
        return ports.Count > 0 ? ports : up;
    }

    // During downdelay the port still carries traffic, during updelay not yet (bond_3ad.c follows the slave's link).
    private static bool IsUsed(BondSlave slave) => slave.MiiStatus is MiiStatus.Up or MiiStatus.GoingDown;

    private static string Names(IReadOnlyList<BondSlave> slaves)
    {
        var names = slaves.Select(slave => slave.Name).ToList();
        return names.Count == 1 ? names[0] : string.Join(", ", names.Take(names.Count - 1)) + " and " + names[names.Count - 1];
    }

    private static string Word(MiiStatus status) => status switch
    {
        MiiStatus.Up => "up",
        MiiStatus.Down => "down",
        MiiStatus.GoingDown => "going down",
        MiiStatus.GoingBack => "going back up (updelay)",
        _ => "in a state the driver does not know",
    };
}
