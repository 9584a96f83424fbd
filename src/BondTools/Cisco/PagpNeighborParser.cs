using System;
using System.Collections.Generic;

namespace BondTools.Cisco;

/// <summary>Reads <c>show pagp neighbor</c>.</summary>
public static class PagpNeighborParser
{
    private const string Expected = "show pagp neighbor";

    /// <summary>Reads the partners of all ports.</summary>
    /// <param name="text">The output; prompts, prose and other outputs may stand around it.</param>
    /// <param name="computerName">The switch it came from, if it is known.</param>
    /// <returns>One record a port; none when the switch lists no neighbor.</returns>
    /// <exception cref="UnexpectedOutputException">This is no such output, or a row of it is not understood.</exception>
    public static IReadOnlyList<CiscoPagpNeighbor> Parse(string text, string? computerName = null)
    {
        var lines = CiscoText.Lines(text);
        var neighbors = new List<CiscoPagpNeighbor>();
        int? group = null;
        bool known = false, inTable = false;
        for (var i = 0; i < lines.Length; i++)
        {
            var words = CiscoText.Words(lines[i]);
            if (words.Length == 0 || CiscoText.IsLogMessage(lines[i]))
                continue;
            if (words.Length == 4 && words[0] == "Channel" && words[1] == "group" && words[3] == "neighbors" && CiscoText.TryNumber(words[2], out var number))
            {
                (group, inTable) = (number, false);
            }
            else if (words.Length >= 7 && words[0] == "Port" && words[1] == "Name" && words[2] == "Device")
            {
                (inTable, known) = (group is not null, true);
            }
            else if (inTable && CiscoText.LooksLikeInterface(words[0]))
            {
                neighbors.Add(TryRow(words, group!.Value, computerName)
                    ?? throw new UnexpectedOutputException(Expected, lines[i], i + 1, "this is no row of the table of PAgP partners"));
            }
            else
            {
                inTable = false;
                known |= lines[i].IndexOf("Slow hello", StringComparison.Ordinal) >= 0;
            }
        }
        return known ? neighbors : throw CiscoText.NotFound(Expected, lines, "there is neither the legend of PAgP nor the heading of a neighbor table");
    }

    // Port [Name …] DeviceID PartnerPort Age [Flags] Capability: the address splits what has blanks from what has none.
    private static CiscoPagpNeighbor? TryRow(string[] words, int group, string? computerName)
    {
        var at = 1;
        var address = MacAddress.Zero;
        while (at < words.Length && !MacAddress.TryParse(words[at], out address))
            at++;
        var flags = words.Length - at - 4;
        if (flags is not (0 or 1) || !TryAge(words[at + 2], out var age) || !IsHexadecimal(words[words.Length - 1]))
            return null;
        return new CiscoPagpNeighbor
        {
            ComputerName = computerName,
            Group = group,
            Interface = words[0],
            PartnerName = at > 1 ? string.Join(" ", words, 1, at - 1) : null,
            DeviceId = address,
            PartnerPort = words[at + 1],
            Age = age,
            Flags = flags == 1 ? words[at + 3] : null,
            GroupCapability = words[words.Length - 1],
        };
    }

    private static bool TryAge(string word, out TimeSpan age)
    {
        var read = CiscoText.TryNumber(word.TrimEnd('s'), out var seconds);
        age = TimeSpan.FromSeconds(seconds);
        return read;
    }

    private static bool IsHexadecimal(string word)
    {
        foreach (var c in word)
        {
            if (!Uri.IsHexDigit(c))
                return false;
        }
        return true;
    }
}
