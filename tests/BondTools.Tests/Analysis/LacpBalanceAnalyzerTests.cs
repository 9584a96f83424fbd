using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using BondTools.Analysis;
using BondTools.Hashing;
using BondTools.Linux;
using Xunit;
using static BondTools.Tests.Analysis.Ends;

namespace BondTools.Tests.Analysis;

public class LacpBalanceAnalyzerTests
{
    private static readonly BondStatus TwoSlaves = Bond(Slave(1), Slave(2));

    [Fact]
    public void Finds_the_articles_traffic_distributed()
    {
        var after = LinkCounterParser.Parse(Sample.Read("article-ip-s-link.txt"));
        var report = LacpBalanceAnalyzer.Analyze([Counter("enp0s8"), Counter("enp0s9")], after, TwoSlaves);
        Assert.True(report is { Passed: true, Conclusive: true });
        Assert.Empty(report.Findings);
        Assert.Equal([(8806L, 80L, 83201L, 1108L), (10998L, 104L, 33531L, 268L)], report.Links.Select(l => (l.TxBytes!.Value, l.TxPackets!.Value, l.RxBytes!.Value, l.RxPackets!.Value)));
        Assert.Equal(8806.0 / 19804, report.Links[0].TxShare!.Value, 12);
        Assert.Equal(33531.0 / 116732, report.Links[1].RxShare!.Value, 12);
        Assert.Equal(0.9879, report.Fairness.Transmit!.Value, 4);
        Assert.Equal(0.8467, report.Fairness.Receive!.Value, 4);
        Assert.Null(report.AsymmetricFlows);
    }

    [Fact]
    public void Counts_only_what_came_between_the_readings_on_slaves_of_the_bond()
    {
        var start = DateTimeOffset.UnixEpoch;
        var report = Analyze(
            [Counter("enp0s8", 1000, 1000) with { Time = start }, Counter("enp0s9", 5000, 500), Counter("vmbr0", 1)],
            [Counter("enp0s8", 1200, 1200) with { Time = start.AddSeconds(8) }, Counter("enp0s9", 5200, 700), Counter("vmbr0", 999)]);
        Assert.True(report.Passed);
        Assert.Equal([("enp0s8", 200L, 200L), ("enp0s9", 200L, 200L)], report.Links.Select(l => (l.Interface, l.TxPackets!.Value, l.RxPackets!.Value)));
        Assert.Equal(1.0, report.Fairness.Transmit);
        Assert.Equal(TimeSpan.FromSeconds(8), report.Duration);
    }

    [Fact]
    public void Does_not_judge_too_little_traffic()
    {
        var report = Analyze(Zero, [Counter("enp0s8", 49, 300), Counter("enp0s9", 0, 300)]);
        Assert.False(report.Passed);
        Assert.False(report.Conclusive);
        var finding = Assert.Single(report.Findings);
        Assert.Equal("too-little-traffic", finding.RuleId);
        Assert.Equal("Only 49 packets were sent: too few to tell how they are spread.", finding.Message);
    }

    [Fact]
    public void Names_an_idle_link_and_the_policy_that_would_use_it()
    {
        // One pair of addresses, so that layer2+3 puts every flow on one slave; of their ports every second bit differs.
        var flows = Enumerable.Range(0, 4).Select(i => Flow.Between(IPAddress.Parse("192.168.1.10"), IPAddress.Parse("192.168.1.2")) with
        {
            SourceMac = MacAddress.Parse("bc:24:11:00:00:10"),
            DestinationMac = MacAddress.Parse("00:1b:21:00:00:20"),
            Protocol = 17,
            SourcePort = (ushort)(2 * i),
        }).ToList();
        var report = Analyze(Zero, [Counter("enp0s8", 200, 100), Counter("enp0s9", 3, 100)], new BalanceOptions { Flows = [.. flows.Select(flow => new FlowTraffic { Flow = flow })] });
        Assert.True(report is { Passed: false, Conclusive: true });
        Assert.Equal([4, 0], report.Links.Select(l => l.Flows));
        Assert.Equal(["unfair-transmit", "hash-unlucky"], report.Findings.Select(finding => finding.RuleId));
        var finding = report.Findings[0];
        Assert.Equal((FindingSeverity.Warning, FindingEnd.Host), (finding.Severity, finding.End));
        Assert.Equal("enp0s9 sends next to nothing: fairness 0.51.", finding.Message);
        Assert.Contains("layer2+3 spreads the known flows 4:0", finding.Evidence);
        Assert.Equal("If the real traffic is like these flows: bond-xmit-hash-policy layer3+4.", finding.Remedy);
    }

    [Fact]
    public void Says_when_an_idle_slave_is_not_in_use()
    {
        var report = LacpBalanceAnalyzer.Analyze(
            Zero, [Counter("enp0s8", 200, 200), Counter("enp0s9")], Bond(Slave(1), Slave(2, 5, 13, 2)));
        Assert.Equal(["unfair-transmit", "unfair-receive"], report.Findings.Select(finding => finding.RuleId));
        Assert.Contains("The bond does not use enp0s9.", report.Findings[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Blames_the_switch_for_what_comes_in_unevenly()
    {
        var finding = Assert.Single(Analyze(Zero, [Counter("enp0s8", 200, 400), Counter("enp0s9", 200, 100)]).Findings);
        Assert.Equal(("unfair-receive", FindingEnd.Switch), (finding.RuleId, finding.End));
        Assert.Equal("The host receives unevenly: fairness 0.74.", finding.Message);
        Assert.Contains("enp0s9: received 10000 bytes in 100 packets (20 %)", finding.Evidence);
    }

    [Fact]
    public void Refuses_counters_that_went_backwards_or_are_missing()
    {
        var reset = Analyze([Counter("enp0s8", 500), Counter("enp0s9")], [Counter("enp0s8", 300, 200), Counter("enp0s9", 300, 200)]);
        Assert.True(reset is { Passed: false, Conclusive: false });
        Assert.Equal("counters-reset", Assert.Single(reset.Findings, finding => finding.Severity == FindingSeverity.Error).RuleId);
        Assert.Equal(["enp0s9"], reset.Links.Select(l => l.Interface));

        var missing = Analyze(Zero, [Counter("enp0s8", 300, 200)]);
        Assert.False(missing.Passed);
        Assert.Contains(missing.Findings, finding => finding.RuleId == "counters-missing" && finding.Message.Contains("enp0s9", StringComparison.Ordinal));
    }

    [Fact]
    public void Reports_errors_and_drops_and_still_passes()
    {
        var report = Analyze(Zero, [Counter("enp0s8", 200, 200) with { RxErrors = 3 }, Counter("enp0s9", 200, 200) with { TxDropped = 2 }]);
        Assert.True(report.Passed);
        Assert.Equal(["errors-rising", "drops-rising"], report.Findings.Select(finding => finding.RuleId));
        Assert.Equal((3L, 2L), (report.Links[0].RxErrors!.Value, report.Links[1].TxDropped!.Value));
    }

    [Fact]
    public void Has_nothing_to_balance_on_one_slave()
    {
        var report = LacpBalanceAnalyzer.Analyze([Counter("enp0s8")], [Counter("enp0s8", 500, 500)], Bond(Slave(1)));
        Assert.False(report.Passed);
        Assert.Equal("nothing-to-balance", Assert.Single(report.Findings).RuleId);
    }

    [Theory]
    [InlineData(new long[] { 5, 5, 5, 5 }, 1.0)]
    [InlineData(new long[] { 7, 0, 0, 0 }, 0.25)]
    [InlineData(new long[] { 3, 1 }, 0.8)]
    [InlineData(new long[] { 0, 0 }, null)]
    public void Computes_Jains_index(long[] amounts, double? expected) => Assert.Equal(expected, LacpFairness.Index(amounts.Select(amount => (double)amount)));

    [Fact]
    public void Prints_fairness_even_where_there_was_none() =>
        Assert.Equal("transmit 0.80, receive none", new LacpFairness { Transmit = 0.8 }.ToString());

    // The README of the recordings: ten pings for each pair of two containers and two PCs.
    [Theory]
    [InlineData("layer2", true)]
    [InlineData("layer2+3", false)]
    public void Judges_the_kernels_recorded_pings(string policy, bool isFair)
    {
        var report = Recorded(policy, "0before", "1ping", 40);
        Assert.True(report.Conclusive);
        Assert.Equal(isFair, report.Findings.All(finding => finding.RuleId != "unfair-transmit"));
        if (!isFair)
        {
            Assert.Contains(report.Findings, finding => finding.RuleId == "hash-unlucky" && finding.Message.StartsWith("layer2+3 spreads the known flows 4:0", StringComparison.Ordinal));
            Assert.Contains(report.Advice, advice => advice is { Change: "bond-xmit-hash-policy layer3+4", MaxShareAfter: 0.5 });
        }
    }

    [Fact]
    public void Finds_the_kernels_recorded_datagrams_on_one_link()
    {
        // A hundred flows whose two ports both step by one: the worst case of layer3+4.
        var report = Recorded("layer3+4", "1ping", "2udp", 1000);
        Assert.Equal([2024, 21], report.Links.Select(l => l.TxPackets).OrderByDescending(packets => packets));
        Assert.Contains(report.Findings, finding => finding.RuleId == "unfair-transmit" && finding.Message.Contains("sends next to nothing: fairness 0.50", StringComparison.Ordinal));
        // One way only: what came back does not suffice.
        Assert.Contains(report.Findings, finding => finding.RuleId == "too-little-traffic" && finding.Message.Contains("received", StringComparison.Ordinal));
    }

    private static LacpBalanceReport Recorded(string policy, string before, string after, int minimumPackets)
    {
        string Read(string moment, string file) => File.ReadAllText(Corpus.Require($"bonding-lab/traffic-{policy}-{moment}/{file}"));
        var pings =
            from container in new[] { 1, 2 }
            from pc in new[] { 1, 2 }
            select Flow.Between(IPAddress.Parse($"192.168.1.10{container}"), IPAddress.Parse($"192.168.1.2{pc}")) with
            {
                SourceMac = MacAddress.Parse($"bc:24:11:00:01:0{container}"),
                DestinationMac = MacAddress.Parse($"00:1b:21:00:02:0{pc}"),
                Protocol = 1,
                IcmpType = 8,
            };
        return LacpBalanceAnalyzer.Analyze(
            LinkCounterParser.Parse(Read(before, "ip-s-link.txt")),
            LinkCounterParser.Parse(Read(after, "ip-s-link.txt")),
            Assert.Single(BondStatusParser.Parse(Read(after, "proc-net-bonding-bond0.txt"))),
            new BalanceOptions { MinimumPackets = minimumPackets, Flows = [.. pings.Select(flow => new FlowTraffic { Flow = flow })] });
    }

    private static LinkCounter[] Zero => [Counter("enp0s8"), Counter("enp0s9")];

    private static LacpBalanceReport Analyze(IReadOnlyList<LinkCounter> before, IReadOnlyList<LinkCounter> after, BalanceOptions? options = null) =>
        LacpBalanceAnalyzer.Analyze(before, after, TwoSlaves, options);

    private static LinkCounter Counter(string name, long txPackets = 0, long rxPackets = 0) => new()
    {
        Interface = name,
        RxBytes = rxPackets * 100,
        RxPackets = rxPackets,
        RxErrors = 0,
        RxDropped = 0,
        TxBytes = txPackets * 100,
        TxPackets = txPackets,
        TxErrors = 0,
        TxDropped = 0,
    };
}
