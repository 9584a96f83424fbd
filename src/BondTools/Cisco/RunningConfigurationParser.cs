using System;
using System.Collections.Generic;

namespace BondTools.Cisco;

/// <summary>Reads the interfaces of <c>show running-config</c>, whole or of one interface: IOS, IOS-XE, NX-OS and IOS XR.</summary>
/// <remarks>
/// The lines of an interface are those that are indented deeper than its own; in a copy that lost its indentation, those
/// up to the next <c>!</c>, <c>interface</c>, <c>line</c>, <c>router</c>, <c>end</c> or prompt. Text between a banner's
/// delimiters is no configuration. IOS says how long a configuration is and closes it with <c>end</c>: a text with the one
/// and without the other was cut and is refused. NX-OS writes neither.
/// </remarks>
public static class RunningConfigurationParser
{
    private const string Expected = "show running-config";
    private const string Size = "Current configuration :";

    /// <summary>Reads the interfaces, in the order of the text.</summary>
    /// <param name="text">The output; prompts and prose may stand around it.</param>
    /// <param name="computerName">The switch it came from, if it is known.</param>
    /// <exception cref="UnexpectedOutputException">There is no interface, a line of one is not understood, or the text was cut.</exception>
    public static IReadOnlyList<CiscoInterfaceConfiguration> Parse(string text, string? computerName = null)
    {
        var lines = CiscoText.Lines(text);
        BlankBanners(lines);
        var outer = OuterIndentation(lines);
        var indented = HasIndentedLines(lines, outer);

        var interfaces = new List<CiscoInterfaceConfiguration>();
        InterfaceLines? current = null;
        var open = 0;
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Trim();
            if (line.Length == 0 || CiscoText.IsLogMessage(line))
                continue;
            var inside = indented && Indentation(lines[i]) > outer;
            if (!inside && line.StartsWith(Size, StringComparison.OrdinalIgnoreCase))
                open = i + 1;
            if (!inside && line == "end")
                open = 0;

            if (!inside && InterfaceOf(line) is { } name)
            {
                Close();
                current = new InterfaceLines(name, computerName);
            }
            else if (current is not null && (indented ? !inside : EndsInterface(line)))
                Close();
            else
                current?.Take(line, lines[i], i + 1);
        }
        Close();

        if (open > 0)
            throw new UnexpectedOutputException(Expected, lines[open - 1], open, "the configuration that begins here was cut: no 'end' follows");
        if (interfaces.Count == 0)
            throw CiscoText.NotFound(Expected, lines, "there is no line 'interface' with a name");
        return interfaces;

        void Close()
        {
            if (current is not null)
                interfaces.Add(current.Record);
            current = null;
        }
    }

    // "interface GigabitEthernet0/1", "interface Port-channel 1", XR's "interface TenGigE0/0/0/1.5 l2transport".
    private static string? InterfaceOf(string line)
    {
        if (!line.StartsWith("interface", StringComparison.OrdinalIgnoreCase))
            return null;
        var words = CiscoText.Words(line);
        if (words.Length < 2 || !words[0].Equals("interface", StringComparison.OrdinalIgnoreCase))
            return null;
        if (CiscoText.LooksLikeInterface(words[1]))
            return words[1];
        return words.Length > 2 && CiscoText.LooksLikeInterface(words[1] + words[2]) ? words[1] + words[2] : null;
    }

    private static bool EndsInterface(string line)
    {
        if (line[0] == '!' || line == "end" || line.StartsWith("line ", StringComparison.Ordinal) || line.StartsWith("router ", StringComparison.Ordinal))
            return true;
        foreach (var c in line)
        {
            // A prompt is one word that ends with # or >.
            if (c is '#' or '>')
                return true;
            if (char.IsWhiteSpace(c))
                return false;
        }
        return false;
    }

    // A banner is "banner motd ^C", any text, "^C"; the delimiter may be any character, and IOS shows Ctrl+C as ^ and C.
    private static void BlankBanners(string[] lines)
    {
        string? delimiter = null;
        var begin = 0;
        for (var i = 0; i < lines.Length; i++)
        {
            var after = 0;
            if (delimiter is null)
            {
                if (!lines[i].StartsWith("banner ", StringComparison.Ordinal))
                    continue;
                var blank = lines[i].IndexOf(' ', "banner ".Length);
                if (blank < 0 || blank + 1 == lines[i].Length)
                    continue;
                delimiter = string.CompareOrdinal(lines[i], blank + 1, "^C", 0, 2) == 0 ? "^C" : lines[i][blank + 1].ToString();
                (begin, after) = (i, blank + 1 + delimiter.Length);
            }
            var ends = lines[i].IndexOf(delimiter, after, StringComparison.Ordinal) >= 0;
            if (ends)
                delimiter = null;
            if (i > begin || ends)
                lines[i] = "";
        }
        if (delimiter is not null)
            throw new UnexpectedOutputException(Expected, lines[begin], begin + 1, "this banner has no end");
    }

    private static int OuterIndentation(string[] lines)
    {
        var outer = int.MaxValue;
        foreach (var line in lines)
        {
            if (InterfaceOf(line.Trim()) is not null)
                outer = Math.Min(outer, Indentation(line));
        }
        return outer;
    }

    private static bool HasIndentedLines(string[] lines, int outer)
    {
        var afterInterface = false;
        foreach (var line in lines)
        {
            var trimmed = line.Trim();
            if (trimmed.Length == 0 || CiscoText.IsLogMessage(trimmed))
                continue;
            if (afterInterface && Indentation(line) > outer)
                return true;
            afterInterface = Indentation(line) == outer && InterfaceOf(trimmed) is not null;
        }
        return false;
    }

    private static int Indentation(string line)
    {
        var blanks = 0;
        while (blanks < line.Length && char.IsWhiteSpace(line[blanks]))
            blanks++;
        return blanks;
    }
}
