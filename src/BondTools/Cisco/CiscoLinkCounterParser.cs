using System;
using System.Collections.Generic;

namespace BondTools.Cisco;

/// <summary>Reads <c>show interfaces</c> (IOS, IOS-XE).</summary>
/// <remarks>
/// An interface begins with a line <c>NAME is STATE, line protocol is …</c>; of the lines below it only those with
/// counters are read, by their words, so that what one platform prints more than another does no harm.
/// </remarks>
public static class CiscoLinkCounterParser
{
    private const string Expected = "show interfaces";
    private const string Protocol = ", line protocol is ";

    /// <summary>Reads all interfaces of a text.</summary>
    /// <param name="text">The output; prompts and prose may stand around it.</param>
    /// <param name="computerName">The switch it came from, if it is known.</param>
    /// <exception cref="UnexpectedOutputException">There is no interface, or a counter of one is not understood.</exception>
    public static IReadOnlyList<CiscoLinkCounter> Parse(string text, string? computerName = null)
    {
        var lines = CiscoText.Lines(text);
        var counters = new List<CiscoLinkCounter>();
        CiscoLinkCounter? current = null;

        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Trim();
            if (TryHeading(line) is { } heading)
            {
                Close(i);
                current = heading with { ComputerName = computerName };
            }
            else if (current is not null)
            {
                current = CiscoLinkCounterLine.Add(current, line) ?? throw new UnexpectedOutputException(Expected, lines[i], i + 1, "a counter is no number");
            }
        }

        Close(lines.Length);
        return counters.Count > 0 ? counters : throw CiscoText.NotFound(Expected, lines, "there is no line '… is up, line protocol is …'");

        void Close(int next)
        {
            if (current is null)
                return;
            if (current.RxBytes is null != current.TxBytes is null)
                throw new UnexpectedOutputException(Expected, next < lines.Length ? lines[next] : "", next < lines.Length ? next + 1 : 0, $"the counters of {current.Interface} are not complete");
            counters.Add(current);
        }
    }

    private static CiscoLinkCounter? TryHeading(string line)
    {
        var protocol = line.IndexOf(Protocol, StringComparison.Ordinal);
        var state = line.IndexOf(" is ", StringComparison.Ordinal);
        if (protocol < 0 || state < 1 || state + 4 > protocol || !CiscoText.LooksLikeInterface(line.Substring(0, state)))
            return null;
        return new CiscoLinkCounter
        {
            Interface = line.Substring(0, state),
            State = line.Substring(state + 4, protocol - state - 4),
            LineProtocol = line.Substring(protocol + Protocol.Length),
            LineProtocolUp = line.Substring(protocol + Protocol.Length).StartsWith("up", StringComparison.Ordinal),
        };
    }
}
