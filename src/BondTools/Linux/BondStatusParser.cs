using System;
using System.Collections.Generic;

namespace BondTools.Linux;

/// <summary>Reads what the kernel shows in /proc/net/bonding/NAME (drivers/net/bonding/bond_procfs.c).</summary>
public static class BondStatusParser
{
    private const string Expected = "/proc/net/bonding";
    private const string ProcFolder = "/proc/net/bonding/";

    // Lines that nothing but a bond prints: met outside one, part of the text is missing.
    private static readonly HashSet<string> BondOnlyKeys = new(StringComparer.OrdinalIgnoreCase)
    {
        "MII Status", "MII Polling Interval (ms)", "Slave Interface", "Link Failure Count", "Permanent HW addr", "Slave queue ID",
        "Aggregator ID", "Active Aggregator Info", "Partner Mac Address", "Actor Churn State", "Partner Churn State",
        "details actor lacp pdu", "details partner lacp pdu", "port state",
    };

    /// <summary>Reads every bond in a text, with or without its indentation and blank lines, and with prose around it.</summary>
    /// <param name="text">The text of one or several files, or of a page that quotes them.</param>
    /// <param name="name">
    /// The bond's name, which the kernel does not print; used when the text holds one bond. Else the name comes from a line
    /// before the bond that holds its path, such as <c># cat /proc/net/bonding/bond0</c>.
    /// </param>
    /// <param name="computerName">The host it was read from.</param>
    /// <returns>The bonds in the order of the text; never empty.</returns>
    /// <exception cref="UnexpectedOutputException">There is no bond in the text, or one is incomplete or not understood.</exception>
    public static IReadOnlyList<BondStatus> Parse(string text, string? name = null, string? computerName = null)
    {
        var bonds = new List<(BondText Text, string? Name)>();
        var names = new Queue<string>();
        BondText? current = null;
        var interruption = new TextLine(0, "");

        foreach (var line in TextLine.Split(text))
        {
            if (line.Text.Length == 0)
                continue;
            if (line.Text.StartsWith(BondText.Heading, StringComparison.OrdinalIgnoreCase))
            {
                current?.Close(line);
                current = new BondText(line);
                bonds.Add((current, names.Count > 0 ? names.Dequeue() : null));
                continue;
            }

            if (current is not null && current.TryAdd(line))
                continue;
            if (current is not null)
            {
                current.Close(line);
                current = null;
                interruption = line;
            }

            RefuseOrphan(line, interruption);
            EnqueueNames(line.Text, names);
        }

        if (bonds.Count == 0)
        {
            var first = TextLine.FirstOf(text);
            throw new UnexpectedOutputException(Expected, first.Text, first.Number, $"nothing in the text begins with '{BondText.Heading}'.");
        }

        return bonds.ConvertAll(bond => BondStatusReader.Read(bond.Text, (bonds.Count == 1 ? name : null) ?? bond.Name ?? bond.Text.Name, computerName));
    }

    private static void RefuseOrphan(TextLine line, TextLine interruption)
    {
        if (!BondText.TrySplit(line.Text, out var key, out _) || !BondOnlyKeys.Contains(key))
            return;
        throw interruption.Number == 0
            ? new UnexpectedOutputException(Expected, line.Text, line.Number, $"it stands before any line that begins with '{BondText.Heading}'.")
            : new UnexpectedOutputException(Expected, interruption.Text, interruption.Number, $"it interrupts a bond that goes on in line {line.Number}.");
    }

    private static void EnqueueNames(string text, Queue<string> names)
    {
        var position = text.IndexOf(ProcFolder, StringComparison.Ordinal);
        if (position >= 0)
            names.Clear();
        for (; position >= 0; position = text.IndexOf(ProcFolder, position, StringComparison.Ordinal))
        {
            position += ProcFolder.Length;
            var end = position;
            while (end < text.Length && !char.IsWhiteSpace(text[end]) && "'\"`;|&)".IndexOf(text[end]) < 0)
                end++;
            var name = text.Substring(position, end - position);
            if (name.Length > 0 && name.IndexOfAny(['*', '?', '/', '$', '{', '[']) < 0)
                names.Enqueue(name);
        }
    }
}
