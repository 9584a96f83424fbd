namespace BondTools.Cisco;

/// <summary>A row of <c>show interfaces status</c>.</summary>
public sealed record CiscoInterfaceStatus
{
    /// <summary>The switch it was read from; null for text that came from no switch.</summary>
    public string? ComputerName { get; init; }
    /// <summary>The port as printed (<c>Gi1/0/1</c>).</summary>
    public required string Interface { get; init; }
    /// <summary>The description, cut by the switch to the width of its column; null where there is none.</summary>
    public string? Name { get; init; }
    /// <summary>The status as printed (<c>connected</c>, <c>notconnect</c>, <c>err-disabled</c>, <c>suspended</c>, …).</summary>
    public required string Status { get; init; }
    /// <summary>Whether the status is <c>connected</c>.</summary>
    public bool Connected => Status == "connected";
    /// <summary>The VLAN as printed: a number, <c>trunk</c>, <c>routed</c>, <c>unassigned</c>, …</summary>
    public required string Vlan { get; init; }
    /// <summary>The duplex mode as printed; <c>a-</c> in front of it means negotiated.</summary>
    public required string Duplex { get; init; }
    /// <summary>The speed as printed: Mbit/s, or with a G Gbit/s; <c>a-</c> in front of it means negotiated.</summary>
    public required string Speed { get; init; }
    /// <summary>The kind of port or transceiver; null where there is none (a port-channel).</summary>
    public string? Type { get; init; }
}
