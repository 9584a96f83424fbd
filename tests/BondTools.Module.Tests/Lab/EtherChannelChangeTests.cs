using System;
using System.Linq;
using System.Threading.Tasks;
using BondTools.Cisco;
using BondTools.Lab;
using BondTools.Module.Tests.Sessions;
using Xunit;

namespace BondTools.Module.Tests.Lab;

/// <summary>The cmdlets that change the switch, on the emulated one. GuardedConfigurationTests looks at the revert timer's faults.</summary>
[Collection(SerialSessions.Name)]
public sealed class EtherChannelChangeTests : IDisposable
{
    private const string New = "New-CiscoEtherChannel -Session $switch -Group 1 -Interface Et0/0, Et0/1 ";
    private const string Set = "Set-CiscoEtherChannel -Session $switch -Group 1 ";

    private readonly LabFixture _lab = new();

    public void Dispose() => _lab.Dispose();

    [Fact]
    public async Task Every_parameter_is_configured_and_the_second_time_nothing_is_sent()
    {
        const string wish = New + "-Mode Passive -Description 'pve bond0' -SwitchportMode Trunk -AllowedVlan 10, 20-22 -NativeVlan 99 -MinLinks 2 -MaxBundle 2 "
            + "-LacpRate Fast -PortPriority 100, 200 -SystemPriority 1000 -Mtu 9000 -PassThru ";
        var channel = _lab.GetOne<CiscoEtherChannel>(wish);
        Assert.Equal((1, 2), (channel.Group, channel.Members.Count));
        var present = RunningConfigurationParser.Parse(await _lab.OnSwitchAsync("show running-config"));
        Assert.Equal(
            ["description pve bond0", "switchport", "switchport trunk allowed vlan 10,20-22", "switchport trunk encapsulation dot1q", "switchport trunk native vlan 99", "switchport mode trunk", "mtu 9000", "port-channel min-links 2", "lacp max-bundle 2"],
            present[0].Lines);
        Assert.Equal(
            ["switchport trunk allowed vlan 10,20-22", "switchport trunk encapsulation dot1q", "switchport trunk native vlan 99", "switchport mode trunk", "mtu 9000", "duplex auto", "lacp port-priority 200", "lacp rate fast", "channel-group 1 mode passive"],
            present[2].Lines);
        Assert.Contains("lacp system-priority 1000\n", await _lab.OnSwitchAsync("show running-config"), StringComparison.Ordinal);

        Assert.Equal("L2SW is configured so already; nothing is sent.", Said(wish.Replace("-PassThru", "", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Set_changes_what_is_given_takes_away_what_is_named_and_lets_a_member_go()
    {
        _lab.Get(New + "-SwitchportMode Trunk -NativeVlan 99 -Description old -LacpRate Fast");
        _lab.Get(Set + "-AllowedVlan 10 -Clear Description, NativeVlan, LacpRate -Interface Et0/0, Et0/2");
        var present = RunningConfigurationParser.Parse(await _lab.OnSwitchAsync("show running-config"));
        Assert.Equal(["switchport", "switchport trunk allowed vlan 10", "switchport trunk encapsulation dot1q", "switchport mode trunk"], present[0].Lines);
        Assert.Equal([1, null, 1, null], present.Skip(1).Take(4).Select(p => p.Group));
        Assert.Equal(present[0].Lines.Skip(1), present[3].Lines.Take(3));
        Assert.Null(present[1].LacpRate);
    }

    [Fact]
    public void Another_mode_takes_every_member_out_before_the_first_comes_back()
    {
        _lab.Get(New);
        Assert.Equal(
            "interface Ethernet0/0, no channel-group,interface Ethernet0/1, no channel-group,interface Ethernet0/0, channel-group 1 mode on,interface Ethernet0/1, channel-group 1 mode on",
            Configured(Set + "-Mode On"));
        Assert.StartsWith("interface Ethernet0/0, no channel-group,interface Ethernet0/1, no channel-group,interface Port-channel1, no switchport,interface Ethernet0/0, no switchport, channel-group 1", Configured(Set + "-Layer 3"), StringComparison.Ordinal);
        Assert.Equal("L2SW is configured so already; nothing is sent.", Said(Set + "-Mode On -Layer 3"));
    }

    [Fact]
    public async Task Load_balancing_is_set_once_and_a_method_that_the_platform_lacks_is_an_error()
    {
        const string set = "Set-CiscoEtherChannelLoadBalance -Session $switch -Method ";
        Assert.Equal("src-dst-mac", _lab.GetOne<CiscoLoadBalance>(set + "src-dst-mac -PassThru").Method);
        Assert.Equal("L2SW is configured so already; nothing is sent.", Said(set + "src-dst-mac"));
        Assert.Contains("port-channel load-balance vlan-src-ip", _lab.Fail(set + "vlan-src-ip", BondToolsErrorKind.CommandRejected).Exception.Message, StringComparison.Ordinal);
        Assert.Contains("load-balance src-dst-mac\n", await _lab.OnSwitchAsync("show running-config"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_there_with_other_members_and_what_is_not_there_are_errors()
    {
        _lab.Fail(Set + "-Mtu 9000", BondToolsErrorKind.NotFound);
        _lab.Fail("Remove-CiscoEtherChannel -Session $switch 1", BondToolsErrorKind.NotFound);
        _lab.Fail("New-CiscoEtherChannel -Session $switch 1 Gi0/9", BondToolsErrorKind.NotFound);
        _lab.Get(New);
        _lab.Fail("New-CiscoEtherChannel -Session $switch 1 Et0/0, Et0/2", BondToolsErrorKind.AlreadyExists);
        _lab.Fail("New-CiscoEtherChannel -Session $switch 2 Et0/0", BondToolsErrorKind.InvalidConfiguration);
        _lab.Fail(Set + "-AccessVlan 5", BondToolsErrorKind.InvalidConfiguration);
        _lab.Get("Get-CiscoEtherChannel -Session $switch | Remove-CiscoEtherChannel");
        Assert.Empty(_lab.Get("Get-CiscoEtherChannel -Session $switch"));
    }

    [Fact]
    public async Task A_line_that_is_rejected_in_the_middle_takes_back_what_came_before_it()
    {
        var error = _lab.Fail(New + "-MaxBundle 20", BondToolsErrorKind.CommandRejected).Exception;
        Assert.Contains("lacp max-bundle 20", error.Message, StringComparison.Ordinal);
        Assert.Contains("interface Port-channel1 / switchport", error.Message, StringComparison.Ordinal);
        Assert.Contains("taken back", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Port-channel1", await _lab.OnSwitchAsync("show running-config"), StringComparison.Ordinal);

        error = _lab.Fail(New + "-MaxBundle 20 -NoRevertTimer", BondToolsErrorKind.CommandRejected).Exception;
        Assert.Contains("In force are the lines before it: interface Port-channel1 / switchport", error.Message, StringComparison.Ordinal);
        Assert.Contains("Port-channel1", await _lab.OnSwitchAsync("show running-config"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_archive_nothing_is_sent_unless_one_goes_without_the_timer()
    {
        using var lab = new LabFixture(archive: false);
        var error = lab.Fail(New, BondToolsErrorKind.InvalidConfiguration);
        Assert.Contains("archive", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.DoesNotContain("Port-channel1", await lab.OnSwitchAsync("show running-config"), StringComparison.Ordinal);
        lab.Get(New + "-NoRevertTimer");
        Assert.Contains("Port-channel1", await lab.OnSwitchAsync("show running-config"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_confirmed_change_outlives_the_timer()
    {
        var clock = new ManualLabClock();
        using var lab = new LabFixture(BondLabStart.Bare, clock);
        lab.Get(New + "-RevertTimerMin 1");
        clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Contains("Port-channel1", await lab.OnSwitchAsync("show running-config"), StringComparison.Ordinal);
    }

    private string Said(string script) => Assert.Single(_lab.Run(script + " -Verbose").Messages);

    // Configures, and gives the lines that were announced, one after the other.
    private string Configured(string script)
    {
        var said = Assert.Single(_lab.Run(script + " -Verbose").Messages, m => m.StartsWith("Configure on L2SW:", StringComparison.Ordinal));
        return string.Join(",", said.ReplaceLineEndings("\n").Split('\n').Skip(1));
    }
}
