using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;

namespace BondTools.Linux;

/// <summary>A bridge of Open vSwitch as /etc/network/interfaces configures it (<c>ovs_type OVSBridge</c>).</summary>
public sealed record PveOvsBridge
{
    // The options that have a property; every other one is among OtherOptions.
    internal static readonly HashSet<string> Known = new(StringComparer.Ordinal) { "ovs-type", "ovs-ports", "ovs-mtu", "mtu", "address", "netmask", "gateway" };

    /// <summary>The interface's name; on Proxmox VE <c>vmbr</c> and a number.</summary>
    public required string Name { get; init; }
    /// <summary>The host the file was read from.</summary>
    public string? ComputerName { get; init; }
    /// <summary>The ports in the order of the file: NICs, bonds and internal ports (ovs_ports).</summary>
    public IReadOnlyList<string> Ports { get; init => field = RecordList.Of(value); } = [];
    /// <summary>The MTU in bytes (ovs_mtu).</summary>
    public int? Mtu { get; init; }
    /// <summary>Whether it is brought up at boot.</summary>
    public bool Auto { get; init; } = true;
    /// <summary>The method: <c>manual</c>, <c>static</c> or <c>dhcp</c>; null where the stanza names none.</summary>
    public string? Method { get; init; } = "manual";
    /// <summary>The addresses with their prefix length.</summary>
    public IReadOnlyList<string> Addresses { get; init => field = RecordList.Of(value); } = [];
    /// <summary>The IPv4 default gateway.</summary>
    public IPAddress? Gateway { get; init; }
    /// <summary>The IPv6 default gateway.</summary>
    public IPAddress? Gateway6 { get; init; }
    /// <summary>The comment.</summary>
    public string? Comment { get; init; }
    /// <summary>The options that have no property, as written.</summary>
    public IReadOnlyList<NamedValue> OtherOptions { get; init => field = RecordList.Of(value); } = [];

    /// <summary>Reads a bridge from its stanza.</summary>
    /// <param name="stanza">The stanza of an Open vSwitch bridge.</param>
    /// <exception cref="UnexpectedOutputException">An option has a value that is not understood.</exception>
    public static PveOvsBridge From(NetworkInterface stanza)
    {
        var options = new OptionReader(stanza);
        return new PveOvsBridge
        {
            Name = stanza.Name,
            ComputerName = stanza.ComputerName,
            Ports = stanza.OptionWords("ovs-ports"),
            Mtu = options.Number("ovs-mtu") ?? options.Number("mtu"),
            Auto = stanza.Auto,
            Method = stanza.Method,
            Addresses = stanza.Addresses,
            Gateway = stanza.GatewayOf(AddressFamily.InterNetwork),
            Gateway6 = stanza.GatewayOf(AddressFamily.InterNetworkV6),
            Comment = stanza.Comment,
            OtherOptions = [.. stanza.Options.Where(option => !Known.Contains(OptionName.Of(option.Name)))],
        };
    }
}
