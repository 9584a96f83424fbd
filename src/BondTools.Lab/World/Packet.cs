using System;
using BondTools.Hashing;

namespace BondTools.Lab.World;

/// <summary>An IPv4 packet between a container and a PC: a ping, its answer, or a datagram.</summary>
/// <param name="Flow">Its headers.</param>
/// <param name="Bytes">The size of its frame.</param>
/// <param name="Sequence">The number of a ping.</param>
internal sealed record Packet(Flow Flow, int Bytes, ushort Sequence = 0)
{
    private const int Ip = 14, Payload = Ip + 20, ShortestFrame = Payload + 8;

    /// <summary>The frame as a capture shows it.</summary>
    public byte[] Encode()
    {
        var frame = new byte[Math.Max(Bytes, ShortestFrame)];
        Flow.DestinationMac!.GetAddressBytes().CopyTo(frame, 0);
        Flow.SourceMac!.GetAddressBytes().CopyTo(frame, 6);
        Put(frame, 12, Flow.EtherType);
        frame[Ip] = 0x45;
        Put(frame, Ip + 2, frame.Length - Ip);
        // Do not fragment; 64 hops.
        (frame[Ip + 6], frame[Ip + 8], frame[Ip + 9]) = (0x40, 64, Flow.Protocol);
        Flow.SourceAddress!.GetAddressBytes().CopyTo(frame, Ip + 12);
        Flow.DestinationAddress!.GetAddressBytes().CopyTo(frame, Ip + 16);
        Put(frame, Ip + 10, Checksum(frame, Ip, Payload));
        if (Flow.Protocol == 1)
        {
            frame[Payload] = Flow.IcmpType;
            Put(frame, Payload + 4, Flow.IcmpIdentifier);
            Put(frame, Payload + 6, Sequence);
            Put(frame, Payload + 2, Checksum(frame, Payload, frame.Length));
            return frame;
        }
        Put(frame, Payload, Flow.SourcePort);
        Put(frame, Payload + 2, Flow.DestinationPort);
        // A datagram over IPv4 may go without a checksum.
        Put(frame, Payload + 4, frame.Length - Payload);
        return frame;
    }

    // The Internet checksum (RFC 1071).
    private static int Checksum(byte[] frame, int at, int end)
    {
        var sum = 0;
        for (; at < end; at += 2)
            sum += (frame[at] << 8) | (at + 1 < end ? frame[at + 1] : 0);
        while (sum > 0xFFFF)
            sum = (sum & 0xFFFF) + (sum >> 16);
        return ~sum & 0xFFFF;
    }

    private static void Put(byte[] frame, int at, int value) => (frame[at], frame[at + 1]) = ((byte)(value >> 8), (byte)value);
}
