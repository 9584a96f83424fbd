using System;
using System.Text;

namespace BondTools.Planning;

/// <summary>Text that goes into a configuration file: it must stay on its line.</summary>
internal static class PlainText
{
    /// <summary>Whether the text holds no control character and no line break of any kind, and does not join its line to the next.</summary>
    public static bool IsSafe(string text)
    {
        foreach (var c in text)
        {
            if ((char.IsControl(c) && c != '\t') || IsLineBreak(c))
                return false;
        }

        return !text.EndsWith("\\", StringComparison.Ordinal);
    }

    /// <summary>Whether some reader takes the character for the end of a line (Unicode's line and paragraph separators among them).</summary>
    public static bool IsLineBreak(char c) => c is '\n' or '\r' or '\u2028' or '\u2029';

    /// <summary>The text with '?' for what does not print.</summary>
    public static string Printable(string? text)
    {
        var shown = new StringBuilder();
        foreach (var c in text ?? "")
            shown.Append(char.IsControl(c) || IsLineBreak(c) ? '?' : c);
        return shown.ToString();
    }
}
