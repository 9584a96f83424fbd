using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using BondTools.Analysis;
using BondTools.Hashing;
using BondTools.Linux;
using Xunit;
using static BondTools.Tests.Analysis.Ends;

namespace BondTools.Tests.Analysis;

public class LacpBalanceForecastTests
{
    private static readonly BondStatus TwoSlaves = Bond(Slave(1), Slave(2));

    [Fact]
    public void Names_the_share_of_each_slave_by_bytes()
    {
        var report = LacpBalanceAnalyzer.Forecast([Udp(0, bytes: 300), Udp(2, bytes: 100)], TwoSlaves with { TransmitHashPolicy = TransmitHashPolicy.Layer34 });
        Assert.Equal((BalanceMethod.Forecast, FlowWeight.Bytes), (report.Method, report.Weight));
        Assert.Equal([100L, 300L], report.Links.Select(link => link.TxBytes!.Value).Order());
        Assert.Equal([0.25, 0.75], report.Links.Select(link => link.TxShare!.Value).Order());
        Assert.Equal([1, 1], report.Links.Select(link => link.Flows!.Value));
        // Jain: 400² / (2 · (300² + 100²)).
        Assert.Equal(0.8, report.Fairness.Transmit!.Value, 12);
        Assert.True(report is { Passed: true, Conclusive: true });
        Assert.All(report.Links, link => Assert.Null(link.RxShare ?? link.TxErrors));
    }

    [Fact]
    public void Counts_flows_whose_weight_is_not_known()
    {
        var report = LacpBalanceAnalyzer.Forecast([Udp(0, bytes: 300), Udp(2)], TwoSlaves with { TransmitHashPolicy = TransmitHashPolicy.Layer34 });
        Assert.Equal(FlowWeight.Flows, report.Weight);
        Assert.Equal([0.5, 0.5], report.Links.Select(link => link.TxShare!.Value));
        Assert.All(report.Links, link => Assert.Null(link.TxBytes));
    }

    [Fact]
    public void Blames_an_unlucky_hash_and_advises_the_policy_that_shares_the_flows()
    {
        var report = LacpBalanceAnalyzer.Forecast([.. Enumerable.Range(0, 4).Select(i => Udp(2 * i, bytes: 100))], TwoSlaves);
        Assert.False(report.Passed);
        Assert.Equal(["unfair-transmit", "hash-unlucky"], report.Findings.Select(finding => finding.RuleId));
        Assert.Equal(0.5, report.BestShare!.Transmit);
        Assert.Equal("layer2+3 spreads the known flows 4:0: the busiest link carries 100 %, where 50 % can be reached.", report.Findings[1].Message);

        var best = report.Advice[0];
        Assert.Equal((FindingEnd.Host, "bond-xmit-hash-policy layer3+4", BalanceCertainty.Exact), (best.End, best.Change, best.Certainty));
        Assert.Equal((0.5, 1.0, 1.0, 0.5), (best.FairnessBefore, best.FairnessAfter, best.MaxShareBefore, best.MaxShareAfter));
    }

    [Fact]
    public void Blames_a_flow_that_no_hash_can_share()
    {
        var report = LacpBalanceAnalyzer.Forecast([Udp(0, bytes: 900), Udp(2, bytes: 50), Udp(4, bytes: 50)], TwoSlaves);
        var finding = Assert.Single(report.Findings, finding => finding.RuleId == "elephant-flow");
        Assert.DoesNotContain(report.Findings, other => other.RuleId == "hash-unlucky");
        Assert.Equal(0.9, report.BestShare!.Transmit!.Value, 12);
        Assert.Contains("the heaviest is 90 % of all, and in the best split there is, the busiest link carries 90 %", finding.Message, StringComparison.Ordinal);
        Assert.Contains("the heaviest flow: 192.168.1.10 to 192.168.1.2 port 0 to 0, 900 bytes", finding.Evidence);
    }

    [Fact]
    public void Splits_flows_greedily_for_the_best_share()
    {
        // 8 | 7, then 6 beside 7, 5 beside 8, 4 beside 13: the optimum, 15:15, is one better.
        var loads = LinkLoads.Greedy([5, 8, 4, 7, 6], 2);
        Assert.Equal([13.0, 17.0], loads.Weights.Order());
        Assert.Equal(17.0 / 30, loads.MaxShare, 12);
    }

    [Fact]
    public void Advises_nothing_where_nothing_is_better()
    {
        // One flow: whatever hashes it, it stays whole.
        Assert.Empty(LacpBalanceAnalyzer.Forecast([Udp(0, bytes: 100)], TwoSlaves).Advice);
        var shared = LacpBalanceAnalyzer.Forecast([Udp(0, bytes: 100), Udp(2, bytes: 100)], TwoSlaves with { TransmitHashPolicy = TransmitHashPolicy.Layer34 });
        Assert.Empty(shared.Advice);
        Assert.Empty(shared.Findings);
    }

    [Fact]
    public void Advises_another_MAC_address_where_one_bit_moves_half_of_the_flows()
    {
        // The article's trap: addresses whose last bits follow each other. Two containers, one PC, one protocol without ports.
        FlowTraffic From(int container) => new()
        {
            Bytes = 100,
            Flow = Flow.Between(IPAddress.Parse($"192.168.1.{container}"), IPAddress.Parse("192.168.1.2")) with
            {
                SourceMac = MacAddress.Parse($"bc:24:11:00:00:{container:x2}"), DestinationMac = MacAddress.Parse("00:1b:21:00:00:20"), Protocol = 47,
            },
        };
        var report = LacpBalanceAnalyzer.Forecast([From(10), From(11)], TwoSlaves);
        Assert.Equal(0.5, report.Fairness.Transmit);
        var advice = Assert.Single(report.Advice, advice => advice.Change.StartsWith("the MAC address", StringComparison.Ordinal));
        Assert.Equal(("the MAC address bc:24:11:00:00:0b instead of bc:24:11:00:00:0a", 0.5), (advice.Change, advice.MaxShareAfter));
    }

    [Fact]
    public void Foretells_the_way_back_from_the_switchs_method_and_marks_it_as_a_forecast()
    {
        // Two hosts that differ in the last bit ask one server: by the server's address alone, every answer takes one port.
        var flows = Enumerable.Range(10, 2).Select(i => new FlowTraffic { Flow = Flow.Between(IPAddress.Parse($"192.168.1.{i}"), IPAddress.Parse("192.168.1.2")) with { Protocol = 6, SourcePort = (ushort)(2 * i) }, Bytes = 100 }).ToList();
        var bond = TwoSlaves with { TransmitHashPolicy = TransmitHashPolicy.Layer34 };
        var report = LacpBalanceAnalyzer.Forecast(flows, bond, new BalanceOptions { LoadBalanceMethod = "src-ip" });
        Assert.Equal(0.5, report.Fairness.Receive);
        Assert.Equal(0.5, report.BestShare!.Receive);
        Assert.False(report.Passed);
        var finding = Assert.Single(report.Findings, finding => finding.End == FindingEnd.Switch);
        Assert.Equal("hash-unlucky", finding.RuleId);
        Assert.Contains("That is a forecast: ask the switch", finding.Message, StringComparison.Ordinal);
        Assert.Contains(report.Advice, advice => advice is { End: FindingEnd.Switch, Change: "port-channel load-balance src-dst-ip", Certainty: BalanceCertainty.Forecast, MaxShareAfter: 0.5 });
    }

    [Fact]
    public void Takes_flows_that_were_received_as_they_are()
    {
        FlowTraffic Answer(int host) => new() { Received = true, Bytes = 100, Flow = Flow.Between(IPAddress.Parse($"192.168.1.{host}"), IPAddress.Parse("192.168.1.100")) };
        var report = LacpBalanceAnalyzer.Forecast([Udp(0, bytes: 100), Answer(2), Answer(4)], TwoSlaves, new BalanceOptions { LoadBalanceMethod = "src-ip" });
        Assert.Equal(0.5, report.Fairness.Receive);
        Assert.Equal(1, report.Links.Sum(link => link.Flows));
    }

    public static TheoryData<string, BondStatus> Unforeseeable => new()
    {
        { "Mode active-backup does not choose a slave by hash.", TwoSlaves with { Mode = BondMode.ActiveBackup } },
        { "The bond's transmit hash policy is not known.", TwoSlaves with { TransmitHashPolicy = null } },
        { "Which slaves the bond uses is shown to root only.", TwoSlaves with { Slaves = [Slave(1) with { Actor = null }, Slave(2) with { Actor = null }] } },
        { "The bond uses no slave.", TwoSlaves with { Slaves = [Slave(1) with { MiiStatus = MiiStatus.Down }, Slave(2) with { MiiStatus = MiiStatus.Down }] } },
        { "Which formula the kernel hashes by cannot be told from 'v3.7.1 (April 27, 2011)'.", TwoSlaves with { DriverVersion = "v3.7.1 (April 27, 2011)" } },
    };

    [Theory]
    [MemberData(nameof(Unforeseeable), DisableDiscoveryEnumeration = true)]
    public void Says_why_it_cannot_foretell(string reason, BondStatus bond)
    {
        var report = LacpBalanceAnalyzer.Forecast([Udp(0, bytes: 1)], bond);
        Assert.True(report is { Passed: false, Conclusive: false, BestShare: null });
        var finding = Assert.Single(report.Findings);
        Assert.Equal(("not-foretold", reason), (finding.RuleId, finding.Message));
    }

    [Fact]
    public void Takes_the_kernel_from_the_options_and_says_that_no_flow_was_told()
    {
        var old = TwoSlaves with { DriverVersion = "v3.7.1 (April 27, 2011)" };
        Assert.True(LacpBalanceAnalyzer.Forecast([Udp(0, bytes: 1)], old, new BalanceOptions { KernelVersion = "5.10.0-30-amd64" }).Conclusive);
        Assert.Equal("No flow was told that the host sends.", LacpBalanceAnalyzer.Forecast([], TwoSlaves).Findings[0].Message);
    }

    [Fact]
    public void Sees_that_a_slave_is_out_of_use()
    {
        var report = LacpBalanceAnalyzer.Forecast([Udp(0, bytes: 1), Udp(2, bytes: 1)], Bond(Slave(1), Slave(2, 5, 13, 2)));
        Assert.Equal([1.0, 0.0], report.Links.Select(link => link.TxShare!.Value));
        Assert.Contains("The bond does not use enp0s9.", Assert.Single(report.Findings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reads_a_flow_from_a_row_of_a_table()
    {
        var row = new Dictionary<string, string?>
        {
            ["SourceAddress"] = "192.168.1.10", ["DestinationAddress"] = " 192.168.1.2 ", ["Protocol"] = "tcp", ["SourcePort"] = "40000",
            ["DestinationPort"] = "443", ["SourceMac"] = "bc24.1100.0010", ["Bytes"] = "1500", ["Received"] = "true", ["VlanTag"] = "0x64", ["IcmpType"] = "",
        };
        var traffic = FlowRow.Parse(name => row.GetValueOrDefault(name));
        Assert.Equal((1500L, null, true), (traffic.Bytes!.Value, traffic.Packets, traffic.Received));
        Assert.Equal((Flow.IPv4, 6, 40000, 443, 100), (traffic.Flow.EtherType, traffic.Flow.Protocol, traffic.Flow.SourcePort, traffic.Flow.DestinationPort, traffic.Flow.VlanTag));
        Assert.Equal("bc:24:11:00:00:10", traffic.Flow.SourceMac!.ToString());
    }

    [Theory]
    [InlineData("SourcePort", "65536")]
    [InlineData("Bytes", "-1")]
    [InlineData("DestinationAddress", "here")]
    [InlineData("DestinationAddress", "2001:db8::1")]
    [InlineData("Received", "perhaps")]
    [InlineData("SourceMac", "bc:24")]
    [InlineData("SourceAddress", "")]
    public void Refuses_a_row_that_it_cannot_read(string field, string text)
    {
        var row = new Dictionary<string, string?> { ["SourceAddress"] = "192.168.1.10", ["DestinationAddress"] = "192.168.1.2", [field] = text };
        Assert.Throws<FormatException>(() => FlowRow.Parse(name => row.GetValueOrDefault(name)));
    }

    // One pair of addresses, so that layer2+3 puts every flow on one slave; what ports differ in, layer3+4 can tell.
    private static FlowTraffic Udp(int port, long? bytes = null) => new()
    {
        Bytes = bytes,
        Flow = Flow.Between(IPAddress.Parse("192.168.1.10"), IPAddress.Parse("192.168.1.2")) with
        {
            SourceMac = MacAddress.Parse("bc:24:11:00:00:10"), DestinationMac = MacAddress.Parse("00:1b:21:00:00:20"), Protocol = 17, SourcePort = (ushort)port,
        },
    };
}
