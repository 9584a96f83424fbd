using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace BondTools.Linux;

/// <summary>
/// A named value of the bonding driver whose kernel spelling (<c>802.3ad</c>, <c>layer2+3</c>) is no C# identifier, so
/// that it cannot be an enum: it compares, prints and converts from text like one.
/// </summary>
public abstract class KernelOption : IEquatable<KernelOption>
{
    private protected KernelOption(string name, int number) => (Name, Number) = (name, number);

    /// <summary>The kernel's spelling, as written to sysfs.</summary>
    public string Name { get; }

    /// <summary>The kernel's number for it, as shown in brackets in /proc/net/bonding and taken by sysfs.</summary>
    public int Number { get; }

    /// <summary>The kernel's spelling.</summary>
    public sealed override string ToString() => Name;

    /// <summary>Whether both are the same value of the same option.</summary>
    public bool Equals(KernelOption? other) => other is not null && other.GetType() == GetType() && other.Number == Number;

    /// <inheritdoc/>
    public sealed override bool Equals(object? obj) => Equals(obj as KernelOption);

    /// <inheritdoc/>
    public sealed override int GetHashCode() => Number;

    private protected static T? Find<T>(IEnumerable<T> values, string? text) where T : KernelOption =>
        values.FirstOrDefault(v => string.Equals(v.Name, text, StringComparison.OrdinalIgnoreCase)
            || v.Number.ToString(System.Globalization.CultureInfo.InvariantCulture) == text);
}

/// <summary>A mode of the bonding driver (bonding.rst, "mode"; bond_main.c, bond_mode_tbl).</summary>
public sealed class BondMode : KernelOption
{
    private BondMode(string name, int number) : base(name, number) { }

    /// <summary>Round-robin over the slaves.</summary>
    public static readonly BondMode BalanceRR = new("balance-rr", 0);
    /// <summary>One slave carries the traffic, the others wait.</summary>
    public static readonly BondMode ActiveBackup = new("active-backup", 1);
    /// <summary>The transmit hash picks the slave; the switch needs a static channel.</summary>
    public static readonly BondMode BalanceXor = new("balance-xor", 2);
    /// <summary>Every slave transmits everything.</summary>
    public static readonly BondMode Broadcast = new("broadcast", 3);
    /// <summary>LACP (IEEE 802.1AX, formerly 802.3ad).</summary>
    public static readonly BondMode Lacp = new("802.3ad", 4);
    /// <summary>Adaptive transmit load balancing.</summary>
    public static readonly BondMode BalanceTlb = new("balance-tlb", 5);
    /// <summary>Adaptive load balancing, both directions.</summary>
    public static readonly BondMode BalanceAlb = new("balance-alb", 6);

    /// <summary>Whether the mode works with the MII monitor only (bond_mode_uses_arp).</summary>
    internal bool NeedsMiiMonitor => Number is 4 or 5 or 6;

    /// <summary>Whether the transmit hash alone picks the slave (bond_main.c, __bond_start_xmit).</summary>
    internal bool PicksByHash => Number is 2 or 4;

    /// <summary>All modes, by number.</summary>
    public static IReadOnlyList<BondMode> All { get; } =
        [BalanceRR, ActiveBackup, BalanceXor, Broadcast, Lacp, BalanceTlb, BalanceAlb];

    /// <summary>Reads the kernel's name or number, or <c>lacp</c>.</summary>
    /// <param name="text">Such as <c>802.3ad</c>, <c>4</c> or <c>active-backup</c>.</param>
    /// <exception cref="FormatException">The text names no mode; the message lists those there are.</exception>
    public static BondMode Parse(string text) =>
        string.Equals(text, "lacp", StringComparison.OrdinalIgnoreCase) ? Lacp
        : Find(All, text) ?? throw new FormatException($"'{text}' is no bonding mode; the modes are {string.Join(", ", All)}.");
}

/// <summary>The transmit hash policy of a bond (bonding.rst, "xmit_hash_policy"; bond_options.c, bond_xmit_hash_policy_tbl).</summary>
public sealed class TransmitHashPolicy : KernelOption
{
    private TransmitHashPolicy(string name, int number) : base(name, number) { }

    /// <summary>MAC addresses and packet type.</summary>
    public static readonly TransmitHashPolicy Layer2 = new("layer2", 0);
    /// <summary>IP addresses and ports.</summary>
    public static readonly TransmitHashPolicy Layer34 = new("layer3+4", 1);
    /// <summary>MAC and IP addresses.</summary>
    public static readonly TransmitHashPolicy Layer23 = new("layer2+3", 2);
    /// <summary>Like layer2+3 on the inner headers of a tunnel.</summary>
    public static readonly TransmitHashPolicy Encap23 = new("encap2+3", 3);
    /// <summary>Like layer3+4 on the inner headers of a tunnel.</summary>
    public static readonly TransmitHashPolicy Encap34 = new("encap3+4", 4);
    /// <summary>VLAN tag and source MAC address (kernel 5.12 and later).</summary>
    public static readonly TransmitHashPolicy VlanSrcMac = new("vlan+srcmac", 5);

    /// <summary>Whether it hashes ports, and of IP packets no MAC addresses.</summary>
    internal bool HashesPorts => Number is 1 or 4;

    /// <summary>Whether it hashes the inner headers of tunnels.</summary>
    internal bool IsEncap => Number is 3 or 4;

    /// <summary>All policies, by number.</summary>
    public static IReadOnlyList<TransmitHashPolicy> All { get; } = [Layer2, Layer34, Layer23, Encap23, Encap34, VlanSrcMac];

    /// <summary>Reads the kernel's name or number.</summary>
    /// <param name="text">Such as <c>layer2+3</c> or <c>2</c>.</param>
    /// <exception cref="FormatException">The text names no policy; the message lists those there are.</exception>
    public static TransmitHashPolicy Parse(string text) =>
        Find(All, text) ?? throw new FormatException($"'{text}' is no transmit hash policy; the policies are {string.Join(", ", All)}.");
}

/// <summary>The kernel's words for the values that are enums here (bond_options.c); the enums carry the kernel's numbers.</summary>
internal static class KernelWords
{
    /// <summary>The selection policy by the highest actor port priority.</summary>
    public const string ActorPortPriority = "actor_port_prio";

    /// <summary>The word for a value: <c>FilterActive</c> is <c>filter_active</c>.</summary>
    public static string Of<T>(T value) where T : struct, Enum
    {
        if (value is AdSelect.ActorPortPriority)
            return ActorPortPriority;
        var word = new StringBuilder();
        foreach (var c in value.ToString())
            word.Append(word.Length > 0 && char.IsUpper(c) ? "_" : "").Append(char.ToLowerInvariant(c));
        return word.ToString();
    }

    /// <summary>Reads the kernel's word or number; null when it is neither.</summary>
    public static T? Parse<T>(string text) where T : struct, Enum
    {
#if NET
        var values = Enum.GetValues<T>();
#else
        var values = (T[])Enum.GetValues(typeof(T));
#endif
        foreach (var value in values)
        {
            if (string.Equals(Of(value), text, StringComparison.OrdinalIgnoreCase) || value.ToString("D") == text)
                return value;
        }

        return null;
    }
}
