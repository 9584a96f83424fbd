using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace BondTools.Analysis;

/// <summary>Draws a sample as lines of text, with bars.</summary>
internal static class BalanceScreen
{
    private const int NameWidth = 15, RateWidth = 11, LongestBar = 30, ShortestBar = 4;
    // Name, use, and for each direction a rate, a share and two blanks between them.
    private const int Fixed = NameWidth + 5 + (2 * (RateWidth + 9));

    /// <summary>Draws it.</summary>
    /// <param name="sample">The sample.</param>
    /// <param name="events">What happened of late, the latest last.</param>
    /// <param name="width">The columns that there are; lines are cut to them.</param>
    public static IReadOnlyList<string> Draw(LacpBalanceSample sample, IEnumerable<LacpBalanceEvent> events, int width)
    {
        var bar = Math.Min(LongestBar, Math.Max(ShortestBar, (width - Fixed - 1) / 2));
        var lines = new List<string>
        {
            FormattableString.Invariant($"{sample.ComputerName} {sample.Bond}  {sample.Time:HH:mm:ss}  fairness: {sample.Fairness}"),
            $"{"link",-NameWidth} use  {"sent",RateWidth} share {new string(' ', bar)} {"received",RateWidth} share",
        };
        lines.AddRange(sample.Links.Select(link =>
            $"{link.Interface,-NameWidth} {Use(link.InUse),-4} {Rate(link.TxBitsPerSecond),RateWidth} {Bar(link.TxShare, bar)} {Rate(link.RxBitsPerSecond),RateWidth} {Bar(link.RxShare, bar)}"));
        lines.AddRange(events.Select(item => item.ToString()));
        return [.. lines.Select(line => line.Length <= width ? line : line.Substring(0, width))];
    }

    /// <summary>A rate with the unit that leaves it below a thousand: <c>1.25 Gbit/s</c>.</summary>
    internal static string Rate(double? bitsPerSecond)
    {
        if (bitsPerSecond is not { } rate)
            return "?";
        var unit = 0;
        while (rate >= 999.5 && unit < Units.Length - 1)
            (rate, unit) = (rate / 1000, unit + 1);
        return rate.ToString(unit == 0 || rate >= 99.95 ? "0" : rate >= 9.995 ? "0.0" : "0.00", CultureInfo.InvariantCulture) + " " + Units[unit];
    }

    private static readonly string[] Units = ["bit/s", "kbit/s", "Mbit/s", "Gbit/s", "Tbit/s"];

    private static string Use(bool? inUse) => inUse switch { true => "yes", false => "no", null => "?" };

    private static string Bar(double? share, int length)
    {
        var filled = (int)Math.Round((share ?? 0) * length);
        return (share is { } part ? part.ToString("P0", CultureInfo.InvariantCulture) : "?").PadLeft(5) + " " + new string('#', filled) + new string('.', length - filled);
    }
}
