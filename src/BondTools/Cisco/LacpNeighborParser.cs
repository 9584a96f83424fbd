using System;
using System.Collections.Generic;

namespace BondTools.Cisco;

/// <summary>
/// Reads <c>show lacp neighbor</c>, in its short form (a row a port) and its long one (<c>detail</c>, older IOS and
/// NX-OS: two rows a port, each under its own heading).
/// </summary>
public static class LacpNeighborParser
{
    private const string Expected = "show lacp neighbor";

    private enum Section { None, Short, LongFirst, LongSecond }

    /// <summary>Reads the partners of all ports.</summary>
    /// <param name="text">The output; prompts, prose and other outputs may stand around it.</param>
    /// <param name="computerName">The switch it came from, if it is known.</param>
    /// <returns>One record a port; none when the switch lists no neighbor.</returns>
    /// <exception cref="UnexpectedOutputException">This is no such output, or a row of it is not understood.</exception>
    public static IReadOnlyList<CiscoLacpNeighbor> Parse(string text, string? computerName = null)
    {
        var lines = CiscoText.Lines(text);
        var neighbors = new List<CiscoLacpNeighbor>();
        var section = Section.None;
        LacpLongRow? pending = null;
        int? group = null;
        bool known = false, adminKey = false;

        for (var i = 0; i < lines.Length; i++)
        {
            var words = CiscoText.Words(lines[i]);
            if (words.Length == 0 || CiscoText.IsLogMessage(lines[i]))
                continue;
            if (TryGroup(words, out var number))
            {
                (group, section) = (number, Section.None);
            }
            else if (words[0] == "Port" && words.Length > 2)
            {
                section = words[1] switch
                {
                    "Flags" when words[2] == "Priority" => Section.Short,
                    "System" => Section.LongFirst,
                    "Priority" => Section.LongSecond,
                    _ => Section.None,
                };
                // "… key Key …": with the administrative key there are two.
                adminKey = Array.IndexOf(words, "Key") > Array.IndexOf(words, "key") && Array.IndexOf(words, "key") >= 0;
                known |= section != Section.None;
            }
            else if (section == Section.LongSecond && pending is not null)
            {
                neighbors.Add(LacpLongRow.TryComplete(words, out var priority, out var key, out var state)
                    ? Long(pending, group!.Value, priority, key, state, computerName)
                    : throw Error(i, "this is no partner's port priority, key and state"));
                (pending, section) = (null, Section.None);
            }
            else if (section is Section.Short or Section.LongFirst && CiscoText.LooksLikeInterface(words[0]))
            {
                if (pending is not null)
                    throw Error(i, $"the second row of {pending.Interface} is missing");
                if (group is null)
                    throw Error(i, "no heading names the channel group of this port");
                if (section == Section.Short)
                    neighbors.Add(ShortRow(words, adminKey, group.Value, computerName) ?? throw Error(i, "this is no row of the neighbor table"));
                else
                    pending = LacpLongRow.TryParse(words) ?? throw Error(i, "this is no partner's system, port number, age and flags");
            }
            else
            {
                if (section is Section.Short)
                    section = Section.None;
                known |= lines[i].IndexOf("LACPDUs", StringComparison.Ordinal) >= 0;
            }
        }

        if (pending is not null)
            throw new UnexpectedOutputException(Expected, "", 0, $"the second row of {pending.Interface} is missing");
        if (!known)
            throw CiscoText.NotFound(Expected, lines, "there is neither the legend of LACPDUs nor the heading of a neighbor table");
        return neighbors;

        UnexpectedOutputException Error(int index, string reason) => new(Expected, lines[index], index + 1, reason);
    }

    // "Channel group 1 neighbors" (IOS); "port-channel1 neighbors" and "Po2 neighbors" (NX-OS).
    private static bool TryGroup(string[] words, out int group)
    {
        group = 0;
        var last = words[words.Length - 1];
        if (last is not ("neighbors" or "neighbor" or "neighbours"))
            return false;
        if (words.Length == 4 && words[0] == "Channel" && words[1] == "group")
            return CiscoText.TryNumber(words[2], out group);
        if (words.Length != 2 || !CiscoInterfaceName.TryParse(words[0], out var name) || !name.IsPortChannel)
            return false;
        group = name.Number;
        return true;
    }

    // Port Flags Priority DevID Age [AdminKey] OperKey PortNumber PortState
    internal static CiscoLacpNeighbor? ShortRow(string[] words, bool adminKey, int group, string? computerName)
    {
        var shift = adminKey ? 1 : 0;
        var admin = 0;
        if (words.Length != 8 + shift || !LacpLongRow.IsFlags(words[1])
            || !CiscoText.TryWord16(words[2], out var priority)
            || !MacAddress.TryParse(words[3], out var device)
            || !LacpLongRow.TryAge(words[4], out var age)
            || (adminKey && !CiscoText.TryWord16(words[5], out admin))
            || !CiscoText.TryWord16(words[5 + shift], out var key)
            || !CiscoText.TryWord16(words[6 + shift], out var port)
            || !CiscoText.TryWord16(words[7 + shift], out var state) || state > 0xFF)
        {
            return null;
        }
        return new CiscoLacpNeighbor
        {
            ComputerName = computerName,
            Group = group,
            Interface = words[0],
            Flags = words[1],
            PortPriority = priority,
            DeviceId = device,
            Age = age,
            AdminKey = adminKey ? admin : null,
            OperKey = key,
            PortNumber = port,
            PortState = (Lacp.LacpPortState)state,
        };
    }

    private static CiscoLacpNeighbor Long(LacpLongRow row, int group, int priority, int key, Lacp.LacpPortState state, string? computerName) => new()
    {
        ComputerName = computerName,
        Group = group,
        Interface = row.Interface,
        Flags = row.Flags,
        PortPriority = priority,
        DeviceId = row.SystemMacAddress,
        SystemPriority = row.SystemPriority,
        Age = row.Age,
        OperKey = key,
        PortNumber = row.PortNumber,
        PortState = state,
    };
}
