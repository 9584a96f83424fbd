using System;

namespace BondTools.Module.Ios;

/// <summary>A prompt of IOS or NX-OS: the host name, the mode in brackets if there is one, and <c>&gt;</c> or <c>#</c>.</summary>
/// <param name="Host">The host name as the prompt shows it; IOS cuts long ones.</param>
/// <param name="Mode">The mode (<c>config</c>, <c>config-if</c>), or null outside configuration.</param>
/// <param name="Privileged">Whether it ends with <c>#</c>.</param>
internal readonly record struct IosPrompt(string Host, string? Mode, bool Privileged)
{
    /// <summary>IOS shows at most about 20 characters of a host name in a prompt of configuration mode.</summary>
    private const int ShortestCut = 16;

    private const int Longest = 128;

    /// <summary>Reads a whole line, without trailing blanks, as a prompt.</summary>
    public static bool TryParse(string line, out IosPrompt prompt)
    {
        prompt = default;
        if (line.Length is < 2 or > Longest || line[line.Length - 1] is not ('#' or '>'))
            return false;

        var end = line.Length - 1;
        string? mode = null;
        if (line[end - 1] == ')')
        {
            var bracket = line.IndexOf('(');
            if (bracket < 1 || bracket == end - 2)
                return false;
            mode = line.Substring(bracket + 1, end - bracket - 2);
            end = bracket;
        }
        if (!IsName(line, 0, end) || (mode is not null && !IsName(mode, 0, mode.Length)))
            return false;
        prompt = new IosPrompt(line.Substring(0, end), mode, line[line.Length - 1] == '#');
        return true;
    }

    /// <summary>Whether a host name in a prompt and a known one are the same, one of them possibly cut.</summary>
    public static bool SameHost(string left, string right)
    {
        var shorter = Math.Min(left.Length, right.Length);
        return left == right || (shorter >= ShortestCut && string.CompareOrdinal(left, 0, right, 0, shorter) == 0);
    }

    // Letters, digits and what host names, IOS-XR locations and mode names put between them.
    private static bool IsName(string text, int start, int end)
    {
        if (end <= start || !IsLetterOrDigit(text[start]))
            return false;
        for (var i = start; i < end; i++)
        {
            if (!IsLetterOrDigit(text[i]) && text[i] is not ('-' or '_' or '.' or '/' or ':' or '@'))
                return false;
        }
        return true;
    }

    private static bool IsLetterOrDigit(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9');
}
