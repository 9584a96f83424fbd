namespace BondTools.Cisco;

/// <summary>A port in one spanning tree, from <c>show spanning-tree</c>.</summary>
public sealed record CiscoSpanningTreePort
{
    /// <summary>The switch it was read from; null for text that came from no switch.</summary>
    public string? ComputerName { get; init; }
    /// <summary>The tree as printed: <c>VLAN0001</c>, <c>MST0</c>.</summary>
    public required string Instance { get; init; }
    /// <summary>The VLAN, 1 to 4094; null for a tree of MST.</summary>
    public int? Vlan { get; init; }
    /// <summary>The port as printed (<c>Po1</c>); null where the view of one interface does not say which.</summary>
    public string? Interface { get; init; }
    /// <summary>What the port is in this tree.</summary>
    public required CiscoSpanningTreeRole Role { get; init; }
    /// <summary>Whether it forwards.</summary>
    public required CiscoSpanningTreeState State { get; init; }
    /// <summary>The path cost of the port.</summary>
    public required long Cost { get; init; }
    /// <summary>The port's priority, 0 to 240.</summary>
    public required int PortPriority { get; init; }
    /// <summary>The port's number.</summary>
    public required int PortNumber { get; init; }
    /// <summary>The kind of link as printed (<c>P2p</c>, <c>P2p Edge</c>, <c>Shr</c>), with the inconsistency; null where there is none.</summary>
    public string? Type { get; init; }
    /// <summary>Why the port is broken (<c>PVID_Inc</c>, <c>TYPE_Inc</c>, <c>LOOP_Inc</c>, <c>ROOT_Inc</c>, <c>BA_Inc</c>); null where it is consistent.</summary>
    public string? Inconsistency { get; init; }
}
