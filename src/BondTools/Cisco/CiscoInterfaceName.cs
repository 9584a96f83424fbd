using System;
using System.Globalization;
using System.Text;

namespace BondTools.Cisco;

/// <summary>
/// The name of a switch interface. <c>Gi0/1</c>, <c>gi 0/1</c> and <c>GigabitEthernet0/1</c> are one and the same.
/// </summary>
/// <remarks>
/// A name is an interface type of the table below, shortened to any beginning that IOS takes, at most one blank, then up
/// to four numbers separated by slashes and at most one subinterface. Nothing else is taken, so that a name can stand in
/// a line of configuration without being able to start another.
/// </remarks>
public sealed class CiscoInterfaceName : IEquatable<CiscoInterfaceName>
{
    private const int LongestName = 64;
    private const int MostNumbers = 4;
    private const string PortChannelType = "Port-channel";

    // Long name, short name, and how many letters are needed at least. The first that fits wins.
    private static readonly (string Long, string Short, int Least)[] Types =
    {
        ("Ethernet", "Et", 1),
        ("FastEthernet", "Fa", 1),
        ("GigabitEthernet", "Gi", 1),
        (PortChannelType, "Po", 2),
        ("TenGigabitEthernet", "Te", 2),
        ("TenGigE", "Te", 5),
        ("TwoGigabitEthernet", "Tw", 2),
        ("TwentyFiveGigE", "Twe", 3),
        ("FiveGigabitEthernet", "Fi", 2),
        ("FortyGigabitEthernet", "Fo", 2),
        ("FortyGigE", "Fo", 6),
        ("FiftyGigE", "Fif", 3),
        ("HundredGigE", "Hu", 2),
        ("TwoHundredGigE", "TwoH", 4),
        ("FourHundredGigE", "Fou", 3),
        ("AppGigabitEthernet", "Ap", 2),
        ("Bundle-Ether", "BE", 2),
        ("BE", "BE", 2),
        ("Vlan", "Vl", 2),
        ("Loopback", "Lo", 2),
        ("Tunnel", "Tu", 2),
        ("Null", "Nu", 2),
        ("Serial", "Se", 2),
        ("mgmt", "mgmt", 2),
    };

    private static readonly char[] NumberSeparators = { '/', '.' };

    private readonly string _number;

    private CiscoInterfaceName(string type, string shortType, string number)
    {
        Type = type;
        _number = number;
        Short = shortType + number;
        Long = type + number;
    }

    /// <summary>The type in full (<c>GigabitEthernet</c>).</summary>
    public string Type { get; }

#pragma warning disable CA1720 // Short and long are the two spellings of a name here, not the two integer types.
    /// <summary>The name as tables print it (<c>Gi0/1</c>).</summary>
    public string Short { get; }

    /// <summary>The name as the running configuration prints it (<c>GigabitEthernet0/1</c>).</summary>
    public string Long { get; }
#pragma warning restore CA1720

    /// <summary>Whether this is a port-channel itself (a subinterface of one is not).</summary>
    public bool IsPortChannel => Type == PortChannelType && _number.IndexOfAny(NumberSeparators) < 0;

    /// <summary>Whether this is a port that a cable can be plugged into.</summary>
    public bool IsPhysical =>
        (Type.EndsWith("thernet", StringComparison.Ordinal) || Type.EndsWith("GigE", StringComparison.Ordinal)) && _number.IndexOf('.') < 0;

    /// <summary>The first number of the name: of <c>Po7</c> it is 7, the channel-group.</summary>
    public int Number
    {
        get
        {
            var end = _number.IndexOfAny(NumberSeparators);
            return int.Parse(end < 0 ? _number : _number.Substring(0, end), NumberStyles.None, CultureInfo.InvariantCulture);
        }
    }

    /// <summary>The port-channel of a group.</summary>
    /// <param name="group">The channel-group number, from 1.</param>
    public static CiscoInterfaceName PortChannel(int group) =>
        group > 0
            ? new(PortChannelType, "Po", group.ToString(CultureInfo.InvariantCulture))
            : throw new ArgumentOutOfRangeException(nameof(group), group, "A channel-group is numbered from 1.");

    /// <summary>Reads a name, short or long.</summary>
    /// <exception cref="BondToolsException">The text is no interface name (<see cref="BondToolsErrorKind.InvalidConfiguration"/>).</exception>
    public static CiscoInterfaceName Parse(string text) =>
        TryParse(text, out var name)
            ? name
            : throw new BondToolsException(BondToolsErrorKind.InvalidConfiguration, $"'{Printable(text)}' is not the name of a switch interface.")
            {
                RecommendedAction = "Write a type and its numbers, such as Gi0/1, TenGigabitEthernet1/1/4 or Po1.",
            };

    /// <summary>Reads a name, short or long.</summary>
    /// <param name="text">The text, without surrounding blanks.</param>
    /// <param name="name">The name; not to be used when the text is none.</param>
    /// <returns>Whether the text is an interface name.</returns>
    public static bool TryParse(string? text, out CiscoInterfaceName name)
    {
        name = null!;
        if (string.IsNullOrEmpty(text) || text!.Length > LongestName)
            return false;

        var letters = 0;
        while (letters < text.Length && (CiscoText.IsLetter(text[letters]) || (text[letters] == '-' && letters > 0)))
            letters++;
        var digits = letters < text.Length && text[letters] == ' ' ? letters + 1 : letters;
        if (!TryNumbers(text, digits, out var number))
            return false;

        foreach (var type in Types)
        {
            if (letters >= type.Least && letters <= type.Long.Length
                && string.Compare(text, 0, type.Long, 0, letters, StringComparison.OrdinalIgnoreCase) == 0)
            {
                name = new CiscoInterfaceName(type.Long, type.Short, number);
                return true;
            }
        }
        return false;
    }

    /// <inheritdoc/>
    public bool Equals(CiscoInterfaceName? other) => other is not null && Short == other.Short;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as CiscoInterfaceName);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Short);

    /// <summary>Whether two texts name the same interface; texts that are no names are compared as they are.</summary>
    public static bool Same(string? left, string? right) =>
        TryParse(left, out var first) && TryParse(right, out var second)
            ? first.Equals(second)
            : string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    /// <summary>The name in full.</summary>
    public override string ToString() => Long;

    // Numbers are written anew, so that 0/01 and 0/1 are one interface.
    private static bool TryNumbers(string text, int start, out string number)
    {
        number = "";
        var built = new StringBuilder();
        int numbers = 0, digits = 0;
        var value = 0L;
        var subinterface = false;
        for (var i = start; i <= text.Length; i++)
        {
            var c = i < text.Length ? text[i] : '\0';
            if (i < text.Length && c is >= '0' and <= '9')
            {
                value = (value * 10) + (c - '0');
                if (++digits > 10)
                    return false;
                continue;
            }
            // A slot or port has at most five digits; a subinterface is a number of 32 bits.
            if (digits == 0 || value > (subinterface ? uint.MaxValue : 99999) || ++numbers > MostNumbers + (subinterface ? 1 : 0))
                return false;
            built.Append(value.ToString(CultureInfo.InvariantCulture));
            if (i == text.Length)
                break;
            if (subinterface || c is not ('/' or '.'))
                return false;
            subinterface = c == '.';
            built.Append(c);
            (value, digits) = (0, 0);
        }
        number = built.ToString();
        return true;
    }

    private static string Printable(string? text)
    {
        var shown = new StringBuilder();
        foreach (var c in text ?? "")
        {
            if (shown.Length == LongestName)
                break;
            shown.Append(char.IsControl(c) ? '·' : c);
        }
        return shown.ToString();
    }
}
