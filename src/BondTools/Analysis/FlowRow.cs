using System;
using System.Globalization;
using System.Net;
using BondTools.Hashing;

namespace BondTools.Analysis;

/// <summary>Reads a flow from a row of named texts, such as a line of a CSV file with a heading.</summary>
public static class FlowRow
{
    /// <summary>Reads a row.</summary>
    /// <param name="field">
    /// Gives the text of a field, or null or nothing where the row has none. The fields are those of <see cref="Flow"/> and
    /// <see cref="FlowTraffic"/>; without an EtherType the addresses tell it. A protocol is a number, or tcp, udp, icmp,
    /// icmpv6 or sctp.
    /// </param>
    /// <exception cref="FormatException">A text cannot be read, or the row has neither addresses nor an EtherType.</exception>
    public static FlowTraffic Parse(Func<string, string?> field)
    {
        var source = Address(field, nameof(Flow.SourceAddress));
        var destination = Address(field, nameof(Flow.DestinationAddress));
        if ((source is null) != (destination is null) || source?.AddressFamily != destination?.AddressFamily)
            throw new FormatException("A flow of IP packets needs a SourceAddress and a DestinationAddress of one family.");
        var type = (ushort?)Number(field, nameof(Flow.EtherType), ushort.MaxValue);
        if (source is null && type is null)
            throw new FormatException("A flow needs a SourceAddress and a DestinationAddress, or an EtherType.");
        var flow = source is null ? new Flow { EtherType = type!.Value } : Flow.Between(source, destination!);

        return new FlowTraffic
        {
            Flow = flow with
            {
                SourceMac = Mac(field, nameof(Flow.SourceMac)),
                DestinationMac = Mac(field, nameof(Flow.DestinationMac)),
                EtherType = type ?? flow.EtherType,
                VlanTag = (ushort)(Number(field, nameof(Flow.VlanTag), ushort.MaxValue) ?? 0),
                Protocol = Protocol(field),
                IsFragment = Flag(field, nameof(Flow.IsFragment)),
                SourcePort = (ushort)(Number(field, nameof(Flow.SourcePort), ushort.MaxValue) ?? 0),
                DestinationPort = (ushort)(Number(field, nameof(Flow.DestinationPort), ushort.MaxValue) ?? 0),
                IcmpType = (byte)(Number(field, nameof(Flow.IcmpType), byte.MaxValue) ?? 0),
                IcmpCode = (byte)(Number(field, nameof(Flow.IcmpCode), byte.MaxValue) ?? 0),
                IcmpIdentifier = (ushort)(Number(field, nameof(Flow.IcmpIdentifier), ushort.MaxValue) ?? 0),
            },
            Packets = Number(field, nameof(FlowTraffic.Packets), long.MaxValue),
            Bytes = Number(field, nameof(FlowTraffic.Bytes), long.MaxValue),
            Received = Flag(field, nameof(FlowTraffic.Received)),
        };
    }

    private static string? Text(Func<string, string?> field, string name) =>
        field(name)?.Trim() is { Length: > 0 } text ? text : null;

    private static IPAddress? Address(Func<string, string?> field, string name) =>
        Text(field, name) is not { } text ? null : IPAddress.TryParse(text, out var address) ? address : throw Unreadable(name, text);

    private static MacAddress? Mac(Func<string, string?> field, string name) =>
        Text(field, name) is not { } text ? null : MacAddress.TryParse(text, out var address) ? address : throw Unreadable(name, text);

    private static byte Protocol(Func<string, string?> field) =>
        Text(field, nameof(Flow.Protocol))?.ToUpperInvariant() switch
        {
            "ICMP" => 1,
            "TCP" => 6,
            "UDP" => 17,
            "ICMPV6" => 58,
            "SCTP" => 132,
            _ => (byte)(Number(field, nameof(Flow.Protocol), byte.MaxValue) ?? 0),
        };

    private static bool Flag(Func<string, string?> field, string name) => Text(field, name) switch
    {
        null or "0" => false,
        "1" => true,
        var text => bool.TryParse(text, out var flag) ? flag : throw Unreadable(name, text),
    };

    private static long? Number(Func<string, string?> field, string name, long most)
    {
        if (Text(field, name) is not { } text)
            return null;
        var isHex = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        return long.TryParse(
                isHex ? text.Substring(2) : text, isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= 0 && number <= most
            ? number
            : throw Unreadable(name, text);
    }

    private static FormatException Unreadable(string name, string text) => new($"'{text}' is no {name} of a flow.");
}
