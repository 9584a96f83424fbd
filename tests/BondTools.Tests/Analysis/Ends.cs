using System;
using System.Collections.Generic;
using System.Linq;
using BondTools.Cisco;
using BondTools.Lacp;
using BondTools.Linux;

namespace BondTools.Tests.Analysis;

/// <summary>Builds the article's two ends as records, to be bent by each test with <c>with</c>.</summary>
internal static class Ends
{
    public static readonly MacAddress Host = MacAddress.Parse("08:00:27:04:dd:bd");
    public static readonly MacAddress Switch = MacAddress.Parse("aa:bb:cc:00:01:00");

    public static BondStatus Bond(params BondSlave[] slaves) => new()
    {
        Name = "bond0",
        DriverVersion = "v6.17.2-1-pve",
        Mode = BondMode.Lacp,
        TransmitHashPolicy = TransmitHashPolicy.Layer23,
        MiiStatus = MiiStatus.Up,
        MiiPollingInterval = TimeSpan.FromMilliseconds(100),
        LacpActive = true,
        LacpRate = LacpRate.Slow,
        MinLinks = 0,
        SystemMacAddress = Host,
        ActiveAggregatorId = 1,
        PortCount = slaves.Count(slave => slave.AggregatorId == 1),
        ActorKey = 9,
        PartnerKey = slaves.FirstOrDefault()?.Partner?.Key,
        PartnerMacAddress = slaves.FirstOrDefault()?.Partner?.SystemMacAddress,
        Slaves = slaves,
        Negotiated = null,
        Reason = "",
    };

    /// <summary>A slave by its number (1: enp0s8, 2: enp0s9) and its two port states.</summary>
    public static BondSlave Slave(int number, int actor = 61, int partner = 61, int aggregator = 1, int key = 1, MacAddress? system = null) => new()
    {
        Name = $"enp0s{7 + number}",
        MiiStatus = MiiStatus.Up,
        SpeedMbps = 1000,
        Duplex = Duplex.Full,
        LinkFailureCount = 0,
        AggregatorId = aggregator,
        ActorChurnState = ChurnState.None,
        PartnerChurnState = ChurnState.None,
        Actor = Port(Host, 9, number, actor),
        Partner = Port(system ?? Switch, key, number, partner),
    };

    /// <summary>A slave that hears nobody, as the kernel shows it: all zero, but for key 1 and port 1.</summary>
    public static BondSlave Silent(int number, int actor = 69, int aggregator = 1) =>
        Slave(number, actor, 0, aggregator, 1, MacAddress.Zero) with { Partner = Port(MacAddress.Zero, 1, 1, 0) };

    /// <summary>A row of the summary, such as <c>Et0/0(P) Et0/1(P)</c>.</summary>
    public static CiscoEtherChannel Channel(string members, int group = 1, EtherChannelProtocol protocol = EtherChannelProtocol.Lacp, bool inUse = true) => new()
    {
        Group = group,
        PortChannel = $"Po{group}",
        Flags = inUse ? "SU" : "SD",
        InUse = inUse,
        Protocol = protocol,
        Members = [.. members.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Member)],
    };

    /// <summary>A row of <c>show lacp neighbor</c>.</summary>
    public static CiscoLacpNeighbor Neighbor(string port, int hostPort, int group = 1, MacAddress? device = null) => new()
    {
        Group = group,
        Interface = port,
        Flags = "SA",
        PortPriority = 255,
        DeviceId = device ?? Host,
        Age = TimeSpan.FromSeconds(5),
        OperKey = 9,
        PortNumber = hostPort,
        PortState = (LacpPortState)61,
    };

    public static IReadOnlyList<CiscoLacpNeighbor> Neighbors { get; } = [Neighbor("Et0/0", 1), Neighbor("Et0/1", 2)];

    private static LacpPort Port(MacAddress system, int key, int number, int state) => new()
    {
        SystemPriority = 65535,
        SystemMacAddress = system,
        Key = key,
        PortPriority = 255,
        PortNumber = number,
        State = (LacpPortState)state,
    };

    private static CiscoEtherChannelMember Member(string text)
    {
        var flag = text.Split('(', ')')[1];
        return new CiscoEtherChannelMember
        {
            Interface = text.Split('(')[0],
            Flags = flag,
            Bundled = flag == "P",
            State = flag switch
            {
                "P" => EtherChannelMemberState.Bundled,
                "D" => EtherChannelMemberState.Down,
                "I" => EtherChannelMemberState.StandAlone,
                "s" => EtherChannelMemberState.Suspended,
                "H" => EtherChannelMemberState.HotStandby,
                "w" => EtherChannelMemberState.Waiting,
                "M" => EtherChannelMemberState.MinimumLinksNotMet,
                _ => EtherChannelMemberState.Unknown,
            },
        };
    }
}
