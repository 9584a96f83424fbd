using System;
using System.Linq;
using BondTools.Analysis;
using BondTools.Cisco;
using BondTools.Linux;
using Xunit;
using static BondTools.Tests.Analysis.Ends;

namespace BondTools.Tests.Analysis;

public class LacpBalanceBothEndsTests
{
    private static readonly BondStatus TwoSlaves = Bond(Slave(1), Slave(2));
    private static readonly LacpLink[] Cabling =
    [
        new() { HostInterface = "enp0s8", SwitchInterface = "Et0/0", MiiStatus = MiiStatus.Up },
        new() { HostInterface = "enp0s9", SwitchInterface = "Et0/1", MiiStatus = MiiStatus.Up },
    ];

    [Fact]
    public void Joins_the_switchs_port_to_each_slave_and_finds_agreement()
    {
        var report = Analyze(Reading(0, 0, 0), Reading(60, 60_000, 60_000));
        Assert.True(report.Passed);
        Assert.Empty(report.Findings);
        var link = report.Links[0];
        Assert.Equal(("Et0/0", 60_000L, 60_000L, 0L, 0L), (link.SwitchInterface, link.SwitchTxPackets!.Value, link.SwitchRxPackets!.Value, link.SwitchErrors!.Value, link.SwitchDropped!.Value));
        Assert.Equal((1000.0, 800_000.0), (link.TxPacketsPerSecond!.Value, link.RxBitsPerSecond!.Value));
        Assert.Equal(("L2SW", TimeSpan.FromSeconds(60)), (report.SwitchName, report.Duration!.Value));
    }

    [Fact]
    public void Forgives_what_a_few_seconds_between_the_readings_explain()
    {
        // Ten of sixty seconds' traffic: the age that a switch's counters may have.
        Assert.Empty(Analyze(Reading(0, 0, 0), Reading(60, 60_000, 51_000)).Findings);
    }

    [Fact]
    public void Finds_frames_that_one_end_sent_and_the_other_never_got()
    {
        var report = Analyze(Reading(0, 0, 0), Reading(60, 60_000, 40_000));
        var finding = report.Findings.First(finding => finding.RuleId == "counters-disagree");
        Assert.Equal((FindingSeverity.Warning, FindingEnd.Cable), (finding.Severity, finding.End));
        Assert.Equal("Et0/0 sent 40000 packets, of which enp0s8 received 60000: more than the moments of reading explain.", finding.Message);
    }

    [Fact]
    public void Reports_the_switchs_errors_and_drops_at_its_end()
    {
        var after = Reading(60, 60_000, 60_000);
        var report = Analyze(Reading(0, 0, 0), after with { Switch = [after.Switch![0] with { RxErrors = 4 }, after.Switch[1] with { TxDropped = 7 }] });
        Assert.Equal(
            [("errors-rising", FindingEnd.Cable, "Et0/0 counted 4 errors meanwhile."),
                ("drops-rising", FindingEnd.Switch, "Et0/1 dropped 7 packets meanwhile: more was to be sent to enp0s9 than the link carries.")],
            report.Findings.Select(finding => (finding.RuleId, finding.End, finding.Message)));
    }

    [Fact]
    public void Leaves_out_what_the_switch_does_not_count_or_somebody_cleared()
    {
        var before = Reading(0, 0, 70_000);
        var after = Reading(60, 60_000, 60_000);
        var report = Analyze(before, after with { Switch = [after.Switch![0], after.Switch[1] with { TxPackets = null, RxPackets = null }] });
        Assert.All(report.Links, link => Assert.Null(link.SwitchTxPackets));
        Assert.True(report.Passed);
    }

    [Fact]
    public void Tells_a_restart_and_a_vanished_slave()
    {
        var restarted = Analyze(Reading(500, 0, 0), Reading(60, 60_000, 60_000));
        Assert.False(restarted.Conclusive);
        Assert.Contains(restarted.Findings, finding => finding.RuleId == "host-restarted");

        var after = Reading(60, 60_000, 60_000);
        var vanished = Analyze(Reading(0, 0, 0), after with { Host = [after.Host[0]] });
        Assert.Equal("enp0s9 vanished between the readings.", vanished.Findings[0].Message);
    }

    private static LacpBalanceReport Analyze(BalanceReading before, BalanceReading after) =>
        LacpBalanceAnalyzer.Analyze(before, after, TwoSlaves, new BalanceOptions { Cabling = Cabling });

    /// <summary>Both slaves with the same counters, and the switch's two ports, by other spellings of their names.</summary>
    private static BalanceReading Reading(int seconds, long hostPackets, long switchPackets) => new()
    {
        HostUptime = TimeSpan.FromSeconds(seconds),
        Host = [.. new[] { "enp0s8", "enp0s9" }.Select(name => new LinkCounter
        {
            Interface = name, RxBytes = hostPackets * 100, RxPackets = hostPackets, RxErrors = 0, RxDropped = 0,
            TxBytes = hostPackets * 100, TxPackets = hostPackets, TxErrors = 0, TxDropped = 0,
        })],
        Switch = [.. new[] { "Ethernet0/0", "Ethernet0/1" }.Select(name => new CiscoLinkCounter
        {
            ComputerName = "L2SW", Interface = name, State = "up", LineProtocolUp = true, LineProtocol = "up", RxPackets = switchPackets, TxPackets = switchPackets,
            RxErrors = 0, TxErrors = 0, RxDropped = 0, TxDropped = 0,
        })],
    };
}
