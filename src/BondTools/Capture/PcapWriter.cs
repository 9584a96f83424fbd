using System.IO;

namespace BondTools.Capture;

/// <summary>Writes a pcap file with microseconds, as tcpdump -w does (draft-ietf-opsawg-pcap), in little-endian order.</summary>
internal sealed class PcapWriter
{
    private const int FileHeader = 24, RecordHeader = 16;

    private readonly Stream _stream;
    private readonly byte[] _header = new byte[FileHeader];

    /// <summary>Begins the file.</summary>
    /// <param name="stream">Stays with its owner.</param>
    /// <param name="linkType">What its frames begin with.</param>
    public PcapWriter(Stream stream, CaptureLinkType linkType)
    {
        _stream = stream;
        Put(0, 0xA1B2C3D4);
        Put(4, 2 | (4u << 16));
        Put(16, CaptureReader.LongestFrame);
        Put(20, (uint)linkType);
        Write(_header, 0, FileHeader);
    }

    /// <summary>How many bytes were written.</summary>
    public long Length { get; private set; }

    /// <summary>How many bytes a frame takes.</summary>
    public static long LengthOf(CaptureReader frame) => RecordHeader + frame.Length;

    /// <summary>Writes the frame that a reader is at.</summary>
    public void Write(CaptureReader frame) => Write(frame.Time, frame.Data, frame.Offset, frame.Length, frame.OriginalLength);

    /// <summary>Writes a frame.</summary>
    /// <param name="time">When it passed, in nanoseconds since 1970 UTC.</param>
    /// <param name="data">Holds its bytes.</param>
    /// <param name="offset">Where they begin.</param>
    /// <param name="length">How many of them are kept.</param>
    /// <param name="originalLength">How many there were on the wire.</param>
    public void Write(long time, byte[] data, int offset, int length, int originalLength)
    {
        const long nanoseconds = 1_000_000_000;
        Put(0, (uint)(time / nanoseconds));
        Put(4, (uint)(time % nanoseconds / 1000));
        Put(8, (uint)length);
        Put(12, (uint)originalLength);
        Write(_header, 0, RecordHeader);
        Write(data, offset, length);
    }

    private void Put(int at, uint value)
    {
        for (var i = 0; i < sizeof(uint); i++)
            _header[at + i] = (byte)(value >> (8 * i));
    }

    private void Write(byte[] bytes, int at, int count)
    {
        _stream.Write(bytes, at, count);
        Length += count;
    }
}
