using System;
using System.Globalization;

namespace BondTools.Hashing;

/// <summary>The names of IP protocols that people write (IANA, Protocol Numbers).</summary>
internal static class IPProtocols
{
    private static readonly (string Name, byte Number)[] Known =
    [
        ("hopopt", 0), ("icmp", 1), ("igmp", 2), ("ipip", 4), ("tcp", 6), ("udp", 17), ("dccp", 33), ("ipv6", 41), ("gre", 47), ("esp", 50), ("ah", 51),
        ("icmpv6", 58), ("icmp6", 58), ("ospf", 89), ("sctp", 132), ("udplite", 136),
    ];

    /// <summary>Reads a name or a number.</summary>
    /// <exception cref="BondToolsException">It is neither.</exception>
    public static byte Parse(string text)
    {
        foreach (var (name, number) in Known)
        {
            if (string.Equals(name, text, StringComparison.OrdinalIgnoreCase))
                return number;
        }

        return byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw new BondToolsException(BondToolsErrorKind.InvalidConfiguration, $"'{text}' is no IP protocol that is known by name: give its number, 0 to 255.");
    }

    /// <summary>The name, or the number where there is none.</summary>
    public static string Name(byte number)
    {
        foreach (var (name, its) in Known)
        {
            if (its == number)
                return name;
        }

        return number.ToString(CultureInfo.InvariantCulture);
    }
}
