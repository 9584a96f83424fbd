using System;
using System.Collections.Generic;

namespace BondTools.Cisco;

/// <summary>Reads <c>show lacp internal</c>, short or <c>detail</c>, for one channel-group or for all.</summary>
public static class LacpInternalParser
{
    private const string Expected = "show lacp internal";

    /// <summary>Reads the switch's own side of all LACP ports.</summary>
    /// <param name="text">The output; prompts, prose and other outputs may stand around it.</param>
    /// <param name="computerName">The switch it came from, if it is known.</param>
    /// <returns>One record a port; none when the switch lists no port.</returns>
    /// <exception cref="UnexpectedOutputException">This is no such output, or a row of it is not understood.</exception>
    public static IReadOnlyList<CiscoLacpInternal> Parse(string text, string? computerName = null)
    {
        var lines = CiscoText.Lines(text);
        var ports = new List<CiscoLacpInternal>();
        int? group = null;
        bool known = false, inTable = false;
        CiscoLacpInternal? first = null;
        var second = false;
        for (var i = 0; i < lines.Length; i++)
        {
            var words = CiscoText.Words(lines[i]);
            if (words.Length == 0 || CiscoText.IsLogMessage(lines[i]))
                continue;
            if (second)
            {
                ports.Add(LacpInternalDetail.TryComplete(first!, words) ?? throw Error("this is no actor's port priority, key and state"));
                (first, second, inTable) = (null, false, true);
            }
            else if (LacpInternalDetail.IsSecondHeading(words) && first is not null)
            {
                second = true;
            }
            else if (words.Length >= 3 && words[0] == "Channel" && words[1] == "group" && CiscoText.TryNumber(words[2].TrimEnd(':'), out var number))
            {
                // "Channel group 1 neighbors" heads the table of the partners.
                (group, inTable) = (words.Length == 3 ? number : null, false);
            }
            else if (IsHeading(words))
            {
                (inTable, known) = (group is not null, true);
            }
            else if (first is not null)
            {
                // Between the two rows there are headings only.
                if (CiscoText.LooksLikeInterface(words[0]))
                    throw Error($"the second row of {first.Interface} is missing");
            }
            else if (group is not null && CiscoText.LooksLikeInterface(words[0]) && LacpInternalDetail.TryFirst(words, group.Value, computerName) is { } row)
            {
                (first, known) = (row, true);
            }
            else if (inTable && CiscoText.LooksLikeInterface(words[0]))
            {
                ports.Add(TryRow(words, group!.Value, computerName)
                    ?? throw Error("this is no row of the table of LACP ports"));
            }
            else
            {
                inTable = false;
                known |= lines[i].IndexOf("LACPDUs", StringComparison.Ordinal) >= 0;
            }

            UnexpectedOutputException Error(string reason) => new(Expected, lines[i], i + 1, reason);
        }
        if (first is not null)
            throw new UnexpectedOutputException(Expected, "", 0, $"the second row of {first.Interface} is missing");
        return known ? ports : throw CiscoText.NotFound(Expected, lines, "there is neither the legend of LACPDUs nor the heading of a table of ports");
    }

    /// <summary>Reads Port Flags State [Interval] Priority AdminKey OperKey PortNumber PortState; null when it is none.</summary>
    internal static CiscoLacpInternal? TryRow(string[] words, int group, string? computerName)
    {
        var shift = words.Length - 8;
        TimeSpan? interval = null;
        if (shift is not (0 or 1)
            || (shift == 1 && !TryInterval(words[3], out interval))
            || !IsLetters(words[1]) || !IsLetters(words[2])
            || !CiscoText.TryWord16(words[3 + shift], out var priority)
            || !CiscoText.TryWord16(words[4 + shift], out var admin)
            || !CiscoText.TryWord16(words[5 + shift], out var key)
            || !CiscoText.TryWord16(words[6 + shift], out var port)
            || !CiscoText.TryWord16(words[7 + shift], out var state) || state > 0xFF)
        {
            return null;
        }
        return new CiscoLacpInternal
        {
            ComputerName = computerName,
            Group = group,
            Interface = words[0],
            Flags = words[1],
            PortStatus = words[2],
            State = EtherChannelStates.FromWord(words[2]),
            Interval = interval,
            PortPriority = priority,
            AdminKey = admin,
            OperKey = key,
            PortNumber = port,
            PortState = (Lacp.LacpPortState)state,
        };
    }

    private static bool IsHeading(string[] words) => words.Length >= 8 && words[0] == "Port" && words[1] == "Flags" && words[2] == "State";

    private static bool TryInterval(string word, out TimeSpan? interval)
    {
        interval = null;
        if (!CiscoText.TryNumber(word.TrimEnd('s'), out var seconds))
            return false;
        interval = TimeSpan.FromSeconds(seconds);
        return true;
    }

    private static bool IsLetters(string word)
    {
        foreach (var c in word)
        {
            if (!CiscoText.IsLetter(c) && c != '-')
                return false;
        }
        return true;
    }
}
