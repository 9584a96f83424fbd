using System;
using System.Collections.Generic;
using BondTools.Cisco;
using BondTools.Linux;

namespace BondTools.Analysis;

/// <summary>The counters of both ends at one moment.</summary>
public sealed record BalanceReading
{
    /// <summary>The host's interfaces; those that are not slaves of the bond are ignored.</summary>
    public required IReadOnlyList<LinkCounter> Host { get; init => field = RecordList.Of(value); }
    /// <summary>How long the host had been up, which is a clock that nobody sets (<c>/proc/uptime</c>); null when it was not read.</summary>
    public TimeSpan? HostUptime { get; init; }
    /// <summary>The switch's interfaces; null when no switch was asked.</summary>
    public IReadOnlyList<CiscoLinkCounter>? Switch { get; init; }
}
