using System;
using System.Linq;
using BondTools.Cisco;
using Xunit;

namespace BondTools.Tests.Cisco;

/// <summary>The smaller views of LACP, interfaces and spanning tree, whole and damaged.</summary>
public class LinkViewParserTests
{
    private const string Counters = """
        SW#show lacp counters
                     LACPDUs         Marker      Marker Response    LACPDUs
        Port       Sent   Recv     Sent   Recv     Sent   Recv      Pkts Err
        ---------------------------------------------------------------------
        Channel group: 3
        Gi1/0/1    11     12       3      4        5      6         7    8
        Gi1/0/2    11     12       3      4        5      6
        """;

    private const string Detail = """
        Channel group 5
        Actor (internal) information:
                  Actor                 Actor                   Actor
        Port      System ID             Port Number     Age     Flags
        Gi1/0/3   32768,00aa.bb00.0101  0x104           4s      SA

                  LACP Actor         Actor           Actor
                  Port Priority      Oper Key        Port State
                  32768              0x5             0x3D

                  Port State Flags Decode:
                  Activity:   Timeout:   Aggregation:   Synchronization:
                  Active      Long       Yes            Yes
        """;

    private const string Status = """
        SW#show interfaces status
        Port Name Status Vlan Duplex Speed Type
        Gi1/0/1 up to connected host notconnect trunk auto auto 10/100/1000BaseTX
        Po1 connected 20 a-full a-1000
        """;

    private const string Tree = """
        SW#show spanning-tree
        VLAN0020
          Spanning tree enabled protocol rstp
        Interface           Role Sts Cost      Prio.Nbr Type
        ------------------- ---- --- --------- -------- --------------------------------
        Po1                 Root FWD 3         128.65   P2p
        Po2                 Desg BKN*3         128.66   P2p *PVID_Inc
        """;

    private const string Switchport = """
        Name: Po1
        Switchport: Enabled
        Administrative Mode: trunk
        Operational Mode: trunk
        Access Mode VLAN: 1 (default)
        Trunking VLANs Enabled: 10-20,30,
             40-50
        Pruning VLANs Enabled: 2-1001
        """;

    [Fact]
    public void LACP_counters_are_read_by_their_heading_and_what_a_row_lacks_is_null()
    {
        var rows = LacpCounterParser.Parse(Counters, "SW");
        Assert.Equal(
            new CiscoLacpCounter
            {
                ComputerName = "SW", Group = 3, Interface = "Gi1/0/1", LacpdusSent = 11, LacpdusReceived = 12, MarkersSent = 3, MarkersReceived = 4,
                MarkerResponsesSent = 5, MarkerResponsesReceived = 6, UnknownPackets = 7, ErrorPackets = 8,
            },
            rows[0]);
        Assert.Equal((null, null), (rows[1].UnknownPackets, rows[1].ErrorPackets));
    }

    [Theory]
    [InlineData("5      6         7    8", "5")]
    [InlineData("11     12       3", "11     0x0c     3")]
    [InlineData("Channel group: 3", "")]
    [InlineData("7    8", "7    8    9")]
    public void A_damaged_row_of_LACP_counters_is_an_error(string part, string instead) =>
        Assert.Throws<UnexpectedOutputException>(() => LacpCounterParser.Parse(Counters.Replace(part, instead, StringComparison.Ordinal)));

    [Fact]
    public void The_detail_of_the_own_side_is_one_record_of_both_rows()
    {
        var port = Assert.Single(LacpInternalParser.Parse(Detail));
        Assert.Equal((5, "Gi1/0/3", 32768, 0x104, 5, 61), (port.Group, port.Interface, port.PortPriority, port.PortNumber, port.OperKey, (int)port.PortState));
        Assert.Equal((EtherChannelMemberState.Bundled, null, null), (port.State, port.PortStatus, port.AdminKey));
        Assert.Equal((32768, "00:aa:bb:00:01:01"), (port.SystemPriority, port.SystemMacAddress?.ToString()));
    }

    [Fact]
    public void Half_a_detail_block_is_an_error()
    {
        Assert.Throws<UnexpectedOutputException>(() => LacpInternalParser.Parse(Detail.Substring(0, Detail.IndexOf("LACP Actor", StringComparison.Ordinal))));
        Assert.Throws<UnexpectedOutputException>(() => LacpInternalParser.Parse(Detail.Replace("0x3D", "0x13D", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_status_is_found_behind_a_name_of_statuses_also_without_columns()
    {
        var rows = InterfaceStatusParser.Parse(Status);
        Assert.Equal(("up to connected host", "notconnect", "trunk", "auto", "auto", "10/100/1000BaseTX"), (rows[0].Name, rows[0].Status, rows[0].Vlan, rows[0].Duplex, rows[0].Speed, rows[0].Type));
        Assert.Equal((null, true, "20", "a-full", "a-1000", null), (rows[1].Name, rows[1].Connected, rows[1].Vlan, rows[1].Duplex, rows[1].Speed, rows[1].Type));
        Assert.Throws<UnexpectedOutputException>(() => InterfaceStatusParser.Parse(Status.Replace("a-full a-1000", "a-full", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_broken_port_of_a_spanning_tree_says_why()
    {
        var rows = SpanningTreeParser.Parse(Tree);
        Assert.Equal(("VLAN0020", 20, "Po1", CiscoSpanningTreeRole.Root, CiscoSpanningTreeState.Forwarding, 3L, 128, 65), (rows[0].Instance, rows[0].Vlan, rows[0].Interface, rows[0].Role, rows[0].State, rows[0].Cost, rows[0].PortPriority, rows[0].PortNumber));
        Assert.Equal((CiscoSpanningTreeState.Broken, 3L, "PVID_Inc"), (rows[1].State, rows[1].Cost, rows[1].Inconsistency));
        Assert.Throws<UnexpectedOutputException>(() => SpanningTreeParser.Parse(Tree.Replace("128.66", "128", StringComparison.Ordinal)));
        Assert.Throws<UnexpectedOutputException>(() => SpanningTreeParser.Parse(Tree.Replace("BKN*3", "BKN*", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_spanning_tree_of_one_interface_takes_the_interface_from_the_command()
    {
        var row = Assert.Single(SpanningTreeParser.Parse("SW#show spanning-tree interface Port-channel 1\nVlan Role Sts Cost Prio.Nbr Type\n---- ---- --- ---- ---- ----\nVLAN0001 Desg LRN 3 128.65 P2p\n"));
        Assert.Equal(("Po1", CiscoSpanningTreeState.Learning), (row.Interface, row.State));
    }

    [Fact]
    public void A_switchport_has_its_whole_list_of_VLANs_and_a_cut_one_is_an_error()
    {
        Assert.Equal("10-20,30,40-50", SwitchportParser.Parse(Switchport).Single().TrunkingVlans);
        Assert.Throws<UnexpectedOutputException>(() => SwitchportParser.Parse(Switchport.Substring(0, Switchport.IndexOf("Trunking", StringComparison.Ordinal))));
        Assert.Throws<UnexpectedOutputException>(() => SwitchportParser.Parse(Switchport.Replace("VLAN: 1 ", "VLAN: 5000 ", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("hello world")]
    [InlineData("")]
    [InlineData("% Invalid input detected at '^' marker.")]
    public void What_is_no_such_output_is_an_error(string text)
    {
        Assert.Throws<UnexpectedOutputException>(() => LacpInternalParser.Parse(text));
        Assert.Throws<UnexpectedOutputException>(() => LacpCounterParser.Parse(text));
        Assert.Throws<UnexpectedOutputException>(() => PagpNeighborParser.Parse(text));
        Assert.Throws<UnexpectedOutputException>(() => BundleLacpParser.Parse(text));
        Assert.Throws<UnexpectedOutputException>(() => InterfaceCounterParser.Parse(text));
        Assert.Throws<UnexpectedOutputException>(() => InterfaceStatusParser.Parse(text));
        Assert.Throws<UnexpectedOutputException>(() => SwitchportParser.Parse(text));
        Assert.Throws<UnexpectedOutputException>(() => SpanningTreeParser.Parse(text));
    }

    [Theory]
    [InlineData("Eth1/1 -- notconnec 1 auto auto --", "notconnec", "1", "auto", "auto")]
    [InlineData("Eth1/2 uplink sfpAbsent 1 full auto --", "sfpAbsent", "1", "full", "auto")]
    [InlineData("Po3 -- disabled 1 -- -- --", "disabled", "1", "--", "--")]
    public void A_row_that_ends_without_a_type_keeps_its_columns(string row, string status, string vlan, string duplex, string speed)
    {
        var port = Assert.Single(InterfaceStatusParser.Parse("Port Name Status Vlan Duplex Speed Type\n" + row + "\n"));
        Assert.Equal((status, vlan, duplex, speed, null), (port.Status, port.Vlan, port.Duplex, port.Speed, port.Type));
    }
}
