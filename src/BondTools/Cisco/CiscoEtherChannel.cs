using System;
using System.Collections.Generic;

namespace BondTools.Cisco;

/// <summary>A port-channel, as a row of <c>show etherchannel summary</c> (NX-OS: <c>show port-channel summary</c>).</summary>
public sealed record CiscoEtherChannel
{
    /// <summary>The switch it was read from; null for text that came from no switch.</summary>
    public string? ComputerName { get; init; }
    /// <summary>The channel-group number.</summary>
    public required int Group { get; init; }
    /// <summary>The port-channel's name as the switch prints it (<c>Po1</c>).</summary>
    public required string PortChannel { get; init; }
    /// <summary>The letters in brackets behind the name (<c>SU</c>).</summary>
    public required string Flags { get; init; }
    /// <summary>Layer 2 or 3; null when the flags tell neither.</summary>
    public int? Layer { get; init; }
    /// <summary>Whether the port-channel carries traffic (flag U).</summary>
    public required bool InUse { get; init; }
    /// <summary>What the letters mean for the port-channel as a whole.</summary>
    public EtherChannelState State =>
        InUse ? EtherChannelState.InUse
        : Flags.IndexOf('M') >= 0 ? EtherChannelState.MinimumLinksNotMet
        : Flags.IndexOf('f') >= 0 ? EtherChannelState.FailedToAllocate
        : Flags.IndexOf('D') >= 0 || Flags.IndexOf("down", StringComparison.OrdinalIgnoreCase) >= 0 ? EtherChannelState.Down
        : EtherChannelState.Unknown;
    /// <summary>What negotiates the channel.</summary>
    public required EtherChannelProtocol Protocol { get; init; }
    /// <summary>The member ports in the order the switch prints them.</summary>
    public required IReadOnlyList<CiscoEtherChannelMember> Members { get; init => field = RecordList.Of(value); }
}

/// <summary>A member port of a port-channel.</summary>
public sealed record CiscoEtherChannelMember
{
    /// <summary>The interface as the switch prints it (<c>Et0/0</c>).</summary>
    public required string Interface { get; init; }
    /// <summary>The letters in brackets behind it (<c>P</c>).</summary>
    public required string Flags { get; init; }
    /// <summary>What the letters mean.</summary>
    public required EtherChannelMemberState State { get; init; }
    /// <summary>Whether the port carries the channel's traffic.</summary>
    public required bool Bundled { get; init; }
}

/// <summary>The state of a port-channel, from the legend of <c>show etherchannel summary</c>.</summary>
public enum EtherChannelState
{
    /// <summary>The letters tell no state that is known.</summary>
    Unknown,
    /// <summary>U: in use.</summary>
    InUse,
    /// <summary>D: down; no member is bundled.</summary>
    Down,
    /// <summary>M: not in use, minimum links not met.</summary>
    MinimumLinksNotMet,
    /// <summary>f: failed to allocate an aggregator.</summary>
    FailedToAllocate,
}

/// <summary>What negotiates a channel.</summary>
public enum EtherChannelProtocol
{
    /// <summary>Nothing: mode <c>on</c>.</summary>
    None,
    /// <summary>LACP, IEEE 802.1AX.</summary>
    Lacp,
    /// <summary>PAgP, Cisco's own.</summary>
    Pagp,
}

/// <summary>The state of a member port, from the legend of <c>show etherchannel summary</c>.</summary>
public enum EtherChannelMemberState
{
    /// <summary>The letters tell no state that is known.</summary>
    Unknown,
    /// <summary>P: bundled in the port-channel.</summary>
    Bundled,
    /// <summary>D: down.</summary>
    Down,
    /// <summary>I: stand-alone; works as an ordinary port.</summary>
    StandAlone,
    /// <summary>s: suspended.</summary>
    Suspended,
    /// <summary>H: hot-standby (LACP only).</summary>
    HotStandby,
    /// <summary>w: waiting to be aggregated.</summary>
    Waiting,
    /// <summary>u: unsuitable for bundling.</summary>
    Unsuitable,
    /// <summary>f: failed to allocate an aggregator.</summary>
    FailedToAllocate,
    /// <summary>M: not in use, minimum links not met.</summary>
    MinimumLinksNotMet,
}
