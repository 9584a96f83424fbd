namespace BondTools.Cisco;

/// <summary>What the switch hashes to pick a member port, from <c>show etherchannel load-balance</c>.</summary>
public sealed record CiscoLoadBalance
{
    /// <summary>The switch it was read from; null for text that came from no switch.</summary>
    public string? ComputerName { get; init; }
    /// <summary>The configured method, as the switch spells it (<c>src-dst-ip</c>; <c>flow-based</c> on IOS-XE routers).</summary>
    public required string Method { get; init; }
    /// <summary>What the method hashes, where the device names it apart from the method (IOS-XE routers: <c>LB Algo type</c>).</summary>
    public string? Algorithm { get; init; }
    /// <summary>The addresses used for frames that are not IP.</summary>
    public string? NonIp { get; init; }
    /// <summary>The addresses used for IPv4.</summary>
    public string? IPv4 { get; init; }
    /// <summary>The addresses used for IPv6.</summary>
    public string? IPv6 { get; init; }
}
