namespace BondTools.Cisco;

/// <summary>The switch's own LACP system, from <c>show lacp sys-id</c> (NX-OS: <c>show lacp system-identifier</c>).</summary>
public sealed record CiscoLacpSystemId
{
    /// <summary>The switch it was read from; null for text that came from no switch.</summary>
    public string? ComputerName { get; init; }
    /// <summary>The system's priority, 0 to 65535; the lower one decides.</summary>
    public required int SystemPriority { get; init; }
    /// <summary>The system's MAC address: what the host shows as its partner.</summary>
    public required MacAddress SystemMacAddress { get; init; }
}
