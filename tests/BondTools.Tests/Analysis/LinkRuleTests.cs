using System;
using System.Linq;
using BondTools.Analysis;
using BondTools.Cisco;
using BondTools.Linux;
using Xunit;
using static BondTools.Tests.Analysis.Ends;
using static BondTools.Tests.Analysis.FullEvidence;

namespace BondTools.Tests.Analysis;

/// <summary>Each fault is told by one rule, at the right end, and by no other as an error.</summary>
public class LinkRuleTests
{
    public static TheoryData<string> Names => [.. LinkFaults.All.Select(fault => fault.Name)];

    [Fact]
    public void Nothing_is_found_on_a_healthy_pair() => Assert.Empty(LacpLinkAnalyzer.Analyze(Healthy).Findings);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_fault_is_told_by_its_rule_alone(string name)
    {
        var fault = Assert.Single(LinkFaults.All, fault => fault.Name == name);
        var report = LacpLinkAnalyzer.Analyze(fault.Break(Healthy));
        var all = string.Join("\n", report.Findings);
        var found = report.Findings.Where(finding => finding.RuleId == fault.Rule && finding.FollowsFrom is null).ToList();
        Assert.True(found.Count > 0, $"{fault.Rule} is not among\n{all}");
        Assert.All(found, finding => Assert.Equal((fault.End, fault.Severity), (finding.End, finding.Severity)));
        Assert.All(report.Findings, finding => Assert.True(finding.Severity < FindingSeverity.Error || finding.RuleId == fault.Rule, all));
        Assert.All(report.Findings, finding => Assert.True(finding.Evidence.Count > 0 && finding.Remedy.Length > 0, all));
        Assert.Equal(fault.Severity == FindingSeverity.Error, report.Findings[0].Severity == FindingSeverity.Error);
        if (fault.Severity == FindingSeverity.Error)
            Assert.False(report.Passed);
    }

    [Fact]
    public void Every_rule_has_a_fault_that_it_tells() =>
        Assert.Empty(LacpLinkAnalyzer.RuleIds.Except(LinkFaults.All.Select(fault => fault.Rule)));

    [Fact]
    public void What_follows_names_its_cause()
    {
        var report = LacpLinkAnalyzer.Analyze(Assert.Single(LinkFaults.All, fault => fault.Name == "switch port shut down").Break(Healthy));
        Assert.Equal([("member-shutdown", null), ("slave-down", "member-shutdown"), ("member-not-bundled", "member-shutdown")],
            report.Findings.Select(finding => (finding.RuleId, finding.FollowsFrom)));
        Assert.Equal(["Et0/1"], report.Findings[0].Subjects);
    }

    [Theory]
    [InlineData("unplugged", "static channel", "slave-down", "channel-protocol")]
    [InlineData("unplugged", "no such group", "slave-down", "group-not-found")]
    [InlineData("unplugged", "bond is round-robin", "slave-down", "mode-not-lacp")]
    [InlineData("unplugged", "native VLAN is not the bridge's", "slave-down", "native-vlan-mismatch")]
    [InlineData("switch port shut down", "VLANs on an access port", "member-shutdown", "vlan-not-allowed")]
    [InlineData("NIC renamed", "jumbo frames at the host only", "slave-missing", "mtu-mismatch")]
    public void Two_faults_of_the_pair_are_both_told(string first, string second, params string[] rules)
    {
        var one = LinkFaults.All.Single(fault => fault.Name == first).Break(Healthy);
        var two = LinkFaults.All.Single(fault => fault.Name == second).Break(Healthy);
        // The second link is the first fault's; everything else is the second's.
        var broken = one with
        {
            Bond = two.Bond with { Slaves = [two.Bond.Slaves[0], .. one.Bond.Slaves.Skip(1)] },
            EtherChannels = two.EtherChannels == Healthy.EtherChannels ? one.EtherChannels : two.EtherChannels,
            RunningConfiguration = two.RunningConfiguration == Healthy.RunningConfiguration ? one.RunningConfiguration : [.. two.RunningConfiguration!.Take(2), .. one.RunningConfiguration!.Skip(2)],
            LinkCounters = two.LinkCounters == Healthy.LinkCounters ? one.LinkCounters : two.LinkCounters,
            Group = two.Group,
        };
        Assert.Equal(rules.Order(), Errors(broken).Order());
    }

    [Fact]
    public void Two_faults_on_two_links_that_cannot_be_mapped_are_both_told()
    {
        var broken = Healthy with
        {
            Bond = Bond(Slave(1, 13, 53) with { MiiStatus = MiiStatus.Down, Partner = Silent(1).Partner }, Silent(2, 69, 2)),
            EtherChannels = [Channel("Et0/0(D) Et0/1(s)", inUse: false)],
            Neighbors = [],
            LacpInternal = null,
            RunningConfiguration = Configuration(first: "shutdown"),
        };
        Assert.Equal(["member-shutdown", "partner-silent"], Errors(broken));
        Assert.Equal(["member-shutdown", "trunk-mismatch"], Errors(broken with { RunningConfiguration = Configuration(first: "shutdown", second: "switchport trunk native vlan 99") }));
    }

    [Fact]
    public void A_link_that_the_switch_does_not_hear_is_mapped_by_the_other_direction()
    {
        var report = LacpLinkAnalyzer.Analyze(Healthy with { Neighbors = [Neighbor("Et0/0", 1)] });
        Assert.Equal(
            [("Et0/0", CablingSource.LacpNeighbor), ("Et0/1", CablingSource.LacpInternal)],
            report.Links.Select(link => (link.SwitchInterface!, link.MappedBy!.Value)));
        Assert.All(LacpLinkAnalyzer.Analyze(Healthy with { Neighbors = null, LacpInternal = null }).Links, link => Assert.Null(link.MappedBy));
    }

    [Theory]
    [InlineData("0800.2704.ddbe", null, true)]
    [InlineData("enp0s9", "PVE1.example.org", true)]
    [InlineData("enp0s9", "pve2", false)]
    [InlineData("enp0s9", null, false)]
    [InlineData("0800.2704.ffff", "pve1", false)]
    public void LLDP_maps_what_LACP_leaves_where_it_is_sure_of_the_host(string port, string? system, bool isMapped)
    {
        var silent = Silent(2, 69, 2) with { PermanentHardwareAddress = MacAddress.Parse("08:00:27:04:dd:be") };
        var link = LacpLinkAnalyzer.Analyze(Healthy with
        {
            Bond = Bond(Slave(1), silent),
            Neighbors = [Neighbor("Et0/0", 1)],
            SwitchLldpNeighbors = [new() { Interface = "Ethernet0/1", ChassisId = "0800.2704.ddbd", PortId = port, SystemName = system }],
        }).Links[1];
        Assert.Equal(isMapped ? ("Et0/1", CablingSource.Lldp) : (null, null), (link.SwitchInterface, link.MappedBy));
    }

    [Fact]
    public void The_detail_stands_in_for_the_tables_of_LACP()
    {
        var port = new CiscoEtherChannelPort { PortState = "Up Mstr Assoc In-Bndl", State = EtherChannelMemberState.Bundled, Bundled = true };
        var report = LacpLinkAnalyzer.Analyze(Healthy with
        {
            Neighbors = null,
            LacpInternal = null,
            EtherChannelDetails = [new CiscoEtherChannelDetail { Group = 1, PortChannels = [], Ports = [port with { Partner = Neighbor("Et0/0", 1) }, port with { Local = OwnSide("Et0/1", 2) }] }],
        });
        Assert.Equal([CablingSource.LacpNeighbor, CablingSource.LacpInternal], report.Links.Select(link => link.MappedBy!.Value));
    }

    [Fact]
    public void All_the_VLANs_that_Proxmox_writes_are_no_wish() => Assert.Empty(LacpLinkAnalyzer.Analyze(Healthy with
    {
        NetworkInterfaces = Interfaces(Stanzas.Replace("bridge-vids 10 20", "bridge-vids 2-4094", StringComparison.Ordinal)),
    }).Findings);

    [Fact]
    public void The_address_of_the_first_slave_is_no_finding() => Assert.Empty(LacpLinkAnalyzer.Analyze(Healthy with
    {
        Bond = Bond(Slave(1) with { PermanentHardwareAddress = Host }, Slave(2) with { PermanentHardwareAddress = MacAddress.Parse("08:00:27:99:99:99") }),
        NetworkInterfaces = Interfaces(Stanzas.Replace("hwaddress 08:00:27:04:dd:bd", "", StringComparison.Ordinal)),
    }).Findings);

    [Fact]
    public void A_partner_of_two_switches_is_not_blamed()
    {
        var report = LacpLinkAnalyzer.Analyze(Assert.Single(LinkFaults.All, fault => fault.Rule == "mlag-partner").Break(Healthy));
        Assert.True(report.Passed);
        Assert.Equal(["mlag-partner"], report.Findings.Select(finding => finding.RuleId));
        Assert.Contains("enp0s8 and enp0s9 lead to different halves", report.Findings[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Random_healthy_pairs_give_no_finding()
    {
        var random = new Random(5);
        for (var round = 0; round < 500; round++)
        {
            var evidence = RandomPair(random);
            var report = LacpLinkAnalyzer.Analyze(evidence);
            Assert.True(report.Passed && report.Findings.Count == 0, $"round {round}: {string.Join("\n", report.Findings)}");
            Assert.All(report.Links, link => Assert.Equal(CablingSource.LacpNeighbor, link.MappedBy));
        }
    }

    private static string[] Errors(LacpLinkEvidence evidence) => [.. LacpLinkAnalyzer.Analyze(evidence).Findings
        .Where(finding => finding.Severity == FindingSeverity.Error).Select(finding => finding.RuleId).Distinct()];

    /// <summary>Two to eight links at one speed, cabled in any order, in any group, at either rate, passive at one end at most.</summary>
    private static LacpLinkEvidence RandomPair(Random random)
    {
        var count = random.Next(2, 9);
        var group = random.Next(1, 49);
        var rate = random.Next(2) * 2;
        var passive = random.Next(3);
        var (host, other) = (61 + rate - (passive == 1 ? 1 : 0), 61 + rate - (passive == 2 ? 1 : 0));
        var speed = new[] { 1000, 10000, 25000 }[random.Next(3)];
        var cables = Enumerable.Range(1, count).OrderBy(_ => random.Next()).ToList();
        var bond = Bond([.. cables.Select((port, i) => Slave(i + 1, host, other, key: group) with
        {
            SpeedMbps = speed,
            Partner = Slave(port, host, other, key: group).Partner,
        })]) with { LacpActive = passive != 1, LacpRate = rate > 0 ? LacpRate.Fast : LacpRate.Slow, MinLinks = random.Next(0, count + 1) };
        return Healthy with
        {
            Bond = bond,
            PreviousBond = random.Next(2) == 0 ? bond : null,
            EtherChannels = [Channel(string.Join(" ", Enumerable.Range(1, count).Select(port => $"Et0/{port}(P)")), group)],
            Neighbors = [.. cables.Select((port, i) => Neighbor($"Et0/{port}", i + 1, group) with { Age = TimeSpan.FromSeconds(random.Next(rate > 0 ? 2 : 30)) })],
            LacpInternal = [.. Enumerable.Range(1, count).Select(port => OwnSide($"Et0/{port}", port))],
            InterfaceStatus = [.. Enumerable.Range(1, count).Select(port => Status($"Et0/{port}", speed: speed == 1000 ? "a-1000" : $"{speed / 1000}G"))],
            SwitchLinkCounters = [Port($"Port-channel{group}", 9198)],
            NetworkInterfaces = Interfaces(Stanzas.Replace("enp0s8 enp0s9", string.Join(" ", bond.Slaves.Select(slave => slave.Name)), StringComparison.Ordinal)),
            Group = random.Next(2) == 0 ? group : null,
        };
    }
}
