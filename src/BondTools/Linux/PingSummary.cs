using System;
using System.Globalization;

namespace BondTools.Linux;

/// <summary>The last lines of ping (iputils and busybox): how many packets went out and how many came back.</summary>
internal sealed record PingSummary(int Transmitted, int Received)
{
    private const string Mark = " packets transmitted, ";

    /// <summary>Finds the line <c>20 packets transmitted, 20 received, 0% packet loss</c>.</summary>
    /// <exception cref="UnexpectedOutputException">There is no such line.</exception>
    public static PingSummary Parse(string text)
    {
        foreach (var line in text.Split('\n'))
        {
            var mark = line.IndexOf(Mark, StringComparison.Ordinal);
            if (mark > 0
                && TryReadCount(line.Substring(0, mark), out var transmitted)
                && TryReadCount(line.Substring(mark + Mark.Length).Split(' ')[0], out var received))
                return new PingSummary(transmitted, received);
        }

        throw new UnexpectedOutputException("the output of ping", "", 0, "there is no line with the packets transmitted and received.");
    }

    private static bool TryReadCount(string text, out int count) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count);
}
