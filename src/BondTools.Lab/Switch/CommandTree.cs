using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace BondTools.Lab.Switch;

/// <summary>What became of a line: a command to run with its values, or what IOS says is wrong with it.</summary>
internal sealed record ParsedCommand(Func<IReadOnlyList<string>, string>? Run, IReadOnlyList<string> Values, string? Error)
{
    /// <summary>The column of the caret, from the start of the line; -1 when there is none.</summary>
    public int Caret { get; init; } = -1;
}

/// <summary>
/// The commands of one mode as IOS matches them: any unambiguous beginning of each keyword will do. A pattern is keywords
/// and values: <c>&lt;1-48&gt;</c> a number, <c>WORD</c> a word, <c>LINE</c> the rest, <c>INTERFACE</c> an interface in one word or two.
/// </summary>
internal sealed class CommandTree
{
    private readonly Node _root = new();

    public void Add(string pattern, Func<IReadOnlyList<string>, string> run)
    {
        var node = _root;
        foreach (var part in pattern.Split(' '))
            node = node.Next(part);
        node.Run = run;
    }

    public void Add(string pattern, Func<string> run) => Add(pattern, _ => run());

    /// <summary>Matches a line.</summary>
    public ParsedCommand Parse(string line)
    {
        var node = _root;
        var values = new List<string>();
        var at = 0;
        while (Word(line, ref at) is var (start, word))
        {
            var keywords = node.Keywords.Keys.Where(k => k.StartsWith(word, StringComparison.OrdinalIgnoreCase)).ToList();
            var exact = keywords.Find(k => k.Equals(word, StringComparison.OrdinalIgnoreCase));
            if (exact is not null || keywords.Count == 1)
                node = node.Keywords[exact ?? keywords[0]];
            else if (keywords.Count > 1)
                return new ParsedCommand(null, values, $"% Ambiguous command:  \"{line.Trim()}\"\n");
            else if (node.Value(word) is { } next)
            {
                if (next.Kind == "LINE")
                {
                    values.Add(line.Substring(start).TrimEnd());
                    return new ParsedCommand(next.Run, values, null);
                }
                if (next.Kind == "INTERFACE" && word.All(c => char.IsLetter(c) || c == '-') && Word(line, ref at) is var (_, number))
                    word += number;
                if (next.Kind == "INTERFACE" && InterfaceName.Expand(word) is null)
                    return Invalid(values, start);
                values.Add(word);
                node = next;
            }
            else
                return Invalid(values, start);
        }
        return node.Run is null ? new ParsedCommand(null, values, "% Incomplete command.\n\n") : new ParsedCommand(node.Run, values, null);
    }

    private static ParsedCommand Invalid(List<string> values, int start) =>
        new(null, values, "% Invalid input detected at '^' marker.\n\n") { Caret = start };

    private static (int Start, string Word)? Word(string line, ref int at)
    {
        while (at < line.Length && line[at] == ' ')
            at++;
        var start = at;
        while (at < line.Length && line[at] != ' ')
            at++;
        return at > start ? (start, line.Substring(start, at - start)) : null;
    }

    private sealed class Node
    {
        private readonly List<Node> _values = [];

        public string Kind { get; private init; } = "";
        public SortedDictionary<string, Node> Keywords { get; } = new(StringComparer.Ordinal);
        public Func<IReadOnlyList<string>, string>? Run { get; set; }

        public Node Next(string part)
        {
            if (part is "WORD" or "LINE" or "INTERFACE" || part[0] == '<')
            {
                var value = _values.Find(v => v.Kind == part);
                if (value is null)
                    _values.Add(value = new Node { Kind = part });
                return value;
            }
            if (!Keywords.TryGetValue(part, out var node))
                Keywords[part] = node = new Node();
            return node;
        }

        public Node? Value(string word) => _values.Find(v => v.Takes(word));

        private bool Takes(string word)
        {
            if (Kind[0] != '<')
                return true;
            var limits = Kind.Trim('<', '>').Split('-');
            return int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && number >= int.Parse(limits[0], CultureInfo.InvariantCulture) && number <= int.Parse(limits[1], CultureInfo.InvariantCulture);
        }
    }
}

/// <summary>Interface names as IOS takes them: <c>e0/0</c>, <c>Et0/0</c>, <c>po1</c>.</summary>
internal static class InterfaceName
{
    /// <summary>The full name; null when it is none.</summary>
    public static string? Expand(string text)
    {
        var letters = text.TakeWhile(c => !char.IsDigit(c)).Count();
        var (type, number) = (text.Substring(0, letters), text.Substring(letters));
        if (type.Length == 0 || number.Length == 0 || number.Any(c => !char.IsDigit(c) && c != '/'))
            return null;
        return "Ethernet".StartsWith(type, StringComparison.OrdinalIgnoreCase) ? "Ethernet" + number
            : "Port-channel".StartsWith(type, StringComparison.OrdinalIgnoreCase) ? "Port-channel" + number : null;
    }
}
