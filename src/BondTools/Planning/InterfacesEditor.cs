using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using BondTools.Linux;

namespace BondTools.Planning;

/// <summary>
/// Changes lines of an interfaces file and keeps the others byte for byte. What comes is kept apart from what is there, so
/// that the indexes of the file hold throughout.
/// </summary>
internal sealed class InterfacesEditor
{
    private readonly InterfacesFile _file;
    private readonly List<string> _raws;
    private readonly string[] _inserted;
    private readonly string _lineEnd;
    private readonly bool _endsOpen;
    private readonly StringBuilder _head = new();
    private readonly StringBuilder _tail = new();

    /// <summary>Begins an edit.</summary>
    public InterfacesEditor(InterfacesFile file)
    {
        _file = file;
        _raws = [.. file.Lines.Select(line => line.Raw)];
        _inserted = new string[_raws.Count];
        _lineEnd = _raws.Count > 0 && _raws[0].EndsWith("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        // A file without a line ending at its end keeps it so.
        _endsOpen = _raws.Count > 0 && !_raws[_raws.Count - 1].EndsWith("\n", StringComparison.Ordinal);
        if (_endsOpen)
            _raws[_raws.Count - 1] += _lineEnd;
    }

    /// <summary>The file as it is now.</summary>
    public InterfacesFile ToFile()
    {
        var text = _head + string.Concat(_raws.Select((raw, i) => raw + _inserted[i])) + _tail;
        if (_endsOpen && text.EndsWith(_lineEnd, StringComparison.Ordinal))
            text = text.Substring(0, text.Length - _lineEnd.Length);
        return InterfacesFile.Parse(text, _file.ComputerName);
    }

    /// <summary>Adds a block at the end, apart from what is there by a blank line.</summary>
    public void Append(IReadOnlyList<string> lines)
    {
        var last = _raws.FindLastIndex(raw => raw.Length > 0);
        var block = string.Concat(lines.Select(line => line + _lineEnd));
        // A file that ends with a blank line goes on to do so.
        if (last >= 0 && _file.Lines[last].Kind == InterfacesLineKind.Blank)
            _tail.Append(block).Append(_lineEnd);
        else
            _tail.Append(last < 0 && _tail.Length == 0 ? "" : _lineEnd).Append(block);
    }

    /// <summary>Brings an interface up at boot, or no longer.</summary>
    public void SetAuto(string name, bool auto)
    {
        var there = _file.Lines.Any(line => line.Kind == InterfacesLineKind.Auto && line.Words.Contains(name));
        if (auto && !there)
            InsertBefore(Stanzas(name)[0].Start, ["auto " + name]);
        else if (!auto && there)
            RemoveFromAuto(name, InterfacesLineKind.Auto);
    }

    /// <summary>Sets an option of an interface, or takes it out (null); the spelling and the indentation that are there stay.</summary>
    public void SetOption(string name, string option, string? value)
    {
        var stanzas = Stanzas(name);
        Replace(stanzas[0], stanzas, option, value is null ? [] : [value], LastOptionBeforeBlank(stanzas[0]));
    }

    /// <summary>Sets the command that goes with an option of a bond, or takes it out (null); other commands stay.</summary>
    public void SetCompanion(string name, BondOption option, string? command)
    {
        var stanzas = Stanzas(name);
        foreach (var index in stanzas.SelectMany(stanza => Enumerable.Range(stanza.Start, stanza.End - stanza.Start)))
        {
            var line = _file.Lines[index];
            if (BondCompanion.OptionOf(name, line.Keyword, line.Value) != option)
                continue;
            _raws[index] = command is null ? "" : ReplaceValue(line, _raws[index], command);
            command = null;
        }

        if (command is not null)
            InsertAfter(LastOptionBeforeBlank(stanzas[0]), [$"{IndentOf(stanzas[0])}{BondCompanion.Keyword} {command}"]);
    }

    /// <summary>Puts other addresses and another gateway into the stanza of a family.</summary>
    public void SetAddresses(StanzaText text, AddressFamily family)
    {
        var addresses = text.AddressesOf(family);
        var gateway = text.GatewayOf(family);
        var stanzas = Stanzas(text.Name).Where(stanza => (stanza.Family == "inet6") == (family == AddressFamily.InterNetworkV6)).ToList();
        if (stanzas.Count == 0)
        {
            if (addresses.Count > 0)
                InsertAfter(Stanzas(text.Name).Last().End - 1, ["", .. family == AddressFamily.InterNetworkV6 ? text.InetSixLines(addresses) : StanzaLines(text.Name, addresses, gateway)]);
            return;
        }

        var target = stanzas[0];
        if (addresses.Count == 0 && family == AddressFamily.InterNetworkV6 && stanzas.Count == 1 && Stanzas(text.Name).Count > 1
            && target.Options.All(option => option.Name is "address" or "netmask" or "gateway"))
        {
            RemoveStanza(target);
            return;
        }

        foreach (var index in stanzas.SelectMany(stanza => OptionLines(stanza, "netmask")))
            _raws[index] = "";
        var place = Replace(target, stanzas, "address", addresses, target.Start);
        Replace(target, stanzas, "gateway", gateway is null ? [] : [gateway.ToString()], place);
        if (addresses.Count > 0 && target.Method is not null && target.Method != "static")
            SetMethod(target, "static");
        else if (addresses.Count == 0 && target.Method == "static")
            SetMethod(target, "manual");
    }

    /// <summary>Puts another comment into an interface's stanza, or none.</summary>
    public void SetComment(string name, string? comment)
    {
        var stanza = Stanzas(name).FirstOrDefault(s => s.CommentLines.Count > 0) ?? Stanzas(name)[0];
        foreach (var index in stanza.CommentLines)
            _raws[index] = "";
        var lines = StanzaText.CommentLines(comment).ToList();
        if (lines.Count > 0)
            InsertAfter(LastOptionBeforeBlank(stanza), lines);
    }

    /// <summary>Takes an interface out: its stanzas, its place in auto and allow-hotplug, and the blank line that set it apart.</summary>
    public void RemoveInterface(string name)
    {
        RemoveFromAuto(name, InterfacesLineKind.Auto);
        RemoveFromAuto(name, InterfacesLineKind.Allow);
        foreach (var stanza in Stanzas(name))
            RemoveStanza(stanza);
    }

    private void RemoveStanza(InterfacesStanza stanza)
    {
        for (var i = stanza.Start; i < stanza.End; i++)
            _raws[i] = "";
        RemoveBlankAround(stanza.Start, stanza.End);
    }

    /// <summary>Puts values into the lines of an option, takes out the lines that are left over and adds those that lack.</summary>
    /// <returns>The index of the last line that holds one, or <paramref name="place"/>.</returns>
    private int Replace(InterfacesStanza target, IEnumerable<InterfacesStanza> stanzas, string option, IReadOnlyList<string> values, int place)
    {
        var used = 0;
        foreach (var index in stanzas.SelectMany(stanza => OptionLines(stanza, option)))
        {
            _raws[index] = used < values.Count ? ReplaceValue(_file.Lines[index], _raws[index], values[used]) : "";
            if (used++ < values.Count)
                place = index;
        }

        InsertAfter(place, [.. values.Skip(used).Select(value => $"{IndentOf(target)}{option} {value}")]);
        return place;
    }

    private List<InterfacesStanza> Stanzas(string name) => [.. _file.Stanzas.Where(stanza => stanza.Name == name)];

    private IEnumerable<int> OptionLines(InterfacesStanza stanza, string option) =>
        Enumerable.Range(stanza.Start + 1, stanza.End - stanza.Start - 1)
            .Where(i => _file.Lines[i].Kind == InterfacesLineKind.Option && OptionName.Of(_file.Lines[i].Keyword) == OptionName.Of(option)
                && BondCompanion.OptionOf(stanza.Name, _file.Lines[i].Keyword, _file.Lines[i].Value) is null);

    // Proxmox VE's parser does not see the options after a blank line.
    private int LastOptionBeforeBlank(InterfacesStanza stanza)
    {
        var last = stanza.Start;
        for (var i = stanza.Start + 1; i < stanza.End && _file.Lines[i].Kind != InterfacesLineKind.Blank; i++)
        {
            if (_file.Lines[i].Kind == InterfacesLineKind.Option)
                last = i;
        }

        return last;
    }

    private string IndentOf(InterfacesStanza stanza)
    {
        for (var i = stanza.Start + 1; i < stanza.End; i++)
        {
            if (_file.Lines[i].Kind == InterfacesLineKind.Option)
                return _file.Lines[i].Raw.Substring(0, _file.Lines[i].Raw.IndexOf(_file.Lines[i].Keyword, StringComparison.Ordinal));
        }

        return "\t";
    }

    private static IEnumerable<string> StanzaLines(string name, IReadOnlyList<string> addresses, IPAddress? gateway)
    {
        yield return $"iface {name} inet static";
        foreach (var address in addresses)
            yield return "\taddress " + address;
        if (gateway is not null)
            yield return "\tgateway " + gateway;
    }

    private void SetMethod(InterfacesStanza stanza, string method)
    {
        var raw = _raws[stanza.Start];
        // iface NAME FAMILY METHOD: the method is the word behind the family, which is behind the name.
        var position = raw.IndexOf(stanza.Name, raw.IndexOf("iface", StringComparison.Ordinal) + 5, StringComparison.Ordinal) + stanza.Name.Length;
        position = raw.IndexOf(stanza.Family!, position, StringComparison.Ordinal) + stanza.Family!.Length;
        position = raw.IndexOf(stanza.Method!, position, StringComparison.Ordinal);
        _raws[stanza.Start] = raw.Substring(0, position) + method + raw.Substring(position + stanza.Method!.Length);
    }

    private static string ReplaceValue(InterfacesLine line, string raw, string value)
    {
        var end = raw.IndexOf(line.Keyword, StringComparison.Ordinal) + line.Keyword.Length;
        var start = end;
        while (start < raw.Length && raw[start] is ' ' or '\t')
            start++;
        var tail = raw.TrimEnd().Length;
        return raw.Substring(0, end) + (start > end ? raw.Substring(end, start - end) : " ") + value + raw.Substring(Math.Max(tail, end));
    }

    private void RemoveFromAuto(string name, InterfacesLineKind kind)
    {
        for (var i = 0; i < _file.Lines.Count; i++)
        {
            var line = _file.Lines[i];
            if (line.Kind != kind || !line.Words.Contains(name))
                continue;
            var rest = line.Words.Where(word => word != name).ToList();
            if (rest.Count == 0)
                _raws[i] = "";
            else
                _raws[i] = ReplaceValue(line, _raws[i], string.Join(" ", rest));
        }
    }

    private void RemoveBlankAround(int start, int end)
    {
        var before = start - 1;
        while (before >= 0 && _raws[before].Length == 0)
            before--;
        var blankBefore = before < 0 || _file.Lines[before].Kind == InterfacesLineKind.Blank;
        if (end < _raws.Count && _file.Lines[end].Kind == InterfacesLineKind.Blank && blankBefore)
            _raws[end] = "";
        else if (end == _raws.Count && before >= 0 && blankBefore)
            _raws[before] = "";
    }

    private void InsertBefore(int index, string[] lines)
    {
        if (index > 0)
            InsertAfter(index - 1, lines);
        else
            _head.Append(string.Concat(lines.Select(line => line + _lineEnd)));
    }

    private void InsertAfter(int index, IReadOnlyList<string> lines) =>
        _inserted[index] += string.Concat(lines.Select(line => line + _lineEnd));
}
