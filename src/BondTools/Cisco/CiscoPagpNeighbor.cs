using System;

namespace BondTools.Cisco;

/// <summary>A row of <c>show pagp neighbor</c>: the PAgP partner behind a port of the switch.</summary>
public sealed record CiscoPagpNeighbor
{
    /// <summary>The switch it was read from; null for text that came from no switch.</summary>
    public string? ComputerName { get; init; }
    /// <summary>The channel-group number.</summary>
    public required int Group { get; init; }
    /// <summary>The switch's own port.</summary>
    public required string Interface { get; init; }
    /// <summary>The partner's host name; null where it sent none.</summary>
    public string? PartnerName { get; init; }
    /// <summary>The partner's MAC address.</summary>
    public required MacAddress DeviceId { get; init; }
    /// <summary>The partner's port, as the partner names it.</summary>
    public required string PartnerPort { get; init; }
    /// <summary>How long ago the last packet came.</summary>
    public required TimeSpan Age { get; init; }
    /// <summary>The letters: S slow hello, C consistent, A auto, P learns on the physical port; null where there is none.</summary>
    public string? Flags { get; init; }
    /// <summary>The partner's group capability, as printed: hexadecimal digits.</summary>
    public required string GroupCapability { get; init; }
}
