using BondTools.Hashing;
using BondTools.Lacp;

namespace BondTools.Lab.World;

/// <summary>A LACPDU as bytes, with its Ethernet header (IEEE 802.1AX-2020, 6.4.2.3).</summary>
internal static class LacpWire
{
    private const int Body = 14, Actor = Body + 2, Partner = Actor + 20, Collector = Partner + 20;
    private static readonly byte[] SlowProtocols = [0x01, 0x80, 0xC2, 0x00, 0x00, 0x02];

    public static byte[] Encode(LacpMessage message, MacAddress source)
    {
        var frame = new byte[LabWorld.LacpFrameBytes];
        SlowProtocols.CopyTo(frame, 0);
        source.GetAddressBytes().CopyTo(frame, 6);
        Put(frame, 12, Flow.SlowProtocols);
        // LACP, version 1.
        Put(frame, Body, 0x0101);
        PutPort(frame, Actor, 1, message.Actor);
        PutPort(frame, Partner, 2, message.Partner);
        Put(frame, Collector, (3 << 8) | 16);
        return frame;
    }

    private static void PutPort(byte[] frame, int at, int type, LacpPort port)
    {
        Put(frame, at, (type << 8) | 20);
        Put(frame, at + 2, port.SystemPriority);
        port.SystemMacAddress.GetAddressBytes().CopyTo(frame, at + 4);
        Put(frame, at + 10, port.Key);
        Put(frame, at + 12, port.PortPriority);
        Put(frame, at + 14, port.PortNumber);
        frame[at + 16] = (byte)port.State;
    }

    private static void Put(byte[] frame, int at, int value) => (frame[at], frame[at + 1]) = ((byte)(value >> 8), (byte)value);
}
