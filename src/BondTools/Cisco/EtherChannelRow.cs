using System;
using System.Collections.Generic;

namespace BondTools.Cisco;

/// <summary>A row of the summary while it is read: its first line, and the wrapped lines below.</summary>
internal sealed class EtherChannelRow
{
    private readonly int _group;
    private readonly string _portChannel;
    private readonly string _flags;
    private readonly List<CiscoEtherChannelMember> _members = new();
    private EtherChannelProtocol _protocol;

    private EtherChannelRow(int group, string portChannel, string flags) => (_group, _portChannel, _flags) = (group, portChannel, flags);

    /// <summary>Reads the first line of a row.</summary>
    /// <param name="line">The line.</param>
    /// <param name="number">Its number, for errors.</param>
    /// <param name="numbered">Whether the group's number stands before the port-channel.</param>
    public static EtherChannelRow Start(string line, int number, bool numbered)
    {
        var position = 0;
        var group = 0;
        if (numbered && !CiscoText.TryNumber(NextWord(line, ref position), out group))
            throw EtherChannelSummaryParser.Error(line, number, "the group is no number");
        var word = NextWord(line, ref position);
        if (!TrySplit(word, out var name, out var flags) || !CiscoInterfaceName.TryParse(name, out var portChannel) || !portChannel.IsPortChannel)
            throw EtherChannelSummaryParser.Error(line, number, $"'{word}' is no port-channel with its flags in brackets");

        var row = new EtherChannelRow(numbered ? group : portChannel.Number, name, flags);
        row.ReadProtocol(line, number, ref position);
        row.AddMembers(line, number, position);
        return row;
    }

    /// <summary>Reads member ports with their flags to the end of a line.</summary>
    public void AddMembers(string line, int number, int position)
    {
        while (true)
        {
            var start = position;
            var word = NextWord(line, ref position);
            if (word.Length == 0)
                return;
            if (IsNothing(word))
                continue;
            if (word.IndexOf('(') < 0)
            {
                // Flags may stand apart from their port.
                start = position;
                var bracket = NextWord(line, ref position);
                if (bracket.Length > 0 && bracket[0] == '(')
                    word += bracket;
                else
                    position = start;
            }
            if (!TrySplit(word, out var name, out var flags) || !CiscoText.LooksLikeInterface(name))
                throw EtherChannelSummaryParser.Error(line, number, $"'{word}' is no member port with its flags in brackets");
            var state = MemberState(flags);
            _members.Add(new CiscoEtherChannelMember { Interface = name, Flags = flags, State = state, Bundled = state == EtherChannelMemberState.Bundled });
        }
    }

    /// <summary>The finished record.</summary>
    public CiscoEtherChannel ToRecord(string? computerName) => new()
    {
        ComputerName = computerName,
        Group = _group,
        PortChannel = _portChannel,
        Flags = _flags,
        Layer = _flags.IndexOf('S') >= 0 ? 2 : _flags.IndexOf('R') >= 0 ? 3 : null,
        InUse = _flags.IndexOf('U') >= 0,
        Protocol = _protocol,
        Members = _members.AsReadOnly(),
    };

    // Between the port-channel and the members stand at most a type (NX-OS) and a protocol; either may be missing.
    private void ReadProtocol(string line, int number, ref int position)
    {
        while (true)
        {
            var before = position;
            var word = NextWord(line, ref position);
            if (word.Length == 0)
                return;
            var bracket = word.IndexOf('(');
            var protocol = bracket < 0 ? word : word.Substring(0, bracket);
            if (Is(protocol, "LACP"))
                _protocol = EtherChannelProtocol.Lacp;
            else if (Is(protocol, "PAgP"))
                _protocol = EtherChannelProtocol.Pagp;
            else if (Is(protocol, "NONE") || Is(protocol, "Static") || Is(protocol, "On") || IsNothing(protocol))
                _protocol = EtherChannelProtocol.None;
            else if (Is(protocol, "Eth"))
                continue;
            else if (CiscoText.LooksLikeInterface(protocol))
                position = before;
            else
                throw EtherChannelSummaryParser.Error(line, number, $"'{word}' is no protocol");
            return;
        }
    }

    private static EtherChannelMemberState MemberState(string flags)
    {
        if (EtherChannelStates.FromWord(flags) is var spelled and not EtherChannelMemberState.Unknown)
            return spelled;
        foreach (var letter in flags)
        {
            var state = letter switch
            {
                // NX-OS p: up while LACP is awaited (delay-lacp mode).
                'P' or 'p' => EtherChannelMemberState.Bundled,
                'D' => EtherChannelMemberState.Down,
                'I' => EtherChannelMemberState.StandAlone,
                's' => EtherChannelMemberState.Suspended,
                'H' => EtherChannelMemberState.HotStandby,
                // NX-OS b: waits for its BFD session.
                'w' or 'b' => EtherChannelMemberState.Waiting,
                'u' => EtherChannelMemberState.Unsuitable,
                'f' => EtherChannelMemberState.FailedToAllocate,
                'M' or 'm' => EtherChannelMemberState.MinimumLinksNotMet,
                _ => EtherChannelMemberState.Unknown,
            };
            if (state != EtherChannelMemberState.Unknown)
                return state;
        }
        return EtherChannelMemberState.Unknown;
    }

    private static bool TrySplit(string word, out string name, out string flags)
    {
        name = flags = "";
        var bracket = word.IndexOf('(');
        if (bracket < 1 || bracket > word.Length - 3 || word[word.Length - 1] != ')')
            return false;
        for (var i = bracket + 1; i < word.Length - 1; i++)
        {
            if (!CiscoText.IsLetter(word[i]) && word[i] is not ('-' or '+' or '*' or '^' or '/'))
                return false;
        }
        (name, flags) = (word.Substring(0, bracket), word.Substring(bracket + 1, word.Length - bracket - 2));
        return true;
    }

    private static string NextWord(string line, ref int position)
    {
        while (position < line.Length && char.IsWhiteSpace(line[position]))
            position++;
        var start = position;
        while (position < line.Length && !char.IsWhiteSpace(line[position]))
            position++;
        return line.Substring(start, position - start);
    }

    private static bool IsNothing(string word) => word is "-" or "--";

    private static bool Is(string word, string name) => string.Equals(word, name, StringComparison.OrdinalIgnoreCase);
}
