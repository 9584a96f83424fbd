using System.Collections.Generic;

namespace BondTools.Linux;

/// <summary>A line of device output without its surrounding blanks and line ending.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Text">Its text.</param>
internal readonly record struct TextLine(int Number, string Text)
{
    /// <summary>The lines of a text; LF, CRLF and a missing last line ending are all taken.</summary>
    public static IEnumerable<TextLine> Split(string text)
    {
        var number = 0;
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start);
            if (end < 0)
                end = text.Length;
            yield return new TextLine(++number, text.Substring(start, end - start).Trim().Trim('\uFEFF'));
            start = end + 1;
        }
    }

    /// <summary>The first line that is not blank, for an error about a text as a whole; number 0 when there is none.</summary>
    public static TextLine FirstOf(string text)
    {
        foreach (var line in Split(text))
        {
            if (line.Text.Length > 0)
                return line;
        }

        return new TextLine(0, "");
    }
}
