using System.Collections.Generic;
using System.Linq;

namespace BondTools.Lab.World;

/// <summary>
/// Which members IOS keeps out of a channel whatever LACP says: those that are configured otherwise than the channel are
/// suspended, and those beyond max-bundle stand by, the lowest port priority first and then the lowest number.
/// </summary>
internal static class MemberPolicy
{
    public static void Apply(PortChannel channel, List<SwitchPort> members)
    {
        if (!members.Exists(m => m.WasBundled))
        {
            // The first that could be bundled sets the pace.
            channel.Pace = members.Find(m => m.LinkUp && SameSwitching(m, channel)) is { } first ? (first.SpeedMbps, first.FullDuplex) : null;
        }
        foreach (var member in members)
            member.Conflicts = !SameSwitching(member, channel) || (channel.Pace is { } pace && pace != (member.SpeedMbps, member.FullDuplex));

        List<SwitchPort> order = [.. members.Where(m => m.LinkUp && m.Lacp is not null && !m.Conflicts).OrderBy(m => m.PortPriority).ThenBy(m => m.Number)];
        var before = 0;
        foreach (var member in order)
        {
            member.StandsBy = before >= (channel.MaxBundle ?? int.MaxValue);
            before += member.Lacp!.HasPartner ? 1 : 0;
        }
        foreach (var member in members.Where(m => m.Lacp is not null))
            member.Lacp!.Hold(member.Conflicts || (member.StandsBy && order.Contains(member)));
    }

    private static bool SameSwitching(SwitchPort port, PortChannel channel) =>
        port.Switched == channel.Switched && port.Mtu == channel.Mtu
        && (!port.Switched || Effective(port.SwitchportLines).SetEquals(Effective(channel.SwitchportLines)));

    // What has no effect in the present mode does no harm.
    private static HashSet<string> Effective(List<string> lines) =>
    [
        .. lines.Where(line => !(lines.Contains("switchport mode trunk") && line.StartsWith("switchport access", System.StringComparison.Ordinal))
            && !(lines.Contains("switchport mode access") && line.StartsWith("switchport trunk", System.StringComparison.Ordinal))),
    ];
}
