using System;
using System.Collections.Generic;
using System.Globalization;

namespace BondTools.Analysis;

/// <summary>Jain's fairness index of the slaves' loads, for each direction: 1 when all are equal, 1/n when one of n carries all.</summary>
public sealed record LacpFairness
{
    /// <summary>Of what is sent; null when nothing was.</summary>
    public double? Transmit { get; init; }
    /// <summary>Of what is received; null when nothing was, or it cannot be foretold.</summary>
    public double? Receive { get; init; }

    /// <summary>Both on one line.</summary>
    public override string ToString() => $"transmit {Show(Transmit)}, receive {Show(Receive)}";

    /// <summary>Jain's index, (Σx)² / (n·Σx²), of amounts that are not negative; null when all are zero.</summary>
    internal static double? Index(IEnumerable<double> amounts)
    {
        double sum = 0, squares = 0;
        var count = 0;
        foreach (var amount in amounts)
        {
            sum += amount;
            squares += amount * amount;
            count++;
        }
        return squares > 0 ? sum * sum / (count * squares) : null;
    }

    private static string Show(double? index) => index?.ToString("0.00", CultureInfo.InvariantCulture) ?? "none";
}

/// <summary>
/// The busiest link's part, 0 to 1, in the best split of known flows over the usable links that is sure to exist: no flow divided,
/// the heaviest first, each on the link with the least (Graham's rule).
/// </summary>
/// <remarks>
/// No hash can be asked for better than a little below it: the true optimum's busiest link carries at least three quarters of
/// it, never less than 1/n of all, and never less than the heaviest flow.
/// </remarks>
public sealed record LacpBestShare
{
    /// <summary>Of what the host sends.</summary>
    public double? Transmit { get; init; }
    /// <summary>Of what the switch sends to the host; null when its method was not told.</summary>
    public double? Receive { get; init; }

    /// <summary>Both on one line.</summary>
    public override string ToString() => $"transmit {Show(Transmit)}, receive {Show(Receive)}";

    private static string Show(double? share) => share is { } part ? FormattableString.Invariant($"{part:P0}") : "unknown";
}
