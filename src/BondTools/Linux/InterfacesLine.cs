using System;
using System.Collections.Generic;
using System.Text;

namespace BondTools.Linux;

/// <summary>What a line of /etc/network/interfaces is.</summary>
internal enum InterfacesLineKind
{
    /// <summary>Nothing but blanks.</summary>
    Blank,
    /// <summary>A comment.</summary>
    Comment,
    /// <summary><c>auto</c> or <c>allow-auto</c>.</summary>
    Auto,
    /// <summary><c>allow-hotplug</c> or another <c>allow-…</c>.</summary>
    Allow,
    /// <summary><c>iface</c>: begins an interface's stanza.</summary>
    Iface,
    /// <summary><c>mapping</c>, or <c>vlan</c> of ifupdown2: begins a stanza that is no interface.</summary>
    Section,
    /// <summary><c>source</c>, <c>source-directory</c>, <c>rename</c>, <c>no-auto-down</c>…: stands alone.</summary>
    Directive,
    /// <summary>A template line of ifupdown2 (<c>%for …</c>).</summary>
    Template,
    /// <summary>Any other word: an option of the stanza that is open.</summary>
    Option,
}

/// <summary>A logical line of /etc/network/interfaces: one line, or several joined by backslashes, with every byte of it.</summary>
internal sealed class InterfacesLine
{
    private InterfacesLine(int number, string raw, string content, bool isUnfinished)
    {
        Number = number;
        Raw = raw;
        IsUnfinished = isUnfinished;
        // A byte order mark, which some editors leave, is no part of the first word.
        Text = content.TrimStart('\uFEFF').Trim();
        var end = 0;
        while (end < Text.Length && !char.IsWhiteSpace(Text[end]))
            end++;
        Keyword = Text.Substring(0, end);
        Value = Text.Substring(end).Trim();
        Kind = KindOf(Keyword);
    }

    /// <summary>The number of its first physical line, from 1.</summary>
    public int Number { get; }

    /// <summary>Its bytes, with the line ending.</summary>
    public string Raw { get; }

    /// <summary>What it says: its parts, joined by blanks, without surrounding ones.</summary>
    public string Text { get; }

    /// <summary>Whether it is the last one and ends with a backslash all the same: what is put behind it would be part of it.</summary>
    public bool IsUnfinished { get; }

    /// <summary>What it is.</summary>
    public InterfacesLineKind Kind { get; }

    /// <summary>Its first word.</summary>
    public string Keyword { get; }

    /// <summary>What follows the first word, without surrounding blanks.</summary>
    public string Value { get; }

    /// <summary>The words of the value.</summary>
    public string[] Words => Value.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Whether the line is indented.</summary>
    public bool IsIndented => Raw.Length > 0 && Raw[0] is ' ' or '\t';

    /// <summary>The line as an error shows it.</summary>
    public string Shown => Raw.Trim();

    /// <summary>The logical lines of a text; their <see cref="Raw"/> parts make the text again.</summary>
    public static IEnumerable<InterfacesLine> Split(string text)
    {
        var number = 0;
        for (var start = 0; start < text.Length;)
        {
            var first = number + 1;
            var content = new StringBuilder();
            var position = start;
            bool goesOn;
            do
            {
                var end = text.IndexOf('\n', position);
                var next = end < 0 ? text.Length : end + 1;
                var line = text.Substring(position, next - position).TrimEnd('\n').TrimEnd('\r');
                // A comment ends with its line, whatever it ends with (ifupdown, get_line).
                goesOn = line.EndsWith("\\", StringComparison.Ordinal)
                    && !(position == start && line.TrimStart('\uFEFF').TrimStart().StartsWith("#", StringComparison.Ordinal));
                // Each part stands by itself, so no word is spread over two (ifupdown2, process_interfaces).
                content.Append(goesOn ? line.Substring(0, line.Length - 1).Trim() + " " : line.TrimStart());
                position = next;
                number++;
            }
            while (goesOn && position < text.Length);

            yield return new InterfacesLine(first, text.Substring(start, position - start), content.ToString(), goesOn);
            start = position;
        }
    }

    private static InterfacesLineKind KindOf(string keyword)
    {
        if (keyword.Length == 0)
            return InterfacesLineKind.Blank;
        if (keyword[0] == '#')
            return InterfacesLineKind.Comment;
        if (keyword[0] == '%')
            return InterfacesLineKind.Template;
        return keyword switch
        {
            "auto" or "allow-auto" => InterfacesLineKind.Auto,
            "iface" => InterfacesLineKind.Iface,
            "mapping" or "vlan" => InterfacesLineKind.Section,
            "source" or "source-directory" or "source-dir" or "rename" or "no-auto-down" or "no-scripts" or "template" => InterfacesLineKind.Directive,
            _ when keyword.StartsWith("allow-", StringComparison.Ordinal) => InterfacesLineKind.Allow,
            _ => InterfacesLineKind.Option,
        };
    }
}
