using System;
using System.Text;

namespace BondTools.Module.Ios;

/// <summary>
/// The line a terminal is on: it takes bytes one by one and does what a screen would do with carriage returns,
/// backspaces and the escape sequences that erase or move within a line. Other control bytes are dropped.
/// </summary>
internal sealed class TerminalLine
{
    private const byte Blank = (byte)' ';
    private const int LongestParameter = 9999;

    private byte[] _cells = new byte[256];
    private int _cursor;
    private bool _rewritten;
    private Sequence _sequence;
    private int _parameter;

    private enum Sequence { None, Escape, Control, Title, TitleEscape, Charset }

    /// <summary>How many characters the line holds.</summary>
    public int Length { get; private set; }

    /// <summary>The line as text. Blanks at its end that only stem from erasing are left out.</summary>
    public string Text
    {
        get
        {
            var text = Encoding.UTF8.GetString(_cells, 0, Length);
            return _rewritten ? text.TrimEnd(' ') : text;
        }
    }

    /// <summary>Takes a byte.</summary>
    /// <returns>Whether it ended the line; the caller then reads <see cref="Text"/> and calls <see cref="Clear"/>.</returns>
    public bool Put(byte value)
    {
        if (_sequence != Sequence.None)
        {
            Escape(value);
            return false;
        }
        switch (value)
        {
            case (byte)'\n':
                return true;
            case (byte)'\r':
                _cursor = 0;
                break;
            case (byte)'\b':
                MoveLeft(1);
                break;
            case 0x1B:
                _sequence = Sequence.Escape;
                break;
            case (byte)'\t':
            case >= Blank and not 0x7F:
                Write(value);
                break;
        }
        return false;
    }

    /// <summary>Begins an empty line.</summary>
    public void Clear()
    {
        Length = _cursor = 0;
        _rewritten = false;
    }

    private void Write(byte value)
    {
        if (_cursor == _cells.Length)
            Array.Resize(ref _cells, _cells.Length * 2);
        if (_cursor < Length)
            _rewritten = true;
        _cells[_cursor++] = value;
        Length = Math.Max(Length, _cursor);
    }

    private void MoveLeft(int columns) => _cursor = Math.Max(0, _cursor - columns);

    private void Escape(byte value)
    {
        switch (_sequence)
        {
            case Sequence.Escape:
                _parameter = 0;
                _sequence = value switch
                {
                    (byte)'[' => Sequence.Control,
                    (byte)']' => Sequence.Title,
                    >= 0x20 and <= 0x2F => Sequence.Charset,
                    _ => Sequence.None,
                };
                break;
            case Sequence.Control when value is >= (byte)'0' and <= (byte)'9':
                _parameter = Math.Min(LongestParameter, (_parameter * 10) + value - '0');
                break;
            case Sequence.Control when value is >= 0x40 and <= 0x7E:
                Control((char)value);
                _sequence = Sequence.None;
                break;
            case Sequence.Control:
                break;
            case Sequence.Title:
                _sequence = value switch { 0x07 => Sequence.None, 0x1B => Sequence.TitleEscape, _ => Sequence.Title };
                break;
            default:
                _sequence = Sequence.None;
                break;
        }
    }

    private void Control(char final)
    {
        switch (final)
        {
            case 'D':
                MoveLeft(Math.Max(1, _parameter));
                break;
            case 'K' or 'J' when _parameter == 0:
                Length = Math.Min(Length, _cursor);
                break;
            case 'K' or 'J':
                Clear();
                break;
        }
    }
}
