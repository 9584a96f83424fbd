using System;
using System.Collections.Generic;
using System.Globalization;

namespace BondTools.Cisco;

/// <summary>Reads <c>show lacp counters</c> (IOS, IOS-XE, NX-OS).</summary>
/// <remarks>
/// The heading says what the pairs of numbers are; a row may end early, behind any pair, because some platforms print no
/// last column for some ports.
/// </remarks>
public static class LacpCounterParser
{
    private const string Expected = "show lacp counters";
    private const string MarkerResponses = "Markers/Resp";

    /// <summary>Reads the counters of all ports.</summary>
    /// <param name="text">The output; prompts, prose and other outputs may stand around it.</param>
    /// <param name="computerName">The switch it came from, if it is known.</param>
    /// <returns>One record a port; none when the table is empty.</returns>
    /// <exception cref="UnexpectedOutputException">This is no such output, or a row of it is not understood.</exception>
    public static IReadOnlyList<CiscoLacpCounter> Parse(string text, string? computerName = null)
    {
        var lines = CiscoText.Lines(text);
        var counters = new List<CiscoLacpCounter>();
        Heading? heading = null;
        int? group = null;
        var known = false;
        var above = "";
        for (var i = 0; i < lines.Length; i++)
        {
            var words = CiscoText.Words(lines[i]);
            if (words.Length == 0 || CiscoText.IsLogMessage(lines[i]))
                continue;
            if (Heading.TryParse(words, above) is { } found)
            {
                (heading, group, known) = (found, null, true);
            }
            else if (heading is not null && TryGroup(words, out var number))
            {
                group = number;
            }
            else if (heading is not null && CiscoText.LooksLikeInterface(words[0]))
            {
                if (group is null)
                    throw Error("no heading names the channel group of this port");
                counters.Add(heading.TryRow(words, group.Value, computerName) ?? throw Error("this is no row of LACP counters"));
            }
            else if (words[0].Trim('-').Length > 0)
            {
                heading = null;
            }
            above = lines[i];

            UnexpectedOutputException Error(string reason) => new(Expected, lines[i], i + 1, reason);
        }
        return known ? counters : throw CiscoText.NotFound(Expected, lines, "there is no heading 'Port Sent Recv …'");
    }

    // "Channel group: 1" (IOS), "port-channel1" (NX-OS).
    private static bool TryGroup(string[] words, out int group)
    {
        group = 0;
        if (words.Length == 3 && words[0] == "Channel" && words[1].StartsWith("group", StringComparison.Ordinal))
            return CiscoText.TryNumber(words[2].TrimEnd(':'), out group);
        if (words.Length != 1 || !CiscoInterfaceName.TryParse(words[0], out var name) || !name.IsPortChannel)
            return false;
        group = name.Number;
        return true;
    }

    /// <summary>What the columns of the table are.</summary>
    private sealed class Heading
    {
        private readonly bool[] _sentFirst;
        private readonly bool _responsesOnly;

        private Heading(bool[] sentFirst, bool responsesOnly) => (_sentFirst, _responsesOnly) = (sentFirst, responsesOnly);

        public static Heading? TryParse(string[] words, string above)
        {
            if (words.Length < 5 || words[0] != "Port")
                return null;
            var pairs = new List<bool>();
            for (var i = 1; i + 1 < words.Length && words[i] is "Sent" or "Recv"; i += 2)
                pairs.Add(words[i] == "Sent");
            return pairs.Count is 2 or 3 ? new Heading([.. pairs], pairs.Count == 2 && above.IndexOf(MarkerResponses, StringComparison.Ordinal) >= 0) : null;
        }

        public CiscoLacpCounter? TryRow(string[] words, int group, string? computerName)
        {
            var last = words.Length - 1 - (2 * _sentFirst.Length);
            if (last is < 0 or > 2)
                return null;
            var values = new long[words.Length - 1];
            for (var i = 0; i < values.Length; i++)
            {
                if (!long.TryParse(words[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out values[i]))
                    return null;
            }
            var (sent, received) = Pair(0);
            var markers = Pair(1);
            var responses = _sentFirst.Length == 3 ? Pair(2) : default((long, long)?);
            // NX-OS has one last column, for which its heading has two words: the packets with errors.
            long? unknown = last == 2 || (last == 1 && !_responsesOnly) ? values[2 * _sentFirst.Length] : null;
            long? errors = last == 2 || (last == 1 && _responsesOnly) ? values[values.Length - 1] : null;
            return new CiscoLacpCounter
            {
                ComputerName = computerName,
                Group = group,
                Interface = words[0],
                LacpdusSent = sent,
                LacpdusReceived = received,
                MarkersSent = _responsesOnly ? null : markers.Sent,
                MarkersReceived = _responsesOnly ? null : markers.Received,
                MarkerResponsesSent = _responsesOnly ? markers.Sent : responses?.Item1,
                MarkerResponsesReceived = _responsesOnly ? markers.Received : responses?.Item2,
                UnknownPackets = unknown,
                ErrorPackets = errors,
            };

            (long Sent, long Received) Pair(int index) => _sentFirst[index]
                ? (values[2 * index], values[(2 * index) + 1])
                : (values[(2 * index) + 1], values[2 * index]);
        }
    }
}
