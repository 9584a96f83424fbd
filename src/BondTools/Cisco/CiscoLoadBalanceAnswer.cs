namespace BondTools.Cisco;

/// <summary>The switch's own answer to which member a flow takes (<c>test etherchannel load-balance …</c> and its like).</summary>
public sealed record CiscoLoadBalanceAnswer
{
    /// <summary>The switch it was read from; null for text that came from no switch.</summary>
    public string? ComputerName { get; init; }
    /// <summary>The member port that the switch would take, as it prints it.</summary>
    public required string Interface { get; init; }
    /// <summary>The port-channel; null where the answer does not name it.</summary>
    public string? PortChannel { get; init; }
    /// <summary>The result of the hash (IOS: RBH, 0 to 7; NX-OS: the CRC), where it is printed.</summary>
    public int? Hash { get; init; }
}
