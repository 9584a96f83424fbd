using System;
using System.Collections.Generic;

namespace BondTools.Linux;

/// <summary>Reads <c>lldpctl -f keyvalue</c>: lines such as <c>lldp.enp0s8.chassis.mac=aa:bb:cc:00:01:00</c>.</summary>
public static class LldpNeighborParser
{
    private const string Expected = "lldpctl -f keyvalue";
    private const string Prefix = "lldp.";

    /// <summary>Reads the neighbors, in the order of the text.</summary>
    /// <param name="text">The output; prompts and prose may stand around it.</param>
    /// <param name="computerName">The host it was read from.</param>
    /// <returns>A record for each neighbor; several for a NIC that hears several.</returns>
    /// <exception cref="UnexpectedOutputException">There is no neighbor in the text, or one is incomplete.</exception>
    public static IReadOnlyList<LldpNeighbor> Parse(string text, string? computerName = null)
    {
        var neighbors = new List<LldpNeighbor>();
        string? name = null;
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var begin = new TextLine(0, "");
        foreach (var line in TextLine.Split(text))
        {
            if (!TrySplit(line.Text, out var nic, out var key, out var value))
                continue;
            // Each neighbor begins with the protocol that tells of it; a NIC may have several.
            if (key == "via" || nic != name)
            {
                Complete();
                (name, begin) = (nic, line);
            }
            values[key] = value;
        }
        Complete();
        if (neighbors.Count > 0)
            return neighbors;
        var first = TextLine.FirstOf(text);
        throw new UnexpectedOutputException(Expected, first.Text, first.Number, "no line of the text tells of a neighbor ('lldp.enp0s8.chassis.mac=…').");

        void Complete()
        {
            if (name is null)
                return;
            if (First("chassis.mac", "chassis.ifname", "chassis.local", "chassis.name") is not { } chassis || First("port.ifname", "port.mac", "port.local") is not { } port)
                throw new UnexpectedOutputException(Expected, begin.Text, begin.Number, $"the neighbor of {name} has no chassis id or no port id.");
            neighbors.Add(new LldpNeighbor
            {
                ComputerName = computerName,
                Interface = name,
                ChassisId = chassis,
                ChassisName = First("chassis.name"),
                PortId = port,
                PortDescription = First("port.descr"),
            });
            values.Clear();
        }

        string? First(params string[] keys)
        {
            foreach (var key in keys)
            {
                if (values.TryGetValue(key, out var value))
                    return value;
            }
            return null;
        }
    }

    // The NIC's name may hold dots; what follows it begins with one of a few words.
    private static bool TrySplit(string line, out string nic, out string key, out string value)
    {
        (nic, key, value) = ("", "", "");
        var equals = line.IndexOf('=');
        if (!line.StartsWith(Prefix, StringComparison.Ordinal) || equals < 0)
            return false;
        foreach (var word in new[] { ".via", ".chassis.", ".port." })
        {
            var at = line.IndexOf(word, Prefix.Length, equals - Prefix.Length, StringComparison.Ordinal);
            if (at <= Prefix.Length)
                continue;
            (nic, key, value) = (line.Substring(Prefix.Length, at - Prefix.Length), line.Substring(at + 1, equals - at - 1), line.Substring(equals + 1).Trim());
            return true;
        }
        return false;
    }
}
