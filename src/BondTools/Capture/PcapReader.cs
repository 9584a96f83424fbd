using System;

namespace BondTools.Capture;

/// <summary>Reads pcap, the file that tcpdump -w writes (draft-ietf-opsawg-pcap).</summary>
internal sealed class PcapReader : CaptureReader
{
    private const int FileHeader = 24, RecordHeader = 16;

    private readonly bool _isLittleEndian;
    private readonly uint _nanoseconds;

    public PcapReader(CaptureBuffer buffer, string name, bool isLittleEndian, bool isNano) : base(buffer)
    {
        (_isLittleEndian, _nanoseconds) = (isLittleEndian, isNano ? 1u : 1000u);
        if (!buffer.Require(FileHeader))
            throw NotACapture(name, $"its header has only {buffer.Available} bytes");
        // The upper half tells of checksums behind the frames.
        Interfaces.Add(new CaptureInterface(null, (CaptureLinkType)(Read32(buffer.Start + 20) & 0xFFFF)));
        buffer.Take(FileHeader);
    }

    protected override bool ReadFrame()
    {
        if (!Buffer.Require(RecordHeader))
            return End();
        var header = Buffer.Start;
        uint length = Read32(header + 8), original = Read32(header + 12);
        if (length > LongestFrame)
            return Fail($"comes one of {length} bytes: the file is damaged there.");
        var seconds = Read32(header);
        var fraction = Read32(header + 4);
        if (!Buffer.Require(RecordHeader + (int)length))
            return End();
        Time = (seconds * 1_000_000_000L) + ((long)fraction * _nanoseconds);
        Offset = Buffer.Start + RecordHeader;
        Length = (int)length;
        OriginalLength = (int)Math.Min(original, int.MaxValue);
        Buffer.Take(RecordHeader + (int)length);
        return true;
    }

    private uint Read32(int at) => _isLittleEndian ? Bytes.Little32(Data, at) : Bytes.Big32(Data, at);
}
