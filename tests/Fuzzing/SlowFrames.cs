using System.Collections.Generic;
using System.Linq;
using BondTools.Lacp;

namespace BondTools.Fuzzing;

/// <summary>Makes LACPDUs and Marker PDUs as they are on the wire.</summary>
internal static class SlowFrames
{
    public static readonly byte[] Destination = [0x01, 0x80, 0xC2, 0, 0, 2];
    public static readonly byte[] Source = [0x08, 0, 0x27, 0, 0, 8];

    public static LacpPort Port(string system, int number, LacpPortState state, int key = 15) =>
        new() { SystemPriority = 65535, SystemMacAddress = MacAddress.Parse(system), Key = key, PortPriority = 255, PortNumber = number, State = state };

    /// <summary>A LACPDU with its Ethernet header; further TLVs stand before the terminator.</summary>
    public static byte[] Lacpdu(LacpPort actor, LacpPort partner, int version = 1, int maxDelay = 0, params byte[][] tlvs) =>
        Ethernet([1, (byte)version, .. Tlv(1, Body(actor)), .. Tlv(2, Body(partner)), .. Tlv(3, [.. Number(maxDelay), .. new byte[12]]), .. tlvs.SelectMany(t => t), 0, 0, .. new byte[50]]);

    public static byte[] Marker(int type, int port, string system, uint transaction) => Ethernet(
        [2, 1, .. Tlv(type, [.. Number(port), .. MacAddress.Parse(system).GetAddressBytes(), .. Number((int)(transaction >> 16)), .. Number((int)(transaction & 0xFFFF)), 0, 0]), 0, 0, .. new byte[90]]);

    public static byte[] Ethernet(byte[] payload, params int[] tags) =>
        [.. Destination, .. Source, .. tags.SelectMany((tag, i) => (byte[])[.. Number(i + 1 < tags.Length ? 0x88A8 : 0x8100), .. Number(tag)]), 0x88, 0x09, .. payload];

    public static byte[] Tlv(int type, byte[] value) => [(byte)type, (byte)(value.Length + 2), .. value];

    /// <summary>All that a frame holds behind its EtherType.</summary>
    public static byte[] PayloadOf(byte[] frame) => [.. frame.Skip(14)];

    /// <summary>One frame of every kind, a second apart.</summary>
    public static IReadOnlyList<WrittenFrame> EveryKind()
    {
        var host = Port("08:00:27:00:00:08", 1, (LacpPortState)63);
        var device = Port("02:5c:00:00:00:01", 2, (LacpPortState)61);
        byte[][] second =
        [
            Tlv(4, [0, 0x80, 0xC2, 1]), Tlv(5, [0, 7, .. Enumerable.Repeat((byte)0x5A, 16)]), Tlv(6, [1, .. Enumerable.Repeat((byte)0xF0, 128)]), Tlv(7, new byte[128]),
            Tlv(8, new byte[128]), Tlv(9, new byte[128]), Tlv(10, [.. Enumerable.Repeat((byte)0xA5, 16)]), Tlv(200, [1, 2, 3]),
        ];
        byte[][] frames =
        [
            Lacpdu(host, device), Lacpdu(device, host, maxDelay: 50_000), Lacpdu(host, device, 2, 0, second), Marker(1, 1, "08:00:27:00:00:08", 0xDEADBEEF),
            Marker(2, 1, "08:00:27:00:00:08", 0xDEADBEEF), Ethernet(PayloadOf(Lacpdu(host, device)), 100, 200), [.. Destination, .. Source, 0x08, 0x00, .. new byte[46]],
        ];
        return [.. frames.Select((data, i) => new WrittenFrame(1_795_390_123_950_024_000 + (i * 1_000_000_000L), data))];
    }

    private static byte[] Body(LacpPort port) =>
        [.. Number(port.SystemPriority), .. port.SystemMacAddress.GetAddressBytes(), .. Number(port.Key), .. Number(port.PortPriority), .. Number(port.PortNumber), (byte)port.State, 0, 0, 0];

    private static byte[] Number(int value) => [(byte)(value >> 8), (byte)value];
}
