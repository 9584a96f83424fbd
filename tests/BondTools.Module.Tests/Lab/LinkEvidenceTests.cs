using System;
using System.Linq;
using BondTools.Analysis;
using BondTools.Lab;
using BondTools.Module.Devices;
using BondTools.Module.Tests.Sessions;
using Xunit;

namespace BondTools.Module.Tests.Lab;

/// <summary>What Test-LacpLink asks the devices, and what it makes of records.</summary>
public sealed class LinkEvidenceTests : IDisposable
{
    private readonly ManualLabClock _clock = new();
    private readonly LabFixture _lab;

    public LinkEvidenceTests() => _lab = new LabFixture(BondLabStart.Article, _clock);

    public void Dispose() => _lab.Dispose();

    [Fact]
    public void Nothing_is_found_on_healthy_links_and_nothing_is_left_unexamined()
    {
        var report = _lab.GetOne<LacpLinkReport>("Test-LacpLink -Session $pve, $switch");
        Assert.Empty(report.Findings);
        Assert.All(report.Links, link => Assert.Equal(CablingSource.LacpNeighbor, link.MappedBy));
    }

    [Fact]
    public void The_host_is_asked_once()
    {
        var commands = _lab.Run("Test-LacpLink -Session $pve -Debug 5>&1 | ForEach-Object { \"$_\" }").Output
            .Select(line => line.ToString()!).Where(line => line.Contains("/proc/net/bonding", StringComparison.Ordinal) || line.Contains("ip -s", StringComparison.Ordinal)).ToList();
        Assert.Single(commands);
    }

    [Fact]
    public void What_the_switch_refuses_is_left_out_and_named()
    {
        // Without the secret the login stays at the level that may not read the configuration.
        var session = LabRegistry.Register("locked", BondLab.Create(new BondLabOptions { Start = BondLabStart.Article, EnableSecret = "of nobody" }));
        try
        {
            using var engine = new Engine(("pve", session.Host), ("switch", session.Switch));
            var run = engine.Run("Test-LacpLink -Session $pve, $switch -Verbose");
            var report = Assert.IsType<LacpLinkReport>(Assert.Single(run.Output));
            Assert.True(report.Passed);
            Assert.Contains("show running-config", Assert.Single(report.Findings).Message, StringComparison.Ordinal);
            Assert.Contains(run.Messages, message => message.Contains("It is left out of the evidence.", StringComparison.Ordinal));
        }
        finally
        {
            LabRegistry.Stop(session);
        }
    }

    [Fact]
    public void What_changed_since_an_earlier_look_is_told()
    {
        _lab.Get("$before = Get-PveBondStatus -Session $pve bond0; Set-BondLabFault -Lab $lab -Fault Unplug -Link 1");
        _clock.Advance(TimeSpan.FromSeconds(2));
        _lab.Get("Set-BondLabFault -Lab $lab -Clear");
        _clock.Advance(TimeSpan.FromSeconds(100));
        var finding = Assert.Single(_lab.GetOne<LacpLinkReport>("Test-LacpLink -Session $pve, $switch -PreviousBond $before").Findings);
        Assert.Equal(("link-failures-rising", FindingSeverity.Warning), (finding.RuleId, finding.Severity));
        Assert.Equal("link-failures", Assert.Single(_lab.GetOne<LacpLinkReport>("Test-LacpLink -Session $pve, $switch").Findings).RuleId);
    }

    [Fact]
    public void Records_are_judged_as_the_devices_are()
    {
        var report = _lab.GetOne<LacpLinkReport>("""
            $evidence = @{
                BondStatus = Get-PveBondStatus -Session $pve bond0
                EtherChannel = Get-CiscoEtherChannel -Session $switch
                EtherChannelDetail = Get-CiscoEtherChannelDetail -Session $switch
                LacpInternal = Get-CiscoLacpInternal -Session $switch
                InterfaceStatus = Get-CiscoInterfaceStatus -Session $switch
                SwitchLinkCounter = Get-CiscoLinkCounter -Session $switch
                NetworkInterface = Get-PveNetworkInterface -Session $pve
                LinkCounter = Get-PveLinkCounter -Session $pve
                RunningConfiguration = 'interface Port-channel1', ' switchport mode access'
                SwitchSystemId = 'aa:bb:cc:00:01:00'
            }
            Test-LacpLink @evidence
            """);
        Assert.True(report.Passed);
        Assert.Empty(report.Findings);
        Assert.All(report.Links, link => Assert.NotNull(link.SwitchInterface));
    }
}
