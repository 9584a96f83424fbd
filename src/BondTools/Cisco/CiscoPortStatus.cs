namespace BondTools.Cisco;

/// <summary>A row of <c>show interfaces status</c>.</summary>
public sealed record CiscoPortStatus
{
    /// <summary>The switch it was read from; null for text that came from no switch.</summary>
    public string? ComputerName { get; init; }
    /// <summary>The interface as the switch prints it (<c>Gi1/0/1</c>).</summary>
    public required string Interface { get; init; }
    /// <summary>The status as printed (<c>connected</c>, <c>notconnect</c>, <c>disabled</c>, <c>err-disabled</c>, <c>suspended</c>, …).</summary>
    public required string Status { get; init; }
    /// <summary>The VLAN, <c>trunk</c> or <c>routed</c>.</summary>
    public required string Vlan { get; init; }
    /// <summary>The duplex as printed; <c>a-full</c> is negotiated.</summary>
    public required string Duplex { get; init; }
    /// <summary>The speed as printed (<c>1000</c>, <c>a-1000</c>, <c>10G</c>); <c>auto</c> while there is none.</summary>
    public required string Speed { get; init; }
}
