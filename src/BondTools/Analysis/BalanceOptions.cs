using System.Collections.Generic;
using BondTools.Hashing;

namespace BondTools.Analysis;

/// <summary>What <see cref="LacpBalanceAnalyzer"/> asks of a measurement.</summary>
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
    /// what the transmit hash made of them, and which policy would do better.
    /// </summary>
    public IReadOnlyList<Flow>? Flows { get; init; }
}
