using System;

namespace BondTools.Module.Ios;

/// <summary>What single lines of IOS output mean: log messages, rejections, questions.</summary>
internal static class IosText
{
    private const int LongestMessagePrefix = 160;

    private const int LongestPager = 40;
    private const int LongestShown = 64 * 1024;

    // A parser error is the first thing a command prints, below its marker.
    private const int ErrorLines = 4;

    // What IOS says when it has not understood, or not allowed, a command. They follow a percent sign.
    private static readonly string[] Errors =
    {
        "Invalid input", "Invalid command", "Incomplete command", "Ambiguous command", "Unknown command",
        "Unrecognized command", "Authorization failed", "Permission denied", "Access denied", "Bad ", "Error in authentication",
    };

    // What IOS says, behind a percent sign too, when it has done what it was told.
    private static readonly string[] Notices =
    {
        "warning", "creating vlan", "please wait", "may take", "generating", "has been configured",
    };

    // Rejections that carry no percent sign.
    private static readonly string[] PlainErrors =
    {
        "Command rejected", "Command authorization failed", "Command not authorized", "Command failed", "Syntax error",
    };

    private static readonly string[] QuestionEnds =
    {
        "[confirm]", "]?", "[yes/no]", "[yes/no]:", "[y/n]", "[y/n]:", "(y/n)", "(y/n)?", "(y/n):", "(yes/no)", "(yes/no)?", "(yes/no):",
    };

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

    /// <summary>The line with which the switch refused a command, or null when it did not.</summary>
    /// <param name="output">What the command printed.</param>
    /// <param name="configuring">Whether it was a line of configuration: there any complaint counts, wherever it stands.</param>
    public static string? FindRejection(string output, bool configuring)
    {
        var seen = 0;
        var start = 0;
        while (start < output.Length && (configuring || seen < ErrorLines))
        {
            var end = output.IndexOf('\n', start);
            if (end < 0)
                end = output.Length;
            var line = output.Substring(start, end - start).Trim();
            start = end + 1;
            if (line.Length == 0)
                continue;
            seen++;
            if (IsRejection(line, configuring))
                return line;
        }
        return null;
    }

    /// <summary>Whether an unfinished line, without trailing blanks, waits for an answer.</summary>
    public static bool IsQuestion(string line)
    {
        foreach (var end in QuestionEnds)
        {
            if (line.EndsWith(end, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        return false;
    }

    /// <summary>Whether an unfinished line, without trailing blanks, is a pager that waits for a key.</summary>
    public static bool IsPager(string line) =>
        line.Length is > 0 and <= LongestPager && line[line.Length - 1] is '-' or '>'
        && (Contains(line, "-More--") || Contains(line, "- More --"));

    /// <summary>As much of an output as an error carries.</summary>
    public static string Shown(string output) => output.Length <= LongestShown ? output : output.Substring(0, LongestShown) + "…";

    private static bool IsRejection(string line, bool configuring)
    {
        foreach (var error in PlainErrors)
        {
            if (line.StartsWith(error, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        if (configuring && line.StartsWith("Error:", StringComparison.OrdinalIgnoreCase))
            return true;
        if (line[0] != '%' || IsLogMessage(line))
            return false;

        var text = line.Substring(1).TrimStart();
        foreach (var error in Errors)
        {
            if (text.StartsWith(error, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        if (!configuring)
            return false;
        foreach (var notice in Notices)
        {
            if (Contains(text, notice))
                return false;
        }
        return true;
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

    private static bool Contains(string text, string part) => text.IndexOf(part, StringComparison.OrdinalIgnoreCase) >= 0;
}
