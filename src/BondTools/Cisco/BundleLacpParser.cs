using System;
using System.Collections.Generic;
using System.Linq;
using BondTools.Lacp;

namespace BondTools.Cisco;

/// <summary>Reads <c>show lacp</c> of IOS XR: per bundle a table of both ends' values and one of the machines' states.</summary>
public static class BundleLacpParser
{
    private const string Expected = "show lacp (IOS XR)";

    private enum Table { None, Values, Machines }

    /// <summary>Reads the ports of all bundles.</summary>
    /// <param name="text">The output; prompts and prose may stand around it.</param>
    /// <param name="computerName">The router it came from, if it is known.</param>
    /// <returns>One record a port; none when the bundles have no ports.</returns>
    /// <exception cref="UnexpectedOutputException">This is no such output, a row is not understood, or one of a port's three rows is missing.</exception>
    public static IReadOnlyList<CiscoBundlePort> Parse(string text, string? computerName = null)
    {
        var lines = CiscoText.Lines(text);
        var ports = new List<CiscoBundlePort>();
        // The ports of the bundle at hand that still wait for their row of the second table.
        var waiting = new Dictionary<string, CiscoBundlePort>(StringComparer.Ordinal);
        (string Name, int Number, int? Iccp)? bundle = null;
        (string Name, CiscoBundleEnd Local)? port = null;
        var table = Table.None;
        var known = false;
        for (var i = 0; i < lines.Length; i++)
        {
            var words = CiscoText.Words(lines[i]);
            if (words.Length == 0 || CiscoText.IsLogMessage(lines[i]))
                continue;
            if (TryBundle(words) is { } found)
            {
                if (port is not null || waiting.Count > 0)
                    throw Error($"a row of {port?.Name ?? waiting.Keys.First()} is missing");
                (bundle, table) = (found, Table.None);
            }
            else if (words[0] == "Port" && words.Length > 5 && bundle is not null)
            {
                table = words[1] == "(rate)" ? Table.Values : words[1] == "Receive" ? Table.Machines : Table.None;
                known |= table != Table.None;
            }
            else if (table == Table.Values && port is not null)
            {
                var partner = words[0] == "Partner" ? TryEnd(words) : null;
                if (partner is null)
                    throw Error($"this is no row of the partner of {port.Value.Name}");
                if (waiting.ContainsKey(port.Value.Name))
                    throw Error($"{port.Value.Name} is listed twice");
                waiting.Add(port.Value.Name, new CiscoBundlePort
                {
                    ComputerName = computerName,
                    Bundle = bundle!.Value.Name,
                    Group = bundle.Value.Number,
                    IccpGroup = bundle.Value.Iccp,
                    Interface = port.Value.Name,
                    Local = port.Value.Local,
                    Partner = partner,
                    Receive = "",
                    Period = "",
                    Selection = "",
                    Mux = "",
                    ActorChurn = "",
                    PartnerChurn = "",
                });
                port = null;
            }
            else if (table == Table.Values && CiscoText.LooksLikeInterface(words[0]))
            {
                port = (words[0], TryEnd(words) ?? throw Error("this is no port's rate, state, id, key and system"));
            }
            else if (table == Table.Machines && CiscoText.LooksLikeInterface(words[0]))
            {
                if (words.Length != 7 || !waiting.TryGetValue(words[0], out var partial))
                    throw Error("this is no row of the machines of a port named above");
                waiting.Remove(words[0]);
                ports.Add(partial with
                {
                    Receive = words[1],
                    Period = words[2],
                    Selection = words[3],
                    Mux = words[4],
                    ActorChurn = words[5],
                    PartnerChurn = words[6],
                });
            }

            UnexpectedOutputException Error(string reason) => new(Expected, lines[i], i + 1, reason);
        }
        if (port is not null || waiting.Count > 0)
            throw new UnexpectedOutputException(Expected, "", 0, $"a row of {port?.Name ?? waiting.Keys.First()} is missing");
        return known ? ports : throw CiscoText.NotFound(Expected, lines, "there is no table of ports below the name of a bundle");
    }

    // "Bundle-Ether13", or "Bundle-Ether13 (ICCP Group 13)".
    private static (string, int, int?)? TryBundle(string[] words)
    {
        if (words.Length is not (1 or 4) || !CiscoInterfaceName.TryParse(words[0], out var name) || name.Type is not ("Bundle-Ether" or "BE"))
            return null;
        if (words.Length == 1)
            return (words[0], name.Number, null);
        return words[1] == "(ICCP" && CiscoText.TryNumber(words[3].TrimEnd(')'), out var iccp) ? (words[0], name.Number, iccp) : null;
    }

    // Port [Rate] State PortId Key SystemId
    private static CiscoBundleEnd? TryEnd(string[] words)
    {
        var shift = words.Length - 5;
        var seconds = 0;
        if (shift is not (0 or 1)
            || (shift == 1 && !CiscoText.TryNumber(words[1].TrimEnd('s'), out seconds))
            || !TryState(words[1 + shift], out var state)
            || !TryPair(words[2 + shift], out var priority, out var number)
            || !CiscoText.TryWord16(words[3 + shift], out var key)
            || !LacpSystemIdParser.TryParse(words[4 + shift], out var systemPriority, out var address))
        {
            return null;
        }
        return new CiscoBundleEnd
        {
            Rate = shift == 1 ? TimeSpan.FromSeconds(seconds) : null,
            Flags = words[1 + shift],
            PortState = state,
            PortPriority = priority,
            PortNumber = number,
            OperKey = key,
            SystemPriority = systemPriority,
            SystemMacAddress = address,
        };
    }

    private static bool TryPair(string word, out int first, out int second)
    {
        second = 0;
        var parts = word.Split(',');
        return CiscoText.TryWord16(parts[0], out first) && parts.Length == 2 && CiscoText.TryWord16(parts[1], out second);
    }

    private static bool TryState(string letters, out LacpPortState state)
    {
        state = LacpPortState.None;
        if (letters.Length != 8)
            return false;
        foreach (var letter in letters)
        {
            LacpPortState? bit = letter switch
            {
                'a' => LacpPortState.Aggregation,
                's' => LacpPortState.Synchronization,
                'c' => LacpPortState.Collecting,
                'd' => LacpPortState.Distributing,
                'A' => LacpPortState.Activity,
                'F' => LacpPortState.ShortTimeout,
                'D' => LacpPortState.Defaulted,
                'E' => LacpPortState.Expired,
                '-' => LacpPortState.None,
                _ => null,
            };
            if (bit is null)
                return false;
            state |= bit.Value;
        }
        return true;
    }
}
