using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using BondTools.Lacp;
using BondTools.Module.Tests.Ssh;
using Xunit;

namespace BondTools.Module.Tests.Captures;

/// <summary>What tshark and tcpdump say of the LACPDUs and markers in a capture, and what they would say of a decoded frame.</summary>
internal static class LacpPeers
{
    private static readonly string[] StateBits = ["activity", "timeout", "aggregation", "synchronization", "collecting", "distributing", "defaulted", "expired"];
    private static readonly string[] StateNames = ["Activity", "Timeout", "Aggregation", "Synchronization", "Collecting", "Distributing", "Default", "Expired"];
    private static readonly DateTimeOffset Epoch = DateTimeOffset.FromUnixTimeSeconds(0);

    private static readonly string[] Fields =
    [
        "frame.number", "frame.time_epoch", "eth.src", "vlan.id", "slow.subtype", "lacp.version", "lacp.tlv_type", "lacp.tlv_length", .. PortFields("actor"), .. PortFields("partner"),
        "lacp.collector.max_delay", "lacp.coll_reserved", "marker.version", "marker.tlvType", "marker.tlvLen", "marker.requesterPort", "marker.requesterSystem", "marker.requesterTransId",
    ];

    /// <summary>Compares every field of every frame of version 1 with both programs; skips the test where one of them is not here.</summary>
    /// <returns>How many frames were compared.</returns>
    public static int RequireSame(string path, IReadOnlyList<LacpFrame> frames)
    {
        Assert.SkipUnless(Tool.Find("tshark") is not null, "tshark is not installed.");
        Assert.SkipUnless(Tool.Find("tcpdump") is not null, "tcpdump is not installed.");

        Assert.All(frames, frame => Assert.Null(frame.Malformed));
        Assert.Equal(Tshark(path), frames.Select(AsTshark));
        Assert.Equal(Tcpdump(path), string.Concat(frames.Select(AsTcpdump)));
        return frames.Count;
    }

    private static IEnumerable<string> PortFields(string end) =>
        [.. new[] { "sys_priority", "sysid", "key", "port_priority", "port", "state" }.Concat(StateBits.Select(bit => "state." + bit)).Append("reserved").Select(name => $"lacp.{end}.{name}")];

    // What it says on its error output, such as that it runs as root, comes behind and has no tab.
    private static string[] Tshark(string path) =>
        [.. Tool.RunOrFail("tshark", null, ["-r", path, "-Y", "lacp || marker", "-T", "fields", .. Fields.SelectMany(field => new[] { "-e", field })]).Split('\n').Where(line => line.Contains('\t', StringComparison.Ordinal))];

    private static string Tcpdump(string path)
    {
        var said = Tool.RunOrFail("tcpdump", null, "-r", path, "-tt", "-nn", "-e", "-vv", "ether proto 0x8809 or (vlan and ether proto 0x8809)");
        return string.Concat(said.Split('\n').Where(line => line.Length > 0 && !line.StartsWith("reading from file", StringComparison.Ordinal)).Select(line => line + "\n"));
    }

    private static string AsTshark(LacpFrame frame)
    {
        var isLacp = frame.Subtype == LacpSubtype.Lacp;
        var (types, lengths) = (List(frame, tlv => tlv.Type), List(frame, tlv => tlv.Length));
        string[] marker = frame.Marker is { } asked
            ? [Hex(frame.Version!.Value), types, lengths, Text(asked.RequesterPort), asked.RequesterSystemMacAddress.Address, Text(asked.TransactionId)]
            : ["", "", "", "", "", ""];
        string[] values =
        [
            Text(frame.FrameNumber), Seconds(frame, 9), frame.SourceMacAddress!.Address, string.Join(",", frame.VlanIds), Hex((int)frame.Subtype),
            isLacp ? Hex(frame.Version!.Value) : "", isLacp ? types : "", isLacp ? lengths : "",
            .. PortValues(frame.Actor, frame.Tlvs[0]), .. PortValues(frame.Partner, frame.Tlvs.ElementAtOrDefault(1)),
            frame.CollectorMaxDelay is { } delay ? Text(delay.Ticks / 100) : "", isLacp ? frame.Tlvs[2].Value[4..] : "", .. marker,
        ];
        return string.Join("\t", values);
    }

    private static IEnumerable<string> PortValues(LacpPort? port, LacpTlv? tlv) => port is null
        ? Enumerable.Repeat("", 7 + StateBits.Length)
        :
        [
            Text(port.SystemPriority), port.SystemMacAddress.Address, Text(port.Key), Text(port.PortPriority), Text(port.PortNumber), Hex((int)port.State),
            .. StateBits.Select((_, bit) => ((int)port.State >> bit & 1) == 1 ? "1" : "0"), tlv!.Value[30..],
        ];

    private static string AsTcpdump(LacpFrame frame)
    {
        const string slow = "ethertype Slow Protocols (0x8809), ";
        var (name, length) = (frame.Subtype == LacpSubtype.Lacp ? "LACP" : "MARKER", 110);
        var text = new StringBuilder($"{Seconds(frame, 6)} {frame.SourceMacAddress} > 01:80:c2:00:00:02, ");
        text.Append(CultureInfo.InvariantCulture, $"{(frame.VlanIds.Count == 0 ? slow : "ethertype 802.1Q (0x8100), ")}length {14 + (4 * frame.VlanIds.Count) + length}: ");
        foreach (var vlan in frame.VlanIds)
            text.Append(CultureInfo.InvariantCulture, $"vlan {vlan}, p 0, {slow}");
        text.Append(CultureInfo.InvariantCulture, $"{name}v{frame.Version}, length {length}\n");
        foreach (var tlv in frame.Tlvs)
        {
            text.Append(CultureInfo.InvariantCulture, $"\t{TlvName(frame, tlv)} (0x{tlv.Type:x2}), length {tlv.Length}\n");
            text.Append(TlvText(frame, tlv));
            AppendDump(text, tlv.Value);
        }
        return text.Append("\tTerminator TLV (0x00), length 0\n").ToString();
    }

    private static string TlvName(LacpFrame frame, LacpTlv tlv) => (frame.Subtype, tlv.Type) switch
    {
        (LacpSubtype.Lacp, 1) => "Actor Information TLV",
        (LacpSubtype.Lacp, 2) => "Partner Information TLV",
        (LacpSubtype.Lacp, 3) => "Collector Information TLV",
        (LacpSubtype.Marker, 1) => "Marker Information TLV",
        // It does not know the response.
        _ => "Unknown TLV",
    };

    private static string TlvText(LacpFrame frame, LacpTlv tlv) => (frame.Subtype, tlv.Type) switch
    {
        (LacpSubtype.Lacp, 1) => PortText(frame.Actor!),
        (LacpSubtype.Lacp, 2) => PortText(frame.Partner!),
        (LacpSubtype.Lacp, 3) => $"\t  Max Delay {Text(frame.CollectorMaxDelay!.Value.Ticks / 100)}\n",
        (LacpSubtype.Marker, 1) when frame.Marker is { } marker =>
            string.Create(CultureInfo.InvariantCulture, $"\t  Request System {marker.RequesterSystemMacAddress}, Request Port {marker.RequesterPort}, Request Transaction ID 0x{marker.TransactionId:x8}\n"),
        _ => "",
    };

    private static string PortText(LacpPort port)
    {
        var flags = string.Join(", ", StateNames.Where((_, bit) => ((int)port.State >> bit & 1) == 1));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"\t  System {port.SystemMacAddress}, System Priority {port.SystemPriority}, Key {port.Key}, Port {port.PortNumber}, Port Priority {port.PortPriority}\n\t  State Flags [{(flags.Length == 0 ? "none" : flags)}]\n");
    }

    private static void AppendDump(StringBuilder text, string hex)
    {
        const int digitsInWord = 4, digitsInLine = 32;
        for (var at = 0; at < hex.Length; at += digitsInLine)
        {
            var line = hex.Substring(at, Math.Min(digitsInLine, hex.Length - at));
            text.Append(CultureInfo.InvariantCulture, $"\t  0x{at / 2:x4}:  ").AppendJoin(' ', line.Chunk(digitsInWord).Select(word => new string(word))).Append('\n');
        }
    }

    private static string Seconds(LacpFrame frame, int digits)
    {
        var ticks = (frame.Time!.Value - Epoch).Ticks;
        var fraction = (ticks % TimeSpan.TicksPerSecond).ToString("0000000", CultureInfo.InvariantCulture).PadRight(9, '0');
        return Text(ticks / TimeSpan.TicksPerSecond) + "." + fraction[..digits];
    }

    // With the terminator, which is no record of its own.
    private static string List(LacpFrame frame, Func<LacpTlv, int> value) => string.Join(",", frame.Tlvs.Select(value).Append(0).Select(Hex));

    private static string Hex(int value) => string.Create(CultureInfo.InvariantCulture, $"0x{value:x2}");

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
