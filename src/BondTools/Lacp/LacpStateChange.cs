using System;

namespace BondTools.Lacp;

/// <summary>Something that happened to a LACP port, as the LACPDUs in a capture tell it.</summary>
public sealed record LacpStateChange
{
    /// <summary>When it happened.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>What happened.</summary>
    public required LacpChangeKind Kind { get; init; }

    /// <summary>The host that captured it; null where it comes from a file.</summary>
    public string? ComputerName { get; init; }

    /// <summary>The file that it is in; null where it came straight from a host.</summary>
    public string? Path { get; init; }

    /// <summary>The interface that captured it.</summary>
    public required string Interface { get; init; }

    /// <summary>The number of the frame that shows it.</summary>
    public required long FrameNumber { get; init; }

    /// <summary>The system that the port is of.</summary>
    public required MacAddress SystemMacAddress { get; init; }

    /// <summary>The port's number.</summary>
    public required int PortNumber { get; init; }

    /// <summary>The port's state after it.</summary>
    public required LacpPortState State { get; init; }

    /// <summary>The port's state before it; null when the port was not seen before.</summary>
    public LacpPortState? PreviousState { get; init; }

    /// <summary>How long the port had sent nothing before; null where that says nothing.</summary>
    public TimeSpan? Silence { get; init; }

    /// <summary>What happened, in words.</summary>
    public required string Description { get; init; }
}

/// <summary>What can happen to a LACP port.</summary>
public enum LacpChangeKind
{
    /// <summary>It was heard for the first time.</summary>
    Appeared,
    /// <summary>Its state changed.</summary>
    StateChanged,
    /// <summary>Its key changed, or the partner that it names.</summary>
    PartnerChanged,
    /// <summary>The rate at which it sends became known, or changed.</summary>
    RateChanged,
    /// <summary>It was not heard for three of its intervals: its partner lets it expire.</summary>
    Silent,
    /// <summary>It went another way than a port that it should agree with: another link of its system, or its partner.</summary>
    Diverged,
}
