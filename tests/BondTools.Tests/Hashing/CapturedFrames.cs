using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Net;
using BondTools.Hashing;

namespace BondTools.Tests.Hashing;

/// <summary>Reads the frames of a little-endian, Ethernet pcap file as flows: just enough for the recordings.</summary>
internal static class CapturedFrames
{
    public static IEnumerable<Flow> Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes) != 0xA1B2C3D4 || bytes[20] != 1)
            throw new InvalidDataException($"{path} is no little-endian Ethernet pcap.");
        for (var offset = 24; offset < bytes.Length;)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(offset + 8));
            yield return ToFlow(bytes.AsSpan(offset + 16, length));
            offset += 16 + length;
        }
    }

    private static Flow ToFlow(ReadOnlySpan<byte> frame)
    {
        var flow = new Flow
        {
            DestinationMac = new MacAddress(frame[..6].ToArray()),
            SourceMac = new MacAddress(frame[6..12].ToArray()),
            EtherType = BinaryPrimitives.ReadUInt16BigEndian(frame[12..]),
        };
        var packet = frame[14..];
        return flow.EtherType switch
        {
            Flow.IPv4 => WithPayload(
                flow with
                {
                    SourceAddress = new IPAddress(packet[12..16]),
                    DestinationAddress = new IPAddress(packet[16..20]),
                    Protocol = packet[9],
                    IsFragment = (BinaryPrimitives.ReadUInt16BigEndian(packet[6..]) & 0x3FFF) != 0,
                },
                packet[((packet[0] & 0xF) * 4)..]),
            Flow.IPv6 => WithPayload(
                flow with
                {
                    SourceAddress = new IPAddress(packet[8..24]),
                    DestinationAddress = new IPAddress(packet[24..40]),
                    Protocol = packet[6],
                },
                packet[40..]),
            _ => flow,
        };
    }

    private static Flow WithPayload(Flow flow, ReadOnlySpan<byte> payload) => flow.Protocol switch
    {
        6 or 17 => flow with
        {
            SourcePort = BinaryPrimitives.ReadUInt16BigEndian(payload),
            DestinationPort = BinaryPrimitives.ReadUInt16BigEndian(payload[2..]),
        },
        1 or 58 => flow with
        {
            IcmpType = payload[0],
            IcmpCode = payload[1],
            IcmpIdentifier = BinaryPrimitives.ReadUInt16BigEndian(payload[4..]),
        },
        _ => flow,
    };
}
