using System;
using System.Collections.Generic;
using System.Text;

namespace BondTools.Capture;

/// <summary>Reads pcapng, the file that Wireshark writes (draft-ietf-opsawg-pcapng): every kind of packet block; other blocks are passed over.</summary>
internal sealed class PcapNgReader(CaptureBuffer buffer) : CaptureReader(buffer)
{
    /// <summary>The type of the block that begins a file, and a section; it reads the same in both byte orders.</summary>
    public const uint SectionHeader = 0x0A0D0D0A;

    private const uint InterfaceDescription = 1, ObsoletePacket = 2, SimplePacket = 3, EnhancedPacket = 6;
    private const uint ByteOrderMagic = 0x1A2B3C4D;
    private const int NameOption = 2, ResolutionOption = 9, OffsetOption = 14, PacketFlagsOption = 2;
    /// <summary>A block that is read as a whole: the longest frame, with room for comments.</summary>
    private const int LongestBlock = 4 * LongestFrame;

    private readonly List<Clock> _clocks = [];
    private bool _isLittleEndian;
    private int _firstOfSection;

    protected override bool ReadFrame()
    {
        while (true)
        {
            if (!Buffer.Require(12))
                return End();
            // The magic number in a section header tells its byte order.
            var isSection = Bytes.Little32(Data, Buffer.Start) == SectionHeader;
            if (isSection && !BeginSection())
                return Fail("comes a section in an unknown byte order.");
            uint type = Read32(Buffer.Start), length = Read32(Buffer.Start + 4);
            if (length < 12 || length % 4 != 0)
                return Fail($"comes a block of {length} bytes: the file is damaged there.");
            if (type is not (InterfaceDescription or ObsoletePacket or SimplePacket or EnhancedPacket))
            {
                if (!Buffer.Skip(length))
                    return Fail("the file ends in the middle of a block.");
                continue;
            }

            if (length > LongestBlock)
                return Fail($"comes a block of {length} bytes: the file is damaged there.");
            if (!Buffer.Require((int)length))
                return End();
            var start = Buffer.Start;
            Buffer.Take((int)length);
            if (type == InterfaceDescription)
            {
                if (!AddInterface(start + 8, start + (int)length - 4))
                    return Fail("comes an interface that is not understood.");
                continue;
            }

            return type switch
            {
                EnhancedPacket => ReadPacket(start, (int)length, Read32(start + 8)),
                ObsoletePacket => ReadPacket(start, (int)length, Read16(start + 8)),
                _ => ReadSimplePacket(start, (int)length),
            };
        }
    }

    private bool BeginSection()
    {
        var magic = Bytes.Little32(Data, Buffer.Start + 8);
        _isLittleEndian = magic == ByteOrderMagic;
        _firstOfSection = Interfaces.Count;
        return _isLittleEndian || Bytes.Big32(Data, Buffer.Start + 8) == ByteOrderMagic;
    }

    private bool AddInterface(int at, int end)
    {
        if (end - at < 8)
            return false;
        string? name = null;
        var clock = new Clock(Read32(at + 4), 6, 0);
        foreach (var (code, value, length) in Options(at + 8, end))
        {
            if (code == NameOption)
                name = Encoding.UTF8.GetString(Data, value, length).TrimEnd('\0');
            else if (code == ResolutionOption && length == 1)
                clock = clock with { Resolution = Data[value] };
            else if (code == OffsetOption && length == 8)
                clock = clock with { OffsetSeconds = _isLittleEndian ? (long)Bytes.Little64(Data, value) : ((long)Bytes.Big32(Data, value) << 32) | Bytes.Big32(Data, value + 4) };
        }
        Interfaces.Add(new CaptureInterface(name, (CaptureLinkType)Read16(at)));
        _clocks.Add(clock);
        return true;
    }

    // The obsolete block holds the interface in 16 bits, the enhanced one in 32; all the rest is at the same places.
    private bool ReadPacket(int start, int length, uint index)
    {
        if (index >= Interfaces.Count - _firstOfSection || length < 32)
            return Fail("comes a packet of an interface that the file has not described.");
        uint captured = Read32(start + 20), original = Read32(start + 24);
        if (captured > LongestFrame || captured > length - 32)
            return Fail($"comes one of {captured} bytes in a block of {length}: the file is damaged there.");
        InterfaceIndex = _firstOfSection + (int)index;
        Time = _clocks[InterfaceIndex].ToNanoseconds(((ulong)Read32(start + 12) << 32) | Read32(start + 16));
        (Offset, Length, OriginalLength) = (start + 28, (int)captured, (int)Math.Min(original, int.MaxValue));
        Direction = FrameDirection.Unknown;
        int options = start + 28 + (((int)captured + 3) & ~3), end = start + length - 4;
        if (options < end)
            Direction = ReadDirection(options, end);
        return true;
    }

    private FrameDirection ReadDirection(int at, int end)
    {
        foreach (var (code, value, length) in Options(at, end))
        {
            if (code == PacketFlagsOption && length == 4)
                return (Read32(value) & 3) switch { 1 => FrameDirection.Received, 2 => FrameDirection.Sent, _ => FrameDirection.Unknown };
        }
        return FrameDirection.Unknown;
    }

    private bool ReadSimplePacket(int start, int length)
    {
        if (Interfaces.Count == _firstOfSection || length < 16)
            return Fail("comes a packet of an interface that the file has not described.");
        InterfaceIndex = _firstOfSection;
        Direction = FrameDirection.Unknown;
        var original = Read32(start + 8);
        var limit = _clocks[InterfaceIndex].SnapLength;
        var captured = Math.Min(original, (uint)(length - 16));
        (Offset, Length) = (start + 12, (int)(limit > 0 ? Math.Min(captured, limit) : captured));
        (OriginalLength, Time) = ((int)Math.Min(original, int.MaxValue), 0);
        return true;
    }

    private IEnumerable<(int Code, int Value, int Length)> Options(int at, int end)
    {
        while (at + 4 <= end)
        {
            int code = Read16(at), length = Read16(at + 2);
            if (code == 0 || at + 4 + length > end)
                yield break;
            yield return (code, at + 4, length);
            at += 4 + ((length + 3) & ~3);
        }
    }

    private ushort Read16(int at) => _isLittleEndian ? Bytes.Little16(Data, at) : Bytes.Big16(Data, at);

    private uint Read32(int at) => _isLittleEndian ? Bytes.Little32(Data, at) : Bytes.Big32(Data, at);

    /// <summary>How an interface counts time.</summary>
    /// <param name="SnapLength">The most bytes that are kept of a frame; 0 is all.</param>
    /// <param name="Resolution">The negative power of ten, or with the highest bit set of two, that a tick is of a second (if_tsresol).</param>
    /// <param name="OffsetSeconds">What is added (if_tsoffset).</param>
    private sealed record Clock(uint SnapLength, byte Resolution, long OffsetSeconds)
    {
        public long ToNanoseconds(ulong ticks)
        {
            var power = Resolution & 0x7F;
            decimal time = ticks;
            if ((Resolution & 0x80) != 0)
                time = power < 64 ? time * 1_000_000_000 / (1UL << power) : 0;
            else if (power <= 9)
                return unchecked(((long)ticks * PowerOfTen(9 - power)) + (OffsetSeconds * 1_000_000_000));
            else
                time = power < 28 ? time / PowerOfTen(power - 9) : 0;
            return unchecked((time < long.MaxValue ? (long)time : 0) + (OffsetSeconds * 1_000_000_000));
        }

        private static long PowerOfTen(int power)
        {
            long value = 1;
            for (; power > 0; power--)
                value = unchecked(value * 10);
            return value;
        }
    }
}
