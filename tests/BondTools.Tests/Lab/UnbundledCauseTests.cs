using System;
using System.Linq;
using System.Threading.Tasks;
using BondTools.Analysis;
using BondTools.Cisco;
using BondTools.Lab;
using BondTools.Lab.Switch;
using Xunit;

namespace BondTools.Tests.Lab;

/// <summary>Each cause is brought about on the emulated switch or host; the diagnosis names it, and no other as certain.</summary>
public class UnbundledCauseTests
{
    private readonly ManualLabClock _clock = new();
    private readonly BondLab _lab;

    public UnbundledCauseTests()
    {
        _lab = BondLab.Create(new BondLabOptions { Start = BondLabStart.Article, Clock = _clock });
        _clock.Advance(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_healthy_channel_passes_and_nothing_is_left_unexamined()
    {
        var report = await Examine();
        Assert.True(report.Passed);
        Assert.Equal(["Et0/0", "Et0/1"], report.Members.Select(m => m.Interface));
        Assert.All(report.Members, m => Assert.Empty(m.Causes));
        Assert.Empty(report.NotExamined);
    }

    [Theory]
    [InlineData("interface Et0/1|shutdown", UnbundledReason.AdministrativelyDown)]
    [InlineData("interface Et0/1|switchport access vlan 20", UnbundledReason.AccessVlanMismatch)]
    [InlineData("interface Et0/1|switchport mode access", UnbundledReason.SwitchportModeMismatch)]
    [InlineData("interface Et0/1|switchport trunk encapsulation dot1q", UnbundledReason.EncapsulationMismatch)]
    [InlineData("interface Et0/1|switchport trunk native vlan 99", UnbundledReason.NativeVlanMismatch)]
    [InlineData("interface Et0/1|switchport trunk allowed vlan 10,20", UnbundledReason.AllowedVlansMismatch)]
    [InlineData("interface Et0/1|mtu 9000", UnbundledReason.MtuMismatch)]
    [InlineData("interface Et0/1|speed 100", UnbundledReason.SpeedMismatch)]
    [InlineData("interface Et0/1|duplex half", UnbundledReason.DuplexMismatch)]
    [InlineData("interface Po1|lacp max-bundle 1", UnbundledReason.MaxBundleReached)]
    public async Task The_cause_is_named_and_its_lines_cure_it(string lines, UnbundledReason reason)
    {
        Configure(lines.Split('|'));
        _clock.Advance(TimeSpan.FromSeconds(10));
        var report = await Examine();
        Assert.True(report.Members[0].Bundled);
        var cause = Certain(report.Members[1]);
        Assert.Equal(reason, cause.Reason);
        Assert.NotEmpty(cause.Evidence);
        // A port that stands by is as the switch was told to have it.
        Assert.Equal(reason == UnbundledReason.MaxBundleReached, report.Passed);

        Configure([.. cause.Lines]);
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.All((await Examine()).Members, m => Assert.True(m.Bundled));
    }

    [Fact]
    public async Task The_port_with_the_lower_priority_is_bundled_first()
    {
        Configure("interface Et0/1", "lacp port-priority 100", "interface Po1", "lacp max-bundle 1");
        _clock.Advance(TimeSpan.FromSeconds(10));
        var standby = (await Examine()).Members[0];
        Assert.Equal(EtherChannelMemberState.HotStandby, standby.State);
        Assert.Contains("Et0/1: lacp port-priority 100", Certain(standby).Evidence);
    }

    [Fact]
    public async Task A_port_channel_that_is_shut_down_is_the_cause_for_every_member()
    {
        Configure("interface Po1", "shutdown");
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.All((await Examine()).Members, m => Assert.Equal(UnbundledReason.PortChannelShutDown, Certain(m).Reason));
    }

    [Fact]
    public async Task Too_few_links_are_the_cause_for_those_that_are_there()
    {
        Configure("interface Po1", "port-channel min-links 2", "interface Et0/1", "shutdown");
        _clock.Advance(TimeSpan.FromSeconds(10));
        var report = await Examine();
        Assert.Equal(UnbundledReason.MinimumLinksNotMet, Certain(report.Members[0]).Reason);
        Assert.Equal(UnbundledReason.AdministrativelyDown, Certain(report.Members[1]).Reason);
    }

    [Fact]
    public async Task An_unplugged_cable_is_no_carrier()
    {
        _lab.SetFault(BondLabFault.Unplug, 2);
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(UnbundledReason.NoCarrier, Certain((await Examine()).Members[1]).Reason);
    }

    [Fact]
    public async Task A_host_without_a_bond_is_a_silent_partner()
    {
        await OnHost("ip link set enp0s9 nomaster");
        await OnHost("ip link set enp0s9 up");
        _clock.Advance(TimeSpan.FromSeconds(200));
        Assert.Equal(UnbundledReason.PartnerSilent, Certain((await Examine()).Members[1]).Reason);
    }

    [Fact]
    public async Task Two_passive_ends_are_possible_where_this_end_is_passive_and_hears_nobody()
    {
        Configure("interface range Et0/0 - 1", "channel-group 1 mode passive");
        await OnHost("ip link set enp0s9 nomaster");
        await OnHost("ip link set enp0s9 up");
        _clock.Advance(TimeSpan.FromSeconds(200));
        var member = (await Examine()).Members[1];
        Assert.Equal([UnbundledReason.BothPassive, UnbundledReason.PartnerSilent], member.Causes.Select(c => c.Reason));
        Assert.All(member.Causes, c => Assert.False(c.Certain));
    }

    [Fact]
    public async Task What_was_not_read_is_said_and_a_port_that_is_down_has_all_its_possible_causes()
    {
        _lab.SetFault(BondLabFault.Unplug, 2);
        _clock.Advance(TimeSpan.FromSeconds(2));
        var channel = EtherChannelSummaryParser.Parse(await Show("show etherchannel summary"))[0];
        var report = EtherChannelAnalyzer.Analyze(new EtherChannelEvidence { Channel = channel });
        Assert.Equal(3, report.NotExamined.Count);
        Assert.Equal(
            [UnbundledReason.AdministrativelyDown, UnbundledReason.NoCarrier, UnbundledReason.ErrorDisabled],
            report.Members[1].Causes.Select(c => c.Reason));
        Assert.All(report.Members[1].Causes, c => Assert.False(c.Certain));
    }

    private static UnbundledCause Certain(CiscoMemberDiagnosis member) => Assert.Single(member.Causes, c => c.Certain);

    private async Task<CiscoEtherChannelReport> Examine() => EtherChannelAnalyzer.Analyze(new EtherChannelEvidence
    {
        Channel = Assert.Single(EtherChannelSummaryParser.Parse(await Show("show etherchannel summary"))),
        Neighbors = LacpNeighborParser.Parse(await Show("show lacp neighbor")),
        Configuration = RunningConfigurationParser.Parse(await Show("show running-config")),
        Ports = InterfaceStatusParser.Parse(await Show("show interfaces status")),
    });

    private void Configure(params string[] lines)
    {
        var session = new IosSession((EmulatedSwitch)_lab.Switch, privileged: true);
        session.Run("configure terminal");
        foreach (var line in lines)
            Assert.Equal("", session.Run(line));
    }

    private async Task<string> Show(string line) => (await _lab.Switch.ExecuteAsync(line, [], TestContext.Current.CancellationToken)).Output;

    private async Task OnHost(string line)
    {
        var result = await _lab.Host.ExecuteAsync(line, [], TestContext.Current.CancellationToken);
        Assert.True(result.ExitStatus == 0, line + ": " + result.Error);
    }
}
