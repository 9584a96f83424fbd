using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using BondTools.Cisco;
using BondTools.Lab;
using BondTools.Linux;
using Xunit;

namespace BondTools.Tests.Lab;

/// <summary>Each fault looks at both ends as it does on real devices; both ends are read by the product's own parsers.</summary>
public class LabFaultTests
{
    private readonly ManualLabClock _clock = new();
    private readonly BondLab _lab;

    public LabFaultTests() => _lab = BondLab.Create(new BondLabOptions { Start = BondLabStart.Article, Clock = _clock });

    private async Task<BondStatus> Bond() => BondStatusParser.Parse(
        (await _lab.Host.ExecuteAsync("cat /proc/net/bonding/bond0", [], TestContext.Current.CancellationToken)).Output, "bond0")[0];

    private async Task<IReadOnlyList<CiscoEtherChannel>> Channels() => EtherChannelSummaryParser.Parse(
        (await _lab.Switch.ExecuteAsync("show etherchannel summary", [], TestContext.Current.CancellationToken)).Output);

    private async Task<IReadOnlyList<CiscoLacpNeighbor>> Neighbors() => LacpNeighborParser.Parse(
        (await _lab.Switch.ExecuteAsync("show lacp neighbor", [], TestContext.Current.CancellationToken)).Output);

    private async Task<(int Actor, int Partner)[]> States() =>
        (await Bond()).Slaves.Select(s => ((int)s.Actor!.State, (int)s.Partner!.State)).ToArray();

    [Fact]
    public async Task An_unplugged_cable_is_down_at_both_ends()
    {
        _lab.SetFault(BondLabFault.Unplug, 1);
        _clock.Advance(TimeSpan.FromSeconds(2));
        var bond = await Bond();
        Assert.Equal([MiiStatus.Down, MiiStatus.Up], bond.Slaves.Select(s => s.MiiStatus));
        Assert.Equal((13, 53), (await States())[0]);
        Assert.Equal(["D", "P"], (await Channels())[0].Members.Select(m => m.Flags));
    }

    [Fact]
    public async Task Without_LACP_on_one_port_the_host_is_alone_on_that_link()
    {
        _lab.SetFault(BondLabFault.LacpOff, 2);
        _clock.Advance(TimeSpan.FromSeconds(200));
        Assert.Equal([(61, 61), (69, 0)], await States());
        var members = Assert.Single((await Channels())[0].Members);
        Assert.Equal("Et0/0", members.Interface);
    }

    [Fact]
    public async Task Another_key_on_one_port_makes_two_aggregators()
    {
        _lab.SetFault(BondLabFault.WrongKey, 2);
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal([(61, 61), (5, 13)], await States());
        var bond = await Bond();
        Assert.Equal([1, 2], bond.Slaves.Select(s => s.Partner!.Key));
        Assert.Equal(2, (await Channels()).Count);
    }

    [Fact]
    public async Task A_cable_in_another_switch_shows_another_system()
    {
        _lab.SetFault(BondLabFault.OtherSwitch, 2);
        _clock.Advance(TimeSpan.FromSeconds(10));
        var bond = await Bond();
        Assert.Equal(["aa:bb:cc:00:01:00", "aa:bb:cc:00:02:00"], bond.Slaves.Select(s => s.Partner!.SystemMacAddress.ToString()));
        Assert.Equal(["P", "D"], (await Channels())[0].Members.Select(m => m.Flags));
    }

    [Fact]
    public async Task A_static_channel_never_answers()
    {
        _lab.SetFault(BondLabFault.WrongMode, 1);
        _clock.Advance(TimeSpan.FromSeconds(200));
        var bond = await Bond();
        Assert.True(bond.PartnerMacAddress!.IsZero);
        Assert.Equal(1, bond.PortCount);
        Assert.Equal(EtherChannelProtocol.None, (await Channels())[0].Protocol);
    }

    [Fact]
    public async Task Silent_loss_shows_only_after_the_long_timeout()
    {
        _lab.SetFault(BondLabFault.SilentLoss, 1);
        _clock.Advance(TimeSpan.FromSeconds(40));
        Assert.Equal((61, 61), (await States())[0]);
        _clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal((69, 0), (await States())[0]);
    }

    [Fact]
    public async Task Without_what_the_switch_sends_the_host_hears_nobody_and_the_switch_hears_the_host()
    {
        _lab.SetFault(BondLabFault.LossToHost, 1);
        _clock.Advance(TimeSpan.FromSeconds(200));
        Assert.Equal((69, 0), (await States())[0]);
        Assert.Equal(2, (await Neighbors()).Count(n => !n.DeviceId.IsZero));
        Assert.NotEqual("P", (await Channels())[0].Members[0].Flags);
    }

    [Fact]
    public async Task Without_what_the_host_sends_the_switch_says_that_it_hears_nobody()
    {
        _lab.SetFault(BondLabFault.LossToSwitch, 1);
        _clock.Advance(TimeSpan.FromSeconds(200));
        var (actor, partner) = (await States())[0];
        Assert.Equal((13, 69), (actor, partner));
        Assert.True((await Neighbors())[0].DeviceId.IsZero);
    }

    [Fact]
    public async Task Looped_cards_believe_nothing_of_what_they_hear_from_themselves()
    {
        _lab.SetFault(BondLabFault.Loop, 1);
        _clock.Advance(TimeSpan.FromSeconds(200));
        Assert.Equal([(197, 2), (205, 2)], await States());
        Assert.All((await Bond()).Slaves, s => Assert.Equal((MiiStatus.Up, 1), (s.MiiStatus, s.LinkFailureCount)));
        Assert.All((await Channels())[0].Members, m => Assert.Equal("D", m.Flags));
    }

    [Fact]
    public async Task A_damaged_cable_comes_up_at_100_Mbit_at_both_ends()
    {
        _lab.SetFault(BondLabFault.SpeedMismatch, 2);
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal([(1000, 9), (100, 7)], (await Bond()).Slaves.Select(s => (s.SpeedMbps!.Value, s.Actor!.Key)));
        Assert.Equal(["P", "s"], (await Channels())[0].Members.Select(m => m.Flags));
        var status = (await _lab.Switch.ExecuteAsync("show interfaces status", [], TestContext.Current.CancellationToken)).Output;
        Assert.Equal("a-100", InterfaceStatusParser.Parse(status).Single(p => p.Interface == "Et0/1").Speed);
    }

    [Fact]
    public async Task A_loose_contact_costs_a_link_failure_every_half_minute()
    {
        _lab.SetFault(BondLabFault.FlappingCable, 1);
        _clock.Advance(TimeSpan.FromSeconds(110));
        var slaves = (await Bond()).Slaves;
        Assert.InRange(slaves[0].LinkFailureCount, 3, 4);
        Assert.Equal(0, slaves[1].LinkFailureCount);
    }

    [Fact]
    public async Task Swapped_cables_put_another_host_into_the_channel()
    {
        _lab.SetFault(BondLabFault.SwappedCables, 2);
        _clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal([1, 2], (await Bond()).Slaves.Select(s => s.Partner!.Key));
        var byPort = (await Neighbors()).ToDictionary(n => n.Interface, n => (n.Group, n.DeviceId.ToString()));
        Assert.Equal((1, "08:00:27:04:dd:bd"), byPort["Et0/0"]);
        Assert.Equal((1, "08:00:27:77:20:01"), byPort["Et0/1"]);
        Assert.Equal((2, "08:00:27:04:dd:bd"), byPort["Et1/0"]);
        Assert.Equal((2, "08:00:27:77:20:01"), byPort["Et1/1"]);
    }

    [Fact]
    public async Task A_second_host_of_the_same_address_is_a_second_partner_of_the_same_name()
    {
        _lab.SetFault(BondLabFault.DuplicateSystem, 1);
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal([(1, 1), (1, 2), (2, 1)], (await Neighbors()).Select(n => (n.Group, n.PortNumber)));
        Assert.Single((await Neighbors()).Select(n => n.DeviceId).Distinct());
        Assert.All(await Channels(), c => Assert.True(c.InUse));
    }

    [Fact]
    public async Task A_renamed_card_is_not_in_the_bond()
    {
        _lab.SetFault(BondLabFault.NicRenamed, 1);
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("enp0s9", Assert.Single((await Bond()).Slaves).Name);
        Assert.Equal(["D", "P"], (await Channels())[0].Members.Select(m => m.Flags));
    }

    [Theory]
    [InlineData(BondLabFault.Unplug)]
    [InlineData(BondLabFault.LacpOff)]
    [InlineData(BondLabFault.WrongKey)]
    [InlineData(BondLabFault.OtherSwitch)]
    [InlineData(BondLabFault.WrongMode)]
    [InlineData(BondLabFault.SilentLoss)]
    [InlineData(BondLabFault.LossToHost)]
    [InlineData(BondLabFault.LossToSwitch)]
    [InlineData(BondLabFault.SpeedMismatch)]
    [InlineData(BondLabFault.Loop)]
    [InlineData(BondLabFault.SwappedCables)]
    [InlineData(BondLabFault.NicRenamed)]
    public async Task Clearing_a_fault_brings_both_links_back(BondLabFault fault)
    {
        _lab.SetFault(fault, 1);
        _clock.Advance(TimeSpan.FromMinutes(3));
        Assert.NotEqual([(61, 61), (61, 61)], await States());
        _lab.ClearFaults();
        Assert.Empty(_lab.Faults);
        _clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal([(61, 61), (61, 61)], await States());
        Assert.All(Assert.Single(await Channels()).Members, m => Assert.True(m.Bundled));
    }

    [Fact]
    public async Task A_week_of_idleness_costs_little_and_changes_nothing()
    {
        _clock.Advance(TimeSpan.FromDays(7));
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Assert.Equal([(61, 61), (61, 61)], await States());
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"It took {watch.Elapsed}.");
    }

    [Fact]
    public void A_link_that_is_not_there_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => _lab.SetFault(BondLabFault.Unplug, 3));
}
