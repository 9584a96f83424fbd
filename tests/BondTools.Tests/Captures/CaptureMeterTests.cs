using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Threading;
using BondTools.Capture;
using BondTools.Fuzzing;
using BondTools.Lacp;
using Xunit;

namespace BondTools.Tests.Captures;

public class CaptureMeterTests
{
    private const long Second = 1_000_000_000, Start = 1_795_390_123 * Second;
    private static readonly byte[] Host = [0x02, 0, 0, 0, 0, 1], Peer = [0x02, 0, 0, 0, 0, 2];

    [Fact]
    public void A_ping_whose_replies_take_the_other_link_is_one_asymmetric_flow()
    {
        var report = Measure(
            [At(0, Echo(8, 7, 1)), At(1000, Echo(8, 7, 2))],
            [At(1, Echo(0, 7, 1)), At(1001, Echo(0, 7, 2))]);
        Assert.Equal(1, report.AsymmetricFlows);
        var flow = Assert.Single(report.Flows);
        Assert.Equal(("icmp", "a", "b", true), (flow.Protocol, flow.RequestLink, flow.ReplyLink, flow.Asymmetric));
        Assert.Equal((2, 2), (flow.RequestPackets, flow.ReplyPackets));
        Assert.Equal((2 * 98, 2 * 98), (flow.RequestBytes, flow.ReplyBytes));
        Assert.Equal(IPAddress.Parse("10.0.0.1"), flow.Flow.SourceAddress);
        Assert.Equal([1, 1], report.Links.Select(link => link.Flows));
        Assert.Equal(TimeSpan.FromMilliseconds(1001), report.End - report.Start);
    }

    [Fact]
    public void An_answer_that_is_seen_first_is_still_the_answer()
    {
        var flow = Assert.Single(Measure([At(0, Echo(0, 7, 1))]).Flows);
        Assert.Equal((0, 1), (flow.RequestPackets, flow.ReplyPackets));
        Assert.Equal((IPAddress.Parse("10.0.0.1"), 8), (flow.Flow.SourceAddress, flow.Flow.IcmpType));
    }

    [Fact]
    public void Both_directions_of_TCP_are_one_flow_and_other_ports_another()
    {
        var report = Measure([At(0, Tcp(40000, 443, 1)), At(1, Tcp(443, 40000, 1, isReply: true)), At(2, Tcp(40001, 443, 1))]);
        Assert.Equal(2, report.FlowCount);
        Assert.Equal([(1, 1), (1, 0)], report.Flows.OrderBy(f => f.Flow.SourcePort).Select(f => ((int)f.RequestPackets, (int)f.ReplyPackets)));
        Assert.Equal(0, report.AsymmetricFlows);
    }

    [Fact]
    public void A_packet_that_is_overtaken_on_the_other_link_is_reordered_and_one_sent_again_is_not()
    {
        Assert.Equal(1, Measure([At(0, Tcp(1, 2, 1000)), At(3, Tcp(1, 2, 3000))], [At(4, Tcp(1, 2, 2000))]).Reordered);
        // 200 ms later it is a retransmission; on the same link the link itself kept the order.
        Assert.Equal(0, Measure([At(0, Tcp(1, 2, 1000)), At(3, Tcp(1, 2, 3000))], [At(203, Tcp(1, 2, 2000))]).Reordered);
        Assert.Equal(0, Measure([At(0, Tcp(1, 2, 1000)), At(3, Tcp(1, 2, 3000)), At(4, Tcp(1, 2, 2000))]).Reordered);
        // The numbers wrap around.
        Assert.Equal(0, Measure([At(0, Tcp(1, 2, 0xFFFFFF00))], [At(1, Tcp(1, 2, 0x100))]).Reordered);
    }

    [Fact]
    public void A_frame_on_two_links_is_a_duplicate_and_no_reordering()
    {
        var report = Measure([At(0, Tcp(1, 2, 1000)), At(10, Tcp(1, 2, 2000))], [At(1, Tcp(1, 2, 1000))]);
        Assert.Equal((1, 0), (report.Duplicates, report.Reordered));
        Assert.Equal((1, 1), (report.Flows[0].Duplicates, report.SplitFlows));
        // The same again on its own link, and much later on another, is sent again.
        Assert.Equal(0, Measure([At(0, Tcp(1, 2, 1000)), At(1, Tcp(1, 2, 1000))], [At(2000, Tcp(1, 2, 1000))]).Duplicates);
    }

    [Fact]
    public void LACPDUs_are_no_flows_and_tell_their_intervals_and_silences()
    {
        var actor = SlowFrames.Port("08:00:27:00:00:08", 1, (LacpPortState)63);
        var partner = SlowFrames.Port("02:5c:00:00:00:01", 2, (LacpPortState)63);
        var report = Measure([.. new[] { 0, 1000, 2000, 12000 }.Select(ms => At(ms, SlowFrames.Lacpdu(actor, partner)))]);
        Assert.Equal(0, report.FlowCount);
        var sender = Assert.Single(report.Links[0].LacpSenders);
        Assert.Equal((4, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(10)), (sender.Count, sender.MeanInterval, sender.LongestInterval));
        Assert.Contains(report.LacpChanges, change => change.Kind == LacpChangeKind.Silent);
    }

    [Fact]
    public void Directions_are_told_by_the_capture_or_by_the_hosts_addresses_and_else_not_at_all()
    {
        List<WrittenFrame> frames = [At(0, Tcp(1, 2, 1)), At(1, Tcp(2, 1, 1, isReply: true)), At(2, Tcp(1, 2, 2))];
        Assert.Null(Measure([frames], []).Links[0].SentPackets);
        Assert.Equal((2L, 2L * 54), (Measure([frames], [new MacAddress(Host)]).Links[0].SentPackets, Measure([frames], [new MacAddress(Host)]).Links[0].SentBytes));
    }

    [Fact]
    public void The_interfaces_of_one_file_are_links_of_their_own()
    {
        var file = CaptureWriter.PcapNg([At(0, Echo(8, 7, 1)), At(1, Echo(0, 7, 1)) with { Interface = 1 }], false, "enp0s8", "enp0s9");
        var report = Measure([("both", file)]);
        Assert.Equal(["enp0s8", "enp0s9"], report.Links.Select(link => link.Name));
        Assert.True(report.Flows[0].Asymmetric);
    }

    [Fact]
    public void Links_of_one_name_are_told_apart()
    {
        var file = CaptureWriter.PcapNg([At(0, Echo(8, 7, 1))], false, "eth0");
        Assert.Equal(["a:eth0", "b:eth0"], Measure([("a", file), ("b", file)]).Links.Select(link => link.Name));
        var plain = CaptureWriter.Pcap([At(0, Echo(8, 7, 1))]);
        Assert.Equal(["a", "a#2"], Measure([("a", plain), ("a", plain)]).Links.Select(link => link.Name));
    }

    [Fact]
    public void A_capture_that_is_cut_off_counts_to_there_and_the_report_is_partial()
    {
        var whole = CaptureWriter.Pcap([At(0, Echo(8, 7, 1)), At(1, Echo(8, 7, 2))]);
        var report = Measure([("a", whole[..^5])]);
        Assert.True(report.IsPartial);
        Assert.Equal(1, report.Links[0].Packets);
        Assert.Contains("After frame 1", report.Links[0].Defect, StringComparison.Ordinal);
        Assert.False(Measure([("a", whole)]).IsPartial);
    }

    [Fact]
    public void Tagged_frames_are_flows_of_their_VLAN()
    {
        var tagged = Tcp(1, 2, 1);
        byte[] InVlan(int vlan) => [.. tagged[..12], 0x81, 0, 0, (byte)vlan, .. tagged[12..]];
        var report = Measure([At(0, tagged), At(1, InVlan(10)), At(2, InVlan(20)), At(3, InVlan(20))]);
        Assert.Equal(3, report.FlowCount);
        Assert.Equal([0, 10, 20], report.Flows.Select(f => (int)f.Flow.VlanTag).Order());
    }

    [Fact]
    public void More_flows_than_can_be_followed_are_counted_with_their_link()
    {
        const int most = 65536;
        var frames = Enumerable.Range(0, most + 10).Select(i => At(i, Tcp(i & 0xFFFF, 1 + (i >> 16), 1))).ToList();
        var report = Measure([frames], []);
        Assert.Equal((most, 10), (report.FlowCount, report.UnfollowedPackets));
        Assert.Equal(most + 10, report.Links[0].Packets);
    }

    [Fact]
    public void The_largest_flows_are_listed_and_all_are_counted()
    {
        List<WrittenFrame> frames = [At(0, Tcp(1, 9, 1)), At(1, Tcp(2, 9, 1)), At(2, Tcp(2, 9, 2)), At(3, Tcp(3, 9, 1))];
        var report = Measure([frames], [], listed: 1);
        Assert.Equal(3, report.FlowCount);
        Assert.Equal(2, Assert.Single(report.Flows).Flow.SourcePort);
    }

    [Fact]
    public void The_recordings_of_a_real_bond_are_counted_as_its_own_counters_did()
    {
        var paths = new[] { "enp0s8", "enp0s9" }.Select(name => Corpus.Require($"bonding-lab/traffic-layer2+3-{name}.pcap")).ToList();
        var report = Measure([.. paths.Select(path => (Path.GetFileNameWithoutExtension(path), File.ReadAllBytes(path)))]);
        // Ten pings from each of two containers to each of two computers.
        var pings = report.Flows.Where(f => f.Protocol == "icmp").ToList();
        Assert.Equal(4, pings.Count);
        Assert.All(pings, ping => Assert.Equal((10, 10), (ping.RequestPackets, ping.ReplyPackets)));
        Assert.Equal(0, report.Duplicates);
        Assert.All(report.Links, link => Assert.Equal(2, link.LacpSenders.Count));
    }

    private static CaptureReport Measure(params List<WrittenFrame>[] links) => Measure(links, []);

    private static CaptureReport Measure(IReadOnlyList<List<WrittenFrame>> links, MacAddress[] host, int listed = 1000) =>
        Measure([.. links.Select((frames, i) => (((char)('a' + i)).ToString(), CaptureWriter.Pcap(frames)))], host, listed);

    private static CaptureReport Measure(IReadOnlyList<(string Name, byte[] File)> files, MacAddress[]? host = null, int listed = 1000) => CaptureMeter.Measure(
        [.. files.Select(file => (CaptureReader.Open(new MemoryStream(file.File), file.Name), new LacpOrigin(file.Name)))], listed, host ?? [], CancellationToken.None);

    private static WrittenFrame At(long milliseconds, byte[] frame) => new(Start + (milliseconds * 1_000_000), frame);

    private static byte[] Echo(int type, int identifier, int sequence) =>
        [.. IPv4(1, isReply: type == 0), (byte)type, 0, 0, 0, 0, (byte)identifier, 0, (byte)sequence, .. new byte[56]];

    private static byte[] Tcp(int source, int destination, uint sequence, bool isReply = false) =>
        [.. IPv4(6, isReply), .. Number((uint)(source << 16) | (ushort)destination), .. Number(sequence), 0, 0, 0, 0, 0x50, 0x10, 0, 0, 0, 0, 0, 0];

    private static byte[] IPv4(byte protocol, bool isReply)
    {
        byte[] host = [10, 0, 0, 1], peer = [10, 0, 0, 2];
        return [.. isReply ? Host : Peer, .. isReply ? Peer : Host, 8, 0, 0x45, 0, 0, 84, 0, 0, 0x40, 0, 64, protocol, 0, 0, .. isReply ? peer : host, .. isReply ? host : peer];
    }

    private static byte[] Number(uint value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];
}
