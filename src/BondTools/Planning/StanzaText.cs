using System;
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
    private StanzaText(string name, bool auto, string? method, IReadOnlyList<string> addresses, IPAddress? gateway, string? comment, List<(string, string?)> options, IReadOnlyList<NamedValue> others)
    {
        (Name, Auto, Method, Addresses, Gateway, Comment) = (name, auto, method, addresses, gateway, comment);
        options.AddRange(others.Select(option => (option.Name, (string?)option.Value)));
        Options = options;
    }

    /// <summary>The interface's name.</summary>
    public string Name { get; }

    /// <summary>Whether it is brought up at boot.</summary>
    public bool Auto { get; }

    /// <summary>The method.</summary>
    public string? Method { get; }

    /// <summary>The addresses.</summary>
    public IReadOnlyList<string> Addresses { get; }

    /// <summary>The gateway.</summary>
    public IPAddress? Gateway { get; }

    /// <summary>The comment.</summary>
    public string? Comment { get; }

    /// <summary>The options but for the addresses and the gateway.</summary>
    public IReadOnlyList<(string Name, string? Value)> Options { get; }

    /// <summary>The text of a bond.</summary>
    public static StanzaText Of(PveBond bond) => new(bond.Name, bond.Auto, bond.Method, bond.Addresses, bond.Gateway, bond.Comment,
    [
        ("bond-slaves", bond.Slaves.Count == 0 ? "none" : string.Join(" ", bond.Slaves)),
        ("bond-miimon", Milliseconds(bond.MiiPollingInterval)),
        ("bond-mode", bond.Mode?.Name),
        ("bond-primary", bond.PrimarySlave),
        ("bond-xmit-hash-policy", bond.TransmitHashPolicy?.Name),
        ("bond-lacp-rate", bond.LacpRate is { } rate ? KernelWords.Of(rate) : null),
        ("bond-min-links", Number(bond.MinLinks)),
        ("bond-ad-select", bond.AdSelect is { } select ? KernelWords.Of(select) : null),
        ("bond-updelay", Milliseconds(bond.UpDelay)),
        ("bond-downdelay", Milliseconds(bond.DownDelay)),
        ("mtu", Number(bond.Mtu)),
    ], bond.OtherOptions);

    /// <summary>The text of a bridge.</summary>
    public static StanzaText Of(PveBridge bridge) => new(bridge.Name, bridge.Auto, bridge.Method, bridge.Addresses, bridge.Gateway, bridge.Comment,
    [
        ("bridge-ports", bridge.Ports.Count == 0 ? "none" : string.Join(" ", bridge.Ports)),
        ("bridge-stp", bridge.Stp is { } stp ? (stp ? "on" : "off") : null),
        ("bridge-fd", bridge.ForwardDelay is { } delay ? delay.TotalSeconds.ToString(CultureInfo.InvariantCulture) : null),
        ("bridge-vlan-aware", bridge.VlanAware ? "yes" : null),
        ("bridge-vids", bridge.VlanIds),
        ("mtu", Number(bridge.Mtu)),
    ], bridge.OtherOptions);

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
        if (Gateway?.AddressFamily == AddressFamily.InterNetwork)
            lines.Add("\tgateway " + Gateway);
        lines.AddRange(Options.Where(option => option.Value is not null).Select(option => $"\t{option.Name} {option.Value}"));
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
        if (Gateway?.AddressFamily == AddressFamily.InterNetworkV6)
            yield return "\tgateway " + Gateway;
    }

    /// <summary>The addresses of one family.</summary>
    public IReadOnlyList<string> AddressesOf(AddressFamily family) => [.. Addresses.Where(address => FamilyOf(address) == family)];

    /// <summary>The family of an address with or without its prefix length.</summary>
    public static AddressFamily FamilyOf(string address) => address.IndexOf(':') >= 0 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork;

    /// <summary>The lines of a comment, as Proxmox VE writes them.</summary>
    public static IEnumerable<string> CommentLines(string? comment) =>
        string.IsNullOrEmpty(comment) ? [] : comment!.TrimEnd('\n').Split('\n').Select(line => "#" + line);

    private static string? Number(int? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static string? Milliseconds(TimeSpan? time) => time?.TotalMilliseconds.ToString(CultureInfo.InvariantCulture);
}
