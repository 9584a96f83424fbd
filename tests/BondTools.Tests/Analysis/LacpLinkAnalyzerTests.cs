using System;
using System.Linq;
using BondTools.Analysis;
using BondTools.Cisco;
using BondTools.Linux;
using BondTools.Tests.Cisco;
using Xunit;
using static BondTools.Tests.Analysis.Ends;

namespace BondTools.Tests.Analysis;

public class LacpLinkAnalyzerTests
{
    private static readonly LacpLinkEvidence Whole = new()
    {
        Bond = Bond(Slave(1), Slave(2)),
        EtherChannels = [Channel("Et0/0(P) Et0/1(P)")],
        Neighbors = Neighbors,
        SwitchSystemId = Switch,
        InterfaceStatus = [],
        RunningConfiguration = [],
        NetworkInterfaces = [],
        LinkCounters = [],
        HostName = "pve1",
        SwitchName = "L2SW",
    };

    [Fact]
    public void Passes_what_is_bundled_at_both_ends_and_maps_the_cables()
    {
        var report = LacpLinkAnalyzer.Analyze(Whole);
        Assert.True(report.Passed);
        Assert.Empty(report.Findings);
        Assert.Equal("Po1", report.PortChannel);
        Assert.Equal([("enp0s8", "Et0/0", true), ("enp0s9", "Et0/1", true)], report.Links.Select(l => (l.HostInterface, l.SwitchInterface!, l.Bundled)));
        Assert.All(report.Links, l => Assert.Equal("P", l.SwitchFlags));
    }

    [Fact]
    public void Passes_the_article_whose_switch_showed_no_neighbors()
    {
        var report = LacpLinkAnalyzer.Analyze(new LacpLinkEvidence
        {
            Bond = Assert.Single(BondStatusParser.Parse(Sample.Read("article-bond0.txt"))),
            EtherChannels = EtherChannelSummaryParser.Parse(ArticleSwitch.Summary),
        });
        Assert.True(report.Passed);
        Assert.Equal("Po1", report.PortChannel);
        Assert.All(report.Links, l => Assert.True(l is { Bundled: true, HostBundled: true, SwitchBundled: null, SwitchInterface: null }));
        var note = Assert.Single(report.Findings);
        Assert.Equal(("not-examined", FindingSeverity.Information), (note.RuleId, note.Severity));
        Assert.Contains("show lacp neighbor, show lacp sys-id, show interfaces status, show running-config, /etc/network/interfaces and ip -s link", note.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Follows_crossed_cables()
    {
        var report = LacpLinkAnalyzer.Analyze(Whole with { Neighbors = [Neighbor("Ethernet0/0", 2), Neighbor("Ethernet0/1", 1)] });
        Assert.True(report.Passed);
        Assert.Equal(["Et0/1", "Et0/0"], report.Links.Select(l => l.SwitchInterface!));
    }

    [Fact]
    public void Says_one_thing_only_of_a_bond_that_is_not_LACP()
    {
        var bond = Bond([.. new[] { 1, 2 }.Select(n => Slave(n) with { Actor = null, Partner = null, AggregatorId = null })]) with
        {
            Mode = BondMode.BalanceRR,
            SystemMacAddress = null,
            ActiveAggregatorId = null,
        };
        Assert.Equal(["mode-not-lacp"], Rules(Whole with { Bond = bond }));
    }

    [Fact]
    public void Does_not_pass_what_it_could_not_see()
    {
        var bond = Bond([.. new[] { 1, 2 }.Select(n => Slave(n) with { Actor = null, Partner = null })]) with
        {
            SystemMacAddress = null,
            ActiveAggregatorId = null,
            PartnerMacAddress = null,
            PortCount = null,
        };
        var report = LacpLinkAnalyzer.Analyze(Whole with { Bond = bond });
        Assert.False(report.Passed);
        Assert.All(report.Links, l => Assert.True(l is { Bundled: false, HostBundled: null }));
        Assert.Equal(["unprivileged-read", "not-examined"], report.Findings.Select(finding => finding.RuleId));
    }

    [Theory]
    [InlineData(EtherChannelProtocol.None, "Po1 is static (mode on), and bond0 speaks LACP.")]
    [InlineData(EtherChannelProtocol.Pagp, "Po1 speaks PAgP, and bond0 speaks LACP.")]
    public void A_channel_without_lacp_is_told_before_the_bond_notices(EtherChannelProtocol protocol, string message)
    {
        var finding = Only("channel-protocol", Whole with { EtherChannels = [Channel("Et0/0(P) Et0/1(P)", protocol: protocol)] });
        Assert.Equal((message, FindingEnd.Switch), (finding.Message, finding.End));
    }

    [Theory]
    [InlineData(EtherChannelProtocol.None, "Po1 is static (mode on)", "channel-group 1 mode active")]
    [InlineData(EtherChannelProtocol.Pagp, "Po1 speaks PAgP", "channel-group 1 mode active")]
    [InlineData(EtherChannelProtocol.Lacp, "though Po1 speaks LACP", "the cables lead to the ports of Po1")]
    public void Tells_why_no_partner_answers(EtherChannelProtocol protocol, string reason, string remedy)
    {
        var finding = Only("partner-silent", Whole with
        {
            Bond = Bond(Silent(1, 77), Silent(2, 69, 2)),
            EtherChannels = [Channel("Et0/0(P) Et0/1(P)", protocol: protocol)],
            Neighbors = [],
        });
        Assert.Equal(protocol == EtherChannelProtocol.Lacp ? FindingEnd.Cable : FindingEnd.Switch, finding.End);
        Assert.Contains("enp0s8 and enp0s9 hear no LACP partner", finding.Message, StringComparison.Ordinal);
        Assert.Contains(reason, finding.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, finding.Remedy, StringComparison.Ordinal);
        Assert.Contains(finding.Evidence, line => line.StartsWith("pve1 enp0s8:", StringComparison.Ordinal) && line.Contains("state 77", StringComparison.Ordinal));
        Assert.Contains(finding.Evidence, line => line.StartsWith("L2SW: 1 Po1(SU)", StringComparison.Ordinal));
    }

    [Fact]
    public void Tells_one_port_without_LACP_from_a_switch_without_it()
    {
        var finding = Only("partner-silent", new LacpLinkEvidence { Bond = Bond(Slave(1), Silent(2, 69, 2)) });
        Assert.Contains("enp0s9 hears no LACP partner, while other slaves do", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Finds_slaves_cabled_to_two_switches()
    {
        var other = MacAddress.Parse("aa:bb:cc:00:02:00");
        var evidence = Whole with { Bond = Bond(Slave(1), Slave(2, 5, 13, 2, system: other)), Neighbors = [Neighbor("Et0/0", 1)] };
        Assert.Equal(
            ["several-partners", "member-not-mapped", "other-partner", "port-not-carrying", "several-aggregators", "slave-not-mapped"],
            Rules(evidence));
        Assert.Equal(["several-partners"], Errors(evidence));
        Assert.Contains($"enp0s9 to {other}", Only("several-partners", evidence).Message, StringComparison.Ordinal);
        Assert.Contains("Only aggregator 1 is active: enp0s9 on aggregator 2 stands idle", Only("several-aggregators", evidence).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Finds_slaves_in_two_port_channels_of_one_switch()
    {
        var evidence = Whole with
        {
            Bond = Bond(Slave(1), Slave(2, 5, 13, 2, key: 2)),
            EtherChannels = [Channel("Et0/0(P)"), Channel("Et0/1(w)", 2, inUse: false)],
            Neighbors = [Neighbor("Et0/0", 1), Neighbor("Et0/1", 2, group: 2)],
        };
        var finding = Only("several-port-channels", evidence);
        Assert.Contains("enp0s8 with key 1 and enp0s9 with key 2", finding.Message, StringComparison.Ordinal);
        Assert.Contains("L2SW Et0/1: group 2, neighbor 08:00:27:04:dd:bd port 2", finding.Evidence);
        Assert.Equal("Po1, Po2", LacpLinkAnalyzer.Analyze(evidence).PortChannel);
        Assert.Equal("enp0s9 is not cabled to channel-group 1.", Only("other-port-channel", evidence with { Group = 1 }).Message);
    }

    [Theory]
    [InlineData(143, 55, "the host's end is expired (LACPDUs have stopped coming), not collecting and not distributing and the switch's end is not in sync")]
    [InlineData(61, 13, "the switch's end is not collecting and not distributing")]
    [InlineData(5, 61, "the host's end is not in sync, not collecting and not distributing")]
    [InlineData(61, 253, "the switch's end is expired (LACPDUs have stopped coming) and defaulted (no LACPDU has come)")]
    public void Puts_the_state_bits_of_a_port_into_words(int actor, int partner, string words)
    {
        var finding = Only("port-not-carrying", Whole with { Bond = Bond(Slave(1), Slave(2, actor, partner)) });
        Assert.Equal($"enp0s9 carries no traffic: {words}.", finding.Message);
    }

    [Fact]
    public void Finds_a_link_that_only_one_end_uses()
    {
        var evidence = Whole with { EtherChannels = [Channel("Et0/0(P) Et0/1(s)")] };
        Assert.Equal(["member-not-bundled", "half-bundled"], Rules(evidence));
        Assert.Equal("The host uses enp0s9, and L2SW does not use its end, Et0/1.", Only("half-bundled", evidence).Message);
        Assert.Contains("suspended (s)", Only("member-not-bundled", evidence).Message, StringComparison.Ordinal);
        Assert.Equal([true, false], LacpLinkAnalyzer.Analyze(evidence).Links.Select(l => l.Bundled));

        Assert.Equal("The host uses 2 links of bond0, and L2SW uses 1.", Only("half-bundled", evidence with { Neighbors = null }).Message);
    }

    [Fact]
    public void Does_not_fail_a_port_in_hot_standby()
    {
        var report = LacpLinkAnalyzer.Analyze(Whole with
        {
            Bond = Bond(Slave(1), Slave(2, 13, 5)),
            EtherChannels = [Channel("Et0/0(P) Et0/1(H)")],
        });
        Assert.True(report.Passed);
        Assert.Equal(["max-bundle", "port-not-carrying"], report.Findings.Select(finding => finding.RuleId));
    }

    [Fact]
    public void Finds_a_slave_without_link()
    {
        var evidence = Whole with
        {
            Bond = Bond(Slave(1, 15, 55) with { MiiStatus = MiiStatus.Down, LinkFailureCount = 1 }, Slave(2)),
            EtherChannels = [Channel("Et0/0(D) Et0/1(P)")],
        };
        Assert.Equal(["slave-down", "member-not-bundled", "link-failures"], Rules(evidence));
        Assert.Equal(["slave-down"], Errors(evidence));
        Assert.Equal("slave-down", Only("member-not-bundled", evidence).FollowsFrom);
        Assert.Contains("L2SW Po1: Et0/0(D)", Only("slave-down", evidence).Evidence);
    }

    [Fact]
    public void Finds_minimum_links_unmet()
    {
        var evidence = new LacpLinkEvidence { Bond = Bond(Slave(1), Slave(2)) with { MinLinks = 3, MiiStatus = MiiStatus.Down } };
        Assert.Equal(["min-links-unmet", "bond-down", "not-examined"], Rules(evidence));
        Assert.Equal(["min-links-unmet"], Errors(evidence));
        Assert.Contains("only 2 slaves", Only("min-links-unmet", evidence).Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Finds_that_the_partner_is_not_the_switch_that_was_asked()
    {
        var finding = Only("other-partner", Whole with { SwitchSystemId = MacAddress.Parse("aa:bb:cc:00:09:00"), Neighbors = [] });
        Assert.Equal("enp0s8 and enp0s9 hear another system than L2SW.", finding.Message);
        Assert.Contains("L2SW: LACP system aa:bb:cc:00:09:00", finding.Evidence);
    }

    [Fact]
    public void Finds_a_member_that_leads_elsewhere()
    {
        var stranger = MacAddress.Parse("08:00:27:99:99:99");
        var finding = Only("member-not-mapped", Whole with
        {
            EtherChannels = [Channel("Et0/0(P) Et0/1(P) Et0/2(P)")],
            Neighbors = [.. Neighbors, Neighbor("Et0/2", 1, device: stranger)],
        });
        Assert.Contains($"L2SW Et0/2: group 1, neighbor {stranger} port 1", finding.Evidence);
    }

    [Fact]
    public void Finds_speeds_that_differ() => Assert.Contains(
        "actor-keys-differ",
        Rules(Whole with { Bond = Bond(Slave(1), Slave(2) with { SpeedMbps = 100, Actor = Slave(2).Actor! with { Key = 7 } }) }));

    [Fact]
    public void Warns_of_two_passive_ends_and_of_churn_and_still_passes()
    {
        var report = LacpLinkAnalyzer.Analyze(Whole with
        {
            Bond = Bond(Slave(1, 60, 60), Slave(2, 63, 61) with { PartnerChurnState = ChurnState.Churned }),
        });
        Assert.True(report.Passed);
        Assert.Equal(
            [("both-passive", FindingSeverity.Warning), ("churned", FindingSeverity.Warning), ("rates-differ", FindingSeverity.Information)],
            report.Findings.Select(finding => (finding.RuleId, finding.Severity)));
    }

    [Fact]
    public void Finds_no_such_group()
    {
        Assert.Equal("L2SW has no channel-group 7.", Only("group-not-found", Whole with { Group = 7, Neighbors = null }).Message);
        Assert.Equal("L2SW has no port-channel.", Only("group-not-found", Whole with { EtherChannels = [] }).Message);
    }

    [Fact]
    public void Guesses_no_port_channel_where_several_could_be_meant()
    {
        var report = LacpLinkAnalyzer.Analyze(Whole with
        {
            EtherChannels = [Channel("Et0/0(P) Et0/1(P)", 5), Channel("Et0/2(s)", 6)],
            Neighbors = null,
        });
        Assert.Null(report.PortChannel);
        Assert.True(report.Passed);
        Assert.Contains("the number of the channel-group", Assert.Single(report.Findings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tells_each_of_two_faults_on_two_links()
    {
        var evidence = Whole with
        {
            Bond = Bond(Slave(1) with { MiiStatus = MiiStatus.Down }, Silent(2, 69, 2)),
            EtherChannels = [Channel("Et0/0(D) Et0/1(s)", inUse: false)],
            Neighbors = [],
        };
        Assert.Equal(["slave-down", "partner-silent"], Errors(evidence));
        Assert.Equal(["slave-down"], Errors(evidence with { Bond = Bond(Slave(1) with { MiiStatus = MiiStatus.Down }, Slave(2)), EtherChannels = [Channel("Et0/0(D) Et0/1(P)")] }));
        // One slave without link explains one port that is down, not two.
        Assert.Equal(["slave-down", "member-not-bundled", "member-not-bundled"], Errors(evidence with
        {
            Bond = Bond(Slave(1) with { MiiStatus = MiiStatus.Down }, Slave(2)),
            EtherChannels = [Channel("Et0/0(D) Et0/1(P) Et0/2(D)")],
        }));
    }

    [Fact]
    public void Finds_a_port_channel_out_of_use() =>
        Assert.Contains("port-channel-not-in-use", Rules(Whole with { EtherChannels = [Channel("Et0/0(P) Et0/1(P)", inUse: false)] }));

    private static string[] Rules(LacpLinkEvidence evidence) =>
        [.. LacpLinkAnalyzer.Analyze(evidence).Findings.Select(finding => finding.RuleId)];

    private static string[] Errors(LacpLinkEvidence evidence) => [.. LacpLinkAnalyzer.Analyze(evidence).Findings
        .Where(finding => finding.Severity == FindingSeverity.Error).Select(finding => finding.RuleId)];

    private static Finding Only(string rule, LacpLinkEvidence evidence)
    {
        var report = LacpLinkAnalyzer.Analyze(evidence);
        var finding = Assert.Single(report.Findings, finding => finding.RuleId == rule);
        Assert.NotEmpty(finding.Evidence);
        Assert.NotEmpty(finding.Remedy);
        if (finding.Severity == FindingSeverity.Error)
            Assert.False(report.Passed);
        return finding;
    }
}
