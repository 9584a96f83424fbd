using System;
using System.Linq;
using BondTools.Cisco;
using BondTools.Planning;
using Xunit;

namespace BondTools.Tests.Cisco;

public class RunningConfigurationParserTests
{
    private const string Whole = """
        sw1#show running-config
        Building configuration...

        Current configuration : 1234 bytes
        !
        hostname sw1
        banner motd ^C
        interface Ethernet9/9
         shutdown
        ^C
        banner exec #one line#
        !
        interface Port-channel22
         description to pve1, interface bond0
         switchport
         switchport trunk encapsulation dot1q
         switchport trunk allowed vlan 10,20-22
         switchport trunk allowed vlan add 23,4000
         switchport trunk native vlan 99
         switchport mode trunk
         mtu 9198
         lacp max-bundle 4
         port-channel min-links 2
        !
        interface GigabitEthernet1/0/1
         switchport mode access
         switchport access vlan 7
        *Mar  1 00:01:02.003: %SYS-5-CONFIG_I: Configured from console by console
         speed 1000
         duplex full
         lacp rate fast
         lacp port-priority 100
         channel-group 22 mode active link 20
         storm-control broadcast level 1.00
         shutdown
        !
        interface GigabitEthernet1/0/2
         no switchport
         no ip address
        !
        interface GigabitEthernet1/0/3
        !
        router ospf 1
         passive-interface default
        !
        line con 0
         speed 9600
        !
        end

        sw1#
        """;

    [Fact]
    public void A_port_channel_is_read_with_all_that_it_says()
    {
        var po = RunningConfigurationParser.Parse(Whole, "sw1")[0];
        Assert.Equal(("sw1", "Port-channel22", "to pve1, interface bond0"), (po.ComputerName, po.Interface, po.Description));
        Assert.Equal((true, CiscoSwitchportMode.Trunk, "dot1q"), (po.Switchport, po.SwitchportMode, po.Encapsulation));
        Assert.Equal(("10,20-23,4000", 99, 9198), (po.AllowedVlans, po.NativeVlan, po.Mtu));
        Assert.Equal((2, 4, null, null), (po.MinLinks, po.MaxBundle, po.Group, po.Mode));
        Assert.Equal(10, po.Lines.Count);
    }

    [Fact]
    public void A_member_is_read_through_a_log_message_and_lines_that_nobody_knows_are_kept()
    {
        var port = RunningConfigurationParser.Parse(Whole)[1];
        Assert.Equal((22, ChannelGroupMode.Active, CiscoLacpRate.Fast, 100), (port.Group, port.Mode, port.LacpRate, port.PortPriority));
        Assert.Equal((CiscoSwitchportMode.Access, 7, "1000", "full", true), (port.SwitchportMode, port.AccessVlan, port.Speed, port.Duplex, port.Shutdown));
        Assert.Null(port.Switchport);
        Assert.Contains("storm-control broadcast level 1.00", port.Lines);
        Assert.DoesNotContain(port.Lines, l => l.Contains("%SYS", StringComparison.Ordinal));
    }

    [Fact]
    public void What_no_line_says_is_null_and_what_a_banner_says_is_no_interface()
    {
        var ports = RunningConfigurationParser.Parse(Whole);
        Assert.Equal(["Port-channel22", "GigabitEthernet1/0/1", "GigabitEthernet1/0/2", "GigabitEthernet1/0/3"], ports.Select(p => p.Interface));
        Assert.False(ports[2].Switchport);
        Assert.Equal(new CiscoInterfaceConfiguration { Interface = "GigabitEthernet1/0/3", Lines = ports[3].Lines }, ports[3]);
        Assert.Empty(ports[3].Lines);
    }

    [Fact]
    public void A_copy_that_lost_its_indentation_says_the_same()
    {
        var copied = string.Join("\n", Whole.Split('\n').Select(l => l.Trim()));
        var (whole, flat) = (RunningConfigurationParser.Parse(Whole), RunningConfigurationParser.Parse(copied));
        Assert.Equal(whole.Select(i => i with { Lines = [] }).Select(i => i.ToString()), flat.Select(i => i with { Lines = [] }).Select(i => i.ToString()));
        Assert.Equal(whole.SelectMany(i => i.Lines), flat.SelectMany(i => i.Lines));
    }

    [Fact]
    public void Show_running_config_interface_is_read()
    {
        var port = Assert.Single(RunningConfigurationParser.Parse(
            "\nBuilding configuration...\n\nCurrent configuration : 70 bytes\n!\ninterface Ethernet0/0\n duplex auto\n channel-group 1 mode passive\nend\n\n"));
        Assert.Equal(("Ethernet0/0", 1, ChannelGroupMode.Passive), (port.Interface, port.Group, port.Mode));
    }

    [Fact]
    public void NX_OS_is_read_forced_and_without_mode_and_end()
    {
        var ports = RunningConfigurationParser.Parse(
            "!Command: show running-config\nversion 9.3(8)\n\ninterface port-channel1\n  lacp min-links 2\n  vpc 1\n\ninterface Ethernet1/1\n  channel-group 1 force mode active\n\n"
            + "interface Ethernet1/2\n  channel-group 2\n  no shutdown\n\ninterface Ethernet1/3\nline console\nline vty\n");
        Assert.Equal([null, ChannelGroupMode.Active, ChannelGroupMode.On, null], ports.Select(p => p.Mode));
        Assert.Equal(2, ports[0].MinLinks);
        Assert.Empty(ports[3].Lines);
    }

    [Fact]
    public void An_interface_within_another_section_is_none()
    {
        var ports = RunningConfigurationParser.Parse("interface TenGigE0/0/0/1\n bundle id 5 mode active\n!\nrouter ospf 1\n area 0\n  interface TenGigE0/0/0/2\n  !\n !\n!\nend\n");
        Assert.Equal(("TenGigE0/0/0/1", 5), (Assert.Single(ports).Interface, ports[0].Group));
    }

    [Theory]
    [InlineData("Current configuration : 99 bytes\n!\ninterface Ethernet0/0\n channel-group 1 mode act", "line 4")]
    [InlineData("Current configuration : 99 bytes\n!\ninterface Ethernet0/0\n channel-group 1 mode active\n", "cut")]
    [InlineData("banner motd #\ninterface Ethernet0/0\n channel-group 1 mode active\n", "banner")]
    [InlineData("interface Ethernet0/0\n channel-group one mode active\n", "channel-group one")]
    [InlineData("interface Ethernet0/0\n switchport trunk allowed vlan 10,20-\n", "10,20-")]
    [InlineData("interface Ethernet0/0\n switchport trunk native vlan 4095\n", "4095")]
    [InlineData("hostname sw1\nend\n", "hostname sw1")]
    [InlineData("% Invalid input detected at '^' marker.\n", "% Invalid input")]
    [InlineData("", "empty")]
    public void What_is_cut_or_not_understood_is_an_error_that_says_where(string text, string said) =>
        Assert.Contains(said, Assert.Throws<UnexpectedOutputException>(() => RunningConfigurationParser.Parse(text)).Message, StringComparison.Ordinal);
}
