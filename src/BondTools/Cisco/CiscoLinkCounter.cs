using System;

namespace BondTools.Cisco;

/// <summary>An interface of the switch and what went through it, from <c>show interfaces</c>.</summary>
/// <remarks>Counters are null where the switch prints none for this interface: absent is not zero.</remarks>
public sealed record CiscoLinkCounter
{
    /// <summary>The switch it was read from; null for text that came from no switch.</summary>
    public string? ComputerName { get; init; }
    /// <summary>The interface as the switch prints it (<c>Ethernet0/0</c>).</summary>
    public required string Interface { get; init; }
    /// <summary>The interface's state: <c>up</c>, <c>down</c>, <c>administratively down</c>, …</summary>
    public required string State { get; init; }
    /// <summary>Whether the line protocol is up.</summary>
    public required bool LineProtocolUp { get; init; }
    /// <summary>The MAC address in use; null where there is none.</summary>
    public MacAddress? MacAddress { get; init; }
    /// <summary>The largest packet in bytes.</summary>
    public int? Mtu { get; init; }
    /// <summary>The nominal bandwidth in kbit/s.</summary>
    public long? BandwidthKbps { get; init; }
    /// <summary>Bytes received.</summary>
    public long? RxBytes { get; init; }
    /// <summary>Packets received.</summary>
    public long? RxPackets { get; init; }
    /// <summary>Input errors of all kinds.</summary>
    public long? RxErrors { get; init; }
    /// <summary>Bytes sent.</summary>
    public long? TxBytes { get; init; }
    /// <summary>Packets sent.</summary>
    public long? TxPackets { get; init; }
    /// <summary>Output errors of all kinds.</summary>
    public long? TxErrors { get; init; }
    /// <summary>Packets dropped from the output queue.</summary>
    public long? TxDropped { get; init; }
    /// <summary>The mean input rate over <see cref="RateInterval"/>, in bit/s.</summary>
    public long? RxBitsPerSecond { get; init; }
    /// <summary>The mean output rate over <see cref="RateInterval"/>, in bit/s.</summary>
    public long? TxBitsPerSecond { get; init; }
    /// <summary>The time over which the rates are means (<c>load-interval</c>).</summary>
    public TimeSpan? RateInterval { get; init; }
}
