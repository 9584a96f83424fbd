using System.Collections.Generic;
using BondTools.Cisco;
using BondTools.Linux;

namespace BondTools.Analysis;

/// <summary>What both ends said, for <see cref="LacpLinkAnalyzer"/>. What was not asked or not answered is null.</summary>
public sealed record LacpLinkEvidence
{
    /// <summary>The bond, from /proc/net/bonding.</summary>
    public required BondStatus Bond { get; init; }
    /// <summary>The switch's port-channels, from <c>show etherchannel summary</c>.</summary>
    public IReadOnlyList<CiscoEtherChannel>? EtherChannels { get; init; }
    /// <summary>The switch's partners, from <c>show lacp neighbor</c>; they make the cabling map.</summary>
    public IReadOnlyList<CiscoLacpNeighbor>? Neighbors { get; init; }
    /// <summary>The switch's own LACP system address, from <c>show lacp sys-id</c>.</summary>
    public MacAddress? SwitchSystemId { get; init; }
    /// <summary>The switch's own side of its LACP ports, from <c>show lacp internal</c>: the cabling map where the switch hears nobody.</summary>
    public IReadOnlyList<CiscoLacpInternal>? LacpInternal { get; init; }
    /// <summary>The channel-groups in full, from <c>show etherchannel detail</c>; they stand in for the two tables of LACP.</summary>
    public IReadOnlyList<CiscoEtherChannelDetail>? EtherChannelDetails { get; init; }
    /// <summary>The state, speed and duplex of the switch's ports, from <c>show interfaces status</c>.</summary>
    public IReadOnlyList<CiscoInterfaceStatus>? InterfaceStatus { get; init; }
    /// <summary>The switch's interfaces with their MTU, from <c>show interfaces</c>.</summary>
    public IReadOnlyList<CiscoLinkCounter>? SwitchLinkCounters { get; init; }
    /// <summary>The layer 2 side of the switch's ports, from <c>show interfaces switchport</c>; asked where there is no configuration.</summary>
    public IReadOnlyList<CiscoSwitchport>? Switchports { get; init; }
    /// <summary>The port-channel, its members and the ports the cables lead to, from <c>show running-config</c>.</summary>
    public IReadOnlyList<CiscoInterfaceConfiguration>? RunningConfiguration { get; init; }
    /// <summary>The host's wishes, from /etc/network/interfaces.</summary>
    public IReadOnlyList<NetworkInterface>? NetworkInterfaces { get; init; }
    /// <summary>The host's links with their MTU, address and state, from <c>ip -s link</c>.</summary>
    public IReadOnlyList<LinkCounter>? LinkCounters { get; init; }
    /// <summary>What the host hears by LLDP, from <c>lldpctl</c>: the cabling map where LACP is silent.</summary>
    public IReadOnlyList<LldpNeighbor>? LldpNeighbors { get; init; }
    /// <summary>What the switch hears by LLDP, from <c>show lldp neighbors detail</c>.</summary>
    public IReadOnlyList<CiscoLldpNeighbor>? SwitchLldpNeighbors { get; init; }
    /// <summary>The same bond at an earlier time, to tell what has changed since.</summary>
    public BondStatus? PreviousBond { get; init; }
    /// <summary>The host's name, for the report.</summary>
    public string? HostName { get; init; }
    /// <summary>The switch's name, for the report.</summary>
    public string? SwitchName { get; init; }
    /// <summary>The channel-group that the bond should be cabled to; null: the one it is.</summary>
    public int? Group { get; init; }
}
