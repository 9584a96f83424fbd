using System;
using System.Collections.Generic;
using System.Net;
using BondTools.Linux;

namespace BondTools.Planning;

/// <summary>What to change of a bridge; null leaves a setting as it is.</summary>
public sealed record PveBridgeChange
{
    /// <summary>The ports; an empty list takes them all away.</summary>
    public IReadOnlyList<string>? Ports { get; init; }
    /// <summary>Whether the bridge filters VLANs.</summary>
    public bool? VlanAware { get; init; }
    /// <summary>The VLANs of every port (<c>2-4094</c>).</summary>
    public string? VlanIds { get; init; }
    /// <summary>The VLAN of what arrives without a tag, 1 to 4094.</summary>
    public int? DefaultVlanId { get; init; }
    /// <summary>Whether the bridge speaks the spanning tree protocol.</summary>
    public bool? Stp { get; init; }
    /// <summary>The forward delay, in whole seconds.</summary>
    public TimeSpan? ForwardDelay { get; init; }
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
    /// <summary>The settings to take out of the file, by property (<c>Mtu</c>) or by option (<c>bridge-ageing</c>).</summary>
    public IReadOnlyCollection<string> Clear { get; init; } = [];

    /// <summary>The bridge as it is to be.</summary>
    internal PveBridge ApplyTo(PveBridge bridge)
    {
        ClearedNames.Check(Clear, ["Ports", "VlanAware", "Auto"], ClearableNames, bridge.OtherOptions, bridge.Name);
        T? Keep<T>(string property, T? old, T? wished) => wished is not null ? wished : ClearedNames.Has(Clear, property) ? default : old;
        var vlanAware = VlanAware ?? bridge.VlanAware;
        return bridge with
        {
            Ports = Ports ?? bridge.Ports,
            VlanAware = vlanAware,
            // A bridge that stops filtering VLANs has no list of them, and no VLAN for what has no tag.
            VlanIds = VlanAware == false && VlanIds is null ? null : Keep(nameof(VlanIds), bridge.VlanIds, VlanIds),
            DefaultVlanId = VlanAware == false && DefaultVlanId is null ? null : Keep(nameof(DefaultVlanId), bridge.DefaultVlanId, DefaultVlanId),
            Stp = Keep(nameof(Stp), bridge.Stp, Stp),
            ForwardDelay = Keep(nameof(ForwardDelay), bridge.ForwardDelay, ForwardDelay),
            Mtu = Keep(nameof(Mtu), bridge.Mtu, Mtu),
            Auto = Auto ?? bridge.Auto,
            Addresses = Keep(nameof(Addresses), bridge.Addresses, Addresses) ?? [],
            Gateway = Keep(nameof(Gateway), bridge.Gateway, Gateway),
            Gateway6 = Keep(nameof(Gateway6), bridge.Gateway6, Gateway6),
            Comment = Keep(nameof(Comment), bridge.Comment, Comment),
            OtherOptions = ClearedNames.Merge(bridge.OtherOptions, OtherOptions, Clear),
        };
    }

    private static readonly string[] ClearableNames =
        [nameof(VlanIds), nameof(DefaultVlanId), nameof(Stp), nameof(ForwardDelay), nameof(Mtu), nameof(Addresses), nameof(Gateway), nameof(Gateway6), nameof(Comment)];
}
