using System;
using System.Collections.Generic;
using System.Globalization;

namespace BondTools.Cisco;

/// <summary>Reads <c>show interfaces counters</c>: two tables on IOS, four on NX-OS, each with its own heading.</summary>
public static class InterfaceCounterParser
{
    private const string Expected = "show interfaces counters";

    private static readonly string[] Columns =
    {
        "InOctets", "InUcastPkts", "InMcastPkts", "InBcastPkts", "OutOctets", "OutUcastPkts", "OutMcastPkts", "OutBcastPkts",
    };

    /// <summary>Reads all interfaces.</summary>
    /// <param name="text">The output; prompts and prose may stand around it.</param>
    /// <param name="computerName">The switch it came from, if it is known.</param>
    /// <exception cref="UnexpectedOutputException">There is no table, a row is not understood, or an interface is not in all tables.</exception>
    public static IReadOnlyList<CiscoInterfaceCounter> Parse(string text, string? computerName = null)
    {
        var lines = CiscoText.Lines(text);
        var names = new List<string>();
        var values = new Dictionary<string, long?[]>(StringComparer.Ordinal);
        int[]? columns = null;
        for (var i = 0; i < lines.Length; i++)
        {
            var words = CiscoText.Words(lines[i]);
            if (words.Length == 0 || CiscoText.IsLogMessage(lines[i]))
                continue;
            if (words[0] == "Port" && words.Length > 1)
            {
                columns = TryHeading(words);
            }
            else if (columns is not null && CiscoText.LooksLikeInterface(words[0]))
            {
                if (!values.TryGetValue(words[0], out var row))
                {
                    values.Add(words[0], row = new long?[Columns.Length]);
                    names.Add(words[0]);
                }
                if (!TryRow(words, columns, row))
                    throw new UnexpectedOutputException(Expected, lines[i], i + 1, "this is no row of counters");
            }
            else if (words[0].Trim('-').Length > 0)
            {
                columns = null;
            }
        }

        var counters = new List<CiscoInterfaceCounter>(names.Count);
        foreach (var name in names)
        {
            var row = values[name];
            if (Array.IndexOf(row, null) is var missing and >= 0)
                throw new UnexpectedOutputException(Expected, "", 0, $"{Columns[missing]} of {name} is missing");
            counters.Add(new CiscoInterfaceCounter
            {
                ComputerName = computerName,
                Interface = name,
                RxBytes = row[0]!.Value,
                RxUnicastPackets = row[1]!.Value,
                RxMulticastPackets = row[2]!.Value,
                RxBroadcastPackets = row[3]!.Value,
                TxBytes = row[4]!.Value,
                TxUnicastPackets = row[5]!.Value,
                TxMulticastPackets = row[6]!.Value,
                TxBroadcastPackets = row[7]!.Value,
            });
        }
        return counters.Count > 0 ? counters : throw CiscoText.NotFound(Expected, lines, "there is no table 'Port InOctets …' with rows");
    }

    private static int[]? TryHeading(string[] words)
    {
        var columns = new int[words.Length - 1];
        for (var i = 0; i < columns.Length; i++)
        {
            if ((columns[i] = Array.IndexOf(Columns, words[i + 1])) < 0)
                return null;
        }
        return columns;
    }

    private static bool TryRow(string[] words, int[] columns, long?[] row)
    {
        if (words.Length != columns.Length + 1)
            return false;
        for (var i = 0; i < columns.Length; i++)
        {
            // A second value for the same counter would make a record of two moments.
            if (row[columns[i]] is not null || !long.TryParse(words[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var value))
                return false;
            row[columns[i]] = value;
        }
        return true;
    }
}
