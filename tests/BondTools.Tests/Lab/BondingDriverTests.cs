using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
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
    private static readonly BondOptions PlainFast = Plain with { LacpRate = LacpRate.Fast };
    private static readonly BondOptions Pair = PlainFast with { Policy = TransmitHashPolicy.Layer34, MinLinks = 2 };
    private static readonly BondOptions Delayed = Plain with { UpDelay = 2000, DownDelay = 400 };
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
        ["8023ad-rate-host-slow-switch-slow"] = () => new LinuxPair(Slow, Slow).Connect().Run(5),
        ["8023ad-rate-host-fast-switch-fast"] = () => new LinuxPair(Fast, Fast).Connect().Run(5),
        ["8023ad-rate-host-slow-switch-fast"] = () => new LinuxPair(Slow, Fast).Connect().Run(5),
        ["8023ad-rate-host-fast-switch-slow"] = () => new LinuxPair(Fast, Slow).Connect().Run(5),
        ["8023ad-up-slow"] = () => new LinuxPair(Slow, Slow).Connect().Run(5),
        ["8023ad-up-fast"] = () => new LinuxPair(Fast, Fast).Connect().Run(5),
        ["fail-switch-port1-recovered"] = () => Recovered(),
        ["fail-host-slave2-admin-down"] = () => Recovered().Cut(2).Run(1),
        ["fail-both-down"] = () => Recovered().Cut(2).Run(1).Plug(2).Run(6).Cut(1).Run(0.3).Cut(2).Run(1),
        ["fail-silent-p1-fast-noticed"] = () => BothBack().Deafen(1).Run(3.5),
        ["fail-silent-p1-fast-later"] = () => BothBack().Deafen(1).Run(11.5),
        ["ok-switch-passive"] = () => new LinuxPair(Plain, Passive).Connect().Run(80),
        ["minlinks2-ok"] = () => new LinuxPair(Plain with { MinLinks = 2 }, Plain).Connect().SecondFirst().Run(5),
        ["fail-minlinks3"] = () => new LinuxPair(Plain with { MinLinks = 3 }, Plain).Connect().Run(5),
        ["fail-minlinks2-unmet"] = () => new LinuxPair(Plain with { MinLinks = 2 }, Plain).Connect().SecondFirst().Run(5).Cut(1).Run(5),
        ["adselect-stable"] = () => new LinuxPair(Plain, Plain).Connect().SecondFirst().Run(5),
        ["adselect-bandwidth"] = () => new LinuxPair(Plain with { AdSelect = AdSelect.Bandwidth }, Plain).Connect().Run(5),
        ["adselect-count"] = () => new LinuxPair(Plain with { AdSelect = AdSelect.Count }, Plain).Connect().Run(5),
        ["updelay-going-back"] = () => new LinuxPair(Delayed, Plain).Connect().Run(1.5),
        ["updelay-up"] = () => new LinuxPair(Delayed, Plain).Connect().Run(8),
        ["downdelay-going-down"] = () => new LinuxPair(Delayed, Plain).Connect().Run(8).Cut(1).Run(0.4).Notice(),
        ["mode4-8023ad"] = () => new LinuxPair(Hash(TransmitHashPolicy.Layer34), Plain).Connect().Run(5),
        ["mode4-8023ad-p1down"] = () => new LinuxPair(Hash(TransmitHashPolicy.Layer34), Plain).Connect().Run(5).Cut(1).Run(2),
        ["hash-layer2"] = () => new LinuxPair(Plain, Plain).Connect().SecondFirst().Run(5),
        ["hash-layer2+3"] = () => new LinuxPair(Slow, Plain).Connect().Run(5),
        ["hash-layer3+4"] = () => new LinuxPair(Hash(TransmitHashPolicy.Layer34), Plain).Connect().SecondFirst().Run(5),
        ["hash-encap2+3"] = () => new LinuxPair(Hash(TransmitHashPolicy.Parse("encap2+3")), Plain).Connect().Run(5),
        ["hash-encap3+4"] = () => new LinuxPair(Hash(TransmitHashPolicy.Parse("encap3+4")), Plain).Connect().Run(5),
        ["hash-vlan+srcmac"] = () => new LinuxPair(Hash(TransmitHashPolicy.Parse("vlan+srcmac")), Plain).Connect().Run(5),
        ["mode1-active-backup-primary-p1down"] = () =>
            new LinuxPair(Mode(BondMode.ActiveBackup) with { Primary = "enp0s8" }).Connect().Run(2).Cut(1).Run(2),
        ["mode2-balance-xor-p1down"] = () =>
            new LinuxPair(Mode(BondMode.BalanceXor) with { Policy = TransmitHashPolicy.Layer23 }, Static).Connect().Run(2).Cut(1).Run(2),
        ["mode3-broadcast-p1down"] = () => new LinuxPair(Mode(BondMode.Broadcast), Static).Connect().Run(2).Cut(1).Run(2),
        ["mode6-balance-alb-p1down"] = () => new LinuxPair(Mode(BondMode.BalanceAlb)).Connect().Run(2).Cut(1).Run(2),
    };

    // bonding-kernel/6.1: the same driver in another guest, four cards where a partner is doubled.
    private static readonly Dictionary<string, Func<LinuxPair>> Guests = new(StringComparer.Ordinal)
    {
        ["03-rr-two-miimon100"] = () => LinuxPair.Guest(Mode(BondMode.BalanceRR)).Connect().Run(2),
        ["11-lacp-no-partner-t2"] = () => LinuxPair.Guest(Plain).Connect().Run(2),
        ["11b-lacp-no-partner-t72"] = () => LinuxPair.Guest(Plain).Connect().Run(72),
        ["20-lacp-pair-t3"] = () => LinuxPair.Guest(Pair, Plain).Connect().Run(3.5),
        ["21-lacp-pair-converged"] = () => LinuxPair.Guest(Pair, Plain).Connect().Run(80),
        ["22-lacp-one-link-down"] = () => LinuxPair.Guest(Pair, Plain).Connect().Run(80).Cut(2).Notice(),
        ["22b-lacp-link-back"] = () => LinuxPair.Guest(Pair, Plain).Connect().Run(80).Cut(2).Run(1).Plug(2).Run(10),
        ["30-lacp-miscabled-two-partners"] = () =>
            LinuxPair.Guest(4, Plain with { LacpRate = LacpRate.Fast }, PlainFast, PlainFast).Connect([0, 0, 0, 1]).Run(8),
        ["32-lacp-passive-here"] = () => LinuxPair.Guest(Passive, PlainFast).Connect().Run(8),
    };

    public static TheoryData<string> GuestNames() => new(Guests.Keys);

    [Theory]
    [MemberData(nameof(GuestNames))]
    public void A_guest_shows_what_the_real_one_showed(string scenario)
    {
        var file = Corpus.Require(Path.Combine("bonding-kernel", "6.1", scenario, "bond0.proc"));
        var (recorded, emulated) = LinuxPair.Lines(file, Guests[scenario]().Host);
        Assert.Equal(recorded, emulated);
    }

    public static TheoryData<string> Names() => new(Scenarios.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void The_host_shows_what_the_real_one_showed(string scenario)
    {
        var file = Corpus.Require(Path.Combine("bonding-lab", scenario, "proc-net-bonding-bond0.txt"));
        var (recorded, emulated) = LinuxPair.Lines(file, Scenarios[scenario]().Host);
        Assert.Equal(recorded, emulated);
    }

    // Recordings of the other end; left out is where that is no LACP bond, or two, or where it was read at another moment.
    public static TheoryData<string> OtherEnds() => new(Scenarios.Keys.Where(s =>
        s.StartsWith("8023ad-", StringComparison.Ordinal) || s.StartsWith("hash-", StringComparison.Ordinal)
        || s.StartsWith("adselect-", StringComparison.Ordinal) || s.StartsWith("minlinks", StringComparison.Ordinal)
        || s.StartsWith("fail-minlinks", StringComparison.Ordinal) || s.StartsWith("mode4-", StringComparison.Ordinal)
        || s is "updelay-up" or "fail-switch-port1-down" or "fail-switch-port1-recovered" or "fail-only-p1-lacp-80s" or "fail-only-p1-lacp-5s"
            or "fail-host-rr-switch-lacp" or "fail-host-slave2-admin-down" or "ok-switch-passive" or "quirk-both-passive-comes-up"));

    [Theory]
    [MemberData(nameof(OtherEnds))]
    public void The_other_end_shows_what_the_real_one_showed(string scenario)
    {
        var file = Corpus.Require(Path.Combine("bonding-lab", scenario, "switch-proc-net-bonding-swbond.txt"));
        var pair = Scenarios[scenario]();
        var (recorded, emulated) = LinuxPair.Lines(file, pair.Peers[0]);
        Assert.Equal(recorded, emulated);
    }

    [Fact]
    public void Most_recordings_of_the_lab_are_held_against_the_emulated_driver()
    {
        var folders = Directory.GetDirectories(Corpus.Require("bonding-lab"))
            .Where(d => File.Exists(Path.Combine(d, "proc-net-bonding-bond0.txt"))).Select(d => Path.GetFileName(d)).ToList();
        var left = folders.Except(Scenarios.Keys).Order(StringComparer.Ordinal).ToList();
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{folders.Count - left.Count} of {folders.Count} recordings in bonding-lab and {Guests.Count} in bonding-kernel agree line by line; not compared: {string.Join(", ", left)}.");
        Assert.Empty(Scenarios.Keys.Except(folders));
        Assert.True(folders.Count - left.Count > 50);
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

    private static BondOptions Hash(TransmitHashPolicy policy) => Plain with { Policy = policy };

    private static LinuxPair Recovered() => new LinuxPair(Fast, Fast).Connect().Run(5).Cut(1).Run(1).Plug(1).Run(6);

    // The recordings follow one another in one guest: each link has failed twice by now.
    private static LinuxPair BothBack() =>
        Recovered().Cut(2).Run(1).Plug(2).Run(6).Cut(1).Run(0.3).Cut(2).Run(1).Plug(1).Plug(2).Run(10);

    private static LinuxPair TwoLagsOfOneSystem()
    {
        var pair = new LinuxPair(Plain, Plain with { UserKey = 1 }, Plain with { UserKey = 2 });
        pair.Connect([0, 1]);
        foreach (var peer in pair.Peers)
            peer.Lacp!.SystemMacAddress = MacAddress.Parse("02:aa:aa:aa:aa:aa");
        return pair.Run(5);
    }
}
