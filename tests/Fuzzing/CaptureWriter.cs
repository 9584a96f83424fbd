using System;
using System.Collections.Generic;
using System.Linq;
using System.IO;
using System.IO.Compression;
using System.Text;

namespace BondTools.Fuzzing;

/// <summary>A frame that a capture is to hold.</summary>
/// <param name="Time">In nanoseconds since 1970 UTC.</param>
/// <param name="Data">Its bytes.</param>
/// <param name="Interface">Which interface of a pcapng file it is of, from 0.</param>
/// <param name="OriginalLength">How long it was on the wire; null is as long as the data.</param>
internal sealed record WrittenFrame(long Time, byte[] Data, int Interface = 0, int? OriginalLength = null);

/// <summary>Writes captures as tcpdump and Wireshark do, in either byte order.</summary>
internal sealed class CaptureWriter(bool isBigEndian = false)
{
    private const uint SnapLength = 262144;
    private const int Section = 0x0A0D0D0A, InterfaceDescription = 1, ObsoletePacket = 2, SimplePacket = 3, NameResolution = 4, Statistics = 5, EnhancedPacket = 6;

    private readonly List<byte> _bytes = [];

    public byte[] ToArray() => [.. _bytes];

    public static byte[] Compress(byte[] bytes)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(bytes, 0, bytes.Length);
        return packed.ToArray();
    }

    public static byte[] Pcap(IEnumerable<WrittenFrame> frames, bool isBigEndian = false, bool isNano = false, int linkType = 1)
    {
        var file = new CaptureWriter(isBigEndian);
        file.Add32(isNano ? 0xA1B23C4D : 0xA1B2C3D4).Add16(2).Add16(4).Add32(0).Add32(0).Add32(SnapLength).Add32((uint)linkType);
        foreach (var frame in frames)
        {
            var fraction = frame.Time % 1_000_000_000 / (isNano ? 1 : 1000);
            file.Add32((uint)(frame.Time / 1_000_000_000)).Add32((uint)fraction).Add32((uint)frame.Data.Length).Add32((uint)(frame.OriginalLength ?? frame.Data.Length)).Add(frame.Data);
        }
        return file.ToArray();
    }

    /// <summary>A pcapng file with one section and the given interfaces, which count microseconds.</summary>
    public static byte[] PcapNg(IReadOnlyList<WrittenFrame> frames, bool isBigEndian = false, params string[] interfaces)
    {
        var file = new CaptureWriter(isBigEndian).AddSection();
        foreach (var name in interfaces)
            file.AddInterface(name);
        foreach (var frame in frames)
            file.AddEnhanced(frame, 1000);
        return file.ToArray();
    }

    /// <summary>A pcapng file with every kind of block, two sections and interfaces of several clocks.</summary>
    public static byte[] EveryBlock(IReadOnlyList<WrittenFrame> frames, bool isBigEndian = false)
    {
        var file = new CaptureWriter(isBigEndian).AddSection().AddInterface("enp0s8").AddInterface("enp0s9", resolution: 9).AddInterface("any", resolution: 0x94, linkType: 113);
        foreach (var frame in frames)
        {
            file.AddEnhanced(frame with { Interface = 0 }, 1000).AddEnhanced(frame with { Interface = 1 }, 1);
            file.AddBlock(SimplePacket, b => b.Add32((uint)frame.Data.Length).AddPadded(frame.Data));
            file.AddBlock(ObsoletePacket, b => b.Add16(0).Add16(0).AddTime(frame.Time / 1000).Add32((uint)frame.Data.Length).Add32((uint)frame.Data.Length).AddPadded(frame.Data));
        }
        file.AddBlock(NameResolution, b => b.Add32(0));
        file.AddBlock(Statistics, b => b.Add32(0).AddTime(0));
        file.AddBlock(0x0BAD, b => b.AddPadded(new byte[5]));
        file.AddSection().AddInterface("enp0s10");
        foreach (var frame in frames)
            file.AddEnhanced(frame with { Interface = 0 }, 1000);
        return file.ToArray();
    }

    public CaptureWriter AddSection() => AddBlock(Section, b => b.Add32(0x1A2B3C4D).Add16(1).Add16(0).Add32(uint.MaxValue).Add32(uint.MaxValue));

    public CaptureWriter AddInterface(string name, int? resolution = null, int linkType = 1) => AddBlock(InterfaceDescription, b =>
    {
        b.Add16((ushort)linkType).Add16(0).Add32(0);
        var bytes = Encoding.UTF8.GetBytes(name);
        b.Add16(2).Add16((ushort)bytes.Length).AddPadded(bytes);
        if (resolution is { } value)
            b.Add16(9).Add16(1).AddPadded([(byte)value]);
        b.Add32(0);
    });

    public CaptureWriter AddEnhanced(WrittenFrame frame, int unit) => AddBlock(EnhancedPacket, b =>
    {
        b.Add32((uint)frame.Interface).AddTime(frame.Time / unit).Add32((uint)frame.Data.Length).Add32((uint)(frame.OriginalLength ?? frame.Data.Length)).AddPadded(frame.Data);
        // epb_flags: it came in.
        b.Add16(2).Add16(4).Add32(1).Add32(0);
    });

    private CaptureWriter AddBlock(int type, Action<CaptureWriter> body)
    {
        var block = new CaptureWriter(isBigEndian);
        body(block);
        var length = (uint)(block._bytes.Count + 12);
        return Add32((uint)type).Add32(length).Add(block.ToArray()).Add32(length);
    }

    private CaptureWriter AddTime(long ticks) => Add32((uint)(ticks >> 32)).Add32((uint)ticks);

    private CaptureWriter AddPadded(byte[] bytes) => Add(bytes).Add(new byte[-bytes.Length & 3]);

    private CaptureWriter Add(byte[] bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    private CaptureWriter Add16(ushort value) => AddNumber([(byte)(value >> 8), (byte)value]);

    private CaptureWriter Add32(uint value) => AddNumber([(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value]);

    private CaptureWriter AddNumber(byte[] bigEndian) => Add(isBigEndian ? bigEndian : [.. Enumerable.Reverse(bigEndian)]);
}
