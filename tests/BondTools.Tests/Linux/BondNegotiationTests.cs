using System;
using BondTools.Linux;
using Xunit;

namespace BondTools.Tests.Linux;

public class BondNegotiationTests
{
    private static readonly string Article = Sample.Read("article-bond0.txt");

    private static (bool? Negotiated, string Reason) Judge(params (string Old, string New)[] changes)
    {
        var text = Article;
        foreach (var (old, replacement) in changes)
        {
            // Only the last occurrence: that of enp0s9.
            var position = text.LastIndexOf(old, StringComparison.Ordinal);
            Assert.True(position >= 0, old);
            text = text.Remove(position, old.Length).Insert(position, replacement);
        }

        var bond = BondStatusParser.Parse(text)[0];
        return (bond.Negotiated, bond.Reason);
    }

    [Fact]
    public void A_silent_port_is_named() =>
        Assert.Equal((false, "No partner answers on enp0s9: the switch does not speak LACP there."),
            Judge(("system mac address: aa:bb:cc:00:01:00", "system mac address: 00:00:00:00:00:00"), ("port state: 61", "port state: 0")));

    [Fact]
    public void A_switch_without_lacp_is_told_though_the_bond_is_up()
    {
        var bond = BondStatusParser.Parse(Article.Replace("aa:bb:cc:00:01:00", "00:00:00:00:00:00", StringComparison.Ordinal))[0];
        Assert.Equal((false, "No partner answers on enp0s8 and enp0s9: the switch does not speak LACP there."), (bond.Negotiated, bond.Reason));
    }

    [Fact]
    public void A_port_that_is_out_of_sync_is_told_by_end() =>
        Assert.Equal((false, "enp0s9: the switch is not in sync, not collecting, not distributing (state 5)."), Judge(("port state: 61", "port state: 5")));

    [Fact]
    public void A_known_partner_alone_is_not_enough() =>
        Assert.Equal((false, "enp0s9: LACPDUs have stopped coming to the switch (expired, state 197)."), Judge(("port state: 61", "port state: 197")));

    [Fact]
    public void A_port_on_another_switch_is_told_with_both_partners()
    {
        var (negotiated, reason) = Judge(("Aggregator ID: 1", "Aggregator ID: 2"), ("system mac address: aa:bb:cc:00:01:00", "system mac address: aa:bb:cc:00:02:00"));
        Assert.False(negotiated);
        Assert.Equal("enp0s9 is on aggregator 2, the traffic is on 1: its partner is aa:bb:cc:00:02:00 with key 1, "
            + "not aa:bb:cc:00:01:00 with key 1, which is another switch or channel-group.", reason);
    }

    [Fact]
    public void Links_without_enough_ports_for_min_links_are_told()
    {
        var text = Article.Replace("Min links: 0", "Min links: 3", StringComparison.Ordinal);
        var position = text.IndexOf("MII Status: up", StringComparison.Ordinal);
        var bond = BondStatusParser.Parse(text.Remove(position, 14).Insert(position, "MII Status: down"))[0];
        Assert.Equal((false, "bond0 is down though enp0s8 and enp0s9 are up: min_links is 3 and the active aggregator has 2 ports."), (bond.Negotiated, bond.Reason));
    }

    [Fact]
    public void A_port_that_is_down_does_not_spoil_the_others()
    {
        var (negotiated, reason) = Judge(("MII Status: up", "MII Status: down"), ("port state: 61", "port state: 53"));
        Assert.True(negotiated);
        Assert.Equal("1 of 2 ports (enp0s8) in sync, collecting and distributing with partner aa:bb:cc:00:01:00. Not in use: enp0s9 (down).", reason);
    }
}
