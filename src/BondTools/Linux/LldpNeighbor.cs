namespace BondTools.Linux;

/// <summary>What stands at the other end of a host's NIC by LLDP, from <c>lldpctl -f keyvalue</c> (package lldpd).</summary>
public sealed record LldpNeighbor
{
    /// <summary>The host it was read from; null for text that came from no host.</summary>
    public string? ComputerName { get; init; }
    /// <summary>The host's own NIC.</summary>
    public required string Interface { get; init; }
    /// <summary>The neighbor's chassis id: mostly a MAC address.</summary>
    public required string ChassisId { get; init; }
    /// <summary>The neighbor's name; null where it is not advertised.</summary>
    public string? ChassisName { get; init; }
    /// <summary>The neighbor's port id: of a Cisco switch its interface name.</summary>
    public required string PortId { get; init; }
    /// <summary>The neighbor's description of its port; null where it is not advertised.</summary>
    public string? PortDescription { get; init; }
}
