using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.Sockets;

namespace BondTools.Linux;

/// <summary>A VLAN on another interface, as /etc/network/interfaces configures it.</summary>
public sealed record PveVlan
{
    // The options that have a property; every other one is among OtherOptions.
    internal static readonly HashSet<string> Known = new(StringComparer.Ordinal) { "vlan-raw-device", "vlan-id", "mtu", "address", "netmask", "gateway" };

    /// <summary>The interface's name: <c>bond0.100</c>, <c>vlan100</c>, or one of its own.</summary>
    public required string Name { get; init; }
    /// <summary>The host the file was read from.</summary>
    public string? ComputerName { get; init; }
    /// <summary>The interface that the VLAN is on, from the name or vlan-raw-device; null where neither tells it.</summary>
    public string? Device { get; init; }
    /// <summary>The VLAN's number, from the name or vlan-id; null where neither tells it.</summary>
    public int? VlanId { get; init; }
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

    /// <summary>Reads a VLAN from its stanza.</summary>
    /// <param name="stanza">The stanza of a VLAN.</param>
    /// <exception cref="UnexpectedOutputException">An option has a value that is not understood.</exception>
    public static PveVlan From(NetworkInterface stanza)
    {
        var options = new OptionReader(stanza);
        var (device, id) = NameParts(stanza.Name);
        return new PveVlan
        {
            Name = stanza.Name,
            ComputerName = stanza.ComputerName,
            Device = device ?? stanza.Option("vlan-raw-device"),
            VlanId = id ?? options.Number("vlan-id"),
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

    /// <summary>What a name tells of a VLAN: <c>bond0.100</c> both, <c>vlan100</c> the number, another name nothing.</summary>
    internal static (string? Device, int? VlanId) NameParts(string name)
    {
        var dot = name.LastIndexOf('.');
        if (dot > 0)
            return Number(name.Substring(dot + 1)) is { } id ? (name.Substring(0, dot), id) : (null, null);
        return NetworkInterface.IsNumbered(name, "vlan") ? (null, Number(name.Substring("vlan".Length))) : (null, null);
    }

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
