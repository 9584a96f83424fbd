using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using BondTools.Capture;
using BondTools.Fuzzing;
using Xunit;

namespace BondTools.Tests.Captures;

public class CaptureReaderTests
{
    private static readonly IReadOnlyList<WrittenFrame> Frames =
        [.. Enumerable.Range(0, 5).Select(i => new WrittenFrame(1_795_390_123_950_024_000 + (i * 1_000_000_123L), [.. Enumerable.Range(0, 60 + i).Select(b => (byte)b)]))];

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Reads_pcap_in_both_byte_orders_and_units_of_time(bool isBigEndian, bool isNano)
    {
        var read = Read(CaptureWriter.Pcap(Frames, isBigEndian, isNano));
        Assert.Null(read.Defect);
        Assert.Equal(Frames.Select(f => Convert.ToHexString(f.Data)), read.Frames.Select(f => f.Bytes));
        Assert.Equal(Frames.Select(f => isNano ? f.Time : f.Time / 1000 * 1000), read.Frames.Select(f => f.Time));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Reads_pcapng_with_every_kind_of_block(bool isBigEndian)
    {
        var read = Read(CaptureWriter.EveryBlock(Frames, isBigEndian));
        Assert.Null(read.Defect);
        Assert.All(read.Frames, frame => Assert.Contains(frame.Bytes, Frames.Select(f => Convert.ToHexString(f.Data))));
        Assert.True(read.Frames.Count >= Frames.Count);
    }

    [Fact]
    public void Reads_what_is_compressed_and_what_comes_byte_by_byte()
    {
        var file = CaptureWriter.Pcap(Frames);
        Assert.Equal(Frames.Count, Read(CaptureWriter.Compress(file)).Frames.Count);
        using var reader = CaptureReader.Open(new Dripping(file), "a pipe");
        var count = 0;
        while (reader.Read())
            count++;
        Assert.Equal(Frames.Count, count);
    }

    [Fact]
    public void At_every_place_where_a_file_may_be_cut_off_it_gives_the_frames_before_and_says_so()
    {
        foreach (var file in new[] { CaptureWriter.Pcap(Frames), CaptureWriter.PcapNg(Frames, false, "eth0") })
        {
            var whole = Read(file).Frames;
            for (var length = 24; length < file.Length; length++)
            {
                (List<(string, long)> Frames, string? Defect) read;
                try
                {
                    read = Read(file[..length]);
                }
                catch (BondToolsException)
                {
                    Assert.True(length < 28);
                    continue;
                }
                Assert.Equal(whole.Take(read.Frames.Count), read.Frames);
                Assert.True(read.Frames.Count < whole.Count);
            }
        }
    }

    [Fact]
    public void A_frame_that_claims_to_be_longer_than_any_ends_the_reading()
    {
        var file = CaptureWriter.Pcap(Frames);
        file[24 + 16 + 60 + 8 + 3] = 0x7F;
        var read = Read(file);
        Assert.Single(read.Frames);
        Assert.Contains("damaged", read.Defect, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Kernel driver in use: bonding")]
    public void What_is_no_capture_is_refused_by_name(string text)
    {
        var error = Assert.Throws<BondToolsException>(() => Read(System.Text.Encoding.ASCII.GetBytes(text)));
        Assert.Equal(BondToolsErrorKind.UnexpectedOutput, error.Kind);
        Assert.Contains("frames.bin", error.Message, StringComparison.Ordinal);
    }

    private static (List<(string Bytes, long Time)> Frames, string? Defect) Read(byte[] file)
    {
        using var reader = CaptureReader.Open(new MemoryStream(file), "frames.bin");
        var frames = new List<(string, long)>();
        while (reader.Read())
            frames.Add((Convert.ToHexString(reader.Data, reader.Offset, reader.Length), reader.Time));
        return (frames, reader.Defect);
    }

    private sealed class Dripping(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 1));
    }
}
