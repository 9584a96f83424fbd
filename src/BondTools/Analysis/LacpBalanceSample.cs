using System;
using System.Collections.Generic;

namespace BondTools.Analysis;

/// <summary>What a bond's slaves carried since the sample before, as Watch-LacpBalance gives it.</summary>
public sealed record LacpBalanceSample
{
    /// <summary>The host.</summary>
    public required string ComputerName { get; init; }
    /// <summary>The bond's name.</summary>
    public required string Bond { get; init; }
    /// <summary>When it was read.</summary>
    public required DateTimeOffset Time { get; init; }
    /// <summary>The time since the sample before, by the host's own clock; null when the host restarted meanwhile.</summary>
    public required TimeSpan? Interval { get; init; }
    /// <summary>The slaves, in enslave order, with their rates and shares; numbers are null where counters went backwards.</summary>
    public required IReadOnlyList<LacpBalanceLink> Links { get; init => field = RecordList.Of(value); }
    /// <summary>How even the shares are.</summary>
    public required LacpFairness Fairness { get; init; }
}

/// <summary>Something that happened to a bond between two samples, as Watch-LacpBalance gives it.</summary>
public sealed record LacpBalanceEvent
{
    /// <summary>The host.</summary>
    public required string ComputerName { get; init; }
    /// <summary>The bond's name.</summary>
    public required string Bond { get; init; }
    /// <summary>When it was seen; it happened between this sample and the one before.</summary>
    public required DateTimeOffset Time { get; init; }
    /// <summary>What happened.</summary>
    public required BondEventKind Kind { get; init; }
    /// <summary>The slave that it happened to, or the bond itself.</summary>
    public required string Link { get; init; }
    /// <summary>What happened, in a sentence.</summary>
    public required string Message { get; init; }

    /// <summary>Time, kind and message on one line.</summary>
    public override string ToString() => FormattableString.Invariant($"{Time:HH:mm:ss} {Kind}: {Message}");
}

/// <summary>What happens to a bond.</summary>
public enum BondEventKind
{
    /// <summary>A link lost its carrier, or failed by the ARP monitor.</summary>
    LinkDown,
    /// <summary>A link is up again.</summary>
    LinkUp,
    /// <summary>The bond no longer sends on a slave.</summary>
    PortLeft,
    /// <summary>The bond sends on a slave again, or for the first time.</summary>
    PortJoined,
    /// <summary>Another system, or another channel of it, is at the other end of a link, or nobody any more.</summary>
    PartnerChanged,
    /// <summary>The traffic went over to another slave (active-backup) or aggregator (802.3ad).</summary>
    Failover,
}
