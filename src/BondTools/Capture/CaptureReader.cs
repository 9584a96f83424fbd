using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.IO.Compression;

namespace BondTools.Capture;

/// <summary>
/// Reads a capture frame by frame: pcap (both byte orders, µs and ns) and pcapng, plain or gzip, from a file or as it comes.
/// </summary>
/// <remarks>
/// A frame is looked at where it lies in the reader's buffer, and only until the next is read. A file that is cut off or damaged
/// gives the frames before that place; <see cref="Defect"/> says then what is wrong with it.
/// Formats: draft-ietf-opsawg-pcap, draft-ietf-opsawg-pcapng.
/// </remarks>
internal abstract class CaptureReader(CaptureBuffer buffer) : IDisposable
{
    /// <summary>The longest frame that capture programs write (libpcap's MAXIMUM_SNAPLEN); a longer one is a damaged file.</summary>
    internal const int LongestFrame = 262144;

    private const uint Micro = 0xA1B2C3D4, Nano = 0xA1B23C4D;

    protected CaptureBuffer Buffer { get; } = buffer;

    /// <summary>The array that holds the frame.</summary>
    public byte[] Data => Buffer.Data;

    /// <summary>Where in <see cref="Data"/> the frame begins.</summary>
    public int Offset { get; protected set; }

    /// <summary>How many bytes of the frame were captured.</summary>
    public int Length { get; protected set; }

    /// <summary>How long it was on the wire, in bytes.</summary>
    public int OriginalLength { get; protected set; }

    /// <summary>When it was captured, in nanoseconds since 1970 UTC; 0 where the file does not say.</summary>
    public long Time { get; protected set; }

    /// <summary>Which of <see cref="Interfaces"/> it was captured on.</summary>
    public int InterfaceIndex { get; protected set; }

    /// <summary>Which way it went, where the file says so.</summary>
    public FrameDirection Direction { get; protected set; }

    /// <summary>Its number in the file, from 1.</summary>
    public long FrameNumber { get; private set; }

    /// <summary>What begins the frame.</summary>
    public CaptureLinkType LinkType => Interfaces[InterfaceIndex].LinkType;

    /// <summary>The interfaces that the file has named so far; a pcap file has one, without a name.</summary>
    public List<CaptureInterface> Interfaces { get; } = [];

    /// <summary>Why the file could be read no further; null while and if all is well.</summary>
    public string? Defect { get; private set; }

    /// <summary>Begins to read a capture.</summary>
    /// <param name="stream">The capture; the reader closes it.</param>
    /// <param name="name">What to call it in an error.</param>
    /// <exception cref="BondToolsException">It is no capture.</exception>
    public static CaptureReader Open(Stream stream, string name)
    {
        var buffer = new CaptureBuffer(stream);
        if (buffer.Require(2) && Bytes.Big16(buffer.Data, 0) == 0x1F8B)
            buffer = new CaptureBuffer(new GZipStream(new Prefixed(buffer, stream), CompressionMode.Decompress));
        if (!buffer.Require(4))
            throw NotACapture(name, buffer.Defect ?? $"it has only {buffer.Available} bytes");

        uint little = Bytes.Little32(buffer.Data, 0), big = Bytes.Big32(buffer.Data, 0);
        return little switch
        {
            PcapNgReader.SectionHeader => new PcapNgReader(buffer),
            Micro or Nano => new PcapReader(buffer, name, isLittleEndian: true, isNano: little == Nano),
            _ when big is Micro or Nano => new PcapReader(buffer, name, isLittleEndian: false, isNano: big == Nano),
            _ => throw NotACapture(name, string.Format(CultureInfo.InvariantCulture, "it begins with 0x{0:x8}", big)),
        };
    }

    /// <summary>A frame's <see cref="Time"/>, to 100 ns, in the local time zone.</summary>
    public static DateTimeOffset ToDateTime(long nanoseconds) => DateTimeOffset.FromUnixTimeSeconds(0).AddTicks(nanoseconds / 100).ToLocalTime();

    /// <summary>Goes to the next frame; false at the end, and at the first damage.</summary>
    public bool Read()
    {
        if (Defect is not null || !ReadFrame())
            return false;
        FrameNumber++;
        return true;
    }

    public void Dispose() => Buffer.Dispose();

    /// <summary>Finds the next frame; false at the end, and after <see cref="Fail"/>.</summary>
    protected abstract bool ReadFrame();

    /// <summary>Says why the file can be read no further.</summary>
    /// <returns>False.</returns>
    protected bool Fail(string reason)
    {
        Defect = $"After frame {FrameNumber} {Buffer.Defect ?? reason}";
        return false;
    }

    /// <summary>The end of the file, which is well where nothing was begun.</summary>
    /// <returns>False.</returns>
    protected bool End() => (Buffer.Available > 0 || Buffer.Defect is not null) && Fail("the file ends in the middle of a record.");

    protected static BondToolsException NotACapture(string name, string reason) =>
        new(BondToolsErrorKind.UnexpectedOutput, $"{name} is no capture: {reason}.")
        {
            RecommendedAction = "Give a pcap or pcapng file, as tcpdump and Wireshark write them; it may be compressed with gzip.",
        };

    /// <summary>A stream whose first bytes were read already, to see what they are.</summary>
    private sealed class Prefixed(CaptureBuffer start, Stream rest) : Stream
    {
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (start.Available == 0)
                return rest.Read(buffer, offset, count);
            var taken = Math.Min(count, start.Available);
            System.Buffer.BlockCopy(start.Data, start.Start, buffer, offset, taken);
            start.Take(taken);
            return taken;
        }

        public override void Flush() => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                rest.Dispose();
            base.Dispose(disposing);
        }
    }
}

/// <summary>An interface that a capture names.</summary>
/// <param name="Name">Its name; null where the file does not tell it.</param>
/// <param name="LinkType">What its frames begin with.</param>
internal sealed record CaptureInterface(string? Name, CaptureLinkType LinkType);

/// <summary>What a captured frame begins with (tcpdump.org/linktypes.html); other numbers occur.</summary>
internal enum CaptureLinkType
{
    /// <summary>An Ethernet header.</summary>
    Ethernet = 1,
    /// <summary>Linux' "cooked" header, of 16 bytes.</summary>
    LinuxCooked = 113,
    /// <summary>Linux' second "cooked" header, of 20 bytes.</summary>
    LinuxCooked2 = 276,
}
