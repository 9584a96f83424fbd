using System;
using System.IO;
using System.Linq;
using BondTools.Analysis;
using BondTools.Cisco;
using BondTools.Lacp;
using BondTools.Linux;
using Xunit;

namespace BondTools.Tests.Analysis;

/// <summary>
/// Real kernels at both ends: the switch of the recordings is a Linux bond, whose view is told as a Cisco switch would.
/// </summary>
public class RecordedLinkTests
{
    [Theory]
    [InlineData("8023ad-up-slow")]
    [InlineData("8023ad-up-fast")]
    [InlineData("8023ad-slow-first-second")]
    [InlineData("minlinks2-ok")]
    [InlineData("ok-switch-passive")]
    [InlineData("mode4-8023ad")]
    [InlineData("8023ad-rate-host-fast-switch-slow", "rates-differ", "rates-differ")]
    [InlineData("quirk-both-passive-comes-up", "both-passive", "both-passive")]
    [InlineData("fail-switch-port1-recovered", "link-failures")]
    public void Passes_and_maps_both_cables(string recording, params string[] rules)
    {
        var report = Analyze(recording);
        Assert.Equal(rules, report.Findings.Select(finding => finding.RuleId));
        Assert.True(report.Passed);
        Assert.Equal([("enp0s8", "p1"), ("enp0s9", "p2")], report.Links.Select(l => (l.HostInterface, l.SwitchInterface!)));
        Assert.All(report.Links, l => Assert.True(l.Bundled));
    }

    [Theory]
    [InlineData("fail-switch-no-lacp-4s", "partner-silent", "several-aggregators")]
    [InlineData("fail-switch-no-lacp-80s", "partner-silent", "several-aggregators", "churned", "churned")]
    [InlineData("fail-only-p1-lacp-5s", "partner-silent", "several-aggregators")]
    [InlineData("fail-two-switch-lags", "several-partners", "port-not-carrying", "several-aggregators")]
    [InlineData("fail-two-switch-lags-same-system", "several-port-channels", "port-not-carrying", "several-aggregators")]
    [InlineData("fail-silent-p1-fast-noticed", "port-not-carrying", "link-failures", "link-failures")]
    [InlineData("fail-silent-p1-fast-later", "partner-silent", "several-aggregators", "link-failures", "link-failures")]
    [InlineData("fail-switch-port1-down", "slave-down", "link-failures")]
    [InlineData("fail-both-down", "slave-down", "slave-down", "bond-down", "link-failures", "link-failures")]
    [InlineData("fail-minlinks2-unmet", "slave-down", "min-links-unmet", "bond-down", "link-failures")]
    [InlineData("fail-minlinks3", "min-links-unmet", "bond-down")]
    [InlineData("fail-host-no-slaves", "bond-down")]
    [InlineData("fail-host-rr-switch-lacp", "mode-not-lacp")]
    public void Names_what_is_wrong_from_the_host_alone(string recording, params string[] rules)
    {
        var report = LacpLinkAnalyzer.Analyze(new LacpLinkEvidence { Bond = Read(recording, "proc-net-bonding-bond0.txt") });
        Assert.Equal(rules, report.Findings.Select(finding => finding.RuleId).Where(rule => rule != "not-examined"));
        Assert.False(report.Passed);
        Assert.Single(report.Findings.Where(finding => finding.Severity == FindingSeverity.Error).Select(finding => finding.RuleId).Distinct());
    }

    [Fact]
    public void Passes_exactly_the_bonds_that_have_negotiated_on_every_slave()
    {
        var judged = 0;
        foreach (var file in Directory.EnumerateFiles(Corpus.Require("."), "*", SearchOption.AllDirectories).Where(IsBond))
        {
            foreach (var bond in BondStatusParser.Parse(File.ReadAllText(file)).Where(bond => bond.Mode.Equals(BondMode.Lacp)))
            {
                var isWhole = bond.Negotiated == true && bond.Slaves.All(slave => slave.MiiStatus == MiiStatus.Up);
                var report = LacpLinkAnalyzer.Analyze(new LacpLinkEvidence { Bond = bond });
                Assert.True(isWhole == report.Passed, $"{file}: passed {report.Passed}, but {bond.Reason}");
                judged++;
            }
        }
        Assert.InRange(judged, 200, int.MaxValue);
    }

    private static bool IsBond(string file) =>
        Path.GetFileName(file).Contains("proc-net-bonding-", StringComparison.Ordinal)
        || file.EndsWith(".proc", StringComparison.Ordinal) || file.EndsWith(".proc.unpriv", StringComparison.Ordinal);

    private static LacpLinkReport Analyze(string recording)
    {
        var peer = Read(recording, "switch-proc-net-bonding-swbond.txt");
        return LacpLinkAnalyzer.Analyze(new LacpLinkEvidence
        {
            Bond = Read(recording, "proc-net-bonding-bond0.txt"),
            SwitchSystemId = peer.SystemMacAddress,
            InterfaceStatus = [],
            RunningConfiguration = [],
            NetworkInterfaces = [],
            LinkCounters = [],
            EtherChannels = [Summary(peer)],
            Neighbors = [.. peer.Slaves.Select(Neighbor)],
        });
    }

    private static BondStatus Read(string recording, string file) =>
        Assert.Single(BondStatusParser.Parse(File.ReadAllText(Corpus.Require($"bonding-lab/{recording}/{file}")), "bond0"));

    private static CiscoEtherChannel Summary(BondStatus peer) => new()
    {
        Group = 1,
        PortChannel = "Po1",
        Flags = "SU",
        InUse = true,
        Protocol = EtherChannelProtocol.Lacp,
        Members = [.. peer.Slaves.Select(port => new CiscoEtherChannelMember
        {
            Interface = port.Name,
            Flags = "P",
            State = EtherChannelMemberState.Bundled,
            Bundled = (port.Actor!.State & LacpPortState.Distributing) != 0,
        })],
    };

    private static CiscoLacpNeighbor Neighbor(BondSlave port) => new()
    {
        Group = 1,
        Interface = port.Name,
        Flags = "SA",
        PortPriority = port.Partner!.PortPriority,
        DeviceId = port.Partner.SystemMacAddress,
        Age = TimeSpan.Zero,
        OperKey = port.Partner.Key,
        PortNumber = port.Partner.PortNumber,
        PortState = port.Partner.State,
    };
}
