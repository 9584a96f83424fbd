using System;
using System.Collections.Generic;
using BondTools.Capture;

namespace BondTools.Analysis;

/// <summary>How evenly the traffic is spread over a bond's slaves, as Test-LacpBalance gives it.</summary>
public sealed record LacpBalanceReport
{
    /// <summary>Whether the test is conclusive and the traffic fairly spread in both directions; by forecast, in those that can be foretold.</summary>
    public required bool Passed { get; init; }
    /// <summary>Whether there was enough to tell: by counters, traffic in both directions over whole counters; by forecast, flows and a bond that hashes them.</summary>
    public required bool Conclusive { get; init; }
    /// <summary>How it was told.</summary>
    public required BalanceMethod Method { get; init; }
    /// <summary>The bond's name; null when the text does not tell it.</summary>
    public string? Bond { get; init; }
    /// <summary>The host's name; null for text that came from no host.</summary>
    public string? HostName { get; init; }
    /// <summary>The switch's name; null when no switch was asked.</summary>
    public string? SwitchName { get; init; }
    /// <summary>The time between the two readings, by the host's own clock where that was read; null for text and forecasts.</summary>
    public TimeSpan? Duration { get; init; }
    /// <summary>What each slave carried, in enslave order; slaves whose counters cannot be compared are left out.</summary>
    public required IReadOnlyList<LacpBalanceLink> Links { get; init => field = RecordList.Of(value); }
    /// <summary>How even the shares are.</summary>
    public required LacpFairness Fairness { get; init; }
    /// <summary>The busiest link's share in the best split of the known flows; null when no flows are known, or their hash cannot be foretold.</summary>
    public LacpBestShare? BestShare { get; init; }
    /// <summary>What the known flows are weighed by; null where <see cref="BestShare"/> is.</summary>
    public FlowWeight? Weight { get; init; }
    /// <summary>Changes that would share the known flows better, the best first; empty when none would, or no flows are known.</summary>
    public IReadOnlyList<BalanceAdvice> Advice { get; init => field = RecordList.Of(value); } = [];
    /// <summary>How many flows went out on one link and came back on another; null when only counters were read, which know no flows.</summary>
    public int? AsymmetricFlows { get; init; }
    /// <summary>The largest of the flows that were captured meanwhile, with the links that requests and replies took; null where nothing was captured.</summary>
    public IReadOnlyList<CaptureFlow>? CapturedFlows { get; init => field = value is null ? null : RecordList.Of(value); }
    /// <summary>What was found, the worst first.</summary>
    public required IReadOnlyList<Finding> Findings { get; init => field = RecordList.Of(value); }
}

/// <summary>How a balance test knows.</summary>
public enum BalanceMethod
{
    /// <summary>By counters that were read twice.</summary>
    Counter,
    /// <summary>By frames that were captured on each link.</summary>
    Capture,
    /// <summary>By flows that were told, and the hash of each end.</summary>
    Forecast,
}
