using System;
using System.Collections.Generic;

namespace BondTools.Linux;

/// <summary>A bond, the counters of the host's interfaces and the host's clock, read in one round trip.</summary>
public sealed record BondSnapshot
{
    /// <summary>The host.</summary>
    public required string ComputerName { get; init; }
    /// <summary>The bond's name.</summary>
    public required string Name { get; init; }
    /// <summary>When it was read, by the clock of whoever read.</summary>
    public required DateTimeOffset Time { get; init; }
    /// <summary>How long the host had been up: a clock that nobody sets, so that rates are right whatever the network's delay.</summary>
    public required TimeSpan Uptime { get; init; }
    /// <summary>The bond; null when the host has none of that name.</summary>
    public BondStatus? Bond { get; init; }
    /// <summary>The counters of all interfaces.</summary>
    public required IReadOnlyList<LinkCounter> Counters { get; init => field = RecordList.Of(value); }
}
