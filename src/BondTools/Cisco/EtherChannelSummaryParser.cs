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

    /// <summary>Reads all port-channels of all summary tables in a text.</summary>
    /// <param name="text">The output; prompts, prose and other outputs may stand around it.</param>
    /// <param name="computerName">The switch it came from, if it is known.</param>
    /// <returns>One record a port-channel; none when the switch says that none is in use.</returns>
    /// <exception cref="UnexpectedOutputException">There is no such table, or a row of it is not understood.</exception>
    public static IReadOnlyList<CiscoEtherChannel> Parse(string text, string? computerName = null)
    {
        if (text is null)
            throw new ArgumentNullException(nameof(text));
        text = CiscoText.WithoutPagers(text);
        var channels = new List<CiscoEtherChannel>();
        var row = new EtherChannelRow(computerName);
        bool inTable = false, numbered = false, found = false;
        int? announced = null;

        var number = 0;
        for (int start = 0, end; start <= text.Length; start = end + 1)
        {
            number++;
            end = text.IndexOf('\n', start);
            if (end < 0)
                end = text.Length;
            var words = new WordReader(text, start, end > start && text[end - 1] == '\r' ? end - 1 : end);
            if (!words.Next())
                continue;
            if (IsHeading(words))
            {
                Close();
                (inTable, found, numbered) = (true, true, words.Is("Group"));
            }
            else if (!inTable)
            {
                announced = Announced(words) ?? announced;
            }
            else if (IsRule(words) || (text.IndexOf('%', start, end - start) >= 0 && CiscoText.IsLogMessage(words.Line)))
            {
                // The second line of the NX-OS heading, a ruler, or what a console wrote between the rows.
            }
            else if (numbered ? IsNumber(words) : words.StartsWith("Po"))
            {
                Close();
                row.Start(ref words, number, numbered);
            }
            else if (row.IsOpen && IsContinuation(words))
            {
                words.Back();
                row.AddMembers(ref words, number);
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
                throw CiscoText.NotFound(Expected, CiscoText.Lines(text), "there is no table that begins 'Group  Port-channel  Protocol  Ports'");
            if (announced is not null)
                throw new UnexpectedOutputException(Expected, "", 0, $"{announced} channel-groups are announced and none is listed");
        }
        return channels;

        void Close()
        {
            if (row.IsOpen)
                channels.Add(row.Take());
        }
    }

    internal static UnexpectedOutputException Error(string line, int number, string reason) => new(Expected, line, number, reason);

    private static bool IsHeading(in WordReader first)
    {
        var isGroup = first.Is("Group");
        if (!isGroup && !first.StartsWith("Port-"))
            return false;
        var words = CiscoText.Words(first.Line);
        return isGroup
            ? words.Length >= 3 && words[1].StartsWith("Port-", StringComparison.OrdinalIgnoreCase)
            : words.Length == 3 && words[1] == "Protocol" && words[2] == "Ports";
    }

    // "Number of channel-groups in use: 3", or nothing behind the colon.
    private static int? Announced(in WordReader first)
    {
        if (!first.Is("Number"))
            return null;
        var words = CiscoText.Words(first.Line);
        return words.Length == 6 && words[2].StartsWith("channel", StringComparison.Ordinal) && words[4] == "use:" && CiscoText.TryNumber(words[5], out var count) ? count : null;
    }

    private static bool IsRule(WordReader words)
    {
        if (words.Is("Channel"))
            return !words.Next();
        do
        {
            for (var i = 0; i < words.Length; i++)
            {
                if (words[i] is not ('-' or '+' or '='))
                    return false;
            }
        }
        while (words.Next());
        return true;
    }

    private static bool IsNumber(in WordReader words)
    {
        for (var i = 0; i < words.Length; i++)
        {
            if (words[i] is < '0' or > '9')
                return false;
        }
        return true;
    }

    // A wrapped line is indented on the switch, and holds a bracket everywhere; either is enough to demand that it
    // reads as members, so that a damaged one is an error and not the end of the table.
    private static bool IsContinuation(WordReader words)
    {
        var bracket = words.Bracket;
        return words.LooksLikeInterface(bracket < 0 ? words.Length : bracket)
            && (bracket >= 0 || words.IsIndented || (words.Next() && words[0] == '('));
    }
}
