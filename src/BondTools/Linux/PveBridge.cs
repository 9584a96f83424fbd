using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;

namespace BondTools.Linux;

/// <summary>A bridge as /etc/network/interfaces configures it. What the file does not say is null.</summary>
public sealed record PveBridge
{
    // The options that have a property; every other one is among OtherOptions.
    internal static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "bridge-ports", "bridge-vlan-aware", "bridge-vids", "bridge-pvid", "bridge-stp", "bridge-fd", "mtu", "address", "netmask", "gateway",
    };

    /// <summary>The interface's name; on Proxmox VE usually <c>vmbr</c> and a number.</summary>
    public required string Name { get; init; }
    /// <summary>The host the file was read from.</summary>
    public string? ComputerName { get; init; }
    /// <summary>The ports in the order of the file.</summary>
    public IReadOnlyList<string> Ports { get; init => field = RecordList.Of(value); } = [];
    /// <summary>Whether the bridge filters VLANs (bridge-vlan-aware).</summary>
    public bool VlanAware { get; init; }
    /// <summary>The VLANs of every port, as written (<c>2-4094</c>); null where the file does not say.</summary>
    public string? VlanIds { get; init; }
    /// <summary>The VLAN of what arrives without a tag (bridge-pvid); null where the file does not say: 1.</summary>
    public int? DefaultVlanId { get; init; }
    /// <summary>Whether the bridge speaks the spanning tree protocol (bridge-stp).</summary>
    public bool? Stp { get; init; }
    /// <summary>The forward delay (bridge-fd).</summary>
    public TimeSpan? ForwardDelay { get; init; }
    /// <summary>The MTU in bytes.</summary>
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
    /// <param name="stanza">The stanza of a bridge.</param>
    /// <exception cref="UnexpectedOutputException">An option has a value that is not understood.</exception>
    public static PveBridge From(NetworkInterface stanza)
    {
        var options = new OptionReader(stanza);
        return new PveBridge
        {
            Name = stanza.Name,
            ComputerName = stanza.ComputerName,
            Ports = stanza.OptionWords("bridge-ports"),
            VlanAware = options.Flag("bridge-vlan-aware") ?? false,
            VlanIds = stanza.Option("bridge-vids"),
            DefaultVlanId = options.Number("bridge-pvid"),
            Stp = options.Flag("bridge-stp"),
            ForwardDelay = options.Seconds("bridge-fd"),
            Mtu = options.Number("mtu"),
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
