using System.Collections.Generic;
using System.Linq;

namespace BondTools.Analysis.Rules;

/// <summary>Somewhere on the way the largest frame is smaller than what is sent there, so that large frames are lost.</summary>
internal sealed class MtuRule() : LinkRule("mtu-mismatch", FindingSeverity.Error, FindingEnd.Host, LinkFacts.HostLinks)
{
    public override IEnumerable<Finding> Examine(LinkCase link)
    {
        if (link.Host.Mtu(link.Bond.Name) is not { } bond)
            yield break;
        foreach (var slave in link.Bond.Slaves)
        {
            if (link.Host.Mtu(slave.Name) is { } mtu && mtu < bond)
                yield return Lost(link, slave.Name, mtu, link.BondLabel, bond, $"Set the MTU at the bond only, which hands it to its slaves: ip link set {link.BondLabel} mtu {bond}.");
        }
        foreach (var bridge in link.Host.Bridges)
        {
            if (link.Host.Mtu(bridge.Name) is { } mtu && mtu > bond)
                yield return Lost(link, link.BondLabel, bond, bridge.Name, mtu, $"Give {link.BondLabel} and its slaves an MTU of {mtu} too, or {bridge.Name} one of {bond}.");
        }
        foreach (var port in link.Members.Select(pair => pair.Member.Interface).Concat(link.Channels.Select(channel => channel.PortChannel)))
        {
            if (link.Switch.Mtu(port) is { } mtu && mtu < bond)
            {
                yield return Find(
                    $"{port} takes frames of {mtu} bytes at most, and {link.BondLabel} sends up to {bond}: {link.SwitchLabel} drops the larger ones.",
                    [port, link.BondLabel],
                    $"Raise the MTU at the switch to {bond} or more (mtu or system mtu), or set the host's to {mtu}.",
                    [$"{link.HostLabel} {link.BondLabel}: MTU {bond}", $"{link.SwitchLabel} {port}: MTU {mtu}"],
                    FindingEnd.Switch);
            }
        }
    }

    private Finding Lost(LinkCase link, string narrow, int less, string wide, int more, string remedy) => Find(
        $"{narrow} has an MTU of {less}, and {wide} above it one of {more}: larger frames are lost.",
        [narrow, wide],
        remedy,
        [$"{link.HostLabel} {wide}: MTU {more}", $"{link.HostLabel} {narrow}: MTU {less}"]);
}
