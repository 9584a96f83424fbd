using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace BondTools.Lab.Host;

/// <summary>Commands on text: echo, printf, head, tail, grep, tr, wc, base64, seq.</summary>
internal static class TextCommands
{
    public static void Register(CommandTable table)
    {
        table.Add("echo", Echo);
        table.Add("printf", Print);
        table.Add("head", c => Part(c, head: true));
        table.Add("tail", c => Part(c, head: false));
        table.Add("grep", Search);
        table.Add("tr", Translate);
        table.Add("wc", Count);
        table.Add("base64", Base64);
        table.Add("seq", CountUp);
    }

    private static int CountUp(CommandContext c)
    {
        const int most = 100_000;
        if (c.Arguments.Count != 1 || !int.TryParse(c.Arguments[0], NumberStyles.None, CultureInfo.InvariantCulture, out var last) || last > most)
            return c.Fail($"the emulated seq counts from 1 to at most {most}");
        for (var i = 1; i <= last; i++)
            c.Output.Append(i).Append('\n');
        return 0;
    }

    private static int Echo(CommandContext c)
    {
        var newLine = true;
        if (c.Arguments.Count > 0 && c.Arguments[0] == "-n")
        {
            newLine = false;
            c.Arguments.RemoveAt(0);
        }
        c.Output.Append(string.Join(" ", c.Arguments)).Append(newLine ? "\n" : "");
        return 0;
    }

    private static int Print(CommandContext c)
    {
        if (c.Arguments.Count > 0 && c.Arguments[0] == "--")
            c.Arguments.RemoveAt(0);
        if (c.Arguments.Count == 0)
            return c.Fail("usage: printf format [arg ...]", 2);
        var next = 1;
        do
        {
            var before = next;
            PrintOnce(c, ref next);
            // The format is used again as long as arguments are left and it takes some.
            if (next == before)
                break;
        }
        while (next < c.Arguments.Count);
        return 0;
    }

    private static void PrintOnce(CommandContext c, ref int next)
    {
        var format = c.Arguments[0];
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] == '\\' && i + 1 < format.Length)
                c.Output.Append(format[++i] switch { 'n' => "\n", 't' => "\t", 'r' => "\r", '\\' => "\\", '0' => "\0", var other => "\\" + other });
            else if (format[i] == '%' && i + 1 < format.Length)
            {
                var argument = next < c.Arguments.Count && format[i + 1] != '%' ? c.Arguments[next++] : "";
                c.Output.Append(format[++i] switch
                {
                    '%' => "%",
                    'd' => argument.Length == 0 ? "0" : argument,
                    'b' => argument.Replace("\\n", "\n").Replace("\\t", "\t"),
                    _ => argument,
                });
            }
            else
                c.Output.Append(format[i]);
        }
    }

    private static int Part(CommandContext c, bool head)
    {
        var bytes = c.TakeOption("-c");
        var lines = c.TakeOption("-n");
        if (c.Arguments.Count > 0 && c.Arguments[0].Length > 1 && c.Arguments[0][0] == '-' && char.IsDigit(c.Arguments[0][1]))
        {
            lines = c.Arguments[0].Substring(1);
            c.Arguments.RemoveAt(0);
        }
        var number = bytes ?? lines ?? "10";
        if (!int.TryParse(number.TrimStart('+'), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            return c.Fail($"invalid number of lines: '{number}'");
        if (Source(c, 0) is not { } text)
            return c.Fail($"cannot open '{c.Arguments[0]}' for reading: No such file or directory");
        if (bytes is not null)
        {
            var size = Math.Min(count, text.Length);
            c.Output.Append(head ? text.Substring(0, size) : text.Substring(text.Length - size));
            return 0;
        }
        var all = Lines(text);
        var taken = head ? all.Take(count) : number[0] == '+' ? all.Skip(count - 1) : all.Skip(Math.Max(0, all.Count - count));
        foreach (var line in taken)
            c.Output.Append(line).Append('\n');
        return 0;
    }

    // Fixed strings with ^ and $ at the ends, as scripts over SSH look for; a dot stands for itself. More is refused.
    private static int Search(CommandContext c)
    {
        bool quiet = c.TakeFlag('q'), invert = c.TakeFlag('v'), ignoreCase = c.TakeFlag('i'), count = c.TakeFlag('c');
        bool wholeLine = c.TakeFlag('x'), wholeWord = c.TakeFlag('w'), isFixed = c.TakeFlag('F'), silent = c.TakeFlag('s'), withName = c.TakeFlag('H');
        while (c.TakeFlag('E'))
            continue;
        // The pattern is the first operand, with or without -e before it.
        if (!c.Arguments.Remove("--"))
            c.Arguments.Remove("-e");
        if (c.Arguments.Count == 0)
            return c.Fail("usage: grep [OPTION]... PATTERNS [FILE]...", 2);
        var pattern = c.Arguments[0];
        if (pattern.Length > 1 && pattern[0] == '-')
            return c.Fail($"the emulated host has no option '{pattern}' of grep", 2);
        // In a basic expression these stand for themselves.
        if (!isFixed && pattern.Length > 1 && pattern.IndexOfAny(['*', '[', '|', '+', '?', '(']) >= 0)
            return c.Fail("the emulated host has grep for fixed text only", 2);
        var comparison = ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        var (found, failed) = (0, false);
        for (var file = 1; file < Math.Max(2, c.Arguments.Count); file++)
        {
            if (Source(c, file) is not { } text)
            {
                failed = true;
                if (!silent)
                    c.Fail($"{c.Arguments[file]}: No such file or directory");
                continue;
            }
            var lines = Lines(text).Where(l => Matches(l, pattern, comparison, wholeLine, wholeWord, isFixed) != invert).ToList();
            found += lines.Count;
            var prefix = withName || c.Arguments.Count > 2 ? c.Arguments[file] + ":" : "";
            if (count)
                c.Output.Append($"{prefix}{lines.Count}\n");
            else if (!quiet)
                foreach (var line in lines)
                    c.Output.Append(prefix).Append(line).Append('\n');
        }
        return found > 0 && (quiet || !failed) ? 0 : failed ? 2 : 1;
    }

    private static bool Matches(string line, string pattern, StringComparison comparison, bool wholeLine, bool wholeWord, bool isFixed)
    {
        var start = !isFixed && pattern.StartsWith("^", StringComparison.Ordinal);
        var end = !isFixed && pattern.EndsWith("$", StringComparison.Ordinal) && !pattern.EndsWith("\\$", StringComparison.Ordinal);
        var text = pattern.Substring(start ? 1 : 0, pattern.Length - (start ? 1 : 0) - (end ? 1 : 0));
        if (!isFixed)
            text = text.Replace("\\", "");
        return wholeWord ? HasWord(line, text, comparison)
            : wholeLine || (start && end) ? line.Equals(text, comparison)
            : start ? line.StartsWith(text, comparison)
            : end ? line.EndsWith(text, comparison)
            : line.IndexOf(text, comparison) >= 0;
    }

    // One character for another, with -s each run of one in the second set only once.
    private static int Translate(CommandContext c)
    {
        var squeeze = c.TakeFlag('s');
        if (c.Arguments.Count != 2 || c.Arguments.Exists(a => a.Length == 0 || a[0] is '-' or '['))
            return c.Fail("the emulated host has tr SET1 SET2 and tr -s SET1 SET2 only");
        var (from, to) = (Unescape(c.Arguments[0]), Unescape(c.Arguments[1]));
        foreach (var input in c.Streams.Input)
        {
            var at = from.IndexOf(input);
            var output = at < 0 ? input : to[Math.Min(at, to.Length - 1)];
            if (!(squeeze && to.IndexOf(output) >= 0 && c.Output.Length > 0 && c.Output[c.Output.Length - 1] == output))
                c.Output.Append(output);
        }
        return 0;
    }

    private static string Unescape(string text) => text.Replace("\\n", "\n").Replace("\\t", "\t").Replace("\\\\", "\\");

    private static bool HasWord(string line, string text, StringComparison comparison)
    {
        bool IsWord(int at) => at >= 0 && at < line.Length && (char.IsLetterOrDigit(line[at]) || line[at] == '_');

        for (var at = line.IndexOf(text, comparison); at >= 0; at = line.IndexOf(text, at + 1, comparison))
        {
            if (!IsWord(at - 1) && !IsWord(at + text.Length))
                return true;
        }
        return false;
    }

    private static int Count(CommandContext c)
    {
        bool lines = c.TakeFlag('l'), bytes = c.TakeFlag('c');
        if (Source(c, 0) is not { } text)
            return c.Fail($"{c.Arguments[0]}: No such file or directory");
        var words = text.Split([' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries).Length;
        var (lineCount, byteCount) = (text.Count(ch => ch == '\n'), ByteText.Encode(text).Length);
        c.Output.Append(lines ? $"{lineCount}" : bytes ? $"{byteCount}" : $"{lineCount} {words} {byteCount}").Append('\n');
        return 0;
    }

    private static int Base64(CommandContext c)
    {
        var decode = c.TakeFlag('d');
        _ = c.TakeOption("-w");
        if (Source(c, 0) is not { } text)
            return c.Fail($"{c.Arguments[0]}: No such file or directory");
        if (!decode)
        {
            c.Output.Append(Convert.ToBase64String(ByteText.Encode(text))).Append('\n');
            return 0;
        }
        try
        {
            c.Output.Append(ByteText.Decode(Convert.FromBase64String(text.Trim())));
            return 0;
        }
        catch (FormatException)
        {
            return c.Fail("invalid input");
        }
    }

    private static string? Source(CommandContext c, int index) =>
        c.Arguments.Count > index && c.Arguments[index] != "-" ? c.Files.Read(c.Arguments[index]) : c.Streams.Input;

    private static List<string> Lines(string text)
    {
        var lines = text.Split('\n').ToList();
        if (lines[lines.Count - 1].Length == 0)
            lines.RemoveAt(lines.Count - 1);
        return lines;
    }
}
