namespace BondTools.Cisco;

/// <summary>Goes over the words of one line of a text without taking the text apart.</summary>
internal struct WordReader(string text, int start, int end)
{
    private int _start = start;
    private int _next = start;

    /// <summary>Where the line begins in the text.</summary>
    public int LineStart { get; } = start;

    /// <summary>The length of the current word; 0 before the first and behind the last.</summary>
    public int Length { get; private set; }

    /// <summary>The line as it stands.</summary>
    public readonly string Line => text.Substring(LineStart, end - LineStart);

    /// <summary>The current word as a string of its own.</summary>
    public readonly string Word => text.Substring(_start, Length);

    /// <summary>Whether the current word begins behind white space, or behind another word.</summary>
    public readonly bool IsIndented => _start > LineStart;

    /// <summary>A character of the current word.</summary>
    public readonly char this[int index] => text[_start + index];

    /// <summary>Goes to the next word; one also ends behind a closing bracket, where a copy has lost the blank.</summary>
    /// <returns>Whether there is one.</returns>
    public bool Next()
    {
        // Locals, because fields of a struct that is passed by reference are read anew for every character.
        var (line, last, next) = (text, end, _next);
        while (next < last && IsBlank(line[next]))
            next++;
        _start = next;
        var bracket = -1;
        while (next < last)
        {
            var c = line[next];
            if (IsBlank(c))
                break;
            next++;
            if (c == ')')
                break;
            if (c == '(' && bracket < 0)
                bracket = next - 1 - _start;
        }
        _next = next;
        Bracket = bracket;
        Length = next - _start;
        return Length > 0;
    }

    /// <summary>Lets the current word be the next one again.</summary>
    public void Back() => (_next, Length) = (_start, 0);

    /// <summary>Whether the current word is this one, in any case of its letters.</summary>
    public readonly bool Is(string word) => Is(word, Length);

    /// <summary>Whether the beginning of the current word is this one, in any case of its letters.</summary>
    public readonly bool Is(string word, int length) => length == word.Length && StartsWith(word);

    /// <summary>Whether the current word begins so, in any case of its letters.</summary>
    /// <param name="beginning">Letters and hyphens.</param>
    public readonly bool StartsWith(string beginning)
    {
        if (Length < beginning.Length)
            return false;
        for (var i = 0; i < beginning.Length; i++)
        {
            // The bit that tells small letters from capitals; a hyphen has it too.
            if ((text[_start + i] | 0x20) != (beginning[i] | 0x20))
                return false;
        }
        return true;
    }

    /// <summary>Where the first opening bracket stands in the current word; -1 where there is none.</summary>
    public int Bracket { get; private set; } = -1;

    /// <summary>Reads digits of the current word as a number.</summary>
    /// <param name="from">The first digit.</param>
    /// <param name="to">Behind the last one.</param>
    /// <param name="value">The number, from 0 to 999,999,999.</param>
    /// <returns>Whether there are digits and nothing else.</returns>
    public readonly bool TryNumber(int from, int to, out int value)
    {
        value = 0;
        if (to <= from || to - from > 9)
            return false;
        for (var i = from; i < to; i++)
        {
            if (this[i] is < '0' or > '9')
                return false;
            value = (value * 10) + (this[i] - '0');
        }
        return true;
    }

    /// <summary>Whether the beginning of the current word has the shape of an interface name.</summary>
    public readonly bool LooksLikeInterface(int length) => CiscoText.LooksLikeInterface(text, _start, length);

    // Nearly every character is printable ASCII, of which none but the blank is white.
    private static bool IsBlank(char c) => c == ' ' || (c is < '!' or > '~' && char.IsWhiteSpace(c));

    /// <summary>A part of the current word as a string of its own.</summary>
    public readonly string Part(int from, int length) => text.Substring(_start + from, length);
}
