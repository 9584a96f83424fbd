using System;
using System.Linq;
using BondTools.Analysis;
using BondTools.Cisco;
using BondTools.Lacp;
using BondTools.Planning;
using Xunit;

namespace BondTools.Tests.Analysis;

/// <summary>Causes that the emulated switch cannot be brought to: two members, of which the first works and the second is bent.</summary>
public class EtherChannelAnalyzerTests
{
    private static readonly CiscoInterfaceConfiguration Port = new() { Interface = "Ethernet0/1", Group = 1, Mode = ChannelGroupMode.Active, Lines = [] };

    [Fact]
    public void A_port_that_the_switch_disabled_is_taken_down_and_up()
    {
        var cause = Only(Evidence("D", Port, status: "err-disabled"));
        Assert.Equal((UnbundledReason.ErrorDisabled, true), (cause.Reason, cause.Certain));
        Assert.Equal(["interface Ethernet0/1", " shutdown", " no shutdown"], cause.Lines);
    }

    [Fact]
    public void A_port_in_a_mode_of_another_protocol_leaves_and_joins_anew()
    {
        var cause = Only(Evidence("s", Port with { Mode = ChannelGroupMode.On }));
        Assert.Equal((UnbundledReason.ProtocolMismatch, true), (cause.Reason, cause.Certain));
        Assert.Equal(["interface Ethernet0/1", " no channel-group", " channel-group 1 mode active"], cause.Lines);
        Assert.Contains("mode on", cause.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_port_on_another_layer_leaves_the_group_to_change_it()
    {
        var cause = Only(Evidence("s", Port with { Switchport = false }));
        Assert.Equal((UnbundledReason.LayerMismatch, true), (cause.Reason, cause.Certain));
        Assert.Equal(["interface Ethernet0/1", " no channel-group", " switchport", " channel-group 1 mode active"], cause.Lines);
    }

    [Fact]
    public void Another_system_behind_the_port_is_named_beside_the_bundled_members()
    {
        var cause = Only(Evidence("s", Port, Ends.Neighbor("Et0/1", 2, device: MacAddress.Parse("02:00:00:00:00:07"))));
        Assert.Equal((UnbundledReason.OtherPartnerSystem, true), (cause.Reason, cause.Certain));
        Assert.Contains("02:00:00:00:00:07", cause.Message, StringComparison.Ordinal);
        Assert.Contains("08:00:27:04:dd:bd", cause.Message, StringComparison.Ordinal);
        Assert.Empty(cause.Lines);
    }

    [Fact]
    public void Another_key_of_the_same_system_is_another_bond_there()
    {
        var cause = Only(Evidence("s", Port, Ends.Neighbor("Et0/1", 2) with { OperKey = 17 }));
        Assert.Equal((UnbundledReason.OtherPartnerKey, true), (cause.Reason, cause.Certain));
        Assert.Contains("17", cause.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_no_member_is_bundled_nobody_says_which_of_two_partners_is_the_right_one()
    {
        var report = EtherChannelAnalyzer.Analyze(Evidence("s", Port, Ends.Neighbor("Et0/1", 2, device: MacAddress.Parse("02:00:00:00:00:07"))) with
        {
            Channel = Ends.Channel("Et0/0(s) Et0/1(s)", inUse: false),
        });
        Assert.All(report.Members, member => Assert.False(Assert.Single(member.Causes).Certain));
        Assert.All(report.Members, member => Assert.Equal(UnbundledReason.OtherPartnerSystem, member.Causes[0].Reason));
    }

    [Fact]
    public void A_port_that_waits_is_negotiating()
    {
        var cause = Only(Evidence("w", Port, Ends.Neighbor("Et0/1", 2) with { PortState = LacpPortState.Activity | LacpPortState.Aggregation }));
        Assert.Equal((UnbundledReason.Negotiating, true), (cause.Reason, cause.Certain));
        Assert.Contains("is not ready", cause.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_nothing_explains_is_unknown_and_says_where_to_look()
    {
        var cause = Only(Evidence("s", Port));
        Assert.Equal((UnbundledReason.Unknown, false), (cause.Reason, cause.Certain));
        Assert.Contains("show logging", cause.Remedy, StringComparison.Ordinal);
    }

    private static UnbundledCause Only(EtherChannelEvidence evidence)
    {
        var report = EtherChannelAnalyzer.Analyze(evidence);
        Assert.False(report.Passed);
        Assert.Empty(report.NotExamined);
        Assert.Empty(report.Members[0].Causes);
        return Assert.Single(report.Members[1].Causes);
    }

    private static EtherChannelEvidence Evidence(string flags, CiscoInterfaceConfiguration port, CiscoLacpNeighbor? neighbor = null, string status = "connected") => new()
    {
        Channel = Ends.Channel($"Et0/0(P) Et0/1({flags})"),
        Neighbors = [Ends.Neighbor("Et0/0", 1), neighbor ?? Ends.Neighbor("Et0/1", 2)],
        Configuration =
        [
            new CiscoInterfaceConfiguration { Interface = "Port-channel1", Lines = [] },
            new CiscoInterfaceConfiguration { Interface = "Ethernet0/0", Group = 1, Mode = ChannelGroupMode.Active, Lines = [] },
            port,
        ],
        Ports = [.. new[] { ("Et0/0", "connected"), ("Et0/1", status) }.Select(p => new CiscoInterfaceStatus { Interface = p.Item1, Status = p.Item2, Vlan = "1", Duplex = "a-full", Speed = "a-1000" })],
    };
}
