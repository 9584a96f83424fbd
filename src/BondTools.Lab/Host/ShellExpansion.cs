using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Threading.Tasks;

namespace BondTools.Lab.Host;

/// <summary>The expansion of words: variables, substitutions, splitting, file names (POSIX.1-2017, XCU 2.6).</summary>
internal sealed partial class Shell
{
    private async Task<string> ExpandOneAsync(ShellWord word, ShellStreams streams)
    {
        var text = new StringBuilder();
        foreach (var part in word.Parts)
            text.Append(await ValueAsync(part, streams).ConfigureAwait(false));
        return text.ToString();
    }

    private async Task<List<string>> ExpandAsync(ShellWord word, ShellStreams streams)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        bool started = false, pattern = false;
        foreach (var part in word.Parts)
        {
            var value = await ValueAsync(part, streams).ConfigureAwait(false);
            pattern |= !part.Quoted && value.IndexOfAny(['*', '?']) >= 0;
            if (part.Quoted || part.Kind == WordPartKind.Text)
            {
                field.Append(value);
                started = true;
                continue;
            }
            // What an unquoted expansion gave is split at blanks.
            foreach (var c in value)
            {
                if (c is not (' ' or '\t' or '\n'))
                {
                    field.Append(c);
                    started = true;
                }
                else if (started)
                {
                    AddField(fields, field.ToString(), pattern);
                    field.Clear();
                    started = false;
                }
            }
        }
        if (started)
            AddField(fields, field.ToString(), pattern);
        return fields;
    }

    private void AddField(List<string> fields, string text, bool isPattern)
    {
        var matches = isPattern && text.IndexOfAny(['*', '?']) >= 0 ? _host.Files.Match(text) : [];
        if (matches.Count > 0)
            fields.AddRange(matches);
        else
            fields.Add(text);
    }

    private async Task<string> ValueAsync(WordPart part, ShellStreams streams)
    {
        switch (part.Kind)
        {
            case WordPartKind.Text:
                return part.Text;
            case WordPartKind.Substitution:
                var output = new StringBuilder();
                _lastStatus = await Fork().RunAsync(part.Text, new ShellStreams(streams.Source, output, streams.Error)).ConfigureAwait(false);
                return output.ToString().TrimEnd('\n');
            default:
                return Variable(part.Text);
        }
    }

    // What is quoted in a pattern stands for itself.
    private async Task<string> ExpandPatternAsync(ShellWord word, ShellStreams streams)
    {
        var text = new StringBuilder();
        foreach (var part in word.Parts)
        {
            var value = await ValueAsync(part, streams).ConfigureAwait(false);
            text.Append(part.Quoted ? ShellPattern.Quote(value) : value);
        }
        return text.ToString();
    }

    /// <summary>
    /// Expands what stands behind a dollar: a name; name:-word, name-word, name:+word, name+word; name#pattern, name%pattern
    /// and these with ## and %%.
    /// </summary>
    private string Variable(string text)
    {
        var end = 0;
        while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] == '_'))
            end++;
        if (end == 0)
            end = Math.Min(1, text.Length);
        var name = text.Substring(0, end);
        var value = Lookup(name);
        if (end == text.Length)
            return value ?? (RefusesUnset && name is not ("@" or "*") ? throw new ShellFatalException($"{name}: parameter not set") : "");

        var isColon = text[end] == ':';
        var at = isColon ? end + 1 : end;
        var word = at < text.Length ? text.Substring(at + 1) : "";
        // A word that would have to be expanded in its turn is more than this shell does.
        if (name.Length == 0 || at >= text.Length || "-+#%".IndexOf(text[at]) < 0 || (isColon && text[at] is '#' or '%')
            || word.IndexOfAny(['$', '`', '"', '\'', '\\']) >= 0)
            throw new ShellFatalException($"Bad substitution: ${{{text}}}");
        if (text[at] is '#' or '%')
        {
            var isLongest = word.Length > 0 && word[0] == text[at];
            return ShellPattern.Trim(value ?? "", isLongest ? word.Substring(1) : word, text[at] == '#', isLongest);
        }
        var isThere = value is not null && !(isColon && value.Length == 0);
        return text[at] == '-' ? (isThere ? value! : word) : isThere ? word : "";
    }

    private string? Lookup(string name) => name switch
    {
        "?" => _lastStatus.ToString(CultureInfo.InvariantCulture),
        "$" => "1",
        "#" => Math.Max(0, Parameters.Count - 1).ToString(CultureInfo.InvariantCulture),
        "@" or "*" => string.Join(" ", Parameters.Skip(1)),
        _ when name.Length == 1 && char.IsDigit(name[0]) => name[0] - '0' < Parameters.Count ? Parameters[name[0] - '0'] : name == "0" ? Name : null,
        _ => Variables.TryGetValue(name, out var value) ? value : null,
    };
}
