using System;

namespace BondTools.Cisco;

/// <summary>A row of <c>show lacp internal</c>: the switch's own side of a port, its actor values.</summary>
public sealed record CiscoLacpInternal
{
    /// <summary>The switch it was read from; null for text that came from no switch.</summary>
    public string? ComputerName { get; init; }
    /// <summary>The channel-group number.</summary>
    public required int Group { get; init; }
    /// <summary>The switch's own port.</summary>
    public required string Interface { get; init; }
    /// <summary>The letters: S or F (slow, fast), A or P (active, passive); some platforms print others.</summary>
    public required string Flags { get; init; }
    /// <summary>The state as printed (<c>bndl</c>, <c>susp</c>, <c>hot-sby</c>, <c>indep</c>, <c>down</c>, <c>wait</c>); null in the detailed form, which prints none.</summary>
    public string? PortStatus { get; init; }
    /// <summary>What that state means; unknown in the detailed form.</summary>
    public required EtherChannelMemberState State { get; init; }
    /// <summary>How often LACPDUs are sent; null where the switch does not print it.</summary>
    public TimeSpan? Interval { get; init; }
    /// <summary>The port's priority, 0 to 65535; lower ones are bundled first.</summary>
    public required int PortPriority { get; init; }
    /// <summary>The switch's system priority, 0 to 65535; only the detailed form prints it.</summary>
    public int? SystemPriority { get; init; }
    /// <summary>The switch's system MAC address; only the detailed form prints it.</summary>
    public MacAddress? SystemMacAddress { get; init; }
    /// <summary>The administrative key; null in the detailed form, which prints none.</summary>
    public int? AdminKey { get; init; }
    /// <summary>The operational key.</summary>
    public required int OperKey { get; init; }
    /// <summary>The port number: what the host shows as its partner's port number.</summary>
    public required int PortNumber { get; init; }
    /// <summary>The port's state bits.</summary>
    public required Lacp.LacpPortState PortState { get; init; }
}
