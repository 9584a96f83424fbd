using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace BondTools.Lacp;

/// <summary>Reads the body of a LACPDU or Marker PDU, from its subtype on.</summary>
internal sealed class LacpduDecoder
{
    private const int Actor = 1, Partner = 2, Collector = 3, PortAlgorithm = 4, ConversationDigest = 5, FirstMask = 6, LastMask = 9, ServiceDigest = 10;
    private const int MarkerInformation = 1, MarkerResponse = 2;

    // Ten microseconds, in the ticks of a TimeSpan.
    private const long DelayUnit = 100;

    private readonly byte[] _data;
    private readonly List<LacpTlv> _tlvs = [];
    private LacpConversations? _conversations;
    private LacpFrame _frame;

    private LacpduDecoder(LacpFrame frame, byte[] data) => (_frame, _data) = (frame, data);

    /// <summary>Reads it; it never throws.</summary>
    /// <param name="frame">What is known of the frame.</param>
    /// <param name="data">The bytes.</param>
    /// <param name="at">Where the subtype is.</param>
    /// <param name="end">Where the captured bytes of the frame end.</param>
    public static LacpFrame Decode(LacpFrame frame, byte[] data, int at, int end)
    {
        var decoder = new LacpduDecoder(frame, data);
        decoder.Malformed(at + 1 < end ? decoder.ReadTlvs(at + 1, end) : "It ends before its version.");
        return decoder._frame with { Tlvs = decoder._tlvs, Conversations = decoder._conversations };
    }

    private string? ReadTlvs(int at, int end)
    {
        _frame = _frame with { Version = _data[at++] };
        while (true)
        {
            if (at >= end)
                return "It ends without a terminator.";
            int type = _data[at];
            if (type == 0)
                return Missing();
            if (at + 1 >= end)
                return Say("It ends within TLV {0}.", type);
            int length = _data[at + 1], kept = Math.Min(length, end - at);
            if (length < 2)
                return Say("TLV {0} states a length of {1} bytes, which is less than its own head.", type, length);
            _tlvs.Add(new LacpTlv { Type = type, Length = length, Value = Hex(at + 2, kept - 2) });
            if (kept < length)
                return Say("TLV {0} states a length of {1} bytes and {2} are there.", type, length, kept);
            if (ExpectedLength(type) is not { } expected)
                Malformed(_frame.Subtype == LacpSubtype.Marker ? Say("A Marker PDU has no TLV {0}.", type) : null);
            else if (length != expected)
                Malformed(Say("TLV {0} states a length of {1} bytes instead of {2}.", type, length, expected));
            else
                ReadValue(type, at + 2);
            at += length;
        }
    }

    private string? Missing() => _frame switch
    {
        { Subtype: LacpSubtype.Marker, Marker: null } => "It holds no marker.",
        { Subtype: LacpSubtype.Lacp, Actor: null } => "It holds no actor.",
        { Subtype: LacpSubtype.Lacp, Partner: null } => "It holds no partner.",
        _ => null,
    };

    /// <summary>The length that the standard gives a TLV; null for one that this version of the protocol does not know.</summary>
    private int? ExpectedLength(int type) => (_frame.Subtype, type) switch
    {
        (LacpSubtype.Marker, MarkerInformation or MarkerResponse) => 16,
        (LacpSubtype.Marker, _) => null,
        (_, Actor or Partner) => 20,
        (_, Collector) => 16,
        // Version 1 says nothing of them, and vendors have used their numbers.
        _ when _frame.Version < 2 => null,
        (_, PortAlgorithm) => 6,
        (_, ConversationDigest) => 20,
        (_, FirstMask) => 131,
        (_, > FirstMask and <= LastMask) => 130,
        (_, ServiceDigest) => 18,
        _ => null,
    };

    private void ReadValue(int type, int at)
    {
        switch (type)
        {
            case MarkerInformation or MarkerResponse when _frame.Subtype == LacpSubtype.Marker:
                _frame = _frame with { Marker = ReadMarker(at, type == MarkerResponse) };
                break;
            case Actor:
                _frame = _frame with { Actor = ReadPort(at) };
                break;
            case Partner:
                _frame = _frame with { Partner = ReadPort(at) };
                break;
            case Collector:
                _frame = _frame with { CollectorMaxDelay = TimeSpan.FromTicks(Bytes.Big16(_data, at) * DelayUnit) };
                break;
            default:
                _conversations = ReadConversations(_conversations ?? new LacpConversations(), type, at);
                break;
        }
    }

    private LacpPort ReadPort(int at) => new()
    {
        SystemPriority = Bytes.Big16(_data, at),
        SystemMacAddress = MacAddress.At(_data, at + 2),
        Key = Bytes.Big16(_data, at + 8),
        PortPriority = Bytes.Big16(_data, at + 10),
        PortNumber = Bytes.Big16(_data, at + 12),
        State = (LacpPortState)_data[at + 14],
    };

    private LacpMarker ReadMarker(int at, bool isResponse) => new()
    {
        IsResponse = isResponse,
        RequesterPort = Bytes.Big16(_data, at),
        RequesterSystemMacAddress = MacAddress.At(_data, at + 2),
        TransactionId = Bytes.Big32(_data, at + 8),
    };

    private LacpConversations ReadConversations(LacpConversations said, int type, int at) => type switch
    {
        PortAlgorithm => said with { PortAlgorithm = Bytes.Big32(_data, at) },
        ConversationDigest => said with { LinkNumber = Bytes.Big16(_data, at), LinkListDigest = Hex(at + 2, 16) },
        FirstMask => said with { MaskState = _data[at], Mask = Hex(at + 1, 128) },
        ServiceDigest => said with { ServiceMappingDigest = Hex(at, 16) },
        _ => said with { Mask = said.Mask + Hex(at, 128) },
    };

    /// <summary>Notes what is wrong, once: what comes behind it follows from it.</summary>
    private void Malformed(string? reason) => _frame = _frame with { Malformed = _frame.Malformed ?? reason };

    private string Hex(int at, int count)
    {
        const string digits = "0123456789abcdef";
        var text = new StringBuilder(2 * count);
        for (var i = at; i < at + count; i++)
            text.Append(digits[_data[i] >> 4]).Append(digits[_data[i] & 15]);
        return text.ToString();
    }

    private static string Say(string format, params object[] values) => string.Format(CultureInfo.InvariantCulture, format, values);
}
