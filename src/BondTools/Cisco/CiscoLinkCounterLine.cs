using System;
using System.Globalization;

namespace BondTools.Cisco;

/// <summary>What a line of <c>show interfaces</c> says of the interface above it.</summary>
internal static class CiscoLinkCounterLine
{
    private const string MediaType = "media type is ";
    private const string Clearing = "Last clearing of \"show interface\" counters ";

    /// <summary>The record with what the line adds to it; null when the line has a counter that is no number.</summary>
    public static CiscoLinkCounter? Add(CiscoLinkCounter counter, string line)
    {
        if (After(line, "Description:") is { } description)
            return counter with { Description = description.Length > 0 ? description : null };
        if (After(line, "Hardware is ") is { } hardware)
            return Hardware(counter, hardware);
        if (After(line, "Internet address is ") is { } address)
            return counter with { InternetAddress = address };
        if (After(line, "Encapsulation ") is { } encapsulation)
            return counter with { Encapsulation = encapsulation.Split(',')[0].Trim() };
        if (After(line, Clearing) is { } clearing)
            return counter with { LastClearing = clearing };
        if (After(line, "Members in this channel:") is { } members)
            return counter with { Members = CiscoText.Words(members) };
        if (After(line, "Last input ") is not null)
            return Last(counter, line.Split(','));

        var words = CiscoText.Words(line);
        if (words.Length < 3)
            return counter;
        if (words[0] == "Member" && words[2] == ":" && words.Length > 3)
            return counter with { Members = [.. counter.Members, words[3]] };
        if (words[0] == "MTU" && words[2] == "bytes,")
            return Nominal(counter, words);
        if (words[0] == "Input" && words[1] == "queue:")
            return Queue(counter, words);
        if (words.Length >= 6 && words[3] == "rate" && words[5].StartsWith("bits/sec", StringComparison.Ordinal))
            return Rate(counter, words);
        return Counters(counter, line, words);
    }

    // "iGbE, address is aabb.cc00.0100 (bia aabb.cc00.0100)"
    private static CiscoLinkCounter Hardware(CiscoLinkCounter counter, string text)
    {
        var at = text.IndexOf(", address is ", StringComparison.Ordinal);
        if (at < 0)
            return counter with { Hardware = text };
        var words = CiscoText.Words(text.Substring(at));
        return counter with
        {
            Hardware = text.Substring(0, at),
            MacAddress = words.Length > 3 && MacAddress.TryParse(words[3], out var address) ? address : null,
            BurnedInAddress = words.Length > 5 && words[4] == "(bia" && MacAddress.TryParse(words[5].TrimEnd(')'), out var own) ? own : null,
        };
    }

    // "Last input 00:00:02, output never, output hang never"
    private static CiscoLinkCounter Last(CiscoLinkCounter counter, string[] parts) => counter with
    {
        LastInput = After(parts[0].Trim(), "Last input "),
        LastOutput = parts.Length > 1 ? After(parts[1].Trim(), "output ") : null,
    };

    // "MTU 1500 bytes, BW 1000000 Kbit/sec, DLY 10 usec,"
    private static CiscoLinkCounter Nominal(CiscoLinkCounter counter, string[] words) => counter with
    {
        Mtu = CiscoText.TryNumber(words[1], out var mtu) ? mtu : null,
        BandwidthKbps = words.Length > 4 && words[3] == "BW" ? Number(words[4]) : null,
        DelayMicroseconds = words.Length > 7 && words[6] == "DLY" ? Number(words[7]) : null,
    };

    // "Input queue: 0/75/0/0 (size/max/drops/flushes); Total output drops: 0"
    private static CiscoLinkCounter? Queue(CiscoLinkCounter counter, string[] words)
    {
        var sizes = words[2].Split('/');
        var dropped = sizes.Length == 4 ? Number(sizes[2]) : null;
        if (dropped is null)
            return null;
        if (words[words.Length - 2] != "drops:")
            return counter with { RxDropped = dropped };
        return Number(words[words.Length - 1]) is { } sent ? counter with { RxDropped = dropped, TxDropped = sent } : null;
    }

    // "5 minute input rate 1000 bits/sec, 2 packets/sec"
    private static CiscoLinkCounter? Rate(CiscoLinkCounter counter, string[] words)
    {
        if (Number(words[0]) is not (>= 0 and <= 3600) || Number(words[4]) is not { } rate)
            return null;
        var packets = words.Length >= 8 && words[7].StartsWith("packets/sec", StringComparison.Ordinal) ? Number(words[6]) : null;
        var interval = TimeSpan.FromSeconds((double)Number(words[0])! * (words[1].StartsWith("minute", StringComparison.Ordinal) ? 60 : 1));
        return words[2] == "input"
            ? counter with { RxBitsPerSecond = rate, RxPacketsPerSecond = packets, RateInterval = interval }
            : counter with { TxBitsPerSecond = rate, TxPacketsPerSecond = packets, RateInterval = interval };
    }

    private static CiscoLinkCounter? Counters(CiscoLinkCounter counter, string line, string[] words)
    {
        if (words[1] == "packets" && words[2] is "input," or "output,")
        {
            if (words.Length < 5 || !words[4].StartsWith("bytes", StringComparison.Ordinal) || Number(words[0]) is not { } packets || Number(words[3]) is not { } bytes)
                return null;
            return words[2] == "input,"
                ? counter with { RxPackets = packets, RxBytes = bytes }
                : counter with { TxPackets = packets, TxBytes = bytes };
        }
        if (words[1] == "output" && words[2] == "errors,")
            return Number(words[0]) is { } errors ? counter with { TxErrors = errors } : null;
        if (words[1] == "input" && words[2] == "errors,")
        {
            return Number(words[0]) is { } errors
                ? counter with { RxErrors = errors, RxCrcErrors = Named(words, "CRC"), RxFrameErrors = Named(words, "frame"), RxOverruns = Named(words, "overrun") }
                : null;
        }
        if (words[1] == "runts,")
            return counter with { RxRunts = Number(words[0]), RxGiants = Named(words, "giants") };
        return Media(counter, line);
    }

    // "Full-duplex, 1000Mb/s, link type is auto, media type is 10/100/1000BaseTX": the last such line of an interface holds.
    private static CiscoLinkCounter Media(CiscoLinkCounter counter, string line)
    {
        var parts = line.Split(',');
        var duplex = parts[0].Trim();
        if (parts.Length < 2 || !duplex.EndsWith("duplex", StringComparison.OrdinalIgnoreCase) || duplex.IndexOf(':') >= 0)
            return counter;
        var media = line.IndexOf(MediaType, StringComparison.Ordinal);
        var type = media >= 0 ? line.Substring(media + MediaType.Length).Trim()
            : parts.Length == 3 && parts[2].IndexOf(" is", StringComparison.Ordinal) < 0 ? parts[2].Trim() : "";
        return counter with { Duplex = duplex, Speed = parts[1].Trim(), MediaType = type.Length > 0 ? type : null };
    }

    // The number in front of a name: "0 input errors, 3 CRC, 0 frame".
    private static long? Named(string[] words, string name)
    {
        for (var i = 1; i < words.Length; i++)
        {
            if (words[i].TrimEnd(',') == name)
                return Number(words[i - 1]);
        }
        return null;
    }

    private static string? After(string line, string start) =>
        line.StartsWith(start, StringComparison.Ordinal) ? line.Substring(start.Length).Trim() : null;

    private static long? Number(string word) =>
        long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
}
