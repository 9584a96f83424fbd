using System;

namespace BondTools.Cisco;

/// <summary>A row of <c>show lacp neighbor</c>: the partner behind a port of the switch.</summary>
public sealed record CiscoLacpNeighbor
{
    /// <summary>The switch it was read from; null for text that came from no switch.</summary>
    public string? ComputerName { get; init; }
    /// <summary>The channel-group number.</summary>
    public required int Group { get; init; }
    /// <summary>The switch's own port.</summary>
    public required string Interface { get; init; }
    /// <summary>The letters: S or F (slow, fast), A or P (active, passive).</summary>
    public required string Flags { get; init; }
    /// <summary>The partner's port priority, 0 to 65535.</summary>
    public required int PortPriority { get; init; }
    /// <summary>The partner's system MAC address; all zero when nobody answers.</summary>
    public required MacAddress DeviceId { get; init; }
    /// <summary>The partner's system priority, 0 to 65535; null where the switch does not print it (only the detailed form does).</summary>
    public int? SystemPriority { get; init; }
    /// <summary>How long ago the last LACPDU came.</summary>
    public required TimeSpan Age { get; init; }
    /// <summary>The partner's administrative key; null where the switch does not print it.</summary>
    public int? AdminKey { get; init; }
    /// <summary>The partner's operational key.</summary>
    public required int OperKey { get; init; }
    /// <summary>The partner's port number: on Linux the slave's actor port number, which makes the cabling map.</summary>
    public required int PortNumber { get; init; }
    /// <summary>The partner's port state.</summary>
    public required Lacp.LacpPortState PortState { get; init; }
}
