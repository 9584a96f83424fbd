using System.Collections.Generic;
using System.Linq;
using BondTools.Cisco;

namespace BondTools.Analysis.Rules;

/// <summary>The port-channel has fewer ports than port-channel min-links asks for, so that the switch keeps it out of use.</summary>
internal sealed class SwitchMinLinksRule() : LinkRule("switch-min-links", FindingSeverity.Error, FindingEnd.Switch, LinkFacts.Channel, mayFollow: true)
{
    public override IEnumerable<Finding> Examine(LinkCase link) =>
        from channel in link.Channels
        let minimum = link.Switch.Configuration(channel.PortChannel)?.MinLinks
            ?? link.Evidence.EtherChannelDetails?.FirstOrDefault(detail => detail.Group == channel.Group)?.MinLinks
        where !channel.InUse && (channel.State == EtherChannelState.MinimumLinksNotMet
            || channel.Members.Any(member => member.State == EtherChannelMemberState.MinimumLinksNotMet)
            || minimum > channel.Members.Count)
        select Find(
            $"{channel.PortChannel} is not in use: it needs {(minimum is null ? "more links than it has (M)" : $"{minimum} links and has fewer")}.",
            [channel.PortChannel],
            minimum > channel.Members.Count
                ? $"It has only {channel.Members.Count} members: lower port-channel min-links, or add members."
                : "Bring the missing links up, or lower port-channel min-links.",
            [link.Quote(channel), .. minimum is null ? Enumerable.Empty<string>() : [$"{link.SwitchLabel} {channel.PortChannel}: port-channel min-links {minimum}"]]);
}
