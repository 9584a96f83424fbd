namespace BondTools.Cisco;

/// <summary>What stands at the other end of a switch's port by LLDP, from <c>show lldp neighbors detail</c>.</summary>
public sealed record CiscoLldpNeighbor
{
    /// <summary>The switch it was read from; null for text that came from no switch.</summary>
    public string? ComputerName { get; init; }
    /// <summary>The switch's own port as printed.</summary>
    public required string Interface { get; init; }
    /// <summary>The neighbor's chassis id as printed: mostly a MAC address.</summary>
    public required string ChassisId { get; init; }
    /// <summary>The neighbor's port id as printed: a MAC address or an interface name.</summary>
    public required string PortId { get; init; }
    /// <summary>The neighbor's description of its port; null where it is not advertised.</summary>
    public string? PortDescription { get; init; }
    /// <summary>The neighbor's name; null where it is not advertised.</summary>
    public string? SystemName { get; init; }
}
