using System;
using System.Collections.Generic;

namespace BondTools.Cisco;

/// <summary>Reads <c>show interfaces status</c>, which tells of each port whether it is connected, and at what speed.</summary>
public static class PortStatusParser
{
    private const string Expected = "the table of 'show interfaces status'";

    private static readonly string[] States =
        ["connected", "notconnect", "notconnec", "disabled", "err-disabled", "err-disable", "suspended", "suspnd", "inactive", "monitoring", "sfpAbsent", "xcvrAbsen", "noOperMem", "linkFlapE"];

    private static readonly string[] Duplexes = ["auto", "full", "half", "a-full", "a-half"];

    /// <summary>Reads the rows of the table.</summary>
    /// <param name="text">The command's output.</param>
    /// <param name="computerName">The switch it came from, if it is known.</param>
    /// <exception cref="UnexpectedOutputException">There is no such table in the text, or a row of it is not understood.</exception>
    public static IReadOnlyList<CiscoPortStatus> Parse(string text, string? computerName = null)
    {
        var lines = CiscoText.Lines(text);
        var ports = new List<CiscoPortStatus>();
        var inTable = false;
        for (var i = 0; i < lines.Length; i++)
        {
            var words = CiscoText.Words(lines[i]);
            if (words.Length == 0)
                continue;
            if (words[0] == "Port" && Array.IndexOf(words, "Status") > 0 && Array.IndexOf(words, "Speed") > 0)
                inTable = true;
            else if (inTable && CiscoInterfaceName.TryParse(words[0], out _))
                ports.Add(Row(words, computerName) ?? throw new UnexpectedOutputException(Expected, lines[i], i + 1, "the row tells no status"));
        }
        return inTable ? ports : throw CiscoText.NotFound(Expected, lines, "its heading is missing");
    }

    // A port's name may be empty or have blanks, and its type too: the status is where a known word, a VLAN and a duplex follow each other.
    private static CiscoPortStatus? Row(string[] words, string? computerName)
    {
        for (var i = 1; i + 3 < words.Length; i++)
        {
            if (Array.IndexOf(States, words[i]) >= 0 && Array.IndexOf(Duplexes, words[i + 2]) >= 0)
            {
                return new CiscoPortStatus
                {
                    ComputerName = computerName,
                    Interface = words[0],
                    Status = words[i],
                    Vlan = words[i + 1],
                    Duplex = words[i + 2],
                    Speed = words[i + 3],
                };
            }
        }
        return null;
    }
}
