namespace BondTools.Cisco;

/// <summary>A row of <c>show lacp counters</c>: the slow-protocol packets of a port since its counters were cleared.</summary>
public sealed record CiscoLacpCounter
{
    /// <summary>The switch it was read from; null for text that came from no switch.</summary>
    public string? ComputerName { get; init; }
    /// <summary>The channel-group number.</summary>
    public required int Group { get; init; }
    /// <summary>The switch's own port.</summary>
    public required string Interface { get; init; }
    /// <summary>LACPDUs sent.</summary>
    public required long LacpdusSent { get; init; }
    /// <summary>LACPDUs received.</summary>
    public required long LacpdusReceived { get; init; }
    /// <summary>Markers sent; null where the switch counts responses only (NX-OS).</summary>
    public long? MarkersSent { get; init; }
    /// <summary>Markers received; null where the switch counts responses only (NX-OS).</summary>
    public long? MarkersReceived { get; init; }
    /// <summary>Marker responses sent; null where the switch does not count them.</summary>
    public long? MarkerResponsesSent { get; init; }
    /// <summary>Marker responses received; null where the switch does not count them.</summary>
    public long? MarkerResponsesReceived { get; init; }
    /// <summary>Slow-protocol packets of an unknown kind (the column Pkts of IOS); null where it is not printed.</summary>
    public long? UnknownPackets { get; init; }
    /// <summary>LACPDUs with errors (the column Err of IOS, Pkts Err of NX-OS); null where it is not printed.</summary>
    public long? ErrorPackets { get; init; }
}
