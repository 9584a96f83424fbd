using System;
using BondTools.Cisco;

namespace BondTools.Module.Ios;

/// <summary>What single lines of an IOS terminal mean: rejections, questions, pagers.</summary>
internal static class IosText
{
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
        if (line[0] != '%' || CiscoText.IsLogMessage(line))
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

    private static bool Contains(string text, string part) => text.IndexOf(part, StringComparison.OrdinalIgnoreCase) >= 0;
}
