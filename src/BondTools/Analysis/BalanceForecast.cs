using System.Collections.Generic;
using System.Linq;
using BondTools.Hashing;
using BondTools.Linux;

namespace BondTools.Analysis;

/// <summary>Where the transmit hash puts known flows, and where another policy would.</summary>
internal sealed class BalanceForecast
{
    private static readonly TransmitHashPolicy[] Candidates =
        [TransmitHashPolicy.Layer34, TransmitHashPolicy.Layer23, TransmitHashPolicy.Layer2];

    private readonly IReadOnlyList<Flow> _flows;
    private readonly IReadOnlyList<BondSlave> _slaves;
    private readonly TransmitHashGeneration _generation;

    private BalanceForecast(
        IReadOnlyList<Flow> flows, IReadOnlyList<BondSlave> slaves, TransmitHashPolicy policy, TransmitHashGeneration generation)
    {
        (_flows, _slaves, Policy, _generation) = (flows, slaves, policy, generation);
        Counts = Count(policy);
    }

    /// <summary>The bond's policy.</summary>
    public TransmitHashPolicy Policy { get; }

    /// <summary>How many of the flows each usable slave sends, in the order the hash indexes.</summary>
    public long[] Counts { get; }

    /// <summary>The forecast; null when no flows are known or the bond's choice cannot be foretold.</summary>
    public static BalanceForecast? Of(BondStatus bond, IReadOnlyList<Flow>? flows)
    {
        if (flows is null or { Count: 0 } || bond.TransmitHashPolicy is not { } policy
            || !(bond.Mode.Equals(BondMode.Lacp) || bond.Mode.Equals(BondMode.BalanceXor)))
            return null;
        return LinuxTransmitHash.UsableSlaves(bond) is { Count: > 0 } slaves
            && LinuxTransmitHash.GenerationOf(bond.DriverVersion) is { } generation
            ? new BalanceForecast(flows, slaves, policy, generation)
            : null;
    }

    /// <summary>How many of the flows a slave sends.</summary>
    public int FlowsOn(string slave)
    {
        for (var i = 0; i < _slaves.Count; i++)
        {
            if (_slaves[i].Name == slave)
                return (int)Counts[i];
        }
        return 0;
    }

    /// <summary>The policy that would spread the flows best, and how; null when none is better than the present one.</summary>
    public (TransmitHashPolicy Policy, long[] Counts)? Better() => Candidates
        .Select(policy => (Policy: policy, Counts: Count(policy)))
        .Where(other => LacpFairness.Index(other.Counts) > LacpFairness.Index(Counts))
        .OrderByDescending(other => LacpFairness.Index(other.Counts))
        .Select(other => ((TransmitHashPolicy, long[])?)other)
        .FirstOrDefault();

    private long[] Count(TransmitHashPolicy policy)
    {
        var counts = new long[_slaves.Count];
        foreach (var flow in _flows)
            counts[LinuxTransmitHash.SelectSlave(policy, flow, _slaves.Count, _generation)]++;
        return counts;
    }
}
