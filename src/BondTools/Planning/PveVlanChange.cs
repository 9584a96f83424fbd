using System.Collections.Generic;
using System.Net;
using BondTools.Linux;

namespace BondTools.Planning;

/// <summary>What to change of a VLAN; null leaves a setting as it is.</summary>
public sealed record PveVlanChange
{
    /// <summary>The interface that the VLAN is on; a name such as <c>bond0.100</c> says it already.</summary>
    public string? Device { get; init; }
    /// <summary>The VLAN's number, 1 to 4094; a name such as <c>bond0.100</c> or <c>vlan100</c> says it already.</summary>
    public int? VlanId { get; init; }
    /// <summary>The MTU in bytes, 1280 to 65520.</summary>
    public int? Mtu { get; init; }
    /// <summary>Whether it is brought up at boot.</summary>
    public bool? Auto { get; init; }
    /// <summary>The addresses with their prefix length; an empty list takes them away.</summary>
    public IReadOnlyList<string>? Addresses { get; init; }
    /// <summary>The IPv4 default gateway.</summary>
    public IPAddress? Gateway { get; init; }
    /// <summary>The IPv6 default gateway.</summary>
    public IPAddress? Gateway6 { get; init; }
    /// <summary>The comment.</summary>
    public string? Comment { get; init; }
    /// <summary>Other options to set, by name; those that are not listed stay.</summary>
    public IReadOnlyList<NamedValue>? OtherOptions { get; init; }
    /// <summary>The settings to take out of the file, by property (<c>Mtu</c>) or by option.</summary>
    public IReadOnlyCollection<string> Clear { get; init; } = [];

    /// <summary>The VLAN as it is to be.</summary>
    internal PveVlan ApplyTo(PveVlan vlan)
    {
        ClearedNames.Check(Clear, ["Device", "VlanId", "Auto"], ClearableNames, vlan.OtherOptions, vlan.Name);
        T? Keep<T>(string property, T? old, T? wished) => wished is not null ? wished : ClearedNames.Has(Clear, property) ? default : old;
        return vlan with
        {
            Device = Device ?? vlan.Device,
            VlanId = VlanId ?? vlan.VlanId,
            Mtu = Keep(nameof(Mtu), vlan.Mtu, Mtu),
            Auto = Auto ?? vlan.Auto,
            Addresses = Keep(nameof(Addresses), vlan.Addresses, Addresses) ?? [],
            Gateway = Keep(nameof(Gateway), vlan.Gateway, Gateway),
            Gateway6 = Keep(nameof(Gateway6), vlan.Gateway6, Gateway6),
            Comment = Keep(nameof(Comment), vlan.Comment, Comment),
            OtherOptions = ClearedNames.Merge(vlan.OtherOptions, OtherOptions, Clear),
        };
    }

    private static readonly string[] ClearableNames = [nameof(Mtu), nameof(Addresses), nameof(Gateway), nameof(Gateway6), nameof(Comment)];
}
