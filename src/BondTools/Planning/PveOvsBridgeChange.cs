using System.Collections.Generic;
using System.Net;
using BondTools.Linux;

namespace BondTools.Planning;

/// <summary>What to change of an Open vSwitch bridge; null leaves a setting as it is.</summary>
public sealed record PveOvsBridgeChange
{
    /// <summary>The ports; the bonds and internal ports among them stay what they are.</summary>
    public IReadOnlyList<string>? Ports { get; init; }
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
    /// <summary>The settings to take out of the file, by property (<c>Mtu</c>) or by option.</summary>
    public IReadOnlyCollection<string> Clear { get; init; } = [];

    /// <summary>The bridge as it is to be.</summary>
    internal PveOvsBridge ApplyTo(PveOvsBridge bridge)
    {
        ClearedNames.Check(Clear, ["Ports", "Auto"], ClearableNames, bridge.OtherOptions, bridge.Name);
        T? Keep<T>(string property, T? old, T? wished) => wished is not null ? wished : ClearedNames.Has(Clear, property) ? default : old;
        return bridge with
        {
            Ports = Ports ?? bridge.Ports,
            Mtu = Keep(nameof(Mtu), bridge.Mtu, Mtu),
            Auto = Auto ?? bridge.Auto,
            Addresses = Keep(nameof(Addresses), bridge.Addresses, Addresses) ?? [],
            Gateway = Keep(nameof(Gateway), bridge.Gateway, Gateway),
            Gateway6 = Keep(nameof(Gateway6), bridge.Gateway6, Gateway6),
            Comment = Keep(nameof(Comment), bridge.Comment, Comment),
            OtherOptions = ClearedNames.Merge(bridge.OtherOptions, null, Clear),
        };
    }

    private static readonly string[] ClearableNames = [nameof(Mtu), nameof(Addresses), nameof(Gateway), nameof(Gateway6), nameof(Comment)];
}
