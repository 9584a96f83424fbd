using System;
using System.Collections.Generic;
using System.Globalization;

namespace BondTools.Cisco;

/// <summary>What the lines of <c>show etherchannel detail</c> are made of: names with values, and ages.</summary>
internal static class DetailText
{
    // The names that stand before an equals sign; a longer one comes before its own ending.
    private static readonly string[] Names =
    {
        "Fast-switchover Dampening", "Fast-switchover", "Pseudo port-channel", "Number of ports in agport", "Number of ports",
        "Age of the Port-channel", "Logical slot/port", "HotStandBy port", "Passive port list", "Channel group", "Port-channel",
        "Port security", "Port index", "Port state", "Gcchange", "Protocol", "Mode", "Load", "GC",
    };

    /// <summary>Reads <c>Channel group = 1 Mode = Active Gcchange = -</c>, however many blanks there are.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Values(string line)
    {
        var parts = line.Split('=');
        var name = parts[0].Trim();
        for (var i = 1; i < parts.Length; i++)
        {
            var value = parts[i].Trim();
            var next = "";
            if (i < parts.Length - 1)
            {
                foreach (var candidate in Names)
                {
                    if (value.EndsWith(candidate, StringComparison.Ordinal) && (value.Length == candidate.Length || char.IsWhiteSpace(value[value.Length - candidate.Length - 1])))
                    {
                        next = candidate;
                        value = value.Substring(0, value.Length - candidate.Length).TrimEnd();
                        break;
                    }
                }
            }
            yield return new KeyValuePair<string, string>(name, value);
            name = next;
        }
    }

    /// <summary>A value, or null for what stands for none.</summary>
    public static string? Optional(string value) => value is "" or "-" or "null" ? null : value;

    /// <summary>What follows the first of a character.</summary>
    public static string After(string line, char mark) => line.Substring(line.IndexOf(mark) + 1).Trim();

    /// <summary>The protocol behind its name; null for a word that is none.</summary>
    /// <remarks>Mode on has a dash, and in some views a remark behind it: <c>- (Mode ON)</c>.</remarks>
    public static EtherChannelProtocol? Protocol(string text) => text.ToUpperInvariant() switch
    {
        "LACP" => EtherChannelProtocol.Lacp,
        "PAGP" => EtherChannelProtocol.Pagp,
        "" or "NONE" => EtherChannelProtocol.None,
        _ => text[0] == '-' ? EtherChannelProtocol.None : null,
    };

    /// <summary>Reads an age such as <c>35d:21h:59m:46s</c>.</summary>
    public static bool TryAge(string text, out TimeSpan age)
    {
        age = TimeSpan.Zero;
        var parts = text.Split(':');
        if (parts.Length != 4)
            return false;
        var values = new int[4];
        for (var i = 0; i < 4; i++)
        {
            if (parts[i].Length < 2 || parts[i][parts[i].Length - 1] != "dhms"[i]
                || !CiscoText.TryNumber(parts[i].Substring(0, parts[i].Length - 1), out values[i]) || values[i] > 100_000)
            {
                return false;
            }
        }
        age = new TimeSpan(values[0], values[1], values[2], values[3]);
        return true;
    }

    /// <summary>Reads a mask of hash values, hexadecimal with <c>0x</c> or without.</summary>
    public static bool TryMask(string text, out int mask) =>
        int.TryParse(text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? text.Substring(2) : text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out mask)
        && mask >= 0;
}
