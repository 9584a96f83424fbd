using System;
using System.Collections.Generic;
using System.Text;

namespace BondTools.Fuzzing;

/// <summary>Bends sample texts; the same seed gives the same texts in the same order.</summary>
internal sealed class Mutator(int seed)
{
    private const int LongestRun = 4000;
    private const int LongestText = 64 * 1024;
    private const string Odd = "\0\a\b\t\r\n\u001b \u00a0%#>()[]:,.=-+/\\0x9aZ\u00e9\ud83d\uffff";

    private static readonly string[] Tokens =
    [
        "--More--", "\b\b\b\b", "\u001b[K", "\u001b[2J", "\r\r\n", "SW1#", "SW1>", "SW1(config-if)#", "% Invalid input detected at '^' marker.\n", "Password: ", "[confirm]",
        "\n*Mar  1 00:00:00.000: %LINK-3-UPDOWN: Interface Gi0/1, changed state to up\n", "99999999999999999999", "-1", "0x", "0xFFFFF", "Po1(SU)", "Gi1/0/1(P)", "(", ")", "Channel group 1\n",
    ];

    private readonly Random _random = new(seed);

    /// <summary>A number from 0 up to but without the limit.</summary>
    public int Next(int limit) => _random.Next(limit);

    /// <summary>A sample, bent once or several times.</summary>
    public string Mutate(IReadOnlyList<string> samples)
    {
        var text = new StringBuilder(samples[Next(samples.Count)]);
        for (var times = 1 + Next(4); times > 0; times--)
            Bend(text, samples);
        if (text.Length > LongestText)
            text.Length = LongestText;
        return text.ToString();
    }

    private void Bend(StringBuilder text, IReadOnlyList<string> samples)
    {
        var at = Next(text.Length + 1);
        var length = Math.Min(text.Length - at, Next(Next(2) == 0 ? 8 : 400));
        switch (Next(10))
        {
            case 0 when at < text.Length:
                text[at] = Odd[Next(Odd.Length)];
                break;
            case 1:
                text.Insert(at, Odd[Next(Odd.Length)]);
                break;
            case 2:
                text.Remove(at, length);
                break;
            case 3:
                text.Insert(Next(text.Length + 1), text.ToString(at, length));
                break;
            case 4:
                text.Length = at;
                break;
            case 5:
                text.Insert(at, Tokens[Next(Tokens.Length)]);
                break;
            case 6:
                text.Insert(at, new string(Odd[Next(Odd.Length)], Next(LongestRun)));
                break;
            case 7:
                // Another sample's end behind this one's beginning.
                var other = samples[Next(samples.Count)];
                text.Length = at;
                var from = Next(other.Length + 1);
                text.Append(other, from, other.Length - from);
                break;
            case 8:
                SwapLines(text);
                break;
            default:
                Collapse(text, at, length);
                break;
        }
    }

    private void SwapLines(StringBuilder text)
    {
        var lines = text.ToString().Split('\n');
        var (first, second) = (Next(lines.Length), Next(lines.Length));
        (lines[first], lines[second]) = (lines[second], lines[first]);
        text.Clear().Append(string.Join("\n", lines));
    }

    // As a web page does with blanks, or as a number grows.
    private void Collapse(StringBuilder text, int at, int length)
    {
        var part = text.ToString(at, length);
        var bent = Next(2) == 0 ? string.Join(" ", part.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) : part.Replace("1", "4294967296");
        text.Remove(at, length).Insert(at, bent);
    }
}
