using System;
using System.Collections.Generic;

namespace BondTools.Cisco;

/// <summary>
/// Reads <c>show etherchannel load-balance</c> (switches), <c>show etherchannel load-balancing</c> (IOS-XE routers) and
/// the plain forms of <c>show port-channel load-balance</c> (NX-OS).
/// </summary>
public static class CiscoLoadBalanceParser
{
    private const string Expected = "show etherchannel load-balance";

    /// <summary>Reads the load-balance method.</summary>
    /// <param name="text">The output; prompts, prose and other outputs may stand around it.</param>
    /// <param name="computerName">The switch it came from, if it is known.</param>
    /// <returns>One record; one for each switch when the outputs of several stand in the text.</returns>
    /// <exception cref="UnexpectedOutputException">No method is named.</exception>
    public static IReadOnlyList<CiscoLoadBalance> Parse(string text, string? computerName = null)
    {
        var lines = CiscoText.Lines(text);
        var methods = new List<CiscoLoadBalance>();
        CiscoLoadBalance? current = null;
        // The number of the heading whose method has not come yet.
        var heading = 0;
        // Whether that heading is the Nexus 9000's, and what it hashes of frames that are not IP.
        var bySystem = false;
        string? nonIp = null;

        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Trim();
            if (line.Length == 0)
                continue;
            var system = line.Equals("System config:", StringComparison.OrdinalIgnoreCase);
            if (system || EndsWith(line, "Load-Balancing Configuration:") || EndsWith(line, "Load-Balancing Method:"))
            {
                RequireMethod();
                Close();
                (heading, bySystem, nonIp) = (i + 1, system, null);
                continue;
            }
            if (current is null && heading == 0 && Operational(line) is { } operational)
            {
                current = new CiscoLoadBalance { ComputerName = computerName, Method = operational };
                continue;
            }

            var colon = line.IndexOf(':');
            var key = colon < 0 ? "" : line.Substring(0, colon).Trim();
            var value = colon < 0 ? line : line.Substring(colon + 1).Trim();
            if (heading > 0)
            {
                // Behind the heading the method stands alone (IOS), or under a name (IOS-XE router, NX-OS). The Nexus 9000
                // names no method but one for each protocol: what it does with IP is the method.
                var known = key is "Global LB Method" or "System" || (bySystem && key is "IP");
                if (bySystem && key is "Non-IP")
                {
                    nonIp = value;
                    continue;
                }
                if (value.Length == 0 || (colon >= 0 && !known))
                    throw new UnexpectedOutputException(Expected, lines[i], i + 1, "the load-balance method was expected here");
                current = new CiscoLoadBalance { ComputerName = computerName, Method = value };
                if (bySystem)
                    current = current with { NonIp = nonIp, IPv4 = value, IPv6 = value };
                heading = 0;
            }
            else if (current is not null)
            {
                current = key switch
                {
                    "Non-IP" => current with { NonIp = current.NonIp ?? value },
                    "IPv4" => current with { IPv4 = current.IPv4 ?? value },
                    "IPv6" => current with { IPv6 = current.IPv6 ?? value },
                    "IP" => current with { IPv4 = current.IPv4 ?? value, IPv6 = current.IPv6 ?? value },
                    "LB Algo type" => current with { Algorithm = current.Algorithm ?? value },
                    _ => current,
                };
            }
        }

        RequireMethod();
        Close();
        if (methods.Count == 0)
            throw CiscoText.NotFound(Expected, lines, "there is no heading 'EtherChannel Load-Balancing Configuration:'");
        return methods;

        void RequireMethod()
        {
            if (heading > 0)
                throw new UnexpectedOutputException(Expected, lines[heading - 1], heading, "no method follows this heading");
        }

        void Close()
        {
            if (current is not null)
                methods.Add(current);
            current = null;
        }
    }

    // Older switches name the method in brackets: "EtherChannel Load-Balancing Operational State (src-mac):".
    private static string? Operational(string line)
    {
        const string mark = "Load-Balancing Operational State (";
        var at = line.IndexOf(mark, StringComparison.OrdinalIgnoreCase);
        var end = line.LastIndexOf(')');
        return at >= 0 && end > at + mark.Length ? line.Substring(at + mark.Length, end - at - mark.Length) : null;
    }

    private static bool EndsWith(string line, string ending) => line.EndsWith(ending, StringComparison.OrdinalIgnoreCase);
}
