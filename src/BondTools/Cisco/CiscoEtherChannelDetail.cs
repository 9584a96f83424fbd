using System;
using System.Collections.Generic;

namespace BondTools.Cisco;

/// <summary>
/// A channel-group in full, from <c>show etherchannel detail</c>; the parts that other views print of the same
/// (<c>port-channel</c>, <c>protocol</c>, <c>show interfaces etherchannel</c>) fill what they have, and the rest is null or empty.
/// </summary>
public sealed record CiscoEtherChannelDetail
{
    /// <summary>The switch it was read from; null for text that came from no switch.</summary>
    public string? ComputerName { get; init; }
    /// <summary>The channel-group number; null where neither a heading nor a port names it.</summary>
    public int? Group { get; init; }
    /// <summary>The group's state as printed (<c>L2</c>, <c>L3</c>, <c>Fast-switchover enabled</c>, …).</summary>
    public string? GroupState { get; init; }
    /// <summary>How many ports are in the group.</summary>
    public int? PortCount { get; init; }
    /// <summary>How many ports the group can have.</summary>
    public int? MaximumPorts { get; init; }
    /// <summary>How many port-channels the group has.</summary>
    public int? PortChannelCount { get; init; }
    /// <summary>How many port-channels the group can have.</summary>
    public int? MaximumPortChannels { get; init; }
    /// <summary>What negotiates the group; null where it is not printed.</summary>
    public EtherChannelProtocol? Protocol { get; init; }
    /// <summary>How many links must be bundled for the port-channel to be up; 0 and 1 mean the same.</summary>
    public int? MinLinks { get; init; }
    /// <summary>The load-balance method in force (IOS-XE routers: <c>flow-based</c>, <c>vlan-manual</c>).</summary>
    public string? LoadBalanceMethod { get; init; }
    /// <summary>The ports of the group in the order the switch prints them.</summary>
    public required IReadOnlyList<CiscoEtherChannelPort> Ports { get; init => field = RecordList.Of(value); }
    /// <summary>The group's port-channels; normally one.</summary>
    public required IReadOnlyList<CiscoPortChannel> PortChannels { get; init => field = RecordList.Of(value); }
}

/// <summary>A port of a channel-group, as <c>show etherchannel detail</c> shows it.</summary>
public sealed record CiscoEtherChannelPort
{
    /// <summary>The interface as the switch prints it; null where the view does not name it.</summary>
    public string? Interface { get; init; }
    /// <summary>The state as printed (<c>Up Mstr Assoc In-Bndl</c>).</summary>
    public required string PortState { get; init; }
    /// <summary>What the words of the state mean.</summary>
    public required EtherChannelMemberState State { get; init; }
    /// <summary>Whether the port carries the channel's traffic.</summary>
    public required bool Bundled { get; init; }
    /// <summary>The channel-group number.</summary>
    public int? Group { get; init; }
    /// <summary>The mode as printed (<c>Active</c>, <c>Passive</c>, <c>On</c>, <c>Desirable-Sl</c>, <c>Automatic-Sl</c>).</summary>
    public string? Mode { get; init; }
    /// <summary>The port-channel that the port is in; null while it is in none.</summary>
    public string? PortChannel { get; init; }
    /// <summary>The port-channel that the port is configured for.</summary>
    public string? PseudoPortChannel { get; init; }
    /// <summary>PAgP's group change indicator as printed; null for <c>-</c>.</summary>
    public string? GroupChange { get; init; }
    /// <summary>PAgP's group capability as printed; null for <c>-</c>.</summary>
    public string? GroupCapability { get; init; }
    /// <summary>The port's index in the port-channel, from 0.</summary>
    public int? PortIndex { get; init; }
    /// <summary>The hash values that the port takes, a bit each (0x55: values 0, 2, 4, 6); 0 where the platform keeps them elsewhere.</summary>
    public int? Load { get; init; }
    /// <summary>What negotiates the port; null where it is not printed.</summary>
    public EtherChannelProtocol? Protocol { get; init; }
    /// <summary>How long the port has been in this state.</summary>
    public TimeSpan? Age { get; init; }
    /// <summary>The port's own LACP values; null without LACP.</summary>
    public CiscoLacpInternal? Local { get; init; }
    /// <summary>The LACP partner's values; null where none is printed.</summary>
    public CiscoLacpNeighbor? Partner { get; init; }
    /// <summary>The buckets that the port takes of the flow-based hash (IOS-XE routers); empty elsewhere.</summary>
    public IReadOnlyList<int> Buckets { get; init => field = RecordList.Of(value); } = [];
}

/// <summary>A port-channel interface, as <c>show etherchannel port-channel</c> shows it.</summary>
public sealed record CiscoPortChannel
{
    /// <summary>The name as printed (<c>Po1</c>).</summary>
    public required string Name { get; init; }
    /// <summary>How long it has existed.</summary>
    public TimeSpan? Age { get; init; }
    /// <summary>The logical slot and port as printed (<c>9/1</c>).</summary>
    public string? LogicalSlotPort { get; init; }
    /// <summary>How many ports are bundled.</summary>
    public int? PortCount { get; init; }
    /// <summary>The ports in hot-standby.</summary>
    public IReadOnlyList<string> HotStandbyPorts { get; init => field = RecordList.Of(value); } = [];
    /// <summary>The state as printed (<c>Port-channel Ag-Inuse</c>).</summary>
    public required string State { get; init; }
    /// <summary>Whether it carries traffic.</summary>
    public required bool InUse { get; init; }
    /// <summary>What negotiates it; null where it is not printed.</summary>
    public EtherChannelProtocol? Protocol { get; init; }
    /// <summary>Whether port security is enabled; null where it is not printed.</summary>
    public bool? PortSecurity { get; init; }
    /// <summary>Whether LACP fast switchover is enabled; null where it is not printed.</summary>
    public bool? FastSwitchover { get; init; }
    /// <summary>Whether the dampening of fast switchover is enabled; null where it is not printed.</summary>
    public bool? FastSwitchoverDampening { get; init; }
    /// <summary>The bundled ports with their share of the hash.</summary>
    public IReadOnlyList<CiscoPortChannelMember> Ports { get; init => field = RecordList.Of(value); } = [];
    /// <summary>How long ago a port was bundled last.</summary>
    public TimeSpan? SinceLastBundled { get; init; }
    /// <summary>The port that was bundled last.</summary>
    public string? LastBundledPort { get; init; }
    /// <summary>How long ago a port was unbundled last.</summary>
    public TimeSpan? SinceLastUnbundled { get; init; }
    /// <summary>The port that was unbundled last.</summary>
    public string? LastUnbundledPort { get; init; }
}

/// <summary>A row of the table <c>Ports in the Port-channel</c>.</summary>
public sealed record CiscoPortChannelMember
{
    /// <summary>The interface as the switch prints it.</summary>
    public required string Interface { get; init; }
    /// <summary>The port's index, from 0.</summary>
    public required int Index { get; init; }
    /// <summary>The hash values that the port takes, a bit each.</summary>
    public required int Load { get; init; }
    /// <summary>The state as printed (<c>Active</c>, <c>Passive</c>, <c>On</c>, <c>Desirable-Sl</c>).</summary>
    public required string State { get; init; }
    /// <summary>How many hash values the port takes; null where it is not printed.</summary>
    public int? BitCount { get; init; }
}
