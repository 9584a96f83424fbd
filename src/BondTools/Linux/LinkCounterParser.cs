using System;
using System.Collections.Generic;

namespace BondTools.Linux;

/// <summary>Reads interface counters from <c>ip -s -j link</c> (with or without -d and -p) or from the plain text of <c>ip -s link</c>.</summary>
public static class LinkCounterParser
{
    /// <summary>Reads every interface in a text; plain text may be collapsed and have prompts and prose around it.</summary>
    /// <param name="text">The output of the command, JSON or plain.</param>
    /// <param name="computerName">The host it was read from.</param>
    /// <param name="time">When it was read.</param>
    /// <returns>The interfaces in the order of the text; empty only for an empty JSON array.</returns>
    /// <exception cref="UnexpectedOutputException">There is no interface in the text, or one is incomplete or not understood.</exception>
    public static IReadOnlyList<LinkCounter> Parse(string text, string? computerName = null, DateTimeOffset? time = null)
    {
        var counters = FindJson(text, out var start) ? LinkCounterJson.Parse(text, start) : LinkCounterText.Parse(text);
        return counters.ConvertAll(counter => counter with { ComputerName = computerName, Time = time });
    }

    /// <summary>Finds a line that begins an array of objects, which no line of the plain text does.</summary>
    private static bool FindJson(string text, out int start)
    {
        for (start = 0; start < text.Length; start++)
        {
            var i = SkipBlanks(text, start);
            if (i < text.Length && text[i] == '[')
            {
                var next = SkipBlanks(text, i + 1);
                if (next == text.Length || text[next] is '{' or ']' or '\r' or '\n')
                {
                    start = i;
                    return true;
                }
            }

            var end = text.IndexOf('\n', i);
            if (end < 0)
                return false;
            start = end;
        }

        return false;
    }

    private static int SkipBlanks(string text, int position)
    {
        while (position < text.Length && (text[position] is ' ' or '\t' or '\uFEFF'))
            position++;
        return position;
    }
}
