using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace BondTools.Planning;

/// <summary>The difference of two texts in the unified format (GNU diffutils, "Detailed Unified").</summary>
public static class TextDifference
{
    private const int Context = 3;

    // Beyond this many cells the lines in the middle are shown as replaced altogether.
    private const long LargestTable = 1 << 22;

    /// <summary>Writes what changes from one text to another, with three lines of context.</summary>
    /// <param name="oldText">The text before.</param>
    /// <param name="newText">The text after.</param>
    /// <param name="oldName">How the text before is called.</param>
    /// <param name="newName">How the text after is called.</param>
    /// <returns>The difference, ready for patch; empty when the texts are the same.</returns>
    public static string Unified(string oldText, string newText, string oldName, string newName)
    {
        if (oldText == newText)
            return "";
        var steps = Compare(SplitLines(oldText), SplitLines(newText));
        var output = new StringBuilder($"--- {oldName}\n+++ {newName}\n");
        for (var i = 0; i < steps.Count;)
        {
            if (steps[i].Kind == ' ')
            {
                i++;
                continue;
            }

            var start = Math.Max(0, i - Context);
            var end = EndOfHunk(steps, i);
            WriteHunk(output, steps, start, end);
            i = end;
        }

        return output.ToString();
    }

    private static int EndOfHunk(List<Step> steps, int firstChange)
    {
        var lastChange = firstChange;
        // Changes whose contexts touch share a hunk.
        for (var i = firstChange; i < steps.Count && i - lastChange <= 2 * Context + 1; i++)
        {
            if (steps[i].Kind != ' ')
                lastChange = i;
        }

        return Math.Min(steps.Count, lastChange + 1 + Context);
    }

    private static void WriteHunk(StringBuilder output, List<Step> steps, int start, int end)
    {
        var (oldCount, newCount) = (0, 0);
        for (var i = start; i < end; i++)
        {
            oldCount += steps[i].Kind == '+' ? 0 : 1;
            newCount += steps[i].Kind == '-' ? 0 : 1;
        }

        output.Append("@@ -").Append(Range(steps[start].OldLine, oldCount)).Append(" +").Append(Range(steps[start].NewLine, newCount)).Append(" @@\n");
        for (var i = start; i < end; i++)
        {
            output.Append(steps[i].Kind).Append(steps[i].Text);
            if (!steps[i].Text.EndsWith("\n", StringComparison.Ordinal))
                output.Append("\n\\ No newline at end of file\n");
        }
    }

    // Lines count from 1; an empty range is named by the line before it.
    private static string Range(int line, int count)
    {
        var first = (count == 0 ? line : line + 1).ToString(CultureInfo.InvariantCulture);
        return count == 1 ? first : first + "," + count.ToString(CultureInfo.InvariantCulture);
    }

    private static List<Step> Compare(List<string> old, List<string> wish)
    {
        var prefix = 0;
        while (prefix < old.Count && prefix < wish.Count && old[prefix] == wish[prefix])
            prefix++;
        var suffix = 0;
        while (suffix < old.Count - prefix && suffix < wish.Count - prefix && old[old.Count - 1 - suffix] == wish[wish.Count - 1 - suffix])
            suffix++;

        var steps = new List<Step>();
        for (var i = 0; i < prefix; i++)
            steps.Add(new Step(' ', old[i], i, i));
        CompareMiddle(steps, old, wish, prefix, old.Count - suffix, wish.Count - suffix);
        for (var i = suffix; i > 0; i--)
            steps.Add(new Step(' ', old[old.Count - i], old.Count - i, wish.Count - i));
        return steps;
    }

    private static void CompareMiddle(List<Step> steps, List<string> old, List<string> wish, int start, int oldEnd, int newEnd)
    {
        var (rows, columns) = (oldEnd - start, newEnd - start);
        var common = (long)(rows + 1) * (columns + 1) <= LargestTable ? CommonLengths(old, wish, start, rows, columns) : null;
        var (i, j) = (0, 0);
        while (i < rows || j < columns)
        {
            if (common is not null && i < rows && j < columns && old[start + i] == wish[start + j])
                steps.Add(new Step(' ', old[start + i], start + i++, start + j++));
            else if (i < rows && (j == columns || common is null || common[i + 1, j] >= common[i, j + 1]))
                steps.Add(new Step('-', old[start + i], start + i++, start + j));
            else
                steps.Add(new Step('+', wish[start + j], start + i, start + j++));
        }
    }

    /// <summary>The length of the longest common subsequence of what remains from each pair of lines on.</summary>
    private static int[,] CommonLengths(List<string> old, List<string> wish, int start, int rows, int columns)
    {
        var lengths = new int[rows + 1, columns + 1];
        for (var i = rows - 1; i >= 0; i--)
        {
            for (var j = columns - 1; j >= 0; j--)
                lengths[i, j] = old[start + i] == wish[start + j] ? lengths[i + 1, j + 1] + 1 : Math.Max(lengths[i + 1, j], lengths[i, j + 1]);
        }

        return lengths;
    }

    private static List<string> SplitLines(string text)
    {
        var lines = new List<string>();
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start);
            end = end < 0 ? text.Length : end + 1;
            lines.Add(text.Substring(start, end - start));
            start = end;
        }

        return lines;
    }

    private readonly record struct Step(char Kind, string Text, int OldLine, int NewLine);
}
