using System;
using System.Globalization;
using BondTools.Planning;

namespace BondTools.Linux;

/// <summary>Reads what <see cref="Command"/> prints.</summary>
internal static class BondSnapshotParser
{
    private const string Expected = "a bond and its counters";
    // Each part stands behind a line of its own, with a character that no file of these prints first.
    private const string BondMark = "# cat " + HostPaths.Bonding + "/", CounterMark = "# ip -s link";

    /// <summary>One command for all of it.</summary>
    /// <param name="bond">The bond's name, which is a valid interface name.</param>
    public static string Command(string bond) =>
        // An iproute2 without JSON refuses -j; its plain text is read as well.
        $"cat /proc/uptime; echo '{BondMark}{bond}'; cat {HostPaths.Bonding}/'{bond}' 2>/dev/null; echo '{CounterMark}'; ip -s -d -j link show 2>/dev/null || ip -s -d link show";

    /// <summary>Reads the output.</summary>
    /// <param name="text">The output of the command.</param>
    /// <param name="name">The bond's name.</param>
    /// <param name="computerName">The host it was read from.</param>
    /// <param name="time">When it was read.</param>
    /// <exception cref="UnexpectedOutputException">A part is missing or not understood.</exception>
    public static BondSnapshot Parse(string text, string name, string computerName, DateTimeOffset time)
    {
        var (bond, counters) = (text.IndexOf(BondMark, StringComparison.Ordinal), text.IndexOf(CounterMark, StringComparison.Ordinal));
        var first = TextLine.FirstOf(text);
        if (bond < 0 || counters < bond)
            throw new UnexpectedOutputException(Expected, first.Text, first.Number, "the parts of the output are not all there.");
        if (!double.TryParse(first.Text.Split(' ')[0], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var uptime) || uptime > TimeSpan.MaxValue.TotalSeconds / 2)
            throw new UnexpectedOutputException(Expected, first.Text, first.Number, "it does not begin with the seconds since the start, as /proc/uptime does.");

        var status = text.Substring(bond, counters - bond);
        return new BondSnapshot
        {
            ComputerName = computerName,
            Name = name,
            Time = time,
            Uptime = TimeSpan.FromSeconds(uptime),
            Bond = status.TrimEnd().IndexOf('\n') < 0 ? null : BondStatusParser.Parse(status, computerName: computerName)[0],
            Counters = LinkCounterParser.Parse(text.Substring(counters + CounterMark.Length), computerName, time),
        };
    }
}
