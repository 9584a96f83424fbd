using System.Collections.Generic;
using System.Linq;
using System.Text;
using BondTools.Lab.World;

namespace BondTools.Lab.Host;

/// <summary>An interface as <c>ip link</c> sees it.</summary>
internal sealed record LinkView(string Name, int Index, string Address, int Mtu, bool AdminUp, bool LowerUp, Counters Counters)
{
    public string? Master { get; init; }
    public string? Kind { get; init; }
    public string? PermanentAddress { get; init; }
    public string? AltName { get; init; }
    public int? SpeedMbps { get; init; }
    public bool FullDuplex { get; init; } = true;
    public IReadOnlyList<string> Addresses { get; init; } = [];
    /// <summary>The interface that a VLAN is on.</summary>
    public string? Lower { get; init; }
    public BondDevice? Bond { get; init; }
    public BondMember? Slave { get; init; }

    public string State => Name == "lo" ? "UNKNOWN" : LowerUp ? "UP" : "DOWN";

    public List<string> Flags
    {
        get
        {
            var flags = new List<string>();
            if (Name == "lo")
                return ["LOOPBACK", "UP", "LOWER_UP"];
            if (AdminUp && !LowerUp)
                flags.Add("NO-CARRIER");
            flags.AddRange(["BROADCAST", "MULTICAST"]);
            if (Bond is not null)
                flags.Add("MASTER");
            if (Slave is not null)
                flags.Add("SLAVE");
            if (AdminUp)
                flags.Add("UP");
            if (AdminUp && LowerUp)
                flags.Add("LOWER_UP");
            return flags;
        }
    }
}

/// <summary>Renders <c>ip link</c> and <c>ip -br addr</c> as iproute2 6 does, as text and as JSON.</summary>
internal static class IpLink
{
    private const string Broadcast = "ff:ff:ff:ff:ff:ff";

    /// <summary>All interfaces in the order of their index.</summary>
    public static List<LinkView> All(HostNetwork network)
    {
        var links = new List<LinkView>
        {
            new("lo", 1, "00:00:00:00:00:00", 65536, true, true, new Counters()) { Addresses = ["127.0.0.1/8"] },
        };
        foreach (var nic in network.Nics)
            links.Add(new LinkView(nic.Name, nic.Index, nic.Address.ToString(), nic.Mtu, nic.AdminUp, nic.Carrier, nic.Counters)
            {
                Master = nic.Bond?.Name ?? network.BridgeOf(nic.Name)?.Name,
                PermanentAddress = nic.Address.Equals(nic.PermanentAddress) ? null : nic.PermanentAddress.ToString(),
                AltName = "enx" + nic.PermanentAddress.ToString().Replace(":", ""), SpeedMbps = nic.SpeedMbps, FullDuplex = nic.FullDuplex, Slave = nic.Bond?.Find(nic),
            });
        foreach (var bond in network.Bonds)
            links.Add(new LinkView(bond.Name, bond.Index, bond.Address.ToString(), bond.Mtu, bond.AdminUp, bond.Carrier, bond.Counters)
            {
                Master = network.BridgeOf(bond.Name)?.Name, Kind = "bond", Bond = bond, SpeedMbps = bond.Senders().Sum(s => s.Nic.SpeedMbps),
            });
        foreach (var bridge in network.Bridges)
            links.Add(new LinkView(bridge.Name, bridge.Index, network.AddressOf(bridge).ToString(), bridge.Mtu, true,
                network.HasCarrier(bridge), bridge.Counters) { Kind = "bridge" });
        foreach (var vlan in network.Vlans)
        {
            var lower = links.Find(l => l.Name == vlan.Device);
            links.Add(new LinkView(vlan.Name, vlan.Index, lower?.Address ?? "00:00:00:00:00:00", vlan.Mtu, true, lower?.LowerUp ?? false, new Counters())
            {
                Kind = "vlan", Master = network.BridgeOf(vlan.Name)?.Name, Lower = vlan.Device,
            });
        }
        for (var i = 0; i < links.Count; i++)
            links[i] = network.Addresses.TryGetValue(links[i].Name, out var addresses) ? links[i] with { Addresses = addresses } : links[i];
        links.Sort((a, b) => a.Index.CompareTo(b.Index));
        return links;
    }

    public static string Text(IEnumerable<LinkView> links, bool statistics, bool details)
    {
        var text = new StringBuilder();
        foreach (var link in links)
        {
            var master = link.Master is null ? "" : $"master {link.Master} ";
            text.Append($"{link.Index}: {link.Name}: <{string.Join(",", link.Flags)}> mtu {link.Mtu} qdisc {QueueOf(link)} {master}")
                .Append($"state {link.State} mode DEFAULT group default qlen 1000\n");
            var permanent = link.PermanentAddress is null ? "" : $" permaddr {link.PermanentAddress}";
            text.Append(link.Name == "lo"
                ? "    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00\n"
                : $"    link/ether {link.Address} brd {Broadcast}{permanent}\n");
            if (details && link.Bond is { } bond)
                text.Append($"    bond mode {bond.Options.Mode.Name} miimon {bond.Miimon}{(bond.Options.NeighbourTargets.Length == 0 ? "" : " ns_ip6_target " + bond.Options.NeighbourTargets.Replace(' ', ','))} \n");
            if (statistics)
                Statistics(text, link.Counters);
            if (link.AltName is not null)
                text.Append($"    altname {link.AltName}\n");
        }
        return text.ToString();
    }

    public static string Json(IEnumerable<LinkView> links, bool statistics, bool details)
    {
        var text = new StringBuilder("[");
        foreach (var link in links)
        {
            if (text.Length > 1)
                text.Append(',');
            var flags = "\"" + string.Join("\",\"", link.Flags) + "\"";
            text.Append($"{{\"ifindex\":{link.Index},\"ifname\":\"{link.Name}\",\"flags\":[{flags}],\"mtu\":{link.Mtu},\"qdisc\":\"{QueueOf(link)}\"");
            if (link.Master is not null)
                text.Append($",\"master\":\"{link.Master}\"");
            var (type, broadcast) = link.Name == "lo" ? ("loopback", "00:00:00:00:00:00") : ("ether", Broadcast);
            text.Append($",\"operstate\":\"{link.State}\",\"linkmode\":\"DEFAULT\",\"group\":\"default\",\"txqlen\":1000,\"link_type\":\"{type}\"")
                .Append($",\"address\":\"{link.Address}\",\"broadcast\":\"{broadcast}\"");
            if (link.PermanentAddress is not null)
                text.Append($",\"permaddr\":\"{link.PermanentAddress}\"");
            if (details)
                Details(text, link);
            if (link.AltName is not null)
                text.Append($",\"altnames\":[\"{link.AltName}\"]");
            if (statistics)
                StatisticsJson(text, link.Counters);
            text.Append('}');
        }
        return text.Append("]\n").ToString();
    }

    public static string BriefAddresses(IEnumerable<LinkView> links)
    {
        var text = new StringBuilder();
        foreach (var link in links)
            text.Append((link.Lower is null ? link.Name : link.Name + "@" + link.Lower).PadRight(16)).Append(' ').Append(link.State.PadRight(14)).Append(' ')
                .Append(string.Concat(link.Addresses.Select(address => address + " "))).Append('\n');
        return text.ToString();
    }

    public static string BriefLinks(IEnumerable<LinkView> links)
    {
        var text = new StringBuilder();
        foreach (var link in links)
            text.Append(link.Name.PadRight(16)).Append(' ').Append(link.State.PadRight(14)).Append(' ')
                .Append($"{link.Address} <{string.Join(",", link.Flags)}> \n");
        return text.ToString();
    }

    private static string QueueOf(LinkView link) => link.Kind is null && link.Name != "lo" ? (link.AdminUp ? "fq_codel" : "noop") : "noqueue";

    private static void Statistics(StringBuilder text, Counters c)
    {
        var bytes = System.Math.Max(Width(c.RxBytes, 6), Width(c.TxBytes, 6));
        var packets = System.Math.Max(Width(c.RxPackets, 7), Width(c.TxPackets, 7));
        text.Append($"    RX: {"bytes".PadLeft(bytes)} {"packets".PadLeft(packets)} errors dropped  missed   mcast           \n")
            .Append($"        {Right(c.RxBytes, bytes)} {Right(c.RxPackets, packets)}      0 {Right(c.RxDropped, 7)}       0 {Right(c.RxMulticast, 7)} \n")
            .Append($"    TX: {"bytes".PadLeft(bytes)} {"packets".PadLeft(packets)} errors dropped carrier collsns           \n")
            .Append($"        {Right(c.TxBytes, bytes)} {Right(c.TxPackets, packets)}      0 {Right(c.TxDropped, 7)}       0       0 \n");
    }

    private static void StatisticsJson(StringBuilder text, Counters c) => text
        .Append($",\"stats64\":{{\"rx\":{{\"bytes\":{c.RxBytes},\"packets\":{c.RxPackets},\"errors\":0,\"dropped\":{c.RxDropped},\"over_errors\":0,\"multicast\":{c.RxMulticast}}}")
        .Append($",\"tx\":{{\"bytes\":{c.TxBytes},\"packets\":{c.TxPackets},\"errors\":0,\"dropped\":{c.TxDropped},\"carrier_errors\":0,\"collisions\":0}}}}");

    private static void Details(StringBuilder text, LinkView link)
    {
        text.Append(",\"promiscuity\":0,\"allmulti\":0,\"min_mtu\":68,\"max_mtu\":65535");
        if (link.Bond is { } bond)
        {
            var o = bond.Options;
            text.Append($",\"linkinfo\":{{\"info_kind\":\"bond\",\"info_data\":{{\"mode\":\"{o.Mode.Name}\",\"miimon\":{bond.Miimon},\"updelay\":{o.UpDelay},\"downdelay\":{o.DownDelay}")
                .Append($",\"xmit_hash_policy\":\"{o.Policy.Name}\",\"min_links\":{o.MinLinks},\"ad_lacp_rate\":\"{o.LacpRate.ToString().ToLowerInvariant()}\"");
            if (bond.Lacp?.ActiveAggregator is { } active)
                text.Append($",\"ad_info\":{{\"aggregator\":{active.Id},\"num_ports\":{active.EnabledPorts},\"actor_key\":{active.ActorKey},\"partner_key\":{active.PartnerKey},\"partner_mac\":\"{active.PartnerMacAddress}\"}}");
            text.Append("}}");
        }
        else if (link.Slave is { } slave)
        {
            text.Append($",\"linkinfo\":{{\"info_slave_kind\":\"bond\",\"info_slave_data\":{{\"state\":\"{(slave.Lacp?.Forwarding ?? slave.IsUp ? "ACTIVE" : "BACKUP")}\"")
                .Append($",\"mii_status\":\"{(slave.IsUp ? "UP" : "DOWN")}\",\"link_failure_count\":{slave.Failures},\"perm_hwaddr\":\"{slave.Nic.PermanentAddress}\",\"queue_id\":0");
            if (slave.Lacp is { } port)
                text.Append($",\"ad_aggregator_id\":{(port.Aggregator ?? port.Own).Id},\"ad_actor_oper_port_state\":{(int)port.State},\"ad_partner_oper_port_state\":{(int)port.Partner.State}");
            text.Append("}}");
        }
        else if (link.Kind is not null)
            text.Append($",\"linkinfo\":{{\"info_kind\":\"{link.Kind}\"}}");
        text.Append(",\"num_tx_queues\":1,\"num_rx_queues\":1");
    }

    private static int Width(long value, int least) => System.Math.Max(least, Right(value, 0).Length);

    private static string Right(long value, int width) => value.ToString(System.Globalization.CultureInfo.InvariantCulture).PadLeft(width);
}
