using System;
using System.Collections.Generic;
using System.Net;
using BondTools.Linux;

namespace BondTools.Planning;

/// <summary>What to change of a bond; null leaves a setting as it is.</summary>
public sealed record PveBondChange
{
    /// <summary>The slaves, in order.</summary>
    public IReadOnlyList<string>? Slaves { get; init; }
    /// <summary>The mode.</summary>
    public BondMode? Mode { get; init; }
    /// <summary>The transmit hash policy.</summary>
    public TransmitHashPolicy? TransmitHashPolicy { get; init; }
    /// <summary>How often the link is looked at, in whole milliseconds.</summary>
    public TimeSpan? MiiPollingInterval { get; init; }
    /// <summary>How long a link must be up before it is used, a multiple of the polling interval.</summary>
    public TimeSpan? UpDelay { get; init; }
    /// <summary>How long a link must be down before it is dropped, a multiple of the polling interval.</summary>
    public TimeSpan? DownDelay { get; init; }
    /// <summary>The rate asked of the partner.</summary>
    public LacpRate? LacpRate { get; init; }
    /// <summary>How many ports must be up for the bond to be up.</summary>
    public int? MinLinks { get; init; }
    /// <summary>How the active aggregator is chosen.</summary>
    public AdSelect? AdSelect { get; init; }
    /// <summary>The preferred slave.</summary>
    public string? PrimarySlave { get; init; }
    /// <summary>The MTU in bytes, 1280 to 65520.</summary>
    public int? Mtu { get; init; }
    /// <summary>Whether it is brought up at boot.</summary>
    public bool? Auto { get; init; }
    /// <summary>The addresses with their prefix length; an empty list takes them away.</summary>
    public IReadOnlyList<string>? Addresses { get; init; }
    /// <summary>The default gateway.</summary>
    public IPAddress? Gateway { get; init; }
    /// <summary>The comment.</summary>
    public string? Comment { get; init; }
    /// <summary>Other options to set, by name; those that are not listed stay.</summary>
    public IReadOnlyList<NamedValue>? OtherOptions { get; init; }
    /// <summary>The settings to take out of the file, by property (<c>LacpRate</c>) or by option (<c>bond-use-carrier</c>).</summary>
    public IReadOnlyCollection<string> Clear { get; init; } = [];

    /// <summary>The bond as it is to be.</summary>
    internal PveBond ApplyTo(PveBond bond)
    {
        ClearedNames.Check(Clear, ["Slaves", "Mode", "Auto"], ClearableNames, bond.OtherOptions, bond.Name);
        T? Keep<T>(string property, T? old, T? wished) => wished is not null ? wished : ClearedNames.Has(Clear, property) ? default : old;
        return bond with
        {
            Slaves = Slaves ?? bond.Slaves,
            Mode = Mode ?? bond.Mode,
            TransmitHashPolicy = Keep(nameof(TransmitHashPolicy), bond.TransmitHashPolicy, TransmitHashPolicy),
            MiiPollingInterval = Keep(nameof(MiiPollingInterval), bond.MiiPollingInterval, MiiPollingInterval),
            UpDelay = Keep(nameof(UpDelay), bond.UpDelay, UpDelay),
            DownDelay = Keep(nameof(DownDelay), bond.DownDelay, DownDelay),
            LacpRate = Keep(nameof(LacpRate), bond.LacpRate, LacpRate),
            MinLinks = Keep(nameof(MinLinks), bond.MinLinks, MinLinks),
            AdSelect = Keep(nameof(AdSelect), bond.AdSelect, AdSelect),
            PrimarySlave = Keep(nameof(PrimarySlave), bond.PrimarySlave, PrimarySlave),
            Mtu = Keep(nameof(Mtu), bond.Mtu, Mtu),
            Auto = Auto ?? bond.Auto,
            Addresses = Keep(nameof(Addresses), bond.Addresses, Addresses) ?? [],
            Gateway = Keep(nameof(Gateway), bond.Gateway, Gateway),
            Comment = Keep(nameof(Comment), bond.Comment, Comment),
            OtherOptions = ClearedNames.Merge(bond.OtherOptions, OtherOptions, Clear),
        };
    }

    private static readonly string[] ClearableNames =
    [
        nameof(TransmitHashPolicy), nameof(MiiPollingInterval), nameof(UpDelay), nameof(DownDelay), nameof(LacpRate), nameof(MinLinks),
        nameof(AdSelect), nameof(PrimarySlave), nameof(Mtu), nameof(Addresses), nameof(Gateway), nameof(Comment),
    ];
}
