using System.Text;
using BondTools.Lacp;
using BondTools.Linux;

namespace BondTools.Lab.World;

/// <summary>Renders /proc/net/bonding/NAME (drivers/net/bonding/bond_procfs.c).</summary>
internal static class BondProcText
{
    public static string Render(BondDevice bond, string driverVersion)
    {
        var text = new StringBuilder();
        var options = bond.Options;
        Line(text, $"Ethernet Channel Bonding Driver: {driverVersion}\n");
        var failOverMac = options.Mode.Equals(BondMode.ActiveBackup) && options.FailOverMac != "none"
            ? $" (fail_over_mac {options.FailOverMac})" : "";
        Line(text, $"Bonding Mode: {Describe(options.Mode)}{failOverMac}");
        if (options.IsLacp || options.Mode.Equals(BondMode.BalanceXor))
            Line(text, $"Transmit Hash Policy: {options.Policy.Name} ({options.Policy.Number})");
        if (options.UsesPrimary)
        {
            var primary = Contains(bond, options.Primary) ? $"{options.Primary} (primary_reselect {options.PrimaryReselect})" : "None";
            Line(text, $"Primary Slave: {primary}");
            Line(text, $"Currently Active Slave: {bond.Current?.Nic.Name ?? "None"}");
        }
        Line(text, $"MII Status: {(bond.Carrier ? "up" : "down")}");
        Line(text, $"MII Polling Interval (ms): {bond.Miimon}");
        Line(text, $"Up Delay (ms): {options.UpDelay}");
        Line(text, $"Down Delay (ms): {options.DownDelay}");
        Line(text, $"Peer Notification Delay (ms): {options.PeerNotificationDelay}");
        if (options.ArpInterval > 0)
        {
            Line(text, $"ARP Polling Interval (ms): {options.ArpInterval}");
            Line(text, $"ARP Missed Max: {options.ArpMissedMax}");
            Line(text, $"ARP IP target/s (n.n.n.n form): {options.ArpTargets.Replace(" ", ", ")}");
            Line(text, $"NS IPv6 target/s (xx::xx form): {options.NeighbourTargets.Replace(" ", ", ")}".TrimEnd());
        }
        if (bond.Lacp is not null)
            RenderLacp(text, bond, bond.Lacp);
        foreach (var slave in bond.Slaves)
            RenderSlave(text, slave);
        return text.ToString();
    }

    private static void RenderLacp(StringBuilder text, BondDevice bond, LacpGroup lacp)
    {
        Line(text, "\n802.3ad info");
        Line(text, $"LACP active: {(lacp.Active ? "on" : "off")}");
        Line(text, $"LACP rate: {(lacp.Fast ? "fast" : "slow")}");
        Line(text, $"Min links: {lacp.MinLinks}");
        Line(text, $"Aggregator selection policy (ad_select): {AdSelectName(lacp.AdSelect)}");
        // Without a slave there is no system to speak of.
        Line(text, $"System priority: {(bond.Slaves.Count == 0 ? 0 : lacp.SystemPriority)}");
        Line(text, $"System MAC address: {lacp.SystemMacAddress}");
        var active = lacp.ActiveAggregator;
        if (active is null || active.EnabledPorts == 0)
        {
            Line(text, $"bond {bond.Name} has no active aggregator");
            return;
        }
        Line(text, "Active Aggregator Info:");
        Line(text, $"\tAggregator ID: {active.Id}");
        Line(text, $"\tNumber of ports: {active.EnabledPorts}");
        Line(text, $"\tActor Key: {active.ActorKey}");
        Line(text, $"\tPartner Key: {active.PartnerKey}");
        Line(text, $"\tPartner Mac Address: {active.PartnerMacAddress}");
    }

    private static void RenderSlave(StringBuilder text, BondMember slave)
    {
        Line(text, $"\nSlave Interface: {slave.Nic.Name}");
        Line(text, $"MII Status: {Describe(slave.Link)}");
        // VirtualBox's e1000 forgets its speed with the carrier.
        Line(text, slave.Nic.Carrier ? $"Speed: {slave.Nic.SpeedMbps} Mbps" : "Speed: Unknown");
        Line(text, slave.Nic.Carrier ? $"Duplex: {(slave.Nic.FullDuplex ? "full" : "half")}" : "Duplex: Unknown");
        Line(text, $"Link Failure Count: {slave.Failures}");
        Line(text, $"Permanent HW addr: {slave.Nic.PermanentAddress}");
        Line(text, "Slave queue ID: 0");
        if (slave.Lacp is not { } port)
            return;
        Line(text, $"Aggregator ID: {(port.Aggregator ?? port.Own).Id}");
        Line(text, $"Actor Churn State: {Describe(port.ActorChurn)}");
        Line(text, $"Partner Churn State: {Describe(port.PartnerChurn)}");
        Line(text, $"Actor Churned Count: {port.ActorChurned}");
        Line(text, $"Partner Churned Count: {port.PartnerChurned}");
        RenderPort(text, "actor", "port key", port.Actor);
        RenderPort(text, "partner", "oper key", port.Partner);
    }

    private static void RenderPort(StringBuilder text, string end, string keyLabel, LacpPort port)
    {
        Line(text, $"details {end} lacp pdu:");
        Line(text, $"    system priority: {port.SystemPriority}");
        Line(text, $"    system mac address: {port.SystemMacAddress}");
        Line(text, $"    {keyLabel}: {port.Key}");
        Line(text, $"    port priority: {port.PortPriority}");
        Line(text, $"    port number: {port.PortNumber}");
        Line(text, $"    port state: {(int)port.State}");
    }

    private static bool Contains(BondDevice bond, string? name)
    {
        foreach (var slave in bond.Slaves)
        {
            if (slave.Nic.Name == name)
                return true;
        }
        return false;
    }

    private static string Describe(BondMode mode) => mode.Number switch
    {
        0 => "load balancing (round-robin)",
        1 => "fault-tolerance (active-backup)",
        2 => "load balancing (xor)",
        3 => "fault-tolerance (broadcast)",
        4 => "IEEE 802.3ad Dynamic link aggregation",
        5 => "transmit load balancing",
        _ => "adaptive load balancing",
    };

    private static string Describe(MiiStatus status) => status switch
    {
        MiiStatus.Up => "up",
        MiiStatus.GoingDown => "going down",
        MiiStatus.Down => "down",
        MiiStatus.GoingBack => "going back",
        _ => "unknown",
    };

    private static string Describe(ChurnState state) => state switch
    {
        ChurnState.None => "none",
        ChurnState.Churned => "churned",
        _ => "monitoring",
    };

    private static string AdSelectName(AdSelect value) => value switch
    {
        AdSelect.Stable => "stable",
        AdSelect.Bandwidth => "bandwidth",
        AdSelect.Count => "count",
        _ => "actor_port_prio",
    };

    private static void Line(StringBuilder text, string line) => text.Append(line).Append('\n');
}
