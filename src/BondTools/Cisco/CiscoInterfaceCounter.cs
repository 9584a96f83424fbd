namespace BondTools.Cisco;

/// <summary>An interface's row of <c>show interfaces counters</c>: bytes, and packets by their kind of destination.</summary>
public sealed record CiscoInterfaceCounter
{
    /// <summary>The switch it was read from; null for text that came from no switch.</summary>
    public string? ComputerName { get; init; }
    /// <summary>The interface as printed (<c>Gi1/0/1</c>).</summary>
    public required string Interface { get; init; }
    /// <summary>Bytes received.</summary>
    public required long RxBytes { get; init; }
    /// <summary>Unicast packets received.</summary>
    public required long RxUnicastPackets { get; init; }
    /// <summary>Multicast packets received: LACPDUs among them.</summary>
    public required long RxMulticastPackets { get; init; }
    /// <summary>Broadcast packets received.</summary>
    public required long RxBroadcastPackets { get; init; }
    /// <summary>Bytes sent.</summary>
    public required long TxBytes { get; init; }
    /// <summary>Unicast packets sent.</summary>
    public required long TxUnicastPackets { get; init; }
    /// <summary>Multicast packets sent: LACPDUs among them.</summary>
    public required long TxMulticastPackets { get; init; }
    /// <summary>Broadcast packets sent.</summary>
    public required long TxBroadcastPackets { get; init; }
}
