using System;

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
        while (_next < end && char.IsWhiteSpace(text[_next]))
            _next++;
        _start = _next;
        while (_next < end && !char.IsWhiteSpace(text[_next]))
        {
            if (text[_next++] == ')')
                break;
        }
        Length = _next - _start;
        return Length > 0;
    }

    /// <summary>Lets the current word be the next one again.</summary>
    public void Back() => (_next, Length) = (_start, 0);

    /// <summary>Whether the current word is this one, in any case of its letters.</summary>
    public readonly bool Is(string word) => Is(word, Length);

    /// <summary>Whether the beginning of the current word is this one, in any case of its letters.</summary>
    public readonly bool Is(string word, int length) => length == word.Length && StartsWith(word);

    /// <summary>Whether the current word begins so, in any case of its letters.</summary>
    public readonly bool StartsWith(string beginning) =>
        Length >= beginning.Length && string.Compare(text, _start, beginning, 0, beginning.Length, StringComparison.OrdinalIgnoreCase) == 0;

    /// <summary>Where the character stands in the current word; -1 where it does not.</summary>
    public readonly int IndexOf(char c)
    {
        var found = text.IndexOf(c, _start, Length);
        return found < 0 ? -1 : found - _start;
    }

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

    /// <summary>A part of the current word as a string of its own.</summary>
    public readonly string Part(int from, int length) => text.Substring(_start + from, length);
}
