using System.Collections.Generic;
using BondTools.Hashing;

namespace BondTools.Analysis;

/// <summary>What <see cref="LacpBalanceAnalyzer"/> asks of a measurement.</summary>
public sealed record BalanceOptions
{
    /// <summary>Fewer packets than this in a direction, over all links, prove nothing; at least 1.</summary>
    public int MinimumPackets { get; init; } = 100;
    /// <summary>The least fairness (Jain's index, 0 to 1) that passes. Two links that share 3:1 have 0.8.</summary>
    public double MinimumFairness { get; init; } = 0.8;
    /// <summary>
    /// The flows that the host is known to have sent meanwhile, with their MAC and IP addresses; they let the report say
    /// what the transmit hash made of them, and which policy would do better.
    /// </summary>
    public IReadOnlyList<Flow>? Flows { get; init; }
}
