using System;
using System.Collections.Generic;
using System.Globalization;

namespace BondTools.Linux;

/// <summary>
/// Reads the plain text of <c>ip -s link</c> (iproute2, ip/ipaddress.c): for each interface a line with its name, a line with its
/// address, and two lines each for RX and TX, of which the first names the columns.
/// </summary>
internal static class LinkCounterText
{
    private const string Expected = "the text of 'ip -s link'";
    private static readonly char[] Blanks = [' ', '\t'];

    /// <summary>Reads every interface of a text.</summary>
    public static List<LinkCounter> Parse(string text)
    {
        var counters = new List<LinkCounter>();
        Link? link = null;
        string[]? columns = null;
        foreach (var line in TextLine.Split(text))
        {
            var words = line.Text.Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0)
                continue;
            if (columns is not null)
            {
                link!.Take(columns, words, line);
                columns = null;
                if (link.IsComplete)
                    counters.Add(link.ToCounter());
            }
            else if (TryReadName(words, out var name))
            {
                RefuseIncomplete(link, line);
                link = new Link(name, words, line);
            }
            else if (words[0].StartsWith("link/", StringComparison.Ordinal))
                link?.TakeAddresses(words);
            else if (words[0] is "RX:" or "TX:" && words.Length > 1 && words[1] == "bytes")
            {
                if (link is null)
                    throw new UnexpectedOutputException(Expected, line.Text, line.Number, "it stands before any interface.");
                // A second pair belongs to a virtual function of the same interface.
                columns = link.Wants(words[0]) ? words : null;
            }
        }

        RefuseIncomplete(link, new TextLine(0, ""));
        if (counters.Count == 0)
        {
            var first = TextLine.FirstOf(text);
            throw new UnexpectedOutputException(Expected, first.Text, first.Number, "no line of the text begins an interface ('3: enp0s8: <…> mtu 1500 …').");
        }

        return counters;
    }

    private static void RefuseIncomplete(Link? link, TextLine line)
    {
        if (link is { IsComplete: false })
            throw new UnexpectedOutputException(Expected, line.Text, line.Number, $"{link.Name} (line {link.LineNumber}) has no RX and TX counters; the command needs -s.");
    }

    /// <summary>Reads <c>3: enp0s8@if2: &lt;BROADCAST,…&gt;</c>.</summary>
    private static bool TryReadName(string[] words, out string name)
    {
        name = "";
        if (words.Length < 3 || words[2][0] != '<' || !words[1].EndsWith(":", StringComparison.Ordinal) || !words[0].EndsWith(":", StringComparison.Ordinal)
            || !int.TryParse(words[0].Substring(0, words[0].Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out _))
            return false;
        name = words[1].Substring(0, words[1].Length - 1);
        var peer = name.IndexOf('@');
        if (peer > 0)
            name = name.Substring(0, peer);
        return name.Length > 0;
    }

    private static string? After(string[] words, string key)
    {
        var index = Array.IndexOf(words, key);
        return index >= 0 && index + 1 < words.Length ? words[index + 1] : null;
    }

    /// <summary>What is known of an interface so far.</summary>
    private sealed class Link(string name, string[] heading, TextLine line)
    {
        private MacAddress? _mac;
        private MacAddress? _permanentMac;
        private long[]? _rx;
        private long[]? _tx;

        public string Name { get; } = name;

        public int LineNumber { get; } = line.Number;

        public bool IsComplete => _rx is not null && _tx is not null;

        public bool Wants(string direction) => (direction == "RX:" ? _rx : _tx) is null;

        public void TakeAddresses(string[] words)
        {
            if (_mac is null && words.Length > 1 && MacAddress.TryParse(words[1], out var mac))
                _mac = mac;
            if (_permanentMac is null && MacAddress.TryParse(After(words, "permaddr"), out var permanent))
                _permanentMac = permanent;
        }

        public void Take(string[] columns, string[] values, TextLine at)
        {
            var counters = new[] { Value("bytes"), Value("packets"), Value("errors"), Value("dropped") };
            if (columns[0] == "RX:")
                _rx = counters;
            else
                _tx = counters;

            long Value(string column)
            {
                // The heading begins with the direction, the line of values does not.
                var index = Array.IndexOf(columns, column) - 1;
                if (index < 0)
                    throw new UnexpectedOutputException(Expected, string.Join(" ", columns), at.Number - 1, $"there is no column '{column}'.");
                if (index >= values.Length || !long.TryParse(values[index], NumberStyles.None, CultureInfo.InvariantCulture, out var value))
                    throw new UnexpectedOutputException(Expected, at.Text, at.Number, $"there is no number for the column '{column}'.");
                return value;
            }
        }

        public LinkCounter ToCounter() => new()
        {
            Interface = Name,
            Master = After(heading, "master"),
            MacAddress = _mac,
            PermanentMacAddress = _permanentMac,
            Mtu = int.TryParse(After(heading, "mtu"), NumberStyles.None, CultureInfo.InvariantCulture, out var mtu) ? mtu : null,
            State = After(heading, "state"),
            AdministrativelyUp = Array.IndexOf(heading[2].Trim('<', '>', ':').Split(','), "UP") >= 0,
            RxBytes = _rx![0],
            RxPackets = _rx[1],
            RxErrors = _rx[2],
            RxDropped = _rx[3],
            TxBytes = _tx![0],
            TxPackets = _tx[1],
            TxErrors = _tx[2],
            TxDropped = _tx[3],
        };
    }
}
