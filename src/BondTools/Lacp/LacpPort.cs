using System;

namespace BondTools.Lacp;

/// <summary>One end of a LACP port, as an LACPDU carries it (IEEE 802.1AX-2020, 6.4.2.3).</summary>
public sealed record LacpPort
{
    /// <summary>The system's priority, 0 to 65535; the lower one decides.</summary>
    public required int SystemPriority { get; init; }

    /// <summary>The system's MAC address; all zero when no partner was heard.</summary>
    public required MacAddress SystemMacAddress { get; init; }

    /// <summary>The operational key, 0 to 65535: ports of one system with the same key may aggregate.</summary>
    public required int Key { get; init; }

    /// <summary>The port's priority, 0 to 65535.</summary>
    public required int PortPriority { get; init; }

    /// <summary>The port's number, 1 to 65535; 0 when no partner was heard.</summary>
    public required int PortNumber { get; init; }

    /// <summary>The port's state octet.</summary>
    public required LacpPortState State { get; init; }
}

/// <summary>The bits of the Actor_State and Partner_State octets (IEEE 802.1AX-2020, 6.4.2.3; kernel: bond_3ad.h, LACP_STATE_*).</summary>
[Flags]
public enum LacpPortState
{
    /// <summary>No bit set: a passive port with a long timeout that is individual.</summary>
    None = 0,
    /// <summary>LACP_Activity: sends LACPDUs without being asked.</summary>
    Activity = 0x01,
    /// <summary>LACP_Timeout: wants the partner to send every second rather than every thirty.</summary>
    ShortTimeout = 0x02,
    /// <summary>Aggregation: may be aggregated.</summary>
    Aggregation = 0x04,
    /// <summary>Synchronization: is on the right aggregator.</summary>
    Synchronization = 0x08,
    /// <summary>Collecting: takes frames in.</summary>
    Collecting = 0x10,
    /// <summary>Distributing: sends frames out.</summary>
    Distributing = 0x20,
    /// <summary>Defaulted: no LACPDU from a partner; administrative values stand in.</summary>
    Defaulted = 0x40,
    /// <summary>Expired: LACPDUs have stopped coming.</summary>
    Expired = 0x80,
}
