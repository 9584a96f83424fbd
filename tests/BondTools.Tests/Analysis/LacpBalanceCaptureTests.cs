using System;
using System.Linq;
using System.Net;
using BondTools.Analysis;
using BondTools.Capture;
using BondTools.Hashing;
using BondTools.Linux;
using Xunit;
using static BondTools.Tests.Analysis.Ends;

namespace BondTools.Tests.Analysis;

public class LacpBalanceCaptureTests
{
    private static readonly BondStatus TwoSlaves = Bond(Slave(1), Slave(2));

    [Fact]
    public void Shares_what_each_captured_link_carried_in_each_direction()
    {
        var report = LacpBalanceAnalyzer.Analyze(Capture(Link("enp0s8", 100, 60), Link("enp0s9", 100, 20)), TwoSlaves);
        Assert.Equal((BalanceMethod.Capture, TimeSpan.FromSeconds(10), 3), (report.Method, report.Duration!.Value, report.AsymmetricFlows!.Value));
        Assert.Equal([(6000L, 4000L), (2000L, 8000L)], report.Links.Select(link => (link.TxBytes!.Value, link.RxBytes!.Value)));
        Assert.Equal([0.75, 0.25], report.Links.Select(link => link.TxShare!.Value));
        Assert.Equal([4800.0, 1600.0], report.Links.Select(link => link.TxBitsPerSecond!.Value));
        Assert.True(report is { Passed: true, Conclusive: true });
        Assert.All(report.Links, link => Assert.Null(link.TxErrors));
    }

    [Fact]
    public void Replays_the_captured_flows_for_its_advice()
    {
        // Four conversations that differ in the host's port only; the switch's answers are twice as heavy.
        var flows = Enumerable.Range(0, 4).Select(i => Conversation(2 * i, sent: true)).ToArray();
        var report = LacpBalanceAnalyzer.Analyze(
            Capture(Link("enp0s8", 600, 200), Link("enp0s9", 4, 1)) with { Flows = flows }, TwoSlaves, new BalanceOptions { LoadBalanceMethod = "src-dst-ip" });
        Assert.Equal([4, 0], report.Links.Select(link => link.Flows!.Value));
        Assert.Equal(["unfair-transmit", "hash-unlucky", "unfair-receive", "hash-unlucky", "asymmetric-flows"], report.Findings.Select(finding => finding.RuleId));
        Assert.Equal("bond-xmit-hash-policy layer3+4", report.Advice[0].Change);
        // Every second port: bits that a switch of two ports does not look at, so there is no advice for it.
        Assert.DoesNotContain(report.Advice, advice => advice.End == FindingEnd.Switch);
        Assert.Equal(FlowWeight.Bytes, report.Weight);
    }

    [Fact]
    public void Takes_a_request_that_was_received_for_what_the_switch_sends()
    {
        var report = LacpBalanceAnalyzer.Analyze(
            Capture(Link("enp0s8", 200, 100), Link("enp0s9", 200, 100)) with { Flows = [Conversation(0, sent: false)] },
            TwoSlaves with { TransmitHashPolicy = TransmitHashPolicy.Layer34 });
        // The host's part of it is the reply.
        Assert.Equal(1, report.Links.Sum(link => link.Flows));
        Assert.Equal(1, report.BestShare!.Transmit);
    }

    [Fact]
    public void Says_that_the_captures_tell_no_directions()
    {
        var report = LacpBalanceAnalyzer.Analyze(Capture(Link("enp0s8", 100, null), Link("enp0s9", 100, null)), TwoSlaves);
        Assert.False(report.Conclusive);
        Assert.Equal("directions-unknown", report.Findings[0].RuleId);
        Assert.All(report.Links, link => Assert.Null(link.TxBytes ?? link.RxPackets));
    }

    [Fact]
    public void Names_a_slave_without_a_capture_and_a_capture_that_broke_off()
    {
        var report = LacpBalanceAnalyzer.Analyze(
            Capture(Link("enp0s8", 200, 100) with { Defect = "It ends within a frame." }, Link("eth9", 200, 100)) with { IsPartial = true }, TwoSlaves);
        Assert.Equal(["capture-missing", "asymmetric-flows", "capture-partial"], report.Findings.Select(finding => finding.RuleId));
        Assert.Equal("The replies of 3 of 5 flows came on another link than their requests went.", report.Findings[1].Message);
        Assert.Equal("No capture of enp0s9 was given: the shares are those among the captured links.", report.Findings[0].Message);
        Assert.Equal(["enp0s8: It ends within a frame."], report.Findings[2].Evidence);
    }

    [Fact]
    public void Judges_captures_without_a_bond_and_gives_no_advice_then()
    {
        var report = LacpBalanceAnalyzer.Analyze(Capture(Link("a", 300, 200), Link("b", 100, 0)) with { Flows = [Conversation(0, sent: true)] });
        Assert.Equal(["unfair-transmit", "asymmetric-flows"], report.Findings.Select(finding => finding.RuleId));
        Assert.Null(report.BestShare);
        Assert.Empty(report.Advice);
    }

    private static CaptureReport Capture(params CaptureLink[] links) => new()
    {
        Links = links, Flows = [], FlowCount = 5, UnfollowedPackets = 0, AsymmetricFlows = 3, SplitFlows = 0, Duplicates = 0, Reordered = 0,
        Start = DateTimeOffset.UnixEpoch, End = DateTimeOffset.UnixEpoch.AddSeconds(10), LacpChanges = [], IsPartial = false,
    };

    // A hundred bytes each packet.
    private static CaptureLink Link(string name, int packets, int? sent) => new()
    {
        Name = name, Packets = packets, Bytes = packets * 100, SentPackets = sent, SentBytes = sent * 100, Flows = 1, LacpSenders = [],
    };

    private static CaptureFlow Conversation(int port, bool sent) => new()
    {
        Flow = Flow.Between(IPAddress.Parse("192.168.1.10"), IPAddress.Parse("192.168.1.2")) with
        {
            SourceMac = MacAddress.Parse("bc:24:11:00:00:10"), DestinationMac = MacAddress.Parse("00:1b:21:00:00:20"), Protocol = 17, SourcePort = (ushort)port,
        },
        Protocol = "udp", RequestSent = sent, RequestPackets = 10, RequestBytes = 1000, ReplyPackets = 20, ReplyBytes = 2000, Links = [], Duplicates = 0, Reordered = 0,
    };
}
