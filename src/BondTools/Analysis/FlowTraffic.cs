using BondTools.Hashing;

namespace BondTools.Analysis;

/// <summary>A flow and how much of it there is, so that a forecast weighs it.</summary>
public sealed record FlowTraffic
{
    /// <summary>The flow.</summary>
    public required Flow Flow { get; init; }
    /// <summary>Its packets; null when they were not counted.</summary>
    public long? Packets { get; init; }
    /// <summary>Its bytes; null when they were not counted.</summary>
    public long? Bytes { get; init; }
    /// <summary>Whether the host received it, so that the switch chose its link; otherwise the host sent it, and the bond chose.</summary>
    public bool Received { get; init; }
}

/// <summary>What flows are weighed by.</summary>
public enum FlowWeight
{
    /// <summary>Every flow counts as one: neither bytes nor packets are known of all of them.</summary>
    Flows,
    /// <summary>By their packets; bytes are not known of all of them.</summary>
    Packets,
    /// <summary>By their bytes.</summary>
    Bytes,
}
