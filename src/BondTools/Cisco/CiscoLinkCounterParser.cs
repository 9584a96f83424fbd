using System;
using System.Collections.Generic;
using System.Globalization;

namespace BondTools.Cisco;

/// <summary>Reads <c>show interfaces</c> (IOS, IOS-XE).</summary>
/// <remarks>
/// An interface begins with a line <c>NAME is STATE, line protocol is …</c>; of the lines below it only those with
/// counters are read, by their words, so that what one platform prints more than another does no harm.
/// </remarks>
public static class CiscoLinkCounterParser
{
    private const string Expected = "show interfaces";
    private const string Protocol = ", line protocol is ";

    /// <summary>Reads all interfaces of a text.</summary>
    /// <param name="text">The output; prompts and prose may stand around it.</param>
    /// <param name="computerName">The switch it came from, if it is known.</param>
    /// <exception cref="UnexpectedOutputException">There is no interface, or a counter of one is not understood.</exception>
    public static IReadOnlyList<CiscoLinkCounter> Parse(string text, string? computerName = null)
    {
        var lines = CiscoText.Lines(text);
        var counters = new List<CiscoLinkCounter>();
        CiscoLinkCounter? current = null;

        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Trim();
            if (TryHeading(line) is { } heading)
            {
                Close(i);
                current = heading with { ComputerName = computerName };
            }
            else if (current is not null && !line.StartsWith("Description:", StringComparison.OrdinalIgnoreCase))
            {
                current = Add(current, line) ?? throw new UnexpectedOutputException(Expected, lines[i], i + 1, "a counter is no number");
            }
        }

        Close(lines.Length);
        return counters.Count > 0 ? counters : throw CiscoText.NotFound(Expected, lines, "there is no line '… is up, line protocol is …'");

        void Close(int next)
        {
            if (current is null)
                return;
            if (current.RxBytes is null != current.TxBytes is null)
                throw new UnexpectedOutputException(Expected, next < lines.Length ? lines[next] : "", next < lines.Length ? next + 1 : 0, $"the counters of {current.Interface} are not complete");
            counters.Add(current);
        }
    }

    private static CiscoLinkCounter? TryHeading(string line)
    {
        var protocol = line.IndexOf(Protocol, StringComparison.Ordinal);
        var state = line.IndexOf(" is ", StringComparison.Ordinal);
        if (protocol < 0 || state < 1 || state + 4 > protocol || !CiscoText.LooksLikeInterface(line.Substring(0, state)))
            return null;
        return new CiscoLinkCounter
        {
            Interface = line.Substring(0, state),
            State = line.Substring(state + 4, protocol - state - 4),
            LineProtocolUp = line.Substring(protocol + Protocol.Length).StartsWith("up", StringComparison.Ordinal),
        };
    }

    // The record with what a line adds to it; null when the line has a counter that is no number.
    private static CiscoLinkCounter? Add(CiscoLinkCounter counter, string line)
    {
        var words = CiscoText.Words(line);
        if (words.Length < 3)
            return counter;
        if (words[1] == "packets" && words[2] is "input," or "output,")
        {
            if (words.Length < 5 || !words[4].StartsWith("bytes", StringComparison.Ordinal) || Number(words[0]) is not { } packets || Number(words[3]) is not { } bytes)
                return null;
            return words[2] == "input,"
                ? counter with { RxPackets = packets, RxBytes = bytes }
                : counter with { TxPackets = packets, TxBytes = bytes };
        }
        if (words[1] is "input" or "output" && words[2] == "errors,")
        {
            if (Number(words[0]) is not { } errors)
                return null;
            return words[1] == "input" ? counter with { RxErrors = errors } : counter with { TxErrors = errors };
        }
        if (words.Length >= 6 && words[3] == "rate" && words[5].StartsWith("bits/sec", StringComparison.Ordinal))
        {
            if (Number(words[0]) is not (>= 0 and <= 3600) || Number(words[4]) is not { } rate)
                return null;
            var interval = TimeSpan.FromSeconds((double)Number(words[0])! * (words[1] == "minute" ? 60 : 1));
            return words[2] == "input"
                ? counter with { RxBitsPerSecond = rate, RateInterval = interval }
                : counter with { TxBitsPerSecond = rate, RateInterval = interval };
        }
        if (words[0] == "MTU" && words[2] == "bytes,")
        {
            return words.Length >= 5 && words[3] == "BW"
                ? counter with { Mtu = (int?)Number(words[1]), BandwidthKbps = Number(words[4]) }
                : counter with { Mtu = (int?)Number(words[1]) };
        }
        if (counter.MacAddress is null && Array.IndexOf(words, "address") is var at and >= 0 && at + 2 < words.Length && words[at + 1] == "is" && MacAddress.TryParse(words[at + 2], out var address))
            return counter with { MacAddress = address };
        return words.Length > 3 && words[words.Length - 2] == "drops:" && words[words.Length - 3] == "output"
            ? counter with { TxDropped = Number(words[words.Length - 1]) }
            : counter;
    }

    private static long? Number(string word) =>
        long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
}
