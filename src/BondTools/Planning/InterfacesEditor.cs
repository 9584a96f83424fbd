using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using BondTools.Linux;

namespace BondTools.Planning;

/// <summary>
/// Changes lines of an interfaces file and keeps the others byte for byte. What comes is kept apart from what is there, so
/// that the indexes of the file hold throughout.
/// </summary>
internal sealed class InterfacesEditor
{
    private const string Mark = "\uFEFF";

    private readonly InterfacesFile _file;
    private readonly string[] _raws;
    // Of a line: what stands of its own before it, and what goes on the stanza behind it. The two meet between two lines.
    private readonly string[] _before;
    private readonly string[] _after;
    private readonly string _lineEnd;
    private readonly bool _endsOpen;
    private readonly bool _hasMark;
    private readonly StringBuilder _tail = new();

    /// <summary>Begins an edit.</summary>
    public InterfacesEditor(InterfacesFile file)
    {
        _file = file;
        _raws = [.. file.Lines.Select(line => line.Raw)];
        _before = new string[_raws.Length + 1];
        _after = new string[_raws.Length];
        // A byte order mark is no part of a line: it stays where it is when the first line goes or another comes before it.
        _hasMark = _raws.Length > 0 && _raws[0].StartsWith(Mark, StringComparison.Ordinal);
        if (_hasMark)
            _raws[0] = _raws[0].Substring(Mark.Length);
        _lineEnd = _raws.Length > 0 && _raws[0].EndsWith("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        // A file without a line ending at its end keeps it so.
        _endsOpen = _raws.Length > 0 && _raws[Last].Length > 0 && !_raws[Last].EndsWith("\n", StringComparison.Ordinal);
        if (_endsOpen)
            _raws[Last] += _lineEnd;
    }

    private int Last => _raws.Length - 1;

    /// <summary>The file as it is now.</summary>
    public InterfacesFile ToFile()
    {
        var text = new StringBuilder(_hasMark ? Mark : "");
        for (var i = 0; i < _raws.Length; i++)
            text.Append(_before[i]).Append(_raws[i]).Append(i == Last && GoesOnIntoWhatFollows() ? _lineEnd : "").Append(_after[i]);
        text.Append(_before[_raws.Length]).Append(_tail);
        if (_endsOpen && text.Length > 0)
            text.Length -= EndingToDrop(text);
        return InterfacesFile.Parse(text.ToString(), _file.ComputerName);
    }

    /// <summary>Adds a block at the end, apart from what is there by a blank line.</summary>
    public void Append(IReadOnlyList<string> lines)
    {
        var last = Array.FindLastIndex(_raws, raw => raw.Length > 0);
        // A file that ends with a blank line goes on to do so.
        if (last >= 0 && IsWholeBlank(last))
            _tail.Append(Joined(lines)).Append(_lineEnd);
        else
            _tail.Append(last < 0 && _tail.Length == 0 ? "" : _lineEnd).Append(Joined(lines));
    }

    /// <summary>Brings an interface up at boot, or no longer.</summary>
    public void SetAuto(string name, bool auto)
    {
        var there = _file.Lines.Any(line => line.Kind == InterfacesLineKind.Auto && line.Words.Contains(name));
        if (auto && !there)
            _before[Stanzas(name)[0].Start] += Joined(["auto " + name]);
        else if (!auto && there)
            RemoveFromAuto(name, InterfacesLineKind.Auto);
    }

    /// <summary>Gives an option of an interface other values, a line each; none takes it out. The spelling and the indentation that are there stay.</summary>
    public void SetOption(string name, string option, IReadOnlyList<string> values)
    {
        var stanzas = Stanzas(name);
        Replace(stanzas[0], stanzas, option, values, LastOptionBeforeBlank(stanzas[0]));
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
            _after[LastOptionBeforeBlank(stanzas[0])] += Joined([$"{IndentOf(stanzas[0])}{BondCompanion.Keyword} {command}"]);
    }

    /// <summary>Puts other addresses into the stanza of a family.</summary>
    public void SetAddresses(StanzaText text, AddressFamily family)
    {
        var addresses = text.AddressesOf(family);
        var stanzas = StanzasOf(text.Name, family);
        if (stanzas.Count == 0)
        {
            if (addresses.Count > 0)
                InsertStanza(Stanzas(text.Name).Last().End, family == AddressFamily.InterNetworkV6 ? text.InetSixLines(addresses) : InetLines(text, addresses));
            return;
        }

        var target = stanzas[0];
        if (addresses.Count == 0 && stanzas.Count == 1 && Stanzas(text.Name).Count > 1
            && target.Options.All(option => option.Name is "address" or "netmask" or "gateway"))
        {
            RemoveStanza(target);
            return;
        }

        foreach (var index in stanzas.SelectMany(stanza => OptionLines(stanza, "netmask")))
            _raws[index] = "";
        Replace(target, stanzas, "address", addresses, target.Start);
        if (addresses.Count > 0 && target.Method is not null && target.Method != "static")
            SetMethod(target, "static");
        else if (addresses.Count == 0 && target.Method == "static")
            SetMethod(target, "manual");
    }

    /// <summary>Puts another gateway into the stanza of a family, or none; after the addresses.</summary>
    public void SetGateway(StanzaText text, AddressFamily family)
    {
        var stanzas = StanzasOf(text.Name, family);
        if (stanzas.Count == 0)
            return;
        var place = OptionLines(stanzas[0], "address").Where(index => _raws[index].Length > 0).DefaultIfEmpty(stanzas[0].Start).Last();
        Replace(stanzas[0], stanzas, "gateway", text.GatewayOf(family) is { } gateway ? [gateway.ToString()] : [], place);
    }

    /// <summary>Puts another comment into an interface's stanza, or none.</summary>
    public void SetComment(string name, string? comment)
    {
        var stanza = Stanzas(name).FirstOrDefault(s => s.CommentLines.Count > 0) ?? Stanzas(name)[0];
        var lines = StanzaText.CommentLines(comment).ToList();
        var (used, place) = (0, LastOptionBeforeBlank(stanza));
        foreach (var index in stanza.CommentLines)
        {
            _raws[index] = used < lines.Count ? ReplaceComment(_file.Lines[index], _raws[index], lines[used].Substring(1)) : "";
            if (used++ < lines.Count)
                place = index;
        }

        _after[place] += Joined(lines.Skip(used));
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
    private void Replace(InterfacesStanza target, IEnumerable<InterfacesStanza> stanzas, string option, IReadOnlyList<string> values, int place)
    {
        var used = 0;
        foreach (var index in stanzas.SelectMany(stanza => OptionLines(stanza, option)))
        {
            if (used == values.Count)
            {
                _raws[index] = "";
                continue;
            }

            if (_file.Lines[index].Value != values[used])
                _raws[index] = ReplaceValue(_file.Lines[index], _raws[index], values[used]);
            used++;
            place = index;
        }

        var indent = IndentOf(target);
        _after[place] += Joined(values.Skip(used).Select(value => $"{indent}{option} {value}"));
    }

    private List<InterfacesStanza> Stanzas(string name) => [.. _file.Stanzas.Where(stanza => stanza.Name == name)];

    private List<InterfacesStanza> StanzasOf(string name, AddressFamily family) =>
        Stanzas(name).FindAll(stanza => (stanza.Family == "inet6") == (family == AddressFamily.InterNetworkV6));

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
                return _file.Lines[i].Raw.Substring(0, BlanksAt(_file.Lines[i].Raw, 0));
        }

        return "\t";
    }

    private static IEnumerable<string> InetLines(StanzaText text, IReadOnlyList<string> addresses)
    {
        yield return $"iface {text.Name} inet static";
        foreach (var address in addresses)
            yield return "\taddress " + address;
        if (text.GatewayOf(AddressFamily.InterNetwork) is { } gateway)
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
        var start = EndOfKeyword(line, raw);
        var blanks = BlanksAt(raw, start);
        return raw.Substring(0, start) + (blanks > 0 ? raw.Substring(start, blanks) : " ") + value + EndingOf(raw, start + blanks);
    }

    private static string ReplaceComment(InterfacesLine line, string raw, string text)
    {
        // What reads the same is left as it is spelt.
        if (line.Text.Substring(1).Trim() == text.Trim())
            return raw;
        var start = raw.IndexOf('#') + 1;
        start += BlanksAt(raw, start);
        return raw.Substring(0, start) + text + EndingOf(raw, start);
    }

    private static int EndOfKeyword(InterfacesLine line, string raw) => raw.IndexOf(line.Keyword, StringComparison.Ordinal) + line.Keyword.Length;

    private static int BlanksAt(string raw, int start)
    {
        var end = start;
        while (end < raw.Length && char.IsWhiteSpace(raw[end]) && raw[end] is not ('\r' or '\n'))
            end++;
        return end - start;
    }

    /// <summary>The blanks and the line ending at the end of the last physical line.</summary>
    private static string EndingOf(string raw, int start)
    {
        var end = raw.Length;
        while (end > start && char.IsWhiteSpace(raw[end - 1]) && (raw[end - 1] != '\n' || end == raw.Length))
            end--;
        return raw.Substring(end);
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
            else if (_raws[i].IndexOf('\n') < _raws[i].Length - 1)
                _raws[i] = ReplaceValue(line, _raws[i], string.Join(" ", rest));
            else
            {
                // A word goes with the blanks before it.
                var start = EndOfKeyword(line, _raws[i]);
                _raws[i] = _raws[i].Substring(0, start) + Regex.Replace(_raws[i].Substring(start), $@"[ \t]+{Regex.Escape(name)}(?=\s|$)", "");
            }
        }
    }

    private void RemoveBlankAround(int start, int end)
    {
        var before = start - 1;
        while (before >= 0 && _raws[before].Length == 0)
            before--;
        var blankBefore = before < 0 || _file.Lines[before].Kind == InterfacesLineKind.Blank;
        if (end < _raws.Length && _file.Lines[end].Kind == InterfacesLineKind.Blank && blankBefore)
            _raws[end] = "";
        else if (end == _raws.Length && before >= 0 && blankBefore)
            _raws[before] = "";
    }

    /// <summary>Puts a stanza behind another, apart from what is around it by a blank line where the other is.</summary>
    private void InsertStanza(int end, IEnumerable<string> lines)
    {
        if (end < _raws.Length && IsWholeBlank(end))
            _before[end + 1] = Joined(lines) + _lineEnd + _before[end + 1];
        else if (end >= Last && (end > Last || _file.Lines[end].Kind == InterfacesLineKind.Blank))
            _before[_raws.Length] = _lineEnd + Joined(lines) + _before[_raws.Length];
        else
            _before[end] = Joined(lines) + _before[end];
    }

    // A blank line that nothing ends, as the last, is not one until something follows.
    private bool IsWholeBlank(int index) => _file.Lines[index].Kind == InterfacesLineKind.Blank && !(index == Last && _endsOpen);

    // A backslash at the very end of the file must have its next line, or it would take the one that comes.
    private bool GoesOnIntoWhatFollows() =>
        _file.Lines[Last].IsUnfinished && _raws[Last].TrimEnd().EndsWith("\\", StringComparison.Ordinal)
        && (!string.IsNullOrEmpty(_after[Last]) || !string.IsNullOrEmpty(_before[Last + 1]) || _tail.Length > 0);

    private int EndingToDrop(StringBuilder text)
    {
        var end = text.Length;
        if (text[end - 1] != '\n')
            return 0;
        // Where the last line has gone, another one's ending is the last, which need not be ours.
        var isOurs = _raws[Last].Length > 0 || !string.IsNullOrEmpty(_before[Last + 1]) || _tail.Length > 0;
        return end > 1 && text[end - 2] == '\r' && (!isOurs || _lineEnd == "\r\n") ? 2 : 1;
    }

    private string Joined(IEnumerable<string> lines) => string.Concat(lines.Select(line => line + _lineEnd));
}
