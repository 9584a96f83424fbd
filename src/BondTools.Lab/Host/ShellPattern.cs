using System.Text;

namespace BondTools.Lab.Host;

/// <summary>The patterns of case and of ${name%pattern} (POSIX.1-2017, XCU 2.13.1): * and ?; brackets stand for themselves.</summary>
internal static class ShellPattern
{
    /// <summary>Whether a text matches a pattern as a whole; a character behind a backslash stands for itself.</summary>
    public static bool IsMatch(string text, string pattern)
    {
        int t = 0, p = 0, star = -1, mark = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
                (star, mark, p) = (p, t, p + 1);
            else if (p < pattern.Length && (pattern[p] == '?' || Literal(pattern, p) == text[t]))
                (t, p) = (t + 1, p + (pattern[p] == '\\' ? 2 : 1));
            else if (star >= 0)
                (p, t) = (star + 1, ++mark);
            else
                return false;
        }
        return pattern.Substring(p).Trim('*').Length == 0;
    }

    /// <summary>Makes a pattern that only the text itself matches.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder();
        foreach (var c in text)
            quoted.Append(c is '*' or '?' or '\\' ? "\\" : "").Append(c);
        return quoted.ToString();
    }

    /// <summary>Takes the shortest or the longest part that matches off one end.</summary>
    public static string Trim(string text, string pattern, bool fromStart, bool longest)
    {
        for (var i = 0; i <= text.Length; i++)
        {
            var length = longest ? text.Length - i : i;
            var part = fromStart ? text.Substring(0, length) : text.Substring(text.Length - length);
            if (IsMatch(part, pattern))
                return fromStart ? text.Substring(length) : text.Substring(0, text.Length - length);
        }
        return text;
    }

    private static char Literal(string pattern, int at) => pattern[at] == '\\' && at + 1 < pattern.Length ? pattern[at + 1] : pattern[at];
}
