using System;
using System.Collections.Generic;

namespace BondTools.Cisco;

/// <summary>Reads <c>show lldp neighbors detail</c> of IOS, IOS-XE and NX-OS: lines of a key, a colon and a value, a block for each neighbor.</summary>
public static class CiscoLldpNeighborParser
{
    private const string Expected = "show lldp neighbors detail";

    /// <summary>Reads the neighbors, in the order of the text.</summary>
    /// <param name="text">The output; prompts and prose may stand around it.</param>
    /// <param name="computerName">The switch it came from, if it is known.</param>
    /// <returns>A record for each neighbor; none when the switch says that there is none.</returns>
    /// <exception cref="UnexpectedOutputException">This is no such output, or a neighbor in it is incomplete.</exception>
    public static IReadOnlyList<CiscoLldpNeighbor> Parse(string text, string? computerName = null)
    {
        var lines = CiscoText.Lines(text);
        var neighbors = new List<CiscoLldpNeighbor>();
        var block = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var (start, isEmptyTable) = (0, false);
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Trim();
            isEmptyTable |= line.StartsWith("Total entries displayed", StringComparison.OrdinalIgnoreCase);
            // Values may hold colons; a description may go on over several lines, which have none of these keys.
            var colon = line.IndexOf(':');
            if (colon <= 0 || CiscoText.IsLogMessage(lines[i]) || KeyOf(line.Substring(0, colon).TrimEnd()) is not { } key)
                continue;
            // IOS begins a block with its own port, NX-OS with the neighbor's chassis: the first key that comes again begins one.
            if (key is "local" or "chassis" && block.ContainsKey(key))
                Complete(i);
            if (block.Count == 0)
                start = i;
            if (!block.ContainsKey(key))
                block.Add(key, line.Substring(colon + 1).Trim());
        }
        if (block.Count > 0)
            Complete(lines.Length);
        return neighbors.Count > 0 || isEmptyTable
            ? neighbors
            : throw CiscoText.NotFound(Expected, lines, "there is no line 'Local Intf: …' or 'Local Port id: …'");

        void Complete(int end)
        {
            if (!block.TryGetValue("local", out var own) || !block.TryGetValue("chassis", out var chassis) || !block.TryGetValue("port", out var port))
                throw new UnexpectedOutputException(Expected, lines[start], start + 1, $"the neighbor that begins here ends at line {end} without its own port, chassis id and port id");
            neighbors.Add(new CiscoLldpNeighbor
            {
                ComputerName = computerName,
                Interface = own,
                ChassisId = chassis,
                PortId = port,
                PortDescription = Advertised("description"),
                SystemName = Advertised("name"),
            });
            block.Clear();
        }

        string? Advertised(string key) =>
            block.TryGetValue(key, out var value) && value.Length > 0 && value.IndexOf("not advertised", StringComparison.OrdinalIgnoreCase) < 0 ? value : null;
    }

    private static string? KeyOf(string words) => words.ToUpperInvariant() switch
    {
        "LOCAL INTF" or "LOCAL INTERFACE" or "LOCAL PORT ID" => "local",
        "CHASSIS ID" => "chassis",
        "PORT ID" => "port",
        "PORT DESCRIPTION" => "description",
        "SYSTEM NAME" => "name",
        _ => null,
    };
}
