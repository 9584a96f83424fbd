namespace BondTools.Lacp;

/// <summary>What a Marker PDU asks or answers (IEEE 802.1AX-2020, 6.5.3.3).</summary>
public sealed record LacpMarker
{
    /// <summary>Whether it is the response, which the other end sends back unchanged.</summary>
    public required bool IsResponse { get; init; }

    /// <summary>The number of the port that asked, 0 to 65535.</summary>
    public required int RequesterPort { get; init; }

    /// <summary>The system that asked.</summary>
    public required MacAddress RequesterSystemMacAddress { get; init; }

    /// <summary>The number of the question.</summary>
    public required long TransactionId { get; init; }
}
