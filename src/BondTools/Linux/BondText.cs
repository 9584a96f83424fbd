using System;
using System.Collections.Generic;

namespace BondTools.Linux;

/// <summary>
/// The lines of one bond, sorted into sections by the order of their keys alone: the indentation and the blank lines of
/// /proc/net/bonding do not survive a copy from a web page.
/// </summary>
internal sealed class BondText
{
    /// <summary>What a bond's text begins with.</summary>
    public const string Heading = "Ethernet Channel Bonding Driver:";

    private const string NoAggregatorTail = " has no active aggregator";
    private const int LongestKey = 64;

    // Keys that a bare line may consist of: some copies have lost the value.
    private static readonly HashSet<string> BareKeys = new(StringComparer.OrdinalIgnoreCase) { "Speed", "Duplex", "802.3ad info" };

    private FieldSection _current;

    /// <summary>Begins a bond at its heading.</summary>
    public BondText(TextLine heading)
    {
        DriverVersion = heading.Text.Substring(Heading.Length).Trim();
        _current = Bond;
    }

    /// <summary>What the heading says after the colon.</summary>
    public string DriverVersion { get; }

    /// <summary>The bond's own fields.</summary>
    public FieldSection Bond { get; } = new("the bond");

    /// <summary>The fields of the active aggregator.</summary>
    public FieldSection? Aggregator { get; private set; }

    /// <summary>Whether the kernel says that there is no active aggregator.</summary>
    public bool NoAggregator { get; private set; }

    /// <summary>The name in that message.</summary>
    public string? Name { get; private set; }

    /// <summary>The slaves in order.</summary>
    public List<SlaveText> Slaves { get; } = [];

    /// <summary>Takes a line that is not blank, if it can belong to the bond.</summary>
    public bool TryAdd(TextLine line)
    {
        if (BareKeys.Contains(line.Text))
            return true;
        if (TryAddNoAggregator(line.Text))
            return true;
        if (!TrySplit(line.Text, out var key, out var value))
            return false;

        switch (key.ToUpperInvariant())
        {
            case "ACTIVE AGGREGATOR INFO" when Aggregator is null && Slaves.Count == 0:
                Enter(Aggregator = new FieldSection("the active aggregator"), line);
                return true;
            case "SLAVE INTERFACE":
                var slave = new SlaveText(value, line);
                Slaves.Add(slave);
                Enter(slave.Fields, line);
                return true;
            case "DETAILS ACTOR LACP PDU" when Slaves.Count > 0 && Slaves[Slaves.Count - 1].Actor is null:
                Enter(Slaves[Slaves.Count - 1].Actor = new FieldSection("the actor's PDU"), line);
                return true;
            case "DETAILS PARTNER LACP PDU" when Slaves.Count > 0 && Slaves[Slaves.Count - 1].Partner is null:
                Enter(Slaves[Slaves.Count - 1].Partner = new FieldSection("the partner's PDU"), line);
                return true;
            default:
                return _current.TryAdd(line, key, value);
        }
    }

    /// <summary>Marks the line that cannot belong to the bond as the end of all that is open.</summary>
    public void Close(TextLine line)
    {
        _current.End = line;
        Bond.End = Bond.End.Number == 0 ? line : Bond.End;
        if (Slaves.Count > 0)
            Slaves[Slaves.Count - 1].Fields.End = line;
    }

    /// <summary>Splits <c>Key: value</c> at the first colon before a blank; keys such as <c>NS IPv6 target/s (xx::xx form)</c> hold colons.</summary>
    public static bool TrySplit(string text, out string key, out string value)
    {
        key = value = "";
        if (text.Length == 0 || !IsLetter(text[0]))
            return false;
        for (var i = 1; i < text.Length && i <= LongestKey; i++)
        {
            var c = text[i];
            if (c == ':' && (i + 1 == text.Length || char.IsWhiteSpace(text[i + 1])))
            {
                key = text.Substring(0, i).TrimEnd();
                value = text.Substring(i + 1).Trim();
                return true;
            }

            if (!IsLetter(c) && !(c >= '0' && c <= '9') && " \t-_./():+".IndexOf(c) < 0)
                return false;
        }

        return false;
    }

    private bool TryAddNoAggregator(string text)
    {
        const string head = "bond ";
        if (Slaves.Count > 0 || !text.StartsWith(head, StringComparison.Ordinal) || !text.EndsWith(NoAggregatorTail, StringComparison.Ordinal)
            || text.Length <= head.Length + NoAggregatorTail.Length)
            return false;
        Name = text.Substring(head.Length, text.Length - head.Length - NoAggregatorTail.Length).Trim();
        return NoAggregator = true;
    }

    private void Enter(FieldSection section, TextLine line)
    {
        // A slave's own fields stay open for the error message until the next slave begins.
        _current.End = line;
        if (Bond.End.Number == 0)
            Bond.End = line;
        if (Slaves.Count > 1 && ReferenceEquals(section, Slaves[Slaves.Count - 1].Fields))
            Slaves[Slaves.Count - 2].Fields.End = line;
        _current = section;
    }

    private static bool IsLetter(char c) => c is >= 'a' and <= 'z' or >= 'A' and <= 'Z';
}

/// <summary>The lines of one slave.</summary>
/// <param name="name">What stands behind <c>Slave Interface:</c>.</param>
/// <param name="line">That line.</param>
internal sealed class SlaveText(string name, TextLine line)
{
    /// <summary>The slave's name.</summary>
    public string Name { get; } = name;

    /// <summary>The line that names it.</summary>
    public TextLine Line { get; } = line;

    /// <summary>Its fields.</summary>
    public FieldSection Fields { get; } = new($"the slave {name}");

    /// <summary>The fields below <c>details actor lacp pdu:</c>.</summary>
    public FieldSection? Actor { get; set; }

    /// <summary>The fields below <c>details partner lacp pdu:</c>.</summary>
    public FieldSection? Partner { get; set; }
}
