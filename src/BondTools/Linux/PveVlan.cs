using System;
using System.Collections.Generic;
using System.Globalization;

namespace BondTools.Linux;

/// <summary>A VLAN on another interface, as /etc/network/interfaces configures it.</summary>
public sealed record PveVlan : PveStanza
{
    // The options that have a property; every other one is among OtherOptions.
    internal static readonly HashSet<string> Known = new(StringComparer.Ordinal) { "vlan-raw-device", "vlan-id", "mtu", "address", "netmask", "gateway" };

    /// <summary>The interface that the VLAN is on, from the name or vlan-raw-device; null where neither tells it.</summary>
    public string? Device { get; init; }
    /// <summary>The VLAN's number, from the name or vlan-id; null where neither tells it.</summary>
    public int? VlanId { get; init; }

    /// <summary>Reads a VLAN from its stanza.</summary>
    /// <param name="stanza">The stanza of a VLAN.</param>
    /// <exception cref="UnexpectedOutputException">An option has a value that is not understood.</exception>
    public static PveVlan From(NetworkInterface stanza)
    {
        var options = new OptionReader(stanza);
        var (device, id) = NameParts(stanza.Name);
        return WithCommon(new PveVlan
        {
            Name = stanza.Name,
            Device = device ?? stanza.Option("vlan-raw-device"),
            VlanId = id ?? options.Number("vlan-id"),
            Mtu = options.Number("mtu"),
        }, stanza, Known);
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
