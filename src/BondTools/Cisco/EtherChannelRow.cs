using System.Collections.Generic;

namespace BondTools.Cisco;

/// <summary>The row of the summary that is being read: its first line, and the wrapped lines below.</summary>
/// <remarks>A summary may hold hundreds of groups: no string is made but those that the records keep.</remarks>
internal sealed class EtherChannelRow(string? computerName)
{
    // The usual letters, so that not every port gets a string of its own.
    private static readonly string[] Letters = ["P", "D", "s", "I", "w", "H", "u", "r"];

    private readonly List<CiscoEtherChannelMember> _members = [];
    private string _portChannel = "";
    private string _flags = "";
    private int _group;
    private EtherChannelProtocol _protocol;

    /// <summary>Whether a row has begun that is not taken yet.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Reads the first line of a row.</summary>
    /// <param name="words">The line, with the first word as the current one.</param>
    /// <param name="number">The line's number, for errors.</param>
    /// <param name="numbered">Whether the group's number stands before the port-channel.</param>
    public void Start(ref WordReader words, int number, bool numbered)
    {
        var group = 0;
        if (numbered)
        {
            if (!words.TryNumber(0, words.Length, out group))
                throw EtherChannelSummaryParser.Error(words.Line, number, "the group is no number");
            words.Next();
        }
        (_portChannel, _flags) = ReadFlagged(ref words, number, "port-channel");
        if (!TryNumber(_portChannel, out var own))
            throw EtherChannelSummaryParser.Error(words.Line, number, $"'{_portChannel}' is no port-channel");

        _group = numbered ? group : own;
        _protocol = EtherChannelProtocol.None;
        _members.Clear();
        IsOpen = true;
        ReadProtocol(ref words, number);
        AddMembers(ref words, number);
    }

    /// <summary>Reads member ports with their flags to the end of a line.</summary>
    public void AddMembers(ref WordReader words, int number)
    {
        while (words.Next())
        {
            if (IsNothing(words))
                continue;
            var (name, flags) = ReadFlagged(ref words, number, "member port");
            var state = MemberState(flags);
            _members.Add(new CiscoEtherChannelMember { Interface = name, Flags = flags, State = state, Bundled = state == EtherChannelMemberState.Bundled });
        }
    }

    /// <summary>The finished record.</summary>
    public CiscoEtherChannel Take()
    {
        IsOpen = false;
        return new CiscoEtherChannel
        {
            ComputerName = computerName,
            Group = _group,
            PortChannel = _portChannel,
            Flags = _flags,
            Layer = _flags.IndexOf('S') >= 0 ? 2 : _flags.IndexOf('R') >= 0 ? 3 : null,
            InUse = _flags.IndexOf('U') >= 0,
            Protocol = _protocol,
            Members = _members.ToArray(),
        };
    }

    // Between the port-channel and the members stand at most a type (NX-OS), a protocol, and whether the channel spans a
    // cluster (ASA); each of them may be missing.
    private void ReadProtocol(ref WordReader words, int number)
    {
        while (words.Next())
        {
            // Letters may stand behind the protocol: LACP(a).
            var bracket = words.Bracket;
            var length = bracket < 0 ? words.Length : bracket;
            if (words.Is("LACP", length))
                _protocol = EtherChannelProtocol.Lacp;
            else if (words.Is("PAgP", length))
                _protocol = EtherChannelProtocol.Pagp;
            else if (words.Is("NONE", length) || words.Is("Static", length) || words.Is("On", length) || IsNothing(words))
                _protocol = EtherChannelProtocol.None;
            else if (words.Is("Eth") || words.Is("Yes") || words.Is("No"))
                continue;
            else if (words.LooksLikeInterface(length))
            {
                words.Back();
                return;
            }
            else
                throw EtherChannelSummaryParser.Error(words.Line, number, $"'{words.Word}' is no protocol");
        }
    }

    // A name with letters in brackets behind it, which may stand apart.
    private static (string Name, string Flags) ReadFlagged(ref WordReader words, int number, string what)
    {
        var bracket = words.Bracket;
        var length = bracket < 0 ? words.Length : bracket;
        if (words.LooksLikeInterface(length))
        {
            var name = words.Part(0, length);
            if (bracket < 0 && words.Next())
                bracket = words.Bracket == 0 ? 0 : -1;
            if (bracket >= 0 && Flags(words, bracket) is { } flags)
                return (name, flags);
        }
        throw EtherChannelSummaryParser.Error(words.Line, number, $"'{words.Word}' is no {what} with its flags in brackets");
    }

    private static string? Flags(in WordReader words, int bracket)
    {
        var count = words.Length - bracket - 2;
        if (count < 1 || words[words.Length - 1] != ')')
            return null;
        for (var i = bracket + 1; i < words.Length - 1; i++)
        {
            if (!CiscoText.IsLetter(words[i]) && words[i] is not ('-' or '+' or '*' or '^' or '/'))
                return null;
        }
        if (count == 1)
        {
            foreach (var letter in Letters)
            {
                if (letter[0] == words[bracket + 1])
                    return letter;
            }
        }
        return words.Part(bracket + 1, count);
    }

    private static EtherChannelMemberState MemberState(string flags)
    {
        // Some platforms print a word for the letter.
        if (flags.Length > 3 && EtherChannelStates.FromWord(flags) is var spelled and not EtherChannelMemberState.Unknown)
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

    // The number of a port-channel; the short spelling, which tables print, is read without making strings.
    private static bool TryNumber(string name, out int number)
    {
        var words = new WordReader(name, 0, name.Length);
        words.Next();
        if (words.StartsWith("Po") && words.TryNumber(2, words.Length, out number) && words.Length <= 7)
            return true;
        var isOne = CiscoInterfaceName.TryParse(name, out var parsed) && parsed.IsPortChannel;
        number = isOne ? parsed.Number : 0;
        return isOne;
    }

    private static bool IsNothing(in WordReader words) => words.Is("-") || words.Is("--");
}
