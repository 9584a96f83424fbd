using System;
using System.Collections.Generic;
using System.Linq;
using BondTools.Capture;
using BondTools.Fuzzing;
using BondTools.Lacp;
using Xunit;

namespace BondTools.Tests.Captures;

public class LacpFrameTests
{
    private static readonly LacpPort Host = SlowFrames.Port("08:00:27:00:00:08", 1, (LacpPortState)63);
    private static readonly LacpPort Device = SlowFrames.Port("02:5c:00:00:00:01", 2, (LacpPortState)0xC7, key: 9);

    public static TheoryData<bool, bool> Orders => new() { { false, false }, { true, false }, { false, true }, { true, true } };

    [Theory]
    [MemberData(nameof(Orders))]
    public void Every_field_of_a_LACPDU_is_read_whatever_the_file_s_byte_order_and_clock(bool isBigEndian, bool isNano)
    {
        var frame = Assert.Single(Captured.Frames(CaptureWriter.Pcap([new WrittenFrame(1_795_390_123_950_024_300, SlowFrames.Lacpdu(Host, Device, maxDelay: 50_000))], isBigEndian, isNano)));

        Assert.Equal(Host, frame.Actor);
        Assert.Equal(Device, frame.Partner);
        Assert.Equal(TimeSpan.FromMilliseconds(500), frame.CollectorMaxDelay);
        Assert.Equal((LacpSubtype.Lacp, 1, 1), (frame.Subtype, frame.Version, frame.FrameNumber));
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1_795_390_123_950).AddTicks(isNano ? 243 : 240), frame.Time);
        Assert.Equal("08:00:27:00:00:08", frame.SourceMacAddress!.Address);
        Assert.Equal([1, 2, 3], frame.Tlvs.Select(t => t.Type));
        Assert.Null(frame.Malformed);
        Assert.Null(frame.Conversations);
        Assert.Null(frame.Marker);
    }

    [Fact]
    public void A_version_2_LACPDU_tells_of_its_conversations_and_unknown_TLVs_are_kept()
    {
        var frame = Captured.Frames(CaptureWriter.Pcap(SlowFrames.EveryKind()))[2];

        Assert.Equal(0x0080C201, frame.Conversations!.PortAlgorithm);
        Assert.Equal(7, frame.Conversations.LinkNumber);
        Assert.Equal(string.Concat(Enumerable.Repeat("5a", 16)), frame.Conversations.LinkListDigest);
        Assert.Equal(1, frame.Conversations.MaskState);
        Assert.Equal(string.Concat(Enumerable.Repeat("f0", 128)) + new string('0', 6 * 128), frame.Conversations.Mask);
        Assert.Equal(string.Concat(Enumerable.Repeat("a5", 16)), frame.Conversations.ServiceMappingDigest);
        Assert.Equal(new LacpTlv { Type = 200, Length = 5, Value = "010203" }, frame.Tlvs[^1]);
        Assert.Null(frame.Malformed);
    }

    [Fact]
    public void Version_1_knows_nothing_of_the_TLVs_of_version_2()
    {
        var frame = Assert.Single(Captured.Frames(Capture(SlowFrames.Lacpdu(Host, Device, 1, 0, SlowFrames.Tlv(4, [9])))));
        Assert.Null(frame.Malformed);
        Assert.Null(frame.Conversations);
        Assert.Equal("09", frame.Tlvs[^1].Value);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void A_marker_and_its_response_are_told_apart(int type, bool isResponse)
    {
        var frame = Assert.Single(Captured.Frames(Capture(SlowFrames.Marker(type, 3, "08:00:27:00:00:08", 0xDEADBEEF))));
        Assert.Equal(new LacpMarker { IsResponse = isResponse, RequesterPort = 3, RequesterSystemMacAddress = Host.SystemMacAddress, TransactionId = 0xDEADBEEF }, frame.Marker);
        Assert.Equal(LacpSubtype.Marker, frame.Subtype);
        Assert.Null(frame.Malformed);
    }

    [Fact]
    public void Tags_are_passed_over_and_told_the_outer_one_first()
    {
        var frame = Assert.Single(Captured.Frames(Capture(SlowFrames.Ethernet(SlowFrames.PayloadOf(SlowFrames.Lacpdu(Host, Device)), 100, 0xE0C8))));
        Assert.Equal([100, 200], frame.VlanIds);
        Assert.Equal(Host, frame.Actor);
    }

    [Fact]
    public void Cooked_captures_tell_the_direction_and_the_interface()
    {
        byte[] payload = SlowFrames.PayloadOf(SlowFrames.Lacpdu(Host, Device));
        byte[] first = [0, 4, 0, 1, 0, 6, .. SlowFrames.Source, 0, 0, 0x88, 0x09, .. payload];
        byte[] second = [0x81, 0, 0, 0, 0, 0, 0, 3, 0, 1, 2, 6, .. SlowFrames.Source, 0, 0, 0, 7, 0x88, 0x09, .. payload];

        var sent = Assert.Single(Captured.Frames(CaptureWriter.Pcap([new WrittenFrame(1, first)], linkType: 113)));
        Assert.Equal((FrameDirection.Sent, (int?)null, "08:00:27:00:00:08", Host), (sent.Direction, sent.InterfaceIndex, sent.SourceMacAddress!.Address, sent.Actor));

        var received = Assert.Single(Captured.Frames(CaptureWriter.Pcap([new WrittenFrame(1, second)], linkType: 276)));
        Assert.Equal((FrameDirection.Received, 3, "08:00:27:00:00:08", Host), (received.Direction, received.InterfaceIndex, received.SourceMacAddress!.Address, received.Actor));
        Assert.Equal([7], received.VlanIds);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_pcapng_file_names_its_interfaces_in_every_section_and_every_packet_block_is_read(bool isBigEndian)
    {
        List<WrittenFrame> one = [new(1_795_390_123_950_024_000, SlowFrames.Lacpdu(Host, Device))];
        var frames = Captured.Frames(CaptureWriter.EveryBlock(one, isBigEndian), out var defect);

        Assert.Null(defect);
        Assert.Equal(["enp0s8", "enp0s9", "enp0s8", "enp0s8", "enp0s10"], frames.Select(f => f.Interface));
        Assert.All(frames, f => Assert.Equal(Host, f.Actor));
        // A simple packet block has no time.
        Assert.Equal([false, false, true, false, false], frames.Select(f => f.Time is null));
        Assert.Equal(FrameDirection.Received, frames[0].Direction);
        Assert.Single(frames.Where(f => f.Time is not null).Select(f => f.Time).Distinct());
    }

    [Fact]
    public void A_LACPDU_that_is_cut_anywhere_says_why_and_keeps_what_was_read()
    {
        var whole = SlowFrames.Lacpdu(Host, Device);
        // Up to the terminator; the rest is filling.
        for (var length = 15; length < 14 + 2 + 20 + 20 + 16 + 1; length++)
        {
            var frame = Assert.Single(Captured.Frames(CaptureWriter.Pcap([new WrittenFrame(1, [.. whole.Take(length)], OriginalLength: whole.Length)])));
            Assert.Contains($"The capture kept {length} of 124 bytes.", frame.Malformed, StringComparison.Ordinal);
            Assert.Equal(length >= 36, frame.Actor is not null);
            Assert.Equal(length >= 56, frame.Partner is not null);
            Assert.Equal(length >= 72, frame.CollectorMaxDelay is not null);
        }
    }

    public static TheoryData<byte[], string> Wrong => new()
    {
        { [1, 1, 0, 0], "It holds no actor." },
        { [1, 1, 1, 0, 1], "TLV 1 states a length of 0 bytes" },
        { [1, 1, 1, 19, .. new byte[17], 0, 0], "TLV 1 states a length of 19 bytes instead of 20." },
        { [1, 2, 4, 4, 0, 0, 0, 0], "TLV 4 states a length of 4 bytes instead of 6." },
        { [1, 1, 99, 3, 5], "It ends without a terminator." },
        { [1, 1, 99, 3], "TLV 99 states a length of 3 bytes and 2 are there." },
        { [1, 1, 99], "It ends within TLV 99." },
        { [2, 1, 0, 0], "It holds no marker." },
        { [2, 1, 7, 2, 0], "A Marker PDU has no TLV 7." },
        { [1], "It ends before its version." },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_frame_that_breaks_the_rules_says_which(byte[] payload, string reason)
    {
        var frame = Assert.Single(Captured.Frames(Capture(SlowFrames.Ethernet(payload))));
        Assert.StartsWith(reason, frame.Malformed, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_frames_and_other_slow_protocols_are_passed_over() =>
        Assert.Empty(Captured.Frames(Capture(SlowFrames.Ethernet([3, 0, 0, 0]), [1, 2, 3], new byte[60])));

    private static byte[] Capture(params byte[][] frames) => CaptureWriter.Pcap(frames.Select(f => new WrittenFrame(1_000_000_000, f)));
}
