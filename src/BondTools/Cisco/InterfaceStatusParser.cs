using System;
using System.Collections.Generic;

namespace BondTools.Cisco;

/// <summary>Reads <c>show interfaces status</c> (IOS, IOS-XE; NX-OS <c>show interface status</c>).</summary>
/// <remarks>
/// A name may hold blanks and words that are a status, and columns move from platform to platform. What no name looks like
/// is the end of a row: a duplex mode and a speed, one to three words behind the status. The last status in front of
/// such a pair is the row's; one that is not known by its word is taken from the heading's position.
/// </remarks>
public static class InterfaceStatusParser
{
    private const string Expected = "show interfaces status";
    private const int MostBetween = 3;

    private static readonly HashSet<string> States = new(StringComparer.OrdinalIgnoreCase)
    {
        "connected", "notconnect", "notconnec", "disabled", "err-disabled", "errdisable", "errdisabled", "errdisabl", "suspended", "suspend", "suspnd",
        "monitoring", "monitor", "inactive", "faulty", "sfpabsent", "xcvrabsen", "xcvrabsent", "xcvrinval", "noopermem", "channeldo", "linkflape",
        "hwfailure", "vpcpeerln", "suspndbyv", "up", "down",
    };

    /// <summary>Reads all ports.</summary>
    /// <param name="text">The output; prompts and prose may stand around it.</param>
    /// <param name="computerName">The switch it came from, if it is known.</param>
    /// <returns>One record a port; none when the table is empty.</returns>
    /// <exception cref="UnexpectedOutputException">This is no such output, or a row of it is not understood.</exception>
    public static IReadOnlyList<CiscoInterfaceStatus> Parse(string text, string? computerName = null)
    {
        var lines = CiscoText.Lines(text);
        var ports = new List<CiscoInterfaceStatus>();
        bool known = false, inTable = false;
        var column = -1;
        for (var i = 0; i < lines.Length; i++)
        {
            var words = CiscoText.Words(lines[i]);
            if (words.Length == 0 || CiscoText.IsLogMessage(lines[i]))
                continue;
            if (words.Length >= 6 && words[0] == "Port" && words[1] == "Name" && words[2] == "Status" && words[3] == "Vlan")
            {
                column = lines[i].IndexOf("Status", StringComparison.Ordinal);
                known = inTable = true;
            }
            else if (inTable && CiscoText.LooksLikeInterface(words[0]))
            {
                // A storage port of NX-OS is no Ethernet port and has a sentence instead of columns.
                if (words[0].StartsWith("fc", StringComparison.Ordinal))
                    continue;
                ports.Add(TryRow(lines[i], words, column, computerName)
                    ?? throw new UnexpectedOutputException(Expected, lines[i], i + 1, "there is no status with a VLAN, a duplex mode and a speed behind it"));
            }
            else if (words[0].Trim('-').Length > 0)
            {
                inTable = false;
            }
        }
        return known ? ports : throw CiscoText.NotFound(Expected, lines, "there is no heading 'Port Name Status Vlan …'");
    }

    private static CiscoInterfaceStatus? TryRow(string line, string[] words, int column, string? computerName)
    {
        var starts = Starts(line, words);
        var duplex = -1;
        for (var i = words.Length - 2; i > 1 && duplex < 0; i--)
        {
            if (IsDuplex(words[i]) && IsSpeed(words[i + 1]))
                duplex = i;
        }
        // "auto auto --": the mark of an absent transceiver looks like a speed, the speed like a duplex mode.
        while (duplex > 3 && IsDuplex(words[duplex - 1]) && IsSpeed(words[duplex]))
            duplex--;
        var status = -1;
        for (var i = duplex - 2; i > 0 && i >= duplex - 1 - MostBetween && status < 0; i--)
        {
            if (IsState(words[i]))
                status = i;
        }
        for (var i = duplex - 2; i > 0 && i >= duplex - 1 - MostBetween && status < 0; i--)
        {
            if (starts[i] == column)
                status = i;
        }
        if (status < 0)
            return null;

        // "notconnect: TDR" is a status with a remark, cut by its column, behind a colon.
        var vlan = words[status].EndsWith(":", StringComparison.Ordinal) && duplex - status > 2 ? status + 2 : status + 1;
        var name = line.Substring(starts[0] + words[0].Length, starts[status] - starts[0] - words[0].Length).Trim();
        var end = starts[duplex + 1] + words[duplex + 1].Length;
        var type = line.Substring(end).Trim();
        return new CiscoInterfaceStatus
        {
            ComputerName = computerName,
            Interface = words[0],
            Name = name.Length > 0 && name != "--" ? name : null,
            Status = words[status].TrimEnd(':'),
            Vlan = string.Join(" ", words, vlan, duplex - vlan),
            Duplex = words[duplex],
            Speed = words[duplex + 1],
            Type = type.Length > 0 && type != "--" ? type : null,
        };
    }

    private static int[] Starts(string line, string[] words)
    {
        var starts = new int[words.Length];
        var from = 0;
        for (var i = 0; i < words.Length; i++)
        {
            starts[i] = line.IndexOf(words[i], from, StringComparison.Ordinal);
            from = starts[i] + words[i].Length;
        }
        return starts;
    }

    private static bool IsState(string word) => States.Contains(word.TrimEnd(':'));

    private static bool IsDuplex(string word) => word is "auto" or "full" or "half" or "a-full" or "a-half" or "--";

    // auto, 1000, a-1000, 10G, a-2.5G, 10G(D); a transceiver such as 10GBase-SR is none.
    private static bool IsSpeed(string word)
    {
        if (word is "auto" or "--")
            return true;
        var start = word.StartsWith("a-", StringComparison.Ordinal) ? 2 : 0;
        var end = word.EndsWith("(D)", StringComparison.Ordinal) ? word.Length - 3 : word.Length;
        if (end > start && word[end - 1] is 'G' or 'g' or 'M' or 'm')
            end--;
        for (var i = start; i < end; i++)
        {
            if (word[i] is not ('.' or (>= '0' and <= '9')))
                return false;
        }
        return end > start;
    }
}
