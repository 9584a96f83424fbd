using System;
using System.Globalization;
using System.Net.NetworkInformation;

namespace BondTools;

/// <summary>
/// A 48-bit MAC address that prints as the Linux kernel does (<c>08:00:27:04:dd:bd</c>).
/// </summary>
/// <remarks>
/// It is a <see cref="PhysicalAddress"/>, with two things that type lacks: a readable text form, and a public
/// property, without which an address would vanish from JSON and Clixml.
/// </remarks>
public sealed class MacAddress : PhysicalAddress
{
    private const int Length = 6;

    /// <summary>The all-zero address; in LACP the partner of a port that has heard no LACPDU (IEEE 802.1AX, 6.4.7).</summary>
    public static readonly MacAddress Zero = new(new byte[Length]);

    /// <summary>Creates the address from its six bytes.</summary>
    /// <param name="bytes">Exactly six bytes, in transmission order.</param>
    /// <exception cref="ArgumentException">The array is not six bytes long.</exception>
    public MacAddress(byte[] bytes) : base(RequireLength(bytes))
    {
    }

    /// <summary>The address as text: six lower-case hexadecimal bytes separated by colons.</summary>
    public string Address => ToString();

    /// <summary>Whether every byte is zero.</summary>
    public bool IsZero => Equals(Zero);

    /// <summary>Whether it is a group address (the lowest bit of the first byte).</summary>
    internal bool IsMulticast => (GetAddressBytes()[0] & 1) != 0;

    /// <summary>Whether somebody made it up (the second lowest bit of the first byte), and no maker of hardware gave it.</summary>
    internal bool IsLocallyAdministered => (GetAddressBytes()[0] & 2) != 0;

    /// <summary>Reads <c>08:00:27:04:dd:bd</c>, <c>08-00-27-04-DD-BD</c>, <c>0800.2704.ddbd</c> or <c>08002704ddbd</c>.</summary>
    /// <param name="text">The text, without surrounding blanks.</param>
    /// <exception cref="FormatException">The text is none of these forms.</exception>
    public static new MacAddress Parse(string text) =>
        TryParse(text, out var address) ? address : throw new FormatException($"'{text}' is not a MAC address.");

    /// <summary>Reads the forms that <see cref="Parse(string)"/> takes, and the ones without leading zeros (<c>5e-2-0-1-0-7</c>, NX-OS).</summary>
    /// <param name="text">The text, without surrounding blanks.</param>
    /// <param name="address">The address, or <see cref="Zero"/> when the text is not one.</param>
    /// <returns>Whether the text is a MAC address.</returns>
    public static bool TryParse(string? text, out MacAddress address)
    {
        address = Zero;
        if (string.IsNullOrEmpty(text))
            return false;

        var separators = text!.Split(':', '-', '.').Length - 1;
        // Digits of each group: one group of twelve, three of four (Cisco), or six of two.
        var groupDigits = separators switch { 0 => 12, 2 => 4, 5 => 2, _ => 0 };
        if (groupDigits == 0)
            return false;

        var bytes = new byte[Length];
        var position = 0;
        foreach (var group in text.Split(':', '-', '.'))
        {
            // Only the six-group form is ever written without leading zeros.
            if (group.Length == 0 || (groupDigits == 2 ? group.Length > 2 : group.Length != groupDigits))
                return false;
            if (!ulong.TryParse(group, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
                return false;
            for (var shift = (groupDigits - 2) * 4; shift >= 0; shift -= 8)
                bytes[position++] = (byte)(value >> shift);
        }

        address = new MacAddress(bytes);
        return true;
    }

    /// <summary>The address that lies in an array.</summary>
    internal static MacAddress At(byte[] data, int at)
    {
        var bytes = new byte[Length];
        Array.Copy(data, at, bytes, 0, Length);
        return new MacAddress(bytes);
    }

    /// <summary>The address as the Linux kernel prints it.</summary>
    public override string ToString() => BitConverter.ToString(GetAddressBytes()).Replace('-', ':').ToLowerInvariant();

    private static byte[] RequireLength(byte[] bytes) =>
        bytes is { Length: Length } ? bytes : throw new ArgumentException("A MAC address has six bytes.", nameof(bytes));
}
