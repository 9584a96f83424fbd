using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using BondTools.Linux;

namespace BondTools.Planning;

/// <summary>
/// What a bond or a bridge says in /etc/network/interfaces, as options in the order in which Proxmox VE writes them; null is an
/// option that is not there. An edit writes the difference of two of these.
/// </summary>
internal sealed class StanzaText
{
    private StanzaText(string name) => Name = name;

    private StanzaText(PveStanza stanza)
        : this(stanza.Name)
    {
        (Auto, Method, Addresses, Comment) = (stanza.Auto, stanza.Method, stanza.Addresses, stanza.Comment);
        Gateways = [.. new[] { stanza.Gateway, stanza.Gateway6 }.OfType<IPAddress>()];
    }

    /// <summary>The interface's name.</summary>
    public string Name { get; }

    /// <summary>Whether it is brought up at boot.</summary>
    public bool Auto { get; private init; }

    /// <summary>The method.</summary>
    public string? Method { get; private init; }

    /// <summary>The addresses.</summary>
    public IReadOnlyList<string> Addresses { get; private init; } = [];

    /// <summary>The gateways.</summary>
    public IReadOnlyList<IPAddress> Gateways { get; private init; } = [];

    /// <summary>The comment.</summary>
    public string? Comment { get; private init; }

    /// <summary>The options but for the addresses and the gateways.</summary>
    public IReadOnlyList<(string Name, string? Value)> Options { get; private init; } = [];

    /// <summary>The commands that make true what ifupdown2 passes over, each with its option.</summary>
    public IReadOnlyList<(BondOption Option, string Command)> Companions { get; private init; } = [];

    /// <summary>The text of a bond.</summary>
    public static StanzaText Of(PveBond bond) => new(bond)
    {
        Options =
        [
            ("bond-slaves", List(bond.Slaves)),
            .. BondOption.All.Select(option => (option.Name, option.Text(bond))),
            ("mtu", Number(bond.Mtu)),
            .. Pairs(bond.OtherOptions),
        ],
        Companions = [.. BondCompanion.Of(bond)],
    };

    /// <summary>The text of a bridge.</summary>
    public static StanzaText Of(PveBridge bridge) => new(bridge)
    {
        Options =
        [
            ("bridge-ports", List(bridge.Ports)),
            ("bridge-stp", bridge.Stp is { } stp ? (stp ? "on" : "off") : null),
            ("bridge-fd", bridge.ForwardDelay is { } delay ? delay.TotalSeconds.ToString(CultureInfo.InvariantCulture) : null),
            ("bridge-vlan-aware", bridge.VlanAware ? "yes" : null),
            ("bridge-vids", bridge.VlanIds),
            ("bridge-pvid", Number(bridge.DefaultVlanId)),
            ("mtu", Number(bridge.Mtu)),
            .. Pairs(bridge.OtherOptions),
        ],
    };

    /// <summary>The text of a VLAN; what the name tells is said there only.</summary>
    public static StanzaText Of(PveVlan vlan)
    {
        var (device, id) = PveVlan.NameParts(vlan.Name);
        return new StanzaText(vlan)
        {
            Options =
            [
                ("vlan-raw-device", device is null ? vlan.Device : null),
                ("vlan-id", id is null ? Number(vlan.VlanId) : null),
                ("mtu", Number(vlan.Mtu)),
                .. Pairs(vlan.OtherOptions),
            ],
        };
    }

    /// <summary>The text of an Open vSwitch bond.</summary>
    public static StanzaText Of(PveOvsBond bond) => new(bond.Name)
    {
        Auto = bond.Auto,
        Method = "manual",
        Comment = bond.Comment,
        Options =
        [
            ("ovs_bonds", List(bond.Slaves)),
            ("ovs_type", "OVSBond"),
            ("ovs_bridge", bond.Bridge),
            ("ovs_mtu", Number(bond.Mtu)),
            ("ovs_options", bond.OvsOptionsText()),
            .. Pairs(bond.OtherOptions),
        ],
    };

    /// <summary>The text of an Open vSwitch bridge.</summary>
    public static StanzaText Of(PveOvsBridge bridge) => new(bridge)
    {
        Options =
        [
            ("ovs_type", "OVSBridge"),
            ("ovs_ports", bridge.Ports.Count == 0 ? null : List(bridge.Ports)),
            ("ovs_mtu", Number(bridge.Mtu)),
            .. Pairs(bridge.OtherOptions),
        ],
    };

    /// <summary>The lines of a new stanza, without line endings.</summary>
    public IReadOnlyList<string> Lines()
    {
        var lines = new List<string>();
        if (Auto)
            lines.Add("auto " + Name);
        var v4 = AddressesOf(AddressFamily.InterNetwork);
        var v6 = AddressesOf(AddressFamily.InterNetworkV6);
        lines.Add($"iface {Name} inet {(v4.Count > 0 ? "static" : Method == "static" ? "manual" : Method ?? "manual")}");
        lines.AddRange(v4.Select(address => "\taddress " + address));
        if (GatewayOf(AddressFamily.InterNetwork) is { } gateway)
            lines.Add("\tgateway " + gateway);
        lines.AddRange(Options.Where(option => option.Value is not null).Select(option => $"\t{option.Name} {option.Value}"));
        lines.AddRange(Companions.Select(companion => $"\t{BondCompanion.Keyword} {companion.Command}"));
        lines.AddRange(CommentLines(Comment));
        if (v6.Count > 0)
        {
            lines.Add("");
            lines.AddRange(InetSixLines(v6));
        }

        return lines;
    }

    /// <summary>The lines of the stanza that holds the IPv6 addresses.</summary>
    public IEnumerable<string> InetSixLines(IReadOnlyList<string> addresses)
    {
        yield return $"iface {Name} inet6 static";
        foreach (var address in addresses)
            yield return "\taddress " + address;
        if (GatewayOf(AddressFamily.InterNetworkV6) is { } gateway)
            yield return "\tgateway " + gateway;
    }

    /// <summary>The addresses of one family.</summary>
    public IReadOnlyList<string> AddressesOf(AddressFamily family) => [.. Addresses.Where(address => FamilyOf(address) == family)];

    /// <summary>The gateway of one family.</summary>
    public IPAddress? GatewayOf(AddressFamily family) => Gateways.FirstOrDefault(gateway => gateway.AddressFamily == family);

    /// <summary>The family of an address with or without its prefix length.</summary>
    public static AddressFamily FamilyOf(string address) => address.IndexOf(':') >= 0 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork;

    /// <summary>The lines of a comment, as Proxmox VE writes them.</summary>
    public static IEnumerable<string> CommentLines(string? comment) =>
        string.IsNullOrEmpty(comment) ? [] : comment!.TrimEnd('\n').Split('\n').Select(line => "#" + line);

    private static string List(IReadOnlyList<string> names) => names.Count == 0 ? "none" : string.Join(" ", names);

    private static IEnumerable<(string, string?)> Pairs(IReadOnlyList<NamedValue> options) => options.Select(option => (option.Name, (string?)option.Value));

    private static string? Number(int? number) => number?.ToString(CultureInfo.InvariantCulture);
}
