namespace BondTools.Analysis;

/// <summary>What a slave carried between two readings of its counters, or would carry by a forecast.</summary>
/// <remarks>Numbers are null where nothing tells them: absent is not zero.</remarks>
public sealed record LacpBalanceLink
{
    /// <summary>The slave's name.</summary>
    public required string Interface { get; init; }
    /// <summary>The switch's port at the other end of the cable; null when it is not known.</summary>
    public string? SwitchInterface { get; init; }
    /// <summary>Whether the bond sends on it: up, and in 802.3ad distributing on the active aggregator; null where the text does not tell.</summary>
    public bool? InUse { get; init; }
    /// <summary>Bytes sent.</summary>
    public long? TxBytes { get; init; }
    /// <summary>Bytes received.</summary>
    public long? RxBytes { get; init; }
    /// <summary>Packets sent, LACPDUs among them.</summary>
    public long? TxPackets { get; init; }
    /// <summary>Packets received, LACPDUs among them.</summary>
    public long? RxPackets { get; init; }
    /// <summary>The slave's part of all that was sent, 0 to 1; null when nothing was.</summary>
    public double? TxShare { get; init; }
    /// <summary>The slave's part of all that was received, 0 to 1; null when nothing was, and in forecasts: which port of the switch is which of a forecast is not known.</summary>
    public double? RxShare { get; init; }
    /// <summary>The mean rate sent, in bit/s of frames as the driver counts them.</summary>
    public double? TxBitsPerSecond { get; init; }
    /// <summary>The mean rate received, in bit/s.</summary>
    public double? RxBitsPerSecond { get; init; }
    /// <summary>The mean rate sent, in packets a second.</summary>
    public double? TxPacketsPerSecond { get; init; }
    /// <summary>The mean rate received, in packets a second.</summary>
    public double? RxPacketsPerSecond { get; init; }
    /// <summary>How many of the flows that were told the transmit hash puts on this slave; null when none was told, or the hash cannot be foretold.</summary>
    public int? Flows { get; init; }
    /// <summary>Transmit errors of the host.</summary>
    public long? TxErrors { get; init; }
    /// <summary>Receive errors of the host.</summary>
    public long? RxErrors { get; init; }
    /// <summary>Packets to be sent that the host dropped.</summary>
    public long? TxDropped { get; init; }
    /// <summary>Received packets that the host dropped.</summary>
    public long? RxDropped { get; init; }
    /// <summary>Packets that the switch's port sent, which the host should have received.</summary>
    public long? SwitchTxPackets { get; init; }
    /// <summary>Packets that the switch's port received, which the host should have sent.</summary>
    public long? SwitchRxPackets { get; init; }
    /// <summary>Input and output errors of the switch's port.</summary>
    public long? SwitchErrors { get; init; }
    /// <summary>Packets that the switch's port dropped from its queues: a full output queue shows here.</summary>
    public long? SwitchDropped { get; init; }
}
