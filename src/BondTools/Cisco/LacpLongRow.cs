using System;

namespace BondTools.Cisco;

/// <summary>
/// A port in the long form of <c>show lacp neighbor</c> and <c>show lacp internal</c>: a row with its system id, port
/// number, age and flags, and another below with its priority, key and state.
/// </summary>
internal sealed class LacpLongRow
{
    private LacpLongRow(string name, int systemPriority, MacAddress system, int port, TimeSpan age, string flags) =>
        (Interface, SystemPriority, SystemMacAddress, PortNumber, Age, Flags) = (name, systemPriority, system, port, age, flags);

    public string Interface { get; }
    public int SystemPriority { get; }
    public MacAddress SystemMacAddress { get; }
    public int PortNumber { get; }
    public TimeSpan Age { get; }
    public string Flags { get; }

    /// <summary>Reads the first row; null when it is none.</summary>
    public static LacpLongRow? TryParse(string[] words)
    {
        // A blank behind the comma of the system id makes one word more.
        var shift = words.Length - 5;
        if (shift is not (0 or 1)
            || !LacpSystemIdParser.TryParse(shift == 1 ? words[1] + words[2] : words[1], out var priority, out var system)
            || !CiscoText.TryWord16(words[2 + shift], out var port)
            || !TryAge(words[3 + shift], out var age)
            || !IsFlags(words[4 + shift]))
        {
            return null;
        }
        return new LacpLongRow(words[0], priority, system, port, age, words[4 + shift]);
    }

    /// <summary>Reads the second row: port priority, oper key, port state.</summary>
    public static bool TryComplete(string[] words, out int priority, out int key, out Lacp.LacpPortState state)
    {
        (priority, key, state) = (0, 0, Lacp.LacpPortState.None);
        if (words.Length != 3
            || !CiscoText.TryWord16(words[0], out priority)
            || !CiscoText.TryWord16(words[1], out key)
            || !CiscoText.TryWord16(words[2], out var bits) || bits > 0xFF)
        {
            return false;
        }
        state = (Lacp.LacpPortState)bits;
        return true;
    }

    /// <summary>Whether a word is made of the letters S, F, A and P.</summary>
    public static bool IsFlags(string word)
    {
        foreach (var c in word)
        {
            if (c is not ('S' or 'F' or 'A' or 'P'))
                return false;
        }
        return true;
    }

    /// <summary>Reads seconds, with an s (IOS) or without (NX-OS).</summary>
    public static bool TryAge(string word, out TimeSpan age)
    {
        var read = CiscoText.TryNumber(word.TrimEnd('s'), out var seconds);
        age = TimeSpan.FromSeconds(seconds);
        return read;
    }
}
