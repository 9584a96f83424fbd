using System.Collections.Generic;
using BondTools.Linux;

namespace BondTools.Planning;

/// <summary>What to change of an Open vSwitch bond; null leaves a setting as it is.</summary>
public sealed record PveOvsBondChange
{
    /// <summary>The bridge.</summary>
    public string? Bridge { get; init; }
    /// <summary>The slaves, in order.</summary>
    public IReadOnlyList<string>? Slaves { get; init; }
    /// <summary>The mode.</summary>
    public OvsBondMode? Mode { get; init; }
    /// <summary>The rate asked of the partner.</summary>
    public LacpRate? LacpRate { get; init; }
    /// <summary>The VLAN whose untagged port the bond is, 1 to 4094.</summary>
    public int? VlanTag { get; init; }
    /// <summary>The MTU in bytes, 1280 to 65520.</summary>
    public int? Mtu { get; init; }
    /// <summary>Whether it is brought up at boot.</summary>
    public bool? Auto { get; init; }
    /// <summary>The comment.</summary>
    public string? Comment { get; init; }
    /// <summary>The settings to take out of the file, by property (<c>VlanTag</c>) or by option.</summary>
    public IReadOnlyCollection<string> Clear { get; init; } = [];

    /// <summary>The bond as it is to be.</summary>
    internal PveOvsBond ApplyTo(PveOvsBond bond)
    {
        ClearedNames.Check(Clear, ["Bridge", "Slaves", "Mode", "Auto"], ClearableNames, bond.OtherOptions, bond.Name);
        T? Keep<T>(string property, T? old, T? wished) => wished is not null ? wished : ClearedNames.Has(Clear, property) ? default : old;
        return bond with
        {
            Bridge = Bridge ?? bond.Bridge,
            Slaves = Slaves ?? bond.Slaves,
            Mode = Mode ?? bond.Mode,
            LacpRate = Keep(nameof(LacpRate), bond.LacpRate, LacpRate),
            VlanTag = Keep(nameof(VlanTag), bond.VlanTag, VlanTag),
            Mtu = Keep(nameof(Mtu), bond.Mtu, Mtu),
            Auto = Auto ?? bond.Auto,
            Comment = Keep(nameof(Comment), bond.Comment, Comment),
            OtherOptions = ClearedNames.Merge(bond.OtherOptions, null, Clear),
        };
    }

    private static readonly string[] ClearableNames = [nameof(LacpRate), nameof(VlanTag), nameof(Mtu), nameof(Comment)];
}
