using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;

namespace BondTools.Tests.Hashing;

/// <summary>Makes frames of every kind that the transmit hash tells apart; the same ones for the same seed.</summary>
/// <remarks>Each ends with a mark and its number, by which it is found again. Sources and destinations are two sets of MAC addresses, so that a bridge never learns a destination.</remarks>
internal sealed class FrameGenerator(int seed)
{
    private const int Vlan = 0x8100, ServiceVlan = 0x88A8, IPv4 = 0x0800, IPv6 = 0x86DD;

    private readonly Random _random = new(seed);

    public static ReadOnlySpan<byte> Mark => "BTHF"u8;

    /// <summary>Frames, and what each is.</summary>
    public IReadOnlyList<(string Kind, byte[] Frame)> Make(int count)
    {
        (string, Func<byte[]>)[] kinds =
        [
            ("IPv4 TCP", () => Ethernet(IPv4, V4(6, Ports()))),
            ("IPv4 UDP", () => Ethernet(IPv4, V4(17, Ports()))),
            ("IPv4 with options", () => Ethernet(IPv4, V4(17, Ports(), options: _random.Next(1, 11)))),
            ("IPv4 SCTP, DCCP, UDP-Lite", () => Ethernet(IPv4, V4(Pick(132, 33, 136), Ports()))),
            ("IPv4 fragment", () => Ethernet(IPv4, V4(Pick(6, 17, 1), Ports(), fragment: Pick(0x2000, 0x2010, 0x00B9)))),
            ("IPv4 without fragments (DF)", () => Ethernet(IPv4, V4(6, Ports(), fragment: 0x4000))),
            ("ICMP echo", () => Ethernet(IPv4, V4(1, Icmp(Pick(8, 0), 0, Identifier())))),
            ("ICMP timestamp", () => Ethernet(IPv4, V4(1, Icmp(Pick(13, 14), 0, Identifier())))),
            ("ICMP error", () => Ethernet(IPv4, V4(1, [.. Icmp(Pick(3, 4, 5, 11, 12), _random.Next(4), 0), .. V4(Pick(6, 17, 1, 50), Ports(), fragment: Pick(0, 0, 0x2000))]))),
            ("ICMP of another type", () => Ethernet(IPv4, V4(1, Icmp(Pick(9, 10, 17, 128, 129), 0, Identifier())))),
            ("ESP", () => Ethernet(IPv4, V4(50, Bytes(8)))),
            ("AH", () => Ethernet(IPv4, V4(51, Bytes(12)))),
            ("IPv4 of another protocol", () => Ethernet(IPv4, V4(Pick(2, 89, 112, 103), Bytes(8)))),
            ("IPv6 TCP and UDP", () => Ethernet(IPv6, V6(Pick(6, 17), Ports()))),
            ("IPv6 ESP and AH", () => Ethernet(IPv6, V6(Pick(50, 51), Bytes(12)))),
            ("ICMPv6 echo", () => Ethernet(IPv6, V6(58, Icmp(Pick(128, 129), 0, Identifier())))),
            ("ICMPv6 error", () => Ethernet(IPv6, V6(58, [.. Icmp(Pick(1, 2, 3, 4), 0, 0), .. V6(Pick(6, 17, 58), Ports())]))),
            ("ICMPv6 of another type", () => Ethernet(IPv6, V6(58, Icmp(Pick(135, 136, 143, 8, 13), 0, Identifier())))),
            ("IPv6 fragment", () => Ethernet(IPv6, V6(44, [17, 0, .. Big16(Pick(1, 0x0008, 0)), .. Bytes(4), .. Ports()]))),
            ("IPv6 with extension headers", () => Ethernet(IPv6, V6(0, [60, 0, .. Bytes(6), 17, 1, .. Bytes(14), .. Ports()]))),
            ("ARP", () => Ethernet(0x0806, [0, 1, 8, 0, 6, 4, 0, 1, .. Bytes(20)])),
            ("RARP", () => Ethernet(0x8035, [0, 1, 8, 0, 6, 4, 0, 3, .. Bytes(20)])),
            ("LLDP's type and others", () => Ethernet(Pick(0x88CC, 0x88B5, 0x8863, 0x893A), Bytes(30))),
            ("IEEE 802.3", () => Ethernet(Pick(40, 60, 400), [0xAA, 0xAA, 0x03, .. Bytes(30)])),
            ("MPLS", () => Ethernet(Pick(0x8847, 0x8848), [.. Bytes(4), .. V4(17, Ports())])),
            ("PPPoE", () => Ethernet(0x8864, [0x11, 0, .. Bytes(4), .. Big16(Pick(0x21, 0x21, 0xC021)), .. V4(17, Ports())])),
            ("VLAN, IPv4", () => Tagged(Vlan, IPv4, V4(Pick(6, 17), Ports()))),
            ("VLAN, IPv6", () => Tagged(Vlan, IPv6, V6(Pick(6, 17), Ports()))),
            ("VLAN, ARP", () => Tagged(Vlan, 0x0806, [0, 1, 8, 0, 6, 4, 0, 1, .. Bytes(20)])),
            ("service VLAN, IPv4", () => Tagged(ServiceVlan, IPv4, V4(Pick(6, 17), Ports()))),
            ("two VLAN tags", () => Tagged(Pick(Vlan, ServiceVlan), Vlan, [.. Big16(_random.Next(1, 4095)), .. Big16(IPv4), .. V4(17, Ports())])),
            ("IPv4 in IPv4", () => Ethernet(IPv4, V4(4, V4(Pick(6, 17, 1), Ports())))),
            ("IPv6 in IPv4", () => Ethernet(IPv4, V4(41, V6(Pick(6, 17), Ports())))),
            ("IPv4 in IPv6", () => Ethernet(IPv6, V6(4, V4(Pick(6, 17), Ports())))),
            ("GRE", () => Ethernet(IPv4, V4(47, [.. Gre(IPv4), .. V4(Pick(6, 17), Ports())]))),
            ("GRE of another kind", () => Ethernet(IPv4, V4(47, [.. Big16(Pick(0x4000, 0x0002, 0x0000)), .. Big16(Pick(0x88BE, 0x0800)), .. V4(17, Ports())]))),
            ("Ethernet in GRE", () => Ethernet(IPv4, V4(47, [.. Gre(0x6558), .. Ethernet(IPv4, V4(17, Ports()))]))),
            ("VXLAN", () => Ethernet(IPv4, V4(17, [.. Big16(_random.Next(49152, 65536)), .. Big16(4789), .. Bytes(4), 8, .. Bytes(7), .. Ethernet(IPv4, V4(6, Ports()))]))),
        ];
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            var (kind, make) = kinds[i % kinds.Length];
            var frame = make();
            return (kind, (byte[])[.. frame, .. Bytes(Math.Max(0, 60 - frame.Length)), .. Mark, .. Big32(i)]);
        })];
    }

    private byte[] Ethernet(int type, byte[] payload) => [0x02, 0xBB, .. Bytes(4), 0x02, 0xAA, .. Bytes(4), .. Big16(type), .. payload];

    private byte[] Tagged(int tag, int type, byte[] payload) => Ethernet(tag, [.. Big16(_random.Next(1, 4095) | (_random.Next(8) << 13)), .. Big16(type), .. payload]);

    private byte[] V4(int protocol, byte[] payload, int options = 0, int fragment = 0)
    {
        var header = Bytes(20 + (options * 4));
        header[0] = (byte)(0x45 + options);
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(2), (ushort)(header.Length + payload.Length));
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(6), (ushort)fragment);
        header[8] = 64;
        header[9] = (byte)protocol;
        return [.. header, .. payload];
    }

    private byte[] V6(int next, byte[] payload) =>
        [(byte)(0x60 | _random.Next(16)), .. Bytes(3), .. Big16(payload.Length), (byte)next, 64, .. Bytes(32), .. payload];

    private byte[] Icmp(int type, int code, int identifier) => [(byte)type, (byte)code, .. Bytes(2), .. Big16(identifier), .. Bytes(2)];

    private byte[] Gre(int type)
    {
        var flags = Pick(0, 0x2000, 0x8000, 0x1000, 0xB000);
        var words = ((flags >> 15) & 1) + ((flags >> 13) & 1) + ((flags >> 12) & 1);
        return [.. Big16(flags), .. Big16(type), .. Bytes(4 * words)];
    }

    private byte[] Ports() => Bytes(20);

    // A missing identifier is one of the cases.
    private int Identifier() => _random.Next(4) == 0 ? 0 : _random.Next(65536);

    private byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        _random.NextBytes(bytes);
        return bytes;
    }

    private int Pick(params int[] values) => values[_random.Next(values.Length)];

    private static byte[] Big16(int value) => [(byte)(value >> 8), (byte)value];

    private static byte[] Big32(int value) => [.. Big16(value >> 16), .. Big16(value)];
}
