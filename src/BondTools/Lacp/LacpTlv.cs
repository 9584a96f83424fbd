namespace BondTools.Lacp;

/// <summary>One type-length-value of a LACPDU or Marker PDU, as it was sent.</summary>
public sealed record LacpTlv
{
    /// <summary>Its type, 1 to 255. In a LACPDU 1 is the actor, 2 the partner, 3 the collector, 4 to 10 are of version 2 (IEEE 802.1AX-2020, table 6-7).</summary>
    public required int Type { get; init; }

    /// <summary>The length that it states, in bytes, with the two of type and length.</summary>
    public required int Length { get; init; }

    /// <summary>Its value, two hexadecimal digits a byte; shorter than stated where the frame ends before.</summary>
    public required string Value { get; init; }
}
