using System;
using System.Collections.Generic;

namespace BondTools.Cisco;

/// <summary>
/// Reads <c>show etherchannel summary</c> (IOS, IOS-XE) and <c>show port-channel summary</c> (NX-OS).
/// </summary>
/// <remarks>
/// Only words count, never columns, so that a copy from a web page reads like the original. Data begins below a line
/// that starts <c>Group Port-…</c> (or <c>Port-Channel Protocol Ports</c>) and ends at the first line that is neither a
/// row nor the continuation of one; what stands around the table, legends included, is not looked at.
/// </remarks>
public static class EtherChannelSummaryParser
{
    private const string Expected = "show etherchannel summary";
    private const string CountHeading = "Number of channel";

    /// <summary>Reads all port-channels of all summary tables in a text.</summary>
    /// <param name="text">The output; prompts, prose and other outputs may stand around it.</param>
    /// <param name="computerName">The switch it came from, if it is known.</param>
    /// <returns>One record a port-channel; none when the switch says that none is in use.</returns>
    /// <exception cref="UnexpectedOutputException">There is no such table, or a row of it is not understood.</exception>
    public static IReadOnlyList<CiscoEtherChannel> Parse(string text, string? computerName = null)
    {
        var lines = CiscoText.Lines(text);
        var channels = new List<CiscoEtherChannel>();
        EtherChannelRow? row = null;
        bool inTable = false, numbered = false, found = false;
        int? announced = null;

        for (var i = 0; i < lines.Length; i++)
        {
            var words = CiscoText.Words(lines[i]);
            if (words.Length == 0)
                continue;
            if (IsHeading(words))
            {
                Close();
                (inTable, found, numbered) = (true, true, words[0] == "Group");
            }
            else if (!inTable)
            {
                if (lines[i].TrimStart().StartsWith(CountHeading, StringComparison.Ordinal)
                    && words[words.Length - 2] == "use:" && CiscoText.TryNumber(words[words.Length - 1], out var count))
                {
                    announced = count;
                }
            }
            else if (IsRule(words) || CiscoText.IsLogMessage(lines[i]))
            {
                // The second line of the NX-OS heading, a ruler, or what a console wrote between the rows.
            }
            else if (numbered ? IsNumber(words[0]) : words[0].StartsWith("Po", StringComparison.OrdinalIgnoreCase))
            {
                Close();
                row = EtherChannelRow.Start(lines[i], i + 1, numbered);
            }
            else if (row is not null && IsContinuation(lines[i], words[0]))
            {
                row.AddMembers(lines[i], i + 1, 0);
            }
            else
            {
                Close();
                inTable = false;
            }
        }

        Close();
        if (channels.Count == 0 && announced != 0)
        {
            if (!found)
                throw CiscoText.NotFound(Expected, lines, "there is no table that begins 'Group  Port-channel  Protocol  Ports'");
            if (announced is not null)
                throw new UnexpectedOutputException(Expected, "", 0, $"{announced} channel-groups are announced and none is listed");
        }
        return channels;

        void Close()
        {
            if (row is not null)
                channels.Add(row.ToRecord(computerName));
            row = null;
        }
    }

    internal static UnexpectedOutputException Error(string line, int number, string reason) => new(Expected, line, number, reason);

    private static bool IsHeading(string[] words) =>
        words[0] == "Group"
            ? words.Length >= 3 && words[1].StartsWith("Port-", StringComparison.OrdinalIgnoreCase)
            : words.Length == 3 && words[1] == "Protocol" && words[2] == "Ports" && words[0].StartsWith("Port-", StringComparison.OrdinalIgnoreCase);

    private static bool IsRule(string[] words)
    {
        if (words.Length == 1 && words[0] == "Channel")
            return true;
        foreach (var word in words)
        {
            foreach (var c in word)
            {
                if (c is not ('-' or '+' or '='))
                    return false;
            }
        }
        return true;
    }

    private static bool IsNumber(string word)
    {
        foreach (var c in word)
        {
            if (c is < '0' or > '9')
                return false;
        }
        return true;
    }

    // A wrapped line is indented on the switch, and holds a bracket everywhere; either is enough to demand that it
    // reads as members, so that a damaged one is an error and not the end of the table.
    private static bool IsContinuation(string line, string firstWord)
    {
        var bracket = firstWord.IndexOf('(');
        return bracket < 0
            ? char.IsWhiteSpace(line[0]) && CiscoText.LooksLikeInterface(firstWord)
            : CiscoText.LooksLikeInterface(firstWord.Substring(0, bracket));
    }
}
