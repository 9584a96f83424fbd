using System;
using System.Collections.Generic;
using System.Linq;

namespace BondTools.Linux;

/// <summary>Where an interface's stanza lies in the file, and what it says.</summary>
internal sealed class InterfacesStanza
{
    private InterfacesStanza(IReadOnlyList<InterfacesLine> lines, int start, int end)
    {
        Start = start;
        End = end;
        LineNumber = lines[start].Number;
        var words = lines[start].Words;
        Name = words[0];
        var inherits = Array.IndexOf(words, "inherits", 1);
        if (inherits > 0 && inherits + 1 < words.Length)
            Inherits = words[inherits + 1];
        var named = inherits > 0 ? inherits : words.Length;
        Family = named > 1 ? words[1] : null;
        Method = named > 2 ? words[2] : null;
        Options = [.. Enumerable.Range(start + 1, end - start - 1).Select(i => lines[i]).Where(line => line.Kind == InterfacesLineKind.Option)
            .Select(line => new NamedValue { Name = line.Keyword, Value = line.Value, LineNumber = line.Number })];
        CommentLines = [.. Enumerable.Range(start + 1, end - start - 1)
            .TakeWhile(i => lines[i].Kind != InterfacesLineKind.Blank).Where(i => lines[i].Kind == InterfacesLineKind.Comment)];
        if (CommentLines.Count > 0)
            Comment = string.Join("\n", CommentLines.Select(i => lines[i].Text.Substring(1).Trim()));
    }

    /// <summary>The index of the <c>iface</c> line.</summary>
    public int Start { get; }

    /// <summary>The index after the stanza's last option, or after the comment that follows it without a blank line.</summary>
    public int End { get; }

    /// <summary>The number of the <c>iface</c> line, from 1.</summary>
    public int LineNumber { get; }

    /// <summary>The interface's name.</summary>
    public string Name { get; }

    /// <summary>The address family.</summary>
    public string? Family { get; }

    /// <summary>The method.</summary>
    public string? Method { get; }

    /// <summary>What it inherits from.</summary>
    public string? Inherits { get; }

    /// <summary>The options.</summary>
    public IReadOnlyList<NamedValue> Options { get; }

    /// <summary>The indexes of the comment's lines: those before the first blank line, as Proxmox VE reads them.</summary>
    public IReadOnlyList<int> CommentLines { get; }

    /// <summary>The comment.</summary>
    public string? Comment { get; }

    /// <summary>Finds the stanzas of interfaces.</summary>
    public static List<InterfacesStanza> Find(IReadOnlyList<InterfacesLine> lines)
    {
        var stanzas = new List<InterfacesStanza>();
        for (var start = 0; start < lines.Count; start++)
        {
            if (lines[start].Kind == InterfacesLineKind.Iface)
                stanzas.Add(new InterfacesStanza(lines, start, EndOf(lines, start)));
        }

        return stanzas;
    }

    private static int EndOf(IReadOnlyList<InterfacesLine> lines, int start)
    {
        var end = start + 1;
        var afterBlank = false;
        for (var i = start + 1; i < lines.Count; i++)
        {
            switch (lines[i].Kind)
            {
                case InterfacesLineKind.Option:
                    end = i + 1;
                    afterBlank = false;
                    break;
                case InterfacesLineKind.Comment:
                    // After a blank line a comment speaks of what follows.
                    if (!afterBlank)
                        end = i + 1;
                    break;
                case InterfacesLineKind.Blank:
                    afterBlank = true;
                    break;
                default:
                    return end;
            }
        }

        return end;
    }
}
