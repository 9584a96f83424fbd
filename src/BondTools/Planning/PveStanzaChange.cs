using System.Collections.Generic;
using System.Net;
using BondTools.Linux;

namespace BondTools.Planning;

/// <summary>What to change of a bond, bridge or VLAN beside the settings of its own kind; null leaves a setting as it is.</summary>
public abstract record PveStanzaChange
{
    private protected PveStanzaChange()
    {
    }

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
    /// <summary>The settings to take out of the file, by property (<c>Mtu</c>) or by option (<c>bond-use-carrier</c>).</summary>
    public IReadOnlyCollection<string> Clear { get; init; } = [];

    private static readonly string[] CommonClearableNames = [nameof(Mtu), nameof(Addresses), nameof(Gateway), nameof(Gateway6), nameof(Comment)];

    /// <summary>A setting as it is to be: as wished, else gone where it is cleared, else as it was.</summary>
    private protected T? Keep<T>(string property, T? old, T? wished) => wished is not null ? wished : ClearedNames.Has(Clear, property) ? default : old;

    /// <summary>Applies what all kinds have in common, once it is sure that what shall be cleared can go.</summary>
    /// <param name="stanza">The record as it was.</param>
    /// <param name="needed">The settings of its kind that cannot go.</param>
    /// <param name="clearable">The settings of its kind that can.</param>
    private protected T WithCommon<T>(T stanza, string[] needed, string[] clearable)
        where T : PveStanza
    {
        ClearedNames.Check(Clear, [.. needed, nameof(Auto)], [.. clearable, .. CommonClearableNames], stanza.OtherOptions, stanza.Name);
        return (T)((PveStanza)stanza with
        {
            Mtu = Keep(nameof(Mtu), stanza.Mtu, Mtu),
            Auto = Auto ?? stanza.Auto,
            Addresses = Keep(nameof(Addresses), stanza.Addresses, Addresses) ?? [],
            Gateway = Keep(nameof(Gateway), stanza.Gateway, Gateway),
            Gateway6 = Keep(nameof(Gateway6), stanza.Gateway6, Gateway6),
            Comment = Keep(nameof(Comment), stanza.Comment, Comment),
            OtherOptions = ClearedNames.Merge(stanza.OtherOptions, OtherOptions, Clear),
        });
    }
}
