using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using BondTools.Cisco;
using BondTools.Planning;
using Xunit;

namespace BondTools.Tests.Planning;

public class EtherChannelPlanTests
{
    private static readonly EtherChannelPlan Article = new() { Group = 1, Interfaces = Ports("Et0/0", "Et0/1") };

    [Fact]
    public void The_articles_values_give_the_articles_lines() =>
        Assert.Equal(
            [
                "interface Port-channel1",
                " switchport",
                "interface Ethernet0/0",
                " channel-group 1 mode active",
                "interface Ethernet0/1",
                " channel-group 1 mode active",
            ],
            Lines(Article));

    [Fact]
    public void Members_are_made_like_their_port_channel_before_they_join_it()
    {
        var plan = Article with
        {
            Group = 20,
            Mode = ChannelGroupMode.Passive,
            Description = "pve1 bond0",
            SwitchportMode = CiscoSwitchportMode.Trunk,
            TrunkEncapsulation = true,
            NativeVlan = 99,
            AllowedVlans = "30-32,10, 20,33",
            MinLinks = 2,
            LacpRate = CiscoLacpRate.Fast,
            Interfaces = Ports("gi 1/0/1", "Gi2/0/1"),
        };
        var lines = Lines(plan);
        Assert.Equal(
            [
                "interface Port-channel20",
                " description pve1 bond0",
                " switchport",
                " switchport trunk encapsulation dot1q",
                " switchport mode trunk",
                " switchport trunk native vlan 99",
                " switchport trunk allowed vlan 10,20,30-33",
                " port-channel min-links 2",
                "interface GigabitEthernet1/0/1",
                " switchport trunk encapsulation dot1q",
                " switchport mode trunk",
                " switchport trunk native vlan 99",
                " switchport trunk allowed vlan 10,20,30-33",
                " channel-group 20 mode passive",
                " lacp rate fast",
            ],
            lines.Take(15));
        Assert.Equal("interface GigabitEthernet2/0/1", lines[15]);
        Assert.Equal(lines.Skip(9).Take(6), lines.Skip(16));
    }

    [Fact]
    public void An_access_port_and_a_routed_one_have_their_own_lines()
    {
        Assert.Equal(
            ["interface Port-channel1", " switchport", " switchport mode access", " switchport access vlan 10", "interface Ethernet0/0", " switchport mode access", " switchport access vlan 10", " channel-group 1 mode on"],
            Lines(Article with { SwitchportMode = CiscoSwitchportMode.Access, AccessVlan = 10, Mode = ChannelGroupMode.On, Interfaces = Ports("e0/0") }));
        Assert.Equal(
            ["interface Port-channel1", " no switchport", "interface Ethernet0/0", " no switchport", " channel-group 1 mode desirable"],
            Lines(Article with { Layer = 3, Mode = ChannelGroupMode.Desirable, Interfaces = Ports("e0/0") }));
    }

    [Fact]
    public void A_long_list_of_VLANs_is_told_in_lines_that_IOS_takes()
    {
        var vlans = Enumerable.Range(1, 2000).Where(v => v % 2 == 1).Select(v => v.ToString(CultureInfo.InvariantCulture)).ToList();
        var lines = Lines(Article with { SwitchportMode = CiscoSwitchportMode.Trunk, AllowedVlans = string.Join(",", vlans) });
        Assert.All(lines, line => Assert.InRange(line.Length, 1, 254));
        const string allowed = " switchport trunk allowed vlan ";
        var told = lines.TakeWhile(l => !l.StartsWith("interface E", StringComparison.Ordinal)).Where(l => l.StartsWith(allowed, StringComparison.Ordinal)).Select(l => l[allowed.Length..]).ToList();
        Assert.DoesNotContain("add", told[0], StringComparison.Ordinal);
        Assert.All(told.Skip(1), l => Assert.StartsWith("add ", l, StringComparison.Ordinal));
        Assert.Equal(vlans, told.SelectMany(l => l.Replace("add ", "", StringComparison.Ordinal).Split(',')));
    }

    [Fact]
    public void Members_leave_before_the_port_channel_goes()
    {
        var present = RunningConfigurationParser.Parse("interface Port-channel1\n switchport\n!\ninterface Ethernet0/0\n channel-group 1 mode active\n!\ninterface Ethernet0/1\n channel-group 1 mode active\n");
        Assert.Equal(
            ["interface Ethernet0/0", " no channel-group", "interface Ethernet0/1", " no channel-group", "no interface Port-channel1"],
            EtherChannelPlan.RemovalLines(1, present));
        Assert.Empty(EtherChannelPlan.RemovalLines(7, present));
    }

    [Fact]
    public void A_default_that_is_wished_and_one_that_is_written_out_are_no_difference()
    {
        var wish = Article with
        {
            Interfaces = null, SwitchportMode = CiscoSwitchportMode.Trunk, NativeVlan = 1, AllowedVlans = "1-4094", Mtu = 1500, MinLinks = 1,
            LacpRate = CiscoLacpRate.Normal, PortPriorities = [32768], SystemPriority = 32768,
        };
        Assert.Empty(wish.ConfigurationLines(Present(" switchport trunk allowed vlan all\n mtu 1500\n")));
    }

    [Fact]
    public void A_port_that_joins_takes_what_its_port_channel_has_and_loses_what_that_has_not()
    {
        var present = Present("", " no switchport\n switchport access vlan 7\n");
        Assert.Equal(
            ["interface Ethernet0/1", " switchport", " switchport mode trunk", " no switchport access vlan", " channel-group 1 mode active"],
            Article.ConfigurationLines(present));
    }

    [Fact]
    public void A_member_that_differs_by_hand_is_told_itself() =>
        Assert.Equal(["interface Ethernet0/0", " no switchport trunk native vlan"], (Article with { Interfaces = null }).ConfigurationLines(
            [.. Present("")[..1], Present("")[1] with { NativeVlan = 5 }]));

    [Fact]
    public void A_member_of_another_group_and_fewer_members_than_links_are_refused()
    {
        Assert.Throws<BondToolsException>(() => Article.ConfigurationLines(Present("", " channel-group 2 mode active\n")));
        Assert.Throws<BondToolsException>(() => (Article with { Interfaces = Ports("Et0/0") }).ConfigurationLines(Present(" port-channel min-links 2\n")));
        Assert.Equal(BondToolsErrorKind.NotFound, Assert.Throws<BondToolsException>(() => Article.ConfigurationLines(Present("")[..2])).Kind);
    }

    public static TheoryData<string, EtherChannelPlan> Contradictions => new()
    {
        { "group 0", Article with { Group = 0 } },
        { "group 4097", Article with { Group = 4097 } },
        { "no member", Article with { Interfaces = [] } },
        { "a member twice", Article with { Interfaces = Ports("Et0/0", "Ethernet0/0") } },
        { "a port-channel in a port-channel", Article with { Interfaces = Ports("Po2") } },
        { "a VLAN interface", Article with { Interfaces = Ports("Vlan2") } },
        { "a subinterface", Article with { Interfaces = Ports("Gi0/1.5") } },
        { "layer 4", Article with { Layer = 4 } },
        { "routed trunk", Article with { Layer = 3, SwitchportMode = CiscoSwitchportMode.Trunk } },
        { "unknown mode", Article with { Mode = (ChannelGroupMode)9 } },
        { "VLANs without trunk", Article with { AllowedVlans = "10" } },
        { "native VLAN on access", Article with { SwitchportMode = CiscoSwitchportMode.Access, NativeVlan = 1 } },
        { "access VLAN on trunk", Article with { SwitchportMode = CiscoSwitchportMode.Trunk, AccessVlan = 1 } },
        { "VLAN 4095", Article with { SwitchportMode = CiscoSwitchportMode.Trunk, NativeVlan = 4095 } },
        { "VLAN list", Article with { SwitchportMode = CiscoSwitchportMode.Trunk, AllowedVlans = "10,20-" } },
        { "VLAN list backwards", Article with { SwitchportMode = CiscoSwitchportMode.Trunk, AllowedVlans = "20-10" } },
        { "VLAN list with a line in it", Article with { SwitchportMode = CiscoSwitchportMode.Trunk, AllowedVlans = "10\nshutdown" } },
        { "min-links without LACP", Article with { Mode = ChannelGroupMode.On, MinLinks = 1 } },
        { "rate without LACP", Article with { Mode = ChannelGroupMode.Auto, LacpRate = CiscoLacpRate.Fast } },
        { "max-bundle without LACP", Article with { Mode = ChannelGroupMode.On, MaxBundle = 1 } },
        { "priority without LACP", Article with { Mode = ChannelGroupMode.On, PortPriorities = [1] } },
        { "max-bundle below min-links", Article with { MinLinks = 2, MaxBundle = 1 } },
        { "three priorities for two members", Article with { PortPriorities = [1, 2, 3] } },
        { "priority 65536", Article with { PortPriorities = [65536] } },
        { "system priority -1", Article with { SystemPriority = -1 } },
        { "MTU 9217", Article with { Mtu = 9217 } },
        { "MTU given and taken away", Article with { Mtu = 9000, Clear = [EtherChannelSetting.Mtu] } },
        { "min-links 0", Article with { MinLinks = 0 } },
        { "more links than members", Article with { MinLinks = 3 } },
        { "line feed in the description", Article with { Description = "a\nshutdown" } },
        { "question mark in the description", Article with { Description = "what?" } },
        { "Japanese description", Article with { Description = "検証" } },
        { "empty description", Article with { Description = " " } },
        { "endless description", Article with { Description = new string('x', 201) } },
    };

    [Theory]
    [MemberData(nameof(Contradictions))]
    public void A_wish_that_makes_no_configuration_is_refused(string what, EtherChannelPlan plan)
    {
        var error = Assert.Throws<BondToolsException>(() => Lines(plan));
        Assert.True(error.Kind == BondToolsErrorKind.InvalidConfiguration, what);
    }

    // The plan against a switch whose ports are as they came.
    private static IReadOnlyList<string> Lines(EtherChannelPlan plan) => plan.ConfigurationLines(
        [.. plan.Interfaces!.Select(i => new CiscoInterfaceConfiguration { Interface = i.Long })]);

    // A trunk with one member, and a port beside it.
    private static CiscoInterfaceConfiguration[] Present(string channel, string port = "") => [.. RunningConfigurationParser.Parse(
        $"interface Port-channel1\n switchport\n switchport mode trunk\n{channel}!\n"
        + $"interface Ethernet0/0\n switchport mode trunk\n channel-group 1 mode active\n!\ninterface Ethernet0/1\n{port}!\n")];

    private static List<CiscoInterfaceName> Ports(params string[] names) => names.Select(CiscoInterfaceName.Parse).ToList();
}
