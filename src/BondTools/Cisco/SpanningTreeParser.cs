using System;
using System.Collections.Generic;
using System.Globalization;

namespace BondTools.Cisco;

/// <summary>Reads the tables of <c>show spanning-tree</c>, of one VLAN (<c>vlan 1</c>) or of one interface (<c>interface Po1</c>).</summary>
public static class SpanningTreeParser
{
    private const string Expected = "show spanning-tree";

    private enum Table { None, OfPorts, OfTrees }

    /// <summary>Reads all ports of all trees.</summary>
    /// <param name="text">The output; prompts and prose may stand around it. The interface of a view of one is taken from the command's echo.</param>
    /// <param name="computerName">The switch it came from, if it is known.</param>
    /// <returns>One record for each port in each tree; none when the tables are empty.</returns>
    /// <exception cref="UnexpectedOutputException">There is no table, or a row is not understood.</exception>
    public static IReadOnlyList<CiscoSpanningTreePort> Parse(string text, string? computerName = null)
    {
        var lines = CiscoText.Lines(text);
        var ports = new List<CiscoSpanningTreePort>();
        string? instance = null, asked = null;
        var table = Table.None;
        var known = false;
        for (var i = 0; i < lines.Length; i++)
        {
            var words = CiscoText.Words(lines[i]);
            if (words.Length == 0 || CiscoText.IsLogMessage(lines[i]))
                continue;
            if (Array.IndexOf(words, "Role") is var role and > 0 && role + 1 < words.Length && words[role + 1] is "Sts" or "State")
            {
                table = words[0] == "Interface" ? Table.OfPorts : Table.OfTrees;
                known = true;
            }
            else if (words.Length == 1 && IsTree(words[0]))
            {
                (instance, table) = (words[0], Table.None);
            }
            else if (table == Table.OfPorts && CiscoText.LooksLikeInterface(words[0]))
            {
                if (instance is null)
                    throw Error("no line above the table names its tree");
                ports.Add(TryRow(words, instance, words[0], computerName) ?? throw Error("this is no row of ports"));
            }
            else if (table == Table.OfTrees && IsTree(words[0]))
            {
                ports.Add(TryRow(words, words[0], asked, computerName) ?? throw Error("this is no row of trees"));
            }
            else if (words[0].Trim('-').Length > 0)
            {
                table = Table.None;
                asked = Asked(words) ?? asked;
            }

            UnexpectedOutputException Error(string reason) => new(Expected, lines[i], i + 1, reason);
        }
        return known ? ports : throw CiscoText.NotFound(Expected, lines, "there is no heading '… Role Sts Cost Prio.Nbr Type'");
    }

    // "L2SW#show spanning-tree interface port-channel 1"
    private static string? Asked(string[] words)
    {
        var at = Array.IndexOf(words, "interface");
        if (at < 1 || at + 1 >= words.Length || !words[at - 1].StartsWith("span", StringComparison.Ordinal))
            return null;
        return CiscoInterfaceName.TryParse(words[at + 1], out var name)
            || (at + 2 < words.Length && CiscoInterfaceName.TryParse(words[at + 1] + words[at + 2], out name)) ? name.Short : null;
    }

    private static bool IsTree(string word)
    {
        var digits = word.StartsWith("VLAN", StringComparison.Ordinal) ? 4 : word.StartsWith("MST", StringComparison.Ordinal) ? 3 : word.Length;
        return digits < word.Length && CiscoText.TryNumber(word.Substring(digits), out _);
    }

    // Name Role Sts Cost Prio.Nbr Type …; a broken port's star and its cost may be one word: "BKN*3".
    private static CiscoSpanningTreePort? TryRow(string[] words, string instance, string? port, string? computerName)
    {
        if (words.Length < 4)
            return null;
        var star = words[2].IndexOf('*');
        var fused = star > 0 && star + 1 < words[2].Length;
        var cost = fused ? words[2].Substring(star + 1) : words[3];
        var at = fused ? 3 : 4;
        if (TryRole(words[1]) is not { } role || TryState(fused ? words[2].Substring(0, star) : words[2].TrimEnd('*')) is not { } state
            || !long.TryParse(cost, NumberStyles.None, CultureInfo.InvariantCulture, out var value) || at >= words.Length
            || words[at].Split('.') is not { Length: 2 } id
            || !CiscoText.TryNumber(id[0], out var priority) || priority > 255 || !CiscoText.TryNumber(id[1], out var number) || number > 0xFFFF)
        {
            return null;
        }
        string? inconsistency = null;
        for (var i = at + 1; i < words.Length; i++)
        {
            if (words[i].Length > 1 && words[i][0] == '*')
                inconsistency = words[i].Substring(1);
        }
        return new CiscoSpanningTreePort
        {
            ComputerName = computerName,
            Instance = instance,
            Vlan = instance[0] == 'V' && CiscoText.TryNumber(instance.Substring(4), out var vlan) ? vlan : null,
            Interface = port,
            Role = role,
            State = state,
            Cost = value,
            PortPriority = priority,
            PortNumber = number,
            Type = at + 1 < words.Length ? string.Join(" ", words, at + 1, words.Length - at - 1) : null,
            Inconsistency = inconsistency,
        };
    }

    private static CiscoSpanningTreeRole? TryRole(string word) => word switch
    {
        "Root" => CiscoSpanningTreeRole.Root,
        "Desg" => CiscoSpanningTreeRole.Designated,
        "Altn" => CiscoSpanningTreeRole.Alternate,
        "Back" => CiscoSpanningTreeRole.Backup,
        "Mstr" => CiscoSpanningTreeRole.Master,
        "Disa" => CiscoSpanningTreeRole.Disabled,
        _ => null,
    };

    private static CiscoSpanningTreeState? TryState(string word) => word switch
    {
        "FWD" => CiscoSpanningTreeState.Forwarding,
        "LRN" => CiscoSpanningTreeState.Learning,
        "LIS" or "LSN" => CiscoSpanningTreeState.Listening,
        "BLK" => CiscoSpanningTreeState.Blocking,
        "BKN" => CiscoSpanningTreeState.Broken,
        "DIS" => CiscoSpanningTreeState.Disabled,
        _ => null,
    };
}
