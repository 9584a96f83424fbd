using System;
using System.Linq;
using BondTools.Cisco;
using Xunit;

namespace BondTools.Tests.Cisco;

public class EtherChannelDetailParserTests
{
    private const string Detail = """
        SW1#show etherchannel detail
                        Channel-group listing:
                        ----------------------

        Group: 7
        ----------
        Group state = L2
        Ports: 2   Maxports = 16
        Port-channels: 1 Max Port-channels = 16
        Protocol:   LACP
        Minimum Links: 1

                        Ports in the group:
                        -------------------
        Port: Gi1/0/1
        ------------

        Port state    = Up Mstr Assoc In-Bndl
        Channel group = 7           Mode = Active          Gcchange = -
        Port-channel  = Po7         GC   =   -             Pseudo port-channel = Po7
        Port index    = 1           Load = 0x55            Protocol =   LACP

        Flags:  S - Device is sending Slow LACPDUs   F - Device is sending fast LACPDUs.
                A - Device is in active mode.        P - Device is in passive mode.

        Local information:
                                    LACP port     Admin     Oper    Port        Port
        Port      Flags   State     Priority      Key       Key     Number      State
        Gi1/0/1   SA      bndl      32768         0x7       0x7     0x102       0x3D

         Partner's information:

                          LACP port                        Admin  Oper   Port    Port
        Port      Flags   Priority  Dev ID          Age    key    Key    Number  State
        Gi1/0/1   SA      255       0800.2704.ddbd  11s    0x0    0x9    0x1     0x3D

        *Mar  1 00:01:02.003: %LINK-3-UPDOWN: Interface GigabitEthernet1/0/9, changed state to up
        Age of the port in the current state: 1d:02h:03m:04s

        Port: Gi1/0/2
        ------------

        Port state    = Up Cnt-bndl Suspend Not-in-Bndl
        Channel group = 7           Mode = Active          Gcchange = -
        Port-channel  = null        GC   =   -             Pseudo port-channel = Po7
        Port index    = 0           Load = 0x00            Protocol =   LACP

                        Port-channels in the group:
                        ---------------------------

        Port-channel: Po7    (Primary Aggregator)

        ------------

        Age of the Port-channel   = 0d:00h:30m:09s
        Logical slot/port   = 31/7          Number of ports = 1
        HotStandBy port = null
        Port state          = Port-channel Ag-Inuse
        Protocol            =   LACP
        Port security       = Disabled

        Ports in the Port-channel:

        Index   Load   Port     EC state        No of bits
        ------+------+------+------------------+-----------
          1     55     Gi1/0/1  Active             4

        Time since last port bundled:    0d:00h:20m:00s    Gi1/0/1

        Group: 9
        ----------
        Group state = L3
        Ports: 0   Maxports = 8
        Port-channels: 1 Max Port-channels = 1
        Protocol:    -
        SW1#
        """;

    [Fact]
    public void A_group_has_its_limits_its_ports_and_its_port_channel()
    {
        var groups = EtherChannelDetailParser.Parse(Detail, "sw1");
        Assert.Equal([7, 9], groups.Select(g => g.Group!.Value));
        var group = groups[0];
        Assert.Equal(("sw1", "L2", 2, 16, 1, EtherChannelProtocol.Lacp), (group.ComputerName, group.GroupState, group.PortCount, group.MaximumPorts, group.MinLinks, group.Protocol));
        var port = group.Ports[0];
        Assert.Equal(("Gi1/0/1", true, 1, 0x55, new TimeSpan(1, 2, 3, 4)), (port.Interface, port.Bundled, port.PortIndex, port.Load, port.Age));
        Assert.Equal((0x102, 7), (port.Local!.PortNumber, port.Local.OperKey));
        Assert.Equal((MacAddress.Parse("08:00:27:04:dd:bd"), 9, 255), (port.Partner!.DeviceId, port.Partner.OperKey, port.Partner.PortPriority));
        var channel = Assert.Single(group.PortChannels);
        Assert.Equal(("Po7", true, "31/7", 4), (channel.Name, channel.InUse, channel.LogicalSlotPort, channel.Ports[0].BitCount));
        Assert.Equal((TimeSpan.FromMinutes(20), "Gi1/0/1", null), (channel.SinceLastBundled, channel.LastBundledPort, channel.SinceLastUnbundled));
        Assert.Equal(("L3", EtherChannelProtocol.None), (groups[1].GroupState, groups[1].Protocol));
    }

    [Fact]
    public void A_port_that_is_in_no_bundle_has_no_port_channel_and_no_partner()
    {
        var port = EtherChannelDetailParser.Parse(Detail)[0].Ports[1];
        Assert.Equal((EtherChannelMemberState.Suspended, false, null, "Po7"), (port.State, port.Bundled, port.PortChannel, port.PseudoPortChannel));
        Assert.Null(port.Local);
        Assert.Null(port.Partner);
        Assert.Null(port.Age);
    }

    [Fact]
    public void Blanks_that_a_web_page_has_eaten_change_nothing()
    {
        var collapsed = string.Join("\n", Detail.Split('\n').Select(l => string.Join(" ", l.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))));
        Assert.Equal(RecordText.Of(EtherChannelDetailParser.Parse(Detail)), RecordText.Of(EtherChannelDetailParser.Parse(collapsed)));
    }

    [Theory]
    [InlineData("Up Mstr In-Bndl", EtherChannelMemberState.Bundled)]
    [InlineData("Up Mstr Assoc Hot-stdby Not-in-Bndl", EtherChannelMemberState.HotStandby)]
    [InlineData("Up Sngl-port-Bndl Mstr Not-in-Bndl", EtherChannelMemberState.StandAlone)]
    [InlineData("Down Not-in-Bndl", EtherChannelMemberState.Down)]
    [InlineData("Up Not-in-Bndl", EtherChannelMemberState.Waiting)]
    public void The_words_of_a_port_state_are_understood(string words, EtherChannelMemberState state) =>
        Assert.Equal(state, EtherChannelDetailParser.Parse($"Gi0/1:\nPort state = {words}\nChannel group = 3 Mode = On Gcchange = -")[0].Ports[0].State);

    [Fact]
    public void Show_etherchannel_protocol_gives_groups_with_their_protocol_and_nothing_else()
    {
        var groups = EtherChannelDetailParser.Parse("\t\tChannel-group listing:\n\t\t----------------------\n\nGroup: 1\n----------\nProtocol:   PAgP\n\nGroup: 2\n----------\nProtocol:  LACP\n");
        Assert.Equal([(1, EtherChannelProtocol.Pagp), (2, EtherChannelProtocol.Lacp)], groups.Select(g => (g.Group!.Value, g.Protocol!.Value)));
        Assert.All(groups, g => Assert.Empty(g.Ports));
    }

    [Fact]
    public void Ports_without_group_headings_are_sorted_by_their_group()
    {
        var groups = EtherChannelDetailParser.Parse("""
            Gi0/1:
            Port state    = Up Mstr In-Bndl
            Channel group = 2           Mode = On              Gcchange = -
            Gi0/2:
            Port state    = Down Not-in-Bndl
            Channel group = 1           Mode = On              Gcchange = -
            Port-channel2   (Primary aggregator)

            Port state          = Port-channel Ag-Inuse
            """);
        Assert.Equal([(1, "Gi0/2", 0), (2, "Gi0/1", 1)], groups.Select(g => (g.Group!.Value, g.Ports[0].Interface!, g.PortChannels.Count)));
    }

    [Theory]
    [InlineData("Channel group = 7           Mode = Active          Gcchange = -", "Channel group = x")]
    [InlineData("Gi1/0/1   SA      bndl      32768         0x7       0x7     0x102       0x3D", "Gi1/0/1   SA      bndl      32768         0x7")]
    [InlineData("Gi1/0/1   SA      255       0800.2704.ddbd  11s    0x0    0x9    0x1     0x3D", "Gi1/0/1   SA      255       0800.2704.ddbd  11s    0x0    0x9    0x1     0x3DD")]
    [InlineData("Port state          = Port-channel Ag-Inuse", "")]
    [InlineData("  1     55     Gi1/0/1  Active             4", "  1     5Z     Gi1/0/1  Active             4")]
    [InlineData("1d:02h:03m:04s", "1d:02h:03m")]
    public void A_damaged_line_is_an_error_and_never_half_a_record(string line, string damaged) =>
        Assert.Throws<UnexpectedOutputException>(() => EtherChannelDetailParser.Parse(Detail.Replace(line, damaged, StringComparison.Ordinal)));

    [Theory]
    [InlineData("")]
    [InlineData("% Invalid input detected at '^' marker.")]
    [InlineData("SW1#show etherchannel detail\nSW1#")]
    public void Nothing_recognised_is_an_error(string text) => Assert.Throws<UnexpectedOutputException>(() => EtherChannelDetailParser.Parse(text));
}
