using BondTools.Lacp;

namespace BondTools.Cisco;

/// <summary>The two rows of a port in <c>show lacp internal detail</c>, each under its own heading.</summary>
internal static class LacpInternalDetail
{
    /// <summary>Whether this is the second row's heading: <c>Port Priority Oper Key Port State</c>.</summary>
    public static bool IsSecondHeading(string[] words) => words.Length >= 5 && words[0] == "Port" && words[1] == "Priority" && words[2] == "Oper";

    /// <summary>Reads the first row: port, system id, port number, age, flags; null when it is none.</summary>
    public static CiscoLacpInternal? TryFirst(string[] words, int group, string? computerName)
    {
        // A blank behind the comma of the system id makes one word more.
        var shift = words.Length > 2 && words[1].EndsWith(",", System.StringComparison.Ordinal) ? 1 : 0;
        // The actor's own age and flags are not printed by every platform.
        if (words.Length < 4 + shift || words.Length > 5 + shift
            || !LacpSystemIdParser.TryParse(shift == 1 ? words[1] + words[2] : words[1], out var priority, out var address)
            || !CiscoText.TryWord16(words[2 + shift], out var port))
        {
            return null;
        }
        return new CiscoLacpInternal
        {
            ComputerName = computerName,
            Group = group,
            Interface = words[0],
            Flags = words[words.Length - 1],
            State = EtherChannelMemberState.Unknown,
            SystemPriority = priority,
            SystemMacAddress = address,
            PortPriority = 0,
            OperKey = 0,
            PortNumber = port,
            PortState = LacpPortState.None,
        };
    }

    /// <summary>Adds the second row: port priority, oper key, port state; null when it is not one.</summary>
    public static CiscoLacpInternal? TryComplete(CiscoLacpInternal first, string[] words) =>
        words.Length == 3
        && CiscoText.TryWord16(words[0], out var priority)
        && CiscoText.TryWord16(words[1], out var key)
        && CiscoText.TryWord16(words[2], out var state) && state <= 0xFF
            ? first with
            {
                PortPriority = priority,
                OperKey = key,
                PortState = (LacpPortState)state,
                State = ((LacpPortState)state & LacpPortState.Distributing) != 0 ? EtherChannelMemberState.Bundled : EtherChannelMemberState.Unknown,
            }
            : null;
}
