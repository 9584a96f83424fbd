using System;
using System.Globalization;

namespace BondTools.Cisco;

/// <summary>What every parser of switch output does first: lines, words and numbers, in linear time.</summary>
internal static class CiscoText
{
    private const string Pager = "--More--";
    private const int LongestMessagePrefix = 160;

    /// <summary>The lines of a text without their line ends; pagers that were copied along are taken out.</summary>
    public static string[] Lines(string text)
    {
        if (text is null)
            throw new ArgumentNullException(nameof(text));
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            lines[i] = lines[i].TrimEnd('\r');
            if (lines[i].IndexOf(Pager, StringComparison.Ordinal) >= 0)
                lines[i] = lines[i].Replace(Pager, "").Replace("\b", "");
        }
        return lines;
    }

    /// <summary>The text itself, or a copy without the pagers where there are any.</summary>
    public static string WithoutPagers(string text) => text.IndexOf(Pager, StringComparison.Ordinal) < 0 ? text : string.Join("\n", Lines(text));

    /// <summary>The words of a line; every kind of white space separates them, also what a web page leaves behind.</summary>
    public static string[] Words(string line) => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Reads an unsigned decimal number without sign, blanks or separators.</summary>
    public static bool TryNumber(string text, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);

    /// <summary>Reads a number of 16 bits as IOS prints keys, ports and states: <c>0x3D</c>, or decimal.</summary>
    public static bool TryWord16(string text, out int value)
    {
        var read = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? int.TryParse(text.Substring(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value)
            : TryNumber(text, out value);
        return read && value is >= 0 and <= 0xFFFF;
    }

    /// <summary>Whether a word has the shape of an interface name of any type: a letter first, then a digit somewhere.</summary>
    public static bool LooksLikeInterface(string word) => LooksLikeInterface(word, 0, word.Length);

    /// <summary>The same of a part of a text.</summary>
    public static bool LooksLikeInterface(string text, int start, int length)
    {
        if (length < 2 || !IsLetter(text[start]))
            return false;
        var digit = false;
        for (var i = start; i < start + length; i++)
        {
            var c = text[i];
            if (c is >= '0' and <= '9')
                digit = true;
            else if (!IsLetter(c) && c is not ('/' or '.' or '-' or ':'))
                return false;
        }
        return digit;
    }

    /// <summary>Whether a character is one of the 52 letters that device names and flags are written with.</summary>
    public static bool IsLetter(char c) => (uint)((c | 0x20) - 'a') <= 'z' - 'a';

    /// <summary>
    /// Whether a line is a log message that IOS wrote between other things:
    /// <c>*Mar  1 00:00:00.000: %LINK-3-UPDOWN: …</c>, with any time stamp or none.
    /// </summary>
    public static bool IsLogMessage(string line)
    {
        var limit = Math.Min(line.Length, LongestMessagePrefix);
        var percent = line.IndexOf('%', 0, limit);
        while (percent >= 0)
        {
            if (IsStamp(line, percent) && IsMnemonic(line, percent + 1))
                return true;
            percent = percent + 1 < limit ? line.IndexOf('%', percent + 1, limit - percent - 1) : -1;
        }
        return false;
    }

    /// <summary>The error for a text in which nothing was recognised: it names the switch's own complaint, or the first line.</summary>
    public static UnexpectedOutputException NotFound(string expected, string[] lines, string reason)
    {
        var first = -1;
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].TrimStart();
            if (line.Length == 0)
                continue;
            if (line[0] == '%')
                return new UnexpectedOutputException(expected, lines[i], i + 1, reason);
            if (first < 0)
                first = i;
        }
        return first < 0
            ? new UnexpectedOutputException(expected, "", 0, "the text is empty")
            : new UnexpectedOutputException(expected, lines[first], first + 1, reason);
    }

    // What stands before the percent sign: nothing, or a time that begins like one (a star or a dot when the clock is
    // not set, a sequence number, a month).
    private static bool IsStamp(string line, int end)
    {
        var start = 0;
        while (start < end && line[start] == ' ')
            start++;
        if (start == end)
            return true;
        var colon = line.IndexOf(':', start, end - start);
        return colon >= 0 && line[end - 1] == ' ' && line[start] is '*' or '.' or '<' or (>= '0' and <= '9') or (>= 'A' and <= 'Z');
    }

    // FACILITY-[SUBFACILITY-]SEVERITY-MNEMONIC: with a severity of one digit, 0 to 7.
    private static bool IsMnemonic(string line, int start)
    {
        var severity = false;
        for (var i = start; i < line.Length; i++)
        {
            switch (line[i])
            {
                case ':':
                    return severity && i > start;
                case '-' when i + 2 < line.Length && line[i + 1] is >= '0' and <= '7' && line[i + 2] == '-':
                    severity = i > start;
                    break;
                case '-' or '_' or (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or (>= '0' and <= '9'):
                    break;
                default:
                    return false;
            }
        }
        return false;
    }
}
