using System;
using System.Collections.Generic;
using System.Globalization;

namespace BondTools.Analysis;

/// <summary>How evenly the traffic was spread over a bond's slaves, as Test-LacpBalance gives it.</summary>
public sealed record LacpBalanceReport
{
    /// <summary>Whether the measurement is conclusive and the traffic fairly spread in both directions.</summary>
    public required bool Passed { get; init; }
    /// <summary>Whether there was enough traffic, in both directions and over whole counters, to tell.</summary>
    public required bool Conclusive { get; init; }
    /// <summary>The bond's name; null when the text does not tell it.</summary>
    public string? Bond { get; init; }
    /// <summary>The host's name; null for text that came from no host.</summary>
    public string? HostName { get; init; }
    /// <summary>The time between the two readings; null for text.</summary>
    public TimeSpan? Duration { get; init; }
    /// <summary>What each slave carried, in enslave order; slaves whose counters cannot be compared are left out.</summary>
    public required IReadOnlyList<LacpBalanceLink> Links { get; init => field = RecordList.Of(value); }
    /// <summary>How even the shares are.</summary>
    public required LacpFairness Fairness { get; init; }
    /// <summary>How many flows went out on one link and came back on another; null when only counters were read, which know no flows.</summary>
    public int? AsymmetricFlows { get; init; }
    /// <summary>What was found, the worst first.</summary>
    public required IReadOnlyList<Finding> Findings { get; init => field = RecordList.Of(value); }
}

/// <summary>What a slave carried between two readings of its counters.</summary>
public sealed record LacpBalanceLink
{
    /// <summary>The slave's name.</summary>
    public required string Interface { get; init; }
    /// <summary>Bytes sent.</summary>
    public required long TxBytes { get; init; }
    /// <summary>Bytes received.</summary>
    public required long RxBytes { get; init; }
    /// <summary>Packets sent, LACPDUs among them.</summary>
    public required long TxPackets { get; init; }
    /// <summary>Packets received, LACPDUs among them.</summary>
    public required long RxPackets { get; init; }
    /// <summary>The slave's part of all bytes sent, 0 to 1; null when none was.</summary>
    public double? TxShare { get; init; }
    /// <summary>The slave's part of all bytes received, 0 to 1; null when none was.</summary>
    public double? RxShare { get; init; }
    /// <summary>How many of the flows that were told the transmit hash puts on this slave; null when none was told, or the hash cannot be foretold.</summary>
    public int? Flows { get; init; }
    /// <summary>Transmit errors.</summary>
    public required long TxErrors { get; init; }
    /// <summary>Receive errors.</summary>
    public required long RxErrors { get; init; }
    /// <summary>Packets to be sent that were dropped.</summary>
    public required long TxDropped { get; init; }
    /// <summary>Received packets that were dropped.</summary>
    public required long RxDropped { get; init; }
}

/// <summary>Jain's fairness index of the slaves' bytes, for each direction: 1 when all are equal, 1/n when one of n carries all.</summary>
public sealed record LacpFairness
{
    /// <summary>Of the bytes sent; null when none was.</summary>
    public double? Transmit { get; init; }
    /// <summary>Of the bytes received; null when none was.</summary>
    public double? Receive { get; init; }

    /// <summary>Both on one line.</summary>
    public override string ToString() => $"transmit {Show(Transmit)}, receive {Show(Receive)}";

    /// <summary>Jain's index, (Σx)² / (n·Σx²), of amounts that are not negative; null when all are zero.</summary>
    internal static double? Index(IEnumerable<long> amounts)
    {
        double sum = 0, squares = 0;
        var count = 0;
        foreach (var amount in amounts)
        {
            sum += amount;
            squares += (double)amount * amount;
            count++;
        }
        return squares > 0 ? sum * sum / (count * squares) : null;
    }

    private static string Show(double? index) => index?.ToString("0.00", CultureInfo.InvariantCulture) ?? "none";
}
