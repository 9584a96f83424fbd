using System;
using System.Collections.Generic;
using System.IO;
using BondTools.Lab.World;
using BondTools.Linux;
using Xunit;

namespace BondTools.Tests.Lab;

/// <summary>The emulated driver against recordings of the real one (bonding-lab), line by line.</summary>
public class BondingDriverTests
{
    private static readonly BondOptions Slow = new() { Mode = BondMode.Lacp, Miimon = 100, Policy = TransmitHashPolicy.Layer23 };
    private static readonly BondOptions Fast = Slow with { LacpRate = LacpRate.Fast };
    private static readonly BondOptions Plain = Slow with { Policy = TransmitHashPolicy.Layer2 };
    private static readonly BondOptions Passive = Plain with { LacpActive = false };
    private static readonly BondOptions Static = new() { Mode = BondMode.BalanceXor, Miimon = 100 };

    private static readonly Dictionary<string, Func<LinuxPair>> Scenarios = new(StringComparer.Ordinal)
    {
        ["8023ad-slow-first-second"] = () => new LinuxPair(Slow, Slow).Connect().Run(5),
        ["fail-switch-port1-down"] = () => new LinuxPair(Fast, Fast).Connect().Run(5).Cut(1).Run(1),
        ["fail-switch-no-lacp-4s"] = () => new LinuxPair(Slow).Connect().Run(4.5),
        ["fail-switch-no-lacp-80s"] = () => new LinuxPair(Slow).Connect().Run(80),
        ["fail-switch-static-xor"] = () => new LinuxPair(Plain, Static).Connect().Run(5),
        ["fail-only-p1-lacp-5s"] = () => new LinuxPair(Plain, Plain).Connect([0, -1]).Run(5),
        ["fail-only-p1-lacp-80s"] = () => new LinuxPair(Plain, Plain).Connect([0, -1]).Run(80),
        ["fail-two-switch-lags"] = () => new LinuxPair(Plain, Plain, Plain).Connect([0, 1]).Run(5),
        ["fail-two-switch-lags-same-system"] = TwoLagsOfOneSystem,
        ["fail-host-rr-switch-lacp"] = () =>
            new LinuxPair(new BondOptions { Miimon = 100 }, Plain).Connect().Run(5),
        ["quirk-both-passive-comes-up"] = () => new LinuxPair(Passive, Passive).Connect().Run(5),
        ["mode0-balance-rr"] = () => new LinuxPair(Mode(BondMode.BalanceRR), Static).Connect().Run(2),
        ["mode0-balance-rr-p1down"] = () => new LinuxPair(Mode(BondMode.BalanceRR), Static).Connect().Run(2).Cut(1).Run(2),
        ["mode1-active-backup"] = () => new LinuxPair(Mode(BondMode.ActiveBackup)).Connect().Run(2),
        ["mode1-active-backup-p1down"] = () => new LinuxPair(Mode(BondMode.ActiveBackup)).Connect().Run(2).Cut(1).Run(2),
        ["mode1-active-backup-primary"] = () => new LinuxPair(Mode(BondMode.ActiveBackup) with { Primary = "enp0s8" }).Connect().Run(2),
        ["mode2-balance-xor"] = () =>
            new LinuxPair(Mode(BondMode.BalanceXor) with { Policy = TransmitHashPolicy.Layer23 }, Static).Connect().Run(2),
        ["mode3-broadcast"] = () => new LinuxPair(Mode(BondMode.Broadcast), Static).Connect().Run(2),
        ["mode5-balance-tlb"] = () => new LinuxPair(Mode(BondMode.BalanceTlb)).Connect().Run(2),
        ["mode5-balance-tlb-p1down"] = () => new LinuxPair(Mode(BondMode.BalanceTlb)).Connect().Run(2).Cut(1).Run(2),
        ["mode6-balance-alb"] = () => new LinuxPair(Mode(BondMode.BalanceAlb)).Connect().Run(2),
    };

    public static TheoryData<string> Names() => new(Scenarios.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void The_host_shows_what_the_real_one_showed(string scenario)
    {
        var file = Corpus.Require(Path.Combine("bonding-lab", scenario, "proc-net-bonding-bond0.txt"));
        var (recorded, emulated) = LinuxPair.Lines(file, Scenarios[scenario]().Host);
        Assert.Equal(recorded, emulated);
    }

    [Theory]
    [InlineData("8023ad-slow-first-second")]
    [InlineData("fail-switch-port1-down")]
    [InlineData("fail-only-p1-lacp-80s")]
    [InlineData("fail-host-rr-switch-lacp")]
    [InlineData("quirk-both-passive-comes-up")]
    public void The_other_end_shows_what_the_real_one_showed(string scenario)
    {
        var file = Corpus.Require(Path.Combine("bonding-lab", scenario, "switch-proc-net-bonding-swbond.txt"));
        var pair = Scenarios[scenario]();
        var (recorded, emulated) = LinuxPair.Lines(file, pair.Peers[0]);
        Assert.Equal(recorded, emulated);
    }

    [Fact]
    public void A_pair_aggregates_after_two_to_three_seconds()
    {
        var pair = new LinuxPair(Slow, Slow).Connect();
        var seconds = pair.RunUntil(
            () => pair.Host.Slaves[0].Lacp!.Bundled && pair.Host.Slaves[1].Lacp!.Bundled
                && pair.Peers[0].Slaves[0].Lacp!.Bundled && pair.Peers[0].Slaves[1].Lacp!.Bundled, 10);
        Assert.InRange(seconds, 2.0, 3.0);
    }

    [Fact]
    public void A_bond_that_misses_its_minimum_of_links_is_down_while_a_slave_is_up()
    {
        var pair = new LinuxPair(Slow with { MinLinks = 2 }, Slow).Connect().Run(5);
        Assert.True(pair.Host.Carrier);
        pair.Cut(1).Run(1);
        Assert.False(pair.Host.Carrier);
        Assert.Contains("\tNumber of ports: 1\n", BondProcText.Render(pair.Host, "v6.1"), StringComparison.Ordinal);
        Assert.Equal(MiiStatus.Up, pair.Host.Slaves[1].Link);
    }

    [Fact]
    public void A_link_that_comes_back_is_bundled_again_within_three_seconds()
    {
        var pair = new LinuxPair(Slow, Slow).Connect().Run(5).Cut(1).Run(5);
        Assert.False(pair.Host.Slaves[0].Lacp!.Bundled);
        pair.HostNics[0].AdminUp = pair.PeerNics[0].AdminUp = true;
        Assert.InRange(pair.RunUntil(() => pair.Host.Slaves[0].Lacp!.Bundled && pair.Peers[0].Slaves[0].Lacp!.Bundled, 20), 2.0, 3.5);
    }

    private static BondOptions Mode(BondMode mode) => new() { Mode = mode, Miimon = 100 };

    private static LinuxPair TwoLagsOfOneSystem()
    {
        var pair = new LinuxPair(Plain, Plain with { UserKey = 1 }, Plain with { UserKey = 2 });
        pair.Connect([0, 1]);
        foreach (var peer in pair.Peers)
            peer.Lacp!.SystemMacAddress = MacAddress.Parse("02:aa:aa:aa:aa:aa");
        return pair.Run(5);
    }
}
