using System.Collections.Generic;
using System.Globalization;
using BondTools.Capture;
using BondTools.Hashing;

namespace BondTools.Lacp;

/// <summary>Finds the LACPDUs and Marker PDUs in a capture.</summary>
internal static class LacpFrameReader
{
    private const int EthernetHeader = 14, CookedHeader = 16, Cooked2Header = 20, Outgoing = 4;

    /// <summary>Reads those that are left in a capture, one by one; an end before its time is in the reader's defect.</summary>
    /// <param name="reader">The capture.</param>
    /// <param name="origin">Where it comes from: copied into every frame.</param>
    public static IEnumerable<LacpFrame> Read(CaptureReader reader, LacpOrigin origin)
    {
        while (reader.Read())
        {
            if (TryDecode(reader, origin) is { } frame)
                yield return frame;
        }
    }

    /// <summary>Decodes the frame that the reader is at; null when it is neither LACPDU nor Marker PDU.</summary>
    public static LacpFrame? TryDecode(CaptureReader reader, LacpOrigin origin)
    {
        var (data, start, end) = (reader.Data, reader.Offset, reader.Offset + reader.Length);
        var (header, typeAt) = reader.LinkType switch
        {
            CaptureLinkType.Ethernet => (EthernetHeader, 12),
            CaptureLinkType.LinuxCooked => (CookedHeader, 14),
            CaptureLinkType.LinuxCooked2 => (Cooked2Header, 0),
            _ => (0, 0),
        };
        if (header == 0 || reader.Length <= header)
            return null;

        // Ethernet's first tag begins where the type would be; libpcap puts the tags of a cooked frame behind the header likewise.
        int type = Bytes.Big16(data, start + typeAt), at = start + header;
        List<int>? vlans = null;
        while (type is 0x8100 or 0x88A8 or 0x9100 && at + 4 <= end)
        {
            (vlans ??= []).Add(Bytes.Big16(data, at) & 0xFFF);
            type = Bytes.Big16(data, at + 2);
            at += 4;
        }
        if (type != Flow.SlowProtocols || at >= end)
            return null;
        var subtype = (LacpSubtype)data[at];
        if (subtype is not (LacpSubtype.Lacp or LacpSubtype.Marker))
            return null;

        var frame = LacpduDecoder.Decode(Describe(reader, origin, subtype) with { VlanIds = vlans ?? [] }, data, at, end);
        return frame.Malformed is { } reason && reader.Length < reader.OriginalLength
            ? frame with { Malformed = string.Format(CultureInfo.InvariantCulture, "{0} The capture kept {1} of {2} bytes.", reason, reader.Length, reader.OriginalLength) }
            : frame;
    }

    private static LacpFrame Describe(CaptureReader reader, LacpOrigin origin, LacpSubtype subtype)
    {
        var (data, at) = (reader.Data, reader.Offset);
        return new LacpFrame
        {
            ComputerName = origin.ComputerName,
            Path = origin.Path,
            Interface = reader.Interfaces[reader.InterfaceIndex].Name ?? origin.Interface,
            InterfaceIndex = reader.LinkType == CaptureLinkType.LinuxCooked2 ? (int)Bytes.Big32(data, at + 4) : null,
            FrameNumber = reader.FrameNumber,
            Time = reader.Time == 0 ? null : CaptureReader.ToDateTime(reader.Time),
            Direction = reader.LinkType switch
            {
                CaptureLinkType.LinuxCooked => Cooked(Bytes.Big16(data, at)),
                CaptureLinkType.LinuxCooked2 => Cooked(data[at + 10]),
                _ => reader.Direction,
            },
            SourceMacAddress = reader.LinkType switch
            {
                CaptureLinkType.LinuxCooked => Bytes.Big16(data, at + 4) == 6 ? MacAddress.At(data, at + 6) : null,
                CaptureLinkType.LinuxCooked2 => data[at + 11] == 6 ? MacAddress.At(data, at + 12) : null,
                _ => MacAddress.At(data, at + 6),
            },
            Subtype = subtype,
        };
    }

    private static FrameDirection Cooked(int packetType) => packetType == Outgoing ? FrameDirection.Sent : FrameDirection.Received;
}
