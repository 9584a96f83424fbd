using System;
using System.Linq;
using System.Threading.Tasks;
using BondTools.Analysis;
using BondTools.Hashing;
using BondTools.Lab;
using BondTools.Module.Tests.Sessions;
using Xunit;

namespace BondTools.Module.Tests.Lab;

[Collection(SerialSessions.Name)]
public sealed class TestLacpBalanceTests : IDisposable
{
    private readonly LabFixture _lab = new(BondLabStart.Article, new ManualLabClock());

    public void Dispose() => _lab.Dispose();

    [Fact]
    public void Measures_both_ends_of_each_cable()
    {
        var report = _lab.GetOne<LacpBalanceReport>("Test-LacpBalance -Session $pve, $switch -GenerateTraffic -ContainerId 101, 102 -Destination 192.168.1.1, 192.168.1.2");
        Assert.True(report.Passed, string.Join("\n", report.Findings.Select(f => f.Message)));
        Assert.Equal((BalanceMethod.Counter, "L2SW"), (report.Method, report.SwitchName));
        Assert.Equal([("enp0s8", "Et0/0"), ("enp0s9", "Et0/1")], report.Links.Select(link => (link.Interface, link.SwitchInterface)));
        Assert.All(report.Links, link =>
        {
            Assert.Equal((link.RxPackets, link.TxPackets), (link.SwitchTxPackets, link.SwitchRxPackets));
            Assert.Equal((0, 0), (link.SwitchErrors, link.SwitchDropped));
            Assert.True(link.TxPackets >= 100 && link.RxBytes >= 9800);
        });
        // By the lab's clock, which only the pings turned.
        Assert.Equal(report.Links[0].TxPackets!.Value / report.Duration!.Value.TotalSeconds, report.Links[0].TxPacketsPerSecond!.Value, 6);
    }

    [Fact]
    public void Knows_the_flows_that_it_made_and_where_the_hash_put_them()
    {
        var result = _lab.Run("Test-LacpBalance -Session $pve -GenerateTraffic -ContainerId 101, 102 -Destination 192.168.1.1, 192.168.1.2 -WarningAction Continue");
        var report = Assert.IsType<LacpBalanceReport>(Assert.Single(result.Output));
        Assert.Empty(result.Messages);
        Assert.Equal([2, 2], report.Links.Select(link => link.Flows!.Value));
        Assert.Equal((FlowWeight.Packets, 0.5), (report.Weight, report.BestShare!.Transmit!.Value));
    }

    [Fact]
    public void Says_before_it_sends_that_the_ends_named_leave_a_slave_idle()
    {
        var result = _lab.Run("Test-LacpBalance -Session $pve -GenerateTraffic -ContainerId 101 -Destination 192.168.1.1");
        var report = Assert.IsType<LacpBalanceReport>(Assert.Single(result.Output));
        var idle = Assert.Single(report.Links, link => link.Flows == 0).Interface;
        Assert.Contains($"layer2+3 puts none of these 1 pairs of addresses on {idle}", Assert.Single(result.Messages), StringComparison.Ordinal);
        Assert.Equal(["unfair-transmit", "elephant-flow"], report.Findings.Where(finding => finding.RuleId != "unfair-receive").Select(finding => finding.RuleId));
    }

    [Fact]
    public async Task Feeds_a_policy_that_hashes_ports_with_datagrams_from_many_ports()
    {
        await _lab.OnHostAsync("echo layer3+4 > /sys/class/net/bond0/bonding/xmit_hash_policy");
        var report = _lab.GetOne<LacpBalanceReport>("Test-LacpBalance -Session $pve, $switch -GenerateTraffic -ContainerId 101, 102 -Destination 192.168.1.1, 192.168.1.2");
        Assert.True(report.Passed, string.Join("\n", report.Findings.Select(f => f.Message)));
        // Four pairs: two hundred pings, and as many datagrams of 500 bytes, which no single flow could share.
        Assert.True(report.Links.Sum(link => link.TxPackets) >= 400);
        Assert.True(report.Links.Sum(link => link.TxBytes) >= (200 * 98) + (200 * 542));
        Assert.True(report.Fairness.Transmit > 0.9, report.Fairness.ToString());
        Assert.All(report.Links, link => Assert.Equal(link.TxPackets, link.SwitchRxPackets));
    }

    [Fact]
    public void Finds_the_cable_on_which_every_frame_is_lost()
    {
        // Half a minute of pings: the host does not know yet that its partner is silent, and goes on sending.
        var result = _lab.Run("""
            Set-BondLabFault -Lab $lab -Fault SilentLoss -Link 2
            Test-LacpBalance -Session $pve, $switch -GenerateTraffic -ContainerId 101, 102 -Destination 192.168.1.1, 192.168.1.2 -Count 600
            """);
        var report = Assert.IsType<LacpBalanceReport>(Assert.Single(result.Output));
        var findings = report.Findings.Where(finding => finding.RuleId == "counters-disagree").ToList();
        // Which direction shows depends on how far the pings come before the partner is missed.
        Assert.Contains(findings, finding => finding.Message.Contains(" packets, of which Et0/1 received 0:", StringComparison.Ordinal) || finding.Message.Contains(" packets, of which enp0s9 received 0:", StringComparison.Ordinal));
        Assert.All(findings, finding => Assert.Equal(FindingEnd.Cable, finding.End));
    }

    [Fact]
    public void Measures_the_host_alone_where_no_switch_is_given()
    {
        var report = _lab.GetOne<LacpBalanceReport>("Test-LacpBalance -Session $pve -DurationSec 1");
        Assert.Null(report.SwitchName);
        Assert.All(report.Links, link => Assert.Null(link.SwitchInterface));
        Assert.Contains(report.Findings, finding => finding.RuleId == "too-little-traffic");
        _lab.Fail("Test-LacpBalance -Session $switch", BondToolsErrorKind.InvalidConfiguration);
    }

    [Fact]
    public async Task Says_that_a_bond_without_a_slave_has_nothing_to_balance()
    {
        await _lab.OnHostAsync("ip link set enp0s9 nomaster; ip link set enp0s8 nomaster");
        var report = _lab.GetOne<LacpBalanceReport>("Test-LacpBalance -Session $pve -DurationSec 1");
        Assert.Equal("nothing-to-balance", report.Findings[0].RuleId);
        Assert.Empty(report.Links);
    }

    [Fact]
    public void Forecasts_from_a_table_of_flows_without_a_device()
    {
        // As Import-Csv gives them: every value is text.
        var report = _lab.GetOne<LacpBalanceReport>("""
            $rows = foreach ($port in '40001', '40002') {
              [pscustomobject]@{
                SourceAddress = '192.168.1.10'; DestinationAddress = '192.168.1.2'; Protocol = 'tcp'; SourcePort = $port; DestinationPort = '445'
                SourceMac = 'bc:24:11:5e:00:10'; DestinationMac = '00:50:79:66:68:01'; Bytes = '1000'; VlanTag = ''
              }
            }
            $rows | Test-LacpBalance -BondStatus (Get-PveBondStatus -Session $pve) -LoadBalanceMethod src-dst-ip
            """);
        Assert.Equal((BalanceMethod.Forecast, false, 0.5), (report.Method, report.Passed, report.BestShare!.Transmit!.Value));
        Assert.Equal([1.0, 0.0], report.Links.Select(link => link.TxShare!.Value).OrderDescending());
        Assert.Equal("bond-xmit-hash-policy layer3+4", report.Advice[0].Change);
        Assert.Contains(report.Advice, advice => advice is { End: FindingEnd.Switch, Certainty: LinkCertainty.Forecast });

        var result = _lab.Run("Test-LacpBalance -Flow ([BondTools.Hashing.Flow]::Between('192.168.1.10', '192.168.1.2')) -BondStatus (Get-PveBondStatus -Session $pve)");
        Assert.Contains("lacks an address that layer2+3 hashes", Assert.Single(result.Errors).Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Takes_a_session_from_the_pipeline_for_a_session()
    {
        Assert.Equal(BalanceMethod.Counter, _lab.GetOne<LacpBalanceReport>("$pve | Test-LacpBalance -DurationSec 1").Method);
        using var bare = new LabFixture();
        bare.Fail("$pve | Test-LacpBalance", BondToolsErrorKind.NotFound);
        _lab.Fail("[BondTools.Hashing.Flow]::Between('192.168.1.10', '192.168.1.2') | Test-LacpBalance", BondToolsErrorKind.InvalidConfiguration);
    }

    [Fact]
    public void Names_the_row_that_it_cannot_read_and_goes_on()
    {
        var result = _lab.Run("""
            $rows = [pscustomobject]@{ SourceAddress = '192.168.1.10'; DestinationAddress = '192.168.1.2'; SourceMac = 'bc:24:11:5e:00:10'; DestinationMac = '00:50:79:66:68:01' },
              [pscustomobject]@{ SourceAddress = 'here'; DestinationAddress = 'there' }
            $rows | Test-LacpBalance -BondStatus (Get-PveBondStatus -Session $pve)
            """);
        Assert.Contains("'here' is no SourceAddress", Assert.Single(result.Errors).Exception.Message, StringComparison.Ordinal);
        Assert.Equal(1, Assert.IsType<LacpBalanceReport>(Assert.Single(result.Output)).Links.Sum(link => link.Flows));
    }
}
