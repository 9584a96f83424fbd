using System;
using System.Linq;
using BondTools.Cisco;
using BondTools.Linux;
using Xunit;

namespace BondTools.Tests.Cisco;

public class LldpParserTests
{
    private const string Ios = """
        L2SW#show lldp neighbors detail
        ------------------------------------------------
        Local Intf: Et0/1
        Local Intf service instance: -
        Chassis id: 0800.2704.ddbd
        Port id: 0800.2704.ddbe
        Port Description: enp0s9
        System Name: pve1.example.org

        System Description:
        Debian GNU/Linux: a hypervisor
        Port id of nobody

        Time remaining: 100 seconds
        *Mar  1 00:01:02.003: %LINK-3-UPDOWN: Interface Ethernet0/2, changed state to up
        ------------------------------------------------
        Local Intf: Et0/0
        Chassis id: 0800.2704.ddbd
        Port id: enp0s8
        Port Description - not advertised
        System Name - not advertised

        Total entries displayed: 2
        L2SW#
        """;

    private const string Nexus = """
        Chassis id: 0800.2704.ddbd
        Port id: enp0s8
        Local Port id: Eth1/1
        Port Description: enp0s8
        System Name: pve1

        Chassis id: 0800.2704.ddbd
        Port id: enp0s9
        Local Port id: Eth1/2
        Port Description: not advertised
        System Name: pve1
        Total entries displayed: 2
        """;

    private const string Host = """
        # lldpctl -f keyvalue
        lldp.enp0s8.via=LLDP
        lldp.enp0s8.rid=1
        lldp.enp0s8.age=0 day, 00:12:01
        lldp.enp0s8.chassis.mac=aa:bb:cc:00:01:00
        lldp.enp0s8.chassis.name=L2SW
        lldp.enp0s8.port.ifname=Et0/0
        lldp.enp0s8.port.descr=to pve1 = first
        lldp.nic.10.via=LLDP
        lldp.nic.10.chassis.local=a
        lldp.nic.10.port.mac=aa:bb:cc:00:01:01
        lldp.nic.10.via=CDPv2
        lldp.nic.10.chassis.name=b
        lldp.nic.10.port.local=7
        """;

    [Fact]
    public void Reads_the_neighbors_of_IOS() => Assert.Equal(
        [("Et0/1", "0800.2704.ddbd", "0800.2704.ddbe", "enp0s9", "pve1.example.org"), ("Et0/0", "0800.2704.ddbd", "enp0s8", null, null)],
        CiscoLldpNeighborParser.Parse(Ios).Select(n => (n.Interface, n.ChassisId, n.PortId, n.PortDescription, n.SystemName)));

    [Fact]
    public void Reads_the_neighbors_of_NXOS_whose_own_port_comes_third() => Assert.Equal(
        [("Eth1/1", "enp0s8", "enp0s8"), ("Eth1/2", "enp0s9", null)],
        CiscoLldpNeighborParser.Parse(Nexus, "sw1").Select(n => (n.Interface, n.PortId, n.PortDescription)));

    [Fact]
    public void Reads_what_the_host_hears() => Assert.Equal(
        [("enp0s8", "aa:bb:cc:00:01:00", "L2SW", "Et0/0", "to pve1 = first"), ("nic.10", "a", null, "aa:bb:cc:00:01:01", null), ("nic.10", "b", "b", "7", null)],
        LldpNeighborParser.Parse(Host, "pve1").Select(n => (n.Interface, n.ChassisId, n.ChassisName, n.PortId, n.PortDescription)));

    [Fact]
    public void Nobody_there_is_no_error() => Assert.Empty(CiscoLldpNeighborParser.Parse("\nTotal entries displayed: 0\n"));

    [Theory]
    [InlineData("% LLDP is not enabled", 1)]
    [InlineData("Local Intf: Et0/0\nPort id: enp0s8\n", 1)]
    [InlineData("\nLocal Intf: Et0/0\nLocal Intf: Et0/1\nChassis id: a\nPort id: b\n", 2)]
    public void What_is_no_whole_neighbor_is_refused(string text, int line) =>
        Assert.Equal(line, Assert.Throws<UnexpectedOutputException>(() => CiscoLldpNeighborParser.Parse(text)).LineNumber);

    [Fact]
    public void A_neighbor_of_the_host_without_a_port_is_refused()
    {
        var error = Assert.Throws<UnexpectedOutputException>(() => LldpNeighborParser.Parse("lldp.enp0s8.via=LLDP\nlldp.enp0s8.chassis.mac=aa:bb:cc:00:01:00\n"));
        Assert.Contains("enp0s8", error.Message, StringComparison.Ordinal);
    }
}
