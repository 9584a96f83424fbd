using System;
using System.Collections.Generic;

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
    /// <summary>The line protocol's state as printed, with the switch's reason: <c>up (connected)</c>, <c>down (notconnect)</c>, …</summary>
    public required string LineProtocol { get; init; }
    /// <summary>The kind of hardware (<c>iGbE</c>, <c>EtherChannel</c>).</summary>
    public string? Hardware { get; init; }
    /// <summary>The description in the configuration.</summary>
    public string? Description { get; init; }
    /// <summary>The encapsulation (<c>ARPA</c>, <c>802.1Q Virtual LAN</c>).</summary>
    public string? Encapsulation { get; init; }
    /// <summary>The IP address with its prefix length of a routed interface, as printed.</summary>
    public string? InternetAddress { get; init; }
    /// <summary>The duplex mode as printed (<c>Full-duplex</c>).</summary>
    public string? Duplex { get; init; }
    /// <summary>The speed as printed (<c>1000Mb/s</c>, <c>Auto-speed</c>).</summary>
    public string? Speed { get; init; }
    /// <summary>The medium or transceiver as printed (<c>10/100/1000BaseTX</c>).</summary>
    public string? MediaType { get; init; }
    /// <summary>The members of a port-channel, as the switch names them; empty for any other interface.</summary>
    public IReadOnlyList<string> Members { get; init => field = RecordList.Of(value); } = [];
    /// <summary>When the last packet came, as printed: <c>00:00:02</c> ago, <c>1d21h</c>, <c>never</c>.</summary>
    public string? LastInput { get; init; }
    /// <summary>When the last packet was sent, as printed.</summary>
    public string? LastOutput { get; init; }
    /// <summary>When the counters were cleared, as printed; <c>never</c> for since the start.</summary>
    public string? LastClearing { get; init; }
    /// <summary>The MAC address in use; null where there is none.</summary>
    public MacAddress? MacAddress { get; init; }
    /// <summary>The address that the hardware came with.</summary>
    public MacAddress? BurnedInAddress { get; init; }
    /// <summary>The largest packet in bytes.</summary>
    public int? Mtu { get; init; }
    /// <summary>The nominal delay in microseconds.</summary>
    public long? DelayMicroseconds { get; init; }
    /// <summary>The nominal bandwidth in kbit/s.</summary>
    public long? BandwidthKbps { get; init; }
    /// <summary>Bytes received.</summary>
    public long? RxBytes { get; init; }
    /// <summary>Packets received.</summary>
    public long? RxPackets { get; init; }
    /// <summary>Input errors of all kinds.</summary>
    public long? RxErrors { get; init; }
    /// <summary>Packets received that were shorter than allowed.</summary>
    public long? RxRunts { get; init; }
    /// <summary>Packets received that were longer than allowed: an MTU mismatch shows here.</summary>
    public long? RxGiants { get; init; }
    /// <summary>Packets received with a wrong checksum: a bad cable or a duplex mismatch shows here.</summary>
    public long? RxCrcErrors { get; init; }
    /// <summary>Packets received with a wrong checksum and an incomplete last byte.</summary>
    public long? RxFrameErrors { get; init; }
    /// <summary>Packets that came faster than the hardware could take them.</summary>
    public long? RxOverruns { get; init; }
    /// <summary>Packets dropped from the input queue.</summary>
    public long? RxDropped { get; init; }
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
    /// <summary>The mean input rate over <see cref="RateInterval"/>, in packets a second.</summary>
    public long? RxPacketsPerSecond { get; init; }
    /// <summary>The mean output rate over <see cref="RateInterval"/>, in packets a second.</summary>
    public long? TxPacketsPerSecond { get; init; }
    /// <summary>The time over which the rates are means (<c>load-interval</c>).</summary>
    public TimeSpan? RateInterval { get; init; }
}
