using System;

namespace BondTools.Cisco;

/// <summary>One end's LACP values of a port, as <c>show lacp</c> of IOS XR prints them.</summary>
public sealed record CiscoBundleEnd
{
    /// <summary>How often LACPDUs are sent; null where none are (a peer's ports in a multi-chassis bundle).</summary>
    public TimeSpan? Rate { get; init; }
    /// <summary>The letters as printed (<c>ascdA---</c>).</summary>
    public required string Flags { get; init; }
    /// <summary>The port state that these letters are.</summary>
    public required Lacp.LacpPortState PortState { get; init; }
    /// <summary>The port's priority, 0 to 65535.</summary>
    public required int PortPriority { get; init; }
    /// <summary>The port's number, 0 to 65535.</summary>
    public required int PortNumber { get; init; }
    /// <summary>The operational key.</summary>
    public required int OperKey { get; init; }
    /// <summary>The system's priority, 0 to 65535.</summary>
    public required int SystemPriority { get; init; }
    /// <summary>The system's MAC address.</summary>
    public required MacAddress SystemMacAddress { get; init; }
}
