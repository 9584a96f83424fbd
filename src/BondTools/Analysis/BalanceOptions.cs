using System.Collections.Generic;

namespace BondTools.Analysis;

/// <summary>What <see cref="LacpBalanceAnalyzer"/> asks of a test, and what it is told beside the bond.</summary>
public sealed record BalanceOptions
{
    /// <summary>The packets asked for unless something else is said.</summary>
    public const int DefaultMinimumPackets = 50;

    /// <summary>The fairness asked for unless something else is said: that of two links that share 3:1.</summary>
    public const double DefaultMinimumFairness = 0.8;

    /// <summary>Fewer packets than this in a direction, over all links, prove nothing; at least 1.</summary>
    public int MinimumPackets { get; init; } = DefaultMinimumPackets;
    /// <summary>The least fairness that passes in each direction: Jain's index, 0 to 1.</summary>
    public double MinimumFairness { get; init; } = DefaultMinimumFairness;
    /// <summary>
    /// The flows that the host is known to have sent meanwhile, with their MAC and IP addresses; they let the report say
    /// what the transmit hash made of them, and which change would do better.
    /// </summary>
    public IReadOnlyList<FlowTraffic>? Flows { get; init; }
    /// <summary>The kernel's version, where the bond does not tell it: drivers before 5.15 call themselves 3.7.1.</summary>
    public string? KernelVersion { get; init; }
    /// <summary>The switch's load-balance method (<c>src-dst-ip</c>); null when it is not known, and then nothing is foretold of what the switch sends.</summary>
    public string? LoadBalanceMethod { get; init; }
    /// <summary>The cabling, as Test-LacpLink finds it: which port of the switch is at the other end of each slave.</summary>
    public IReadOnlyList<LacpLink>? Cabling { get; init; }
}
