using System;
using System.Linq;
using BondTools.Cisco;
using Xunit;

namespace BondTools.Tests.Cisco;

public class LacpInternalParserTests
{
    private const string Short = """
        Flags:  S - Device is requesting Slow LACPDUs
                F - Device is requesting Fast LACPDUs
                A - Device is in Active mode       P - Device is in Passive mode

        Channel group 3
                                    LACP port     Admin     Oper    Port        Port
        Port      Flags   State     Priority      Key       Key     Number      State
        Gi1/0/1   SA      bndl      32768         0x3       0x3     0x102       0x3D
        *Mar  1 00:01:02.003: %EC-5-CANNOT_BUNDLE2: Gi1/0/2 is not compatible
        Gi1/0/2   FP      hot-sby   100           0x3       0x3     0x103       0xF
        sw1#
        """;

    private const string Long = """
        Channel group 3

        Actor (internal) information:

                  Actor                 Actor                     Actor
        Port      System ID             Port Number     Age       Flags
        Gi1/0/1   32768,aabb.cc00.0100  0x102           13s       SA

                  LACP Actor         Actor        Actor
        Port Priority      Oper Key     Port State
                  32768              0x3          0x3D
        """;

    [Fact]
    public void Rows_of_the_short_form_are_read()
    {
        var ports = LacpInternalParser.Parse(Short, "sw1");
        Assert.Equal(
            [(3, "Gi1/0/1", EtherChannelMemberState.Bundled, 32768, 0x102, 0x3D), (3, "Gi1/0/2", EtherChannelMemberState.HotStandby, 100, 0x103, 0xF)],
            ports.Select(p => (p.Group, p.Interface, p.State, p.PortPriority, p.PortNumber, (int)p.PortState)));
        Assert.Equal("FP", ports[1].Flags);
    }

    [Fact]
    public void The_detailed_form_names_the_system_and_no_state()
    {
        var port = Assert.Single(LacpInternalParser.Parse(Long));
        Assert.Equal((32768, MacAddress.Parse("aa:bb:cc:00:01:00"), 0x102, 3, 0x3D), (port.SystemPriority, port.SystemMacAddress, port.PortNumber, port.OperKey, (int)port.PortState));
        Assert.Equal((null, EtherChannelMemberState.Unknown, null), (port.PortStatus, port.State, port.AdminKey));
    }

    [Fact]
    public void The_table_of_the_partners_is_another_ones() =>
        Assert.Empty(LacpInternalParser.Parse("A - Device is sending LACPDUs\nChannel group 1 neighbors\nPort Flags State Priority Key Key Number State\nGi1/0/1 SA bndl 1 1 1 1 1\n"));

    [Theory]
    [InlineData("Gi1/0/1   SA      bndl      32768         0x3       0x3     0x102       0x3D", "Gi1/0/1   SA      bndl")]
    [InlineData("0x3D\n", "0x3DD\n")]
    [InlineData("FP      hot-sby   100 ", "FP      hot-sby   99999999 ")]
    public void A_damaged_row_is_an_error(string part, string damaged) =>
        Assert.Throws<UnexpectedOutputException>(() => LacpInternalParser.Parse(Short.Replace("\r\n", "\n", StringComparison.Ordinal).Replace(part, damaged, StringComparison.Ordinal)));

    [Fact]
    public void Half_a_port_of_the_detailed_form_is_an_error() =>
        Assert.Throws<UnexpectedOutputException>(() => LacpInternalParser.Parse(Long[..Long.IndexOf("LACP Actor", StringComparison.Ordinal)]));
}
