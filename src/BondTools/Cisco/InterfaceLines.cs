using System;
using System.Collections.Generic;
using BondTools.Planning;

namespace BondTools.Cisco;

/// <summary>The lines of one interface of a running configuration, and the record they make.</summary>
internal sealed class InterfaceLines(string name, string? computerName)
{
    private readonly List<string> _lines = [];
    private readonly List<string> _vlans = [];
    private CiscoInterfaceConfiguration _record = new() { ComputerName = computerName, Interface = name };

    public CiscoInterfaceConfiguration Record =>
        _record with { AllowedVlans = _vlans.Count == 0 ? null : CiscoVlanList.Normalize(string.Join(",", _vlans)), Lines = _lines };

    /// <summary>Takes a line below the interface.</summary>
    /// <param name="line">The line, trimmed.</param>
    /// <param name="shown">The line as it was, for an error.</param>
    /// <param name="number">Its number, for an error.</param>
    /// <exception cref="UnexpectedOutputException">The line begins as one that is understood, and goes on otherwise.</exception>
    public void Take(string line, string shown, int number)
    {
        if (line[0] == '!')
            return;
        _lines.Add(line);
        const string description = "description ";
        if (line.StartsWith(description, StringComparison.Ordinal))
            _record = _record with { Description = line.Substring(description.Length).Trim() };
        else
            Read(CiscoText.Words(line), shown, number);
    }

    private void Read(string[] words, string shown, int number)
    {
        switch (string.Join(" ", words, 0, Math.Min(words.Length, 2)))
        {
            case "shutdown":
                _record = _record with { Shutdown = true };
                break;
            case "no shutdown":
                _record = _record with { Shutdown = false };
                break;
            case "switchport":
                _record = _record with { Switchport = true };
                break;
            case "no switchport" when words.Length == 2:
                _record = _record with { Switchport = false };
                break;
            case "switchport mode" when words.Length == 3 && words[2] is "trunk" or "access":
                _record = _record with { SwitchportMode = words[2] == "trunk" ? CiscoSwitchportMode.Trunk : CiscoSwitchportMode.Access };
                break;
            case "switchport access" when words.Length > 3 && words[2] == "vlan":
                // "dynamic" asks a VMPS server; that is no VLAN.
                if (words[3] != "dynamic")
                    _record = _record with { AccessVlan = Value(words[3], CiscoVlanList.First, CiscoVlanList.Last) };
                break;
            case "switchport trunk" when words.Length > 3:
                ReadTrunk(words);
                break;
            case "lacp rate" when words.Length > 2:
                _record = _record with { LacpRate = words[2] switch { "fast" => CiscoLacpRate.Fast, "normal" => CiscoLacpRate.Normal, _ => throw NotUnderstood() } };
                break;
            case "lacp port-priority" when words.Length > 2:
                _record = _record with { PortPriority = Value(words[2], 0, 0xFFFF) };
                break;
            case "lacp max-bundle" when words.Length > 2:
                _record = _record with { MaxBundle = Value(words[2], 1, int.MaxValue) };
                break;
            case "port-channel min-links" or "lacp min-links" when words.Length > 2:
                _record = _record with { MinLinks = Value(words[2], 1, int.MaxValue) };
                break;
            case "bundle minimum-active" when words.Length > 3 && words[2] == "links":
                _record = _record with { MinLinks = Value(words[3], 1, int.MaxValue) };
                break;
            case "bundle maximum-active" when words.Length > 3 && words[2] == "links":
                _record = _record with { MaxBundle = Value(words[3], 1, int.MaxValue) };
                break;
            case "bundle id" when words.Length > 2:
                _record = _record with { Group = Value(words[2], 1, int.MaxValue), Mode = ModeOf(words) };
                break;
            default:
                ReadOne(words);
                break;
        }

        void ReadOne(string[] line)
        {
            if (line.Length < 2)
                return;
            switch (line[0])
            {
                case "channel-group":
                    _record = _record with { Group = Value(line[1], 1, int.MaxValue), Mode = ModeOf(line) };
                    break;
                case "mtu":
                    _record = _record with { Mtu = Value(line[1], 1, int.MaxValue) };
                    break;
                case "speed":
                    _record = _record with { Speed = line[1] };
                    break;
                case "duplex":
                    _record = _record with { Duplex = line[1] };
                    break;
            }
        }

        void ReadTrunk(string[] line)
        {
            switch (line[2])
            {
                case "encapsulation":
                    _record = _record with { Encapsulation = line[3] };
                    break;
                case "native" when line.Length > 4 && line[3] == "vlan":
                    _record = _record with { NativeVlan = Value(line[4], CiscoVlanList.First, CiscoVlanList.Last) };
                    break;
                case "allowed" when line.Length > 4 && line[3] == "vlan":
                    // Blanks within the list are of the copy: the words are put together again.
                    var added = line[4] == "add";
                    var list = string.Concat(new ArraySegment<string>(line, added ? 5 : 4, line.Length - (added ? 5 : 4)));
                    if (CiscoVlanList.Normalize(list) is not { } vlans || (added && vlans is "all" or "none"))
                        throw NotUnderstood();
                    if (!added)
                        _vlans.Clear();
                    _vlans.Add(vlans);
                    break;
            }
        }

        int Value(string word, int least, int most) =>
            CiscoText.TryNumber(word, out var value) && value >= least && value <= most ? value : throw NotUnderstood();

        // "channel-group 22 mode active link 20", "channel-group 1 force mode active"; NX-OS leaves "mode on" away.
        ChannelGroupMode ModeOf(string[] line)
        {
            var mode = Array.IndexOf(line, "mode");
            if (mode < 0)
                return ChannelGroupMode.On;
            return (mode + 1 < line.Length ? line[mode + 1] : "") switch
            {
                "active" => ChannelGroupMode.Active,
                "passive" => ChannelGroupMode.Passive,
                "on" => ChannelGroupMode.On,
                "desirable" => ChannelGroupMode.Desirable,
                "auto" => ChannelGroupMode.Auto,
                _ => throw NotUnderstood(),
            };
        }

        UnexpectedOutputException NotUnderstood() => new("show running-config", shown, number, "this line is not understood");
    }
}
