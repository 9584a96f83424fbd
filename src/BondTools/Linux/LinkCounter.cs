using System;

namespace BondTools.Linux;

/// <summary>An interface's counters, from <c>ip -s -j link</c> or <c>ip -s link</c>.</summary>
public sealed record LinkCounter
{
    /// <summary>The host it was read from; null for text that came from no host.</summary>
    public string? ComputerName { get; init; }
    /// <summary>When it was read; null for text.</summary>
    public DateTimeOffset? Time { get; init; }
    /// <summary>The interface's name.</summary>
    public required string Interface { get; init; }
    /// <summary>The bond or bridge it belongs to.</summary>
    public string? Master { get; init; }
    /// <summary>Its present MAC address; a bond gives all its slaves the same one.</summary>
    public MacAddress? MacAddress { get; init; }
    /// <summary>The address burnt into the NIC where it differs from <see cref="MacAddress"/>.</summary>
    public MacAddress? PermanentMacAddress { get; init; }
    /// <summary>The MTU in bytes.</summary>
    public int? Mtu { get; init; }
    /// <summary>The operational state (RFC 2863 ifOperStatus as iproute2 prints it: UP, DOWN, UNKNOWN, LOWERLAYERDOWN…).</summary>
    public string? State { get; init; }
    /// <summary>Whether it is set up (<c>ip link set … up</c>), carrier or not; null where the flags are not in the text.</summary>
    public bool? AdministrativelyUp { get; init; }
    /// <summary>Bytes received.</summary>
    public required long RxBytes { get; init; }
    /// <summary>Packets received.</summary>
    public required long RxPackets { get; init; }
    /// <summary>Receive errors.</summary>
    public required long RxErrors { get; init; }
    /// <summary>Received packets dropped.</summary>
    public required long RxDropped { get; init; }
    /// <summary>Bytes sent.</summary>
    public required long TxBytes { get; init; }
    /// <summary>Packets sent.</summary>
    public required long TxPackets { get; init; }
    /// <summary>Transmit errors.</summary>
    public required long TxErrors { get; init; }
    /// <summary>Packets to be sent that were dropped.</summary>
    public required long TxDropped { get; init; }
}
