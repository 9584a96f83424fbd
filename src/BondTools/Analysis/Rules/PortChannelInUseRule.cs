using System.Collections.Generic;
using System.Linq;

namespace BondTools.Analysis.Rules;

/// <summary>The port-channel carries no traffic.</summary>
internal sealed class PortChannelInUseRule() : LinkRule("port-channel-not-in-use", FindingSeverity.Error, FindingEnd.Switch, LinkFacts.Channel, mayFollow: true)
{
    public override IEnumerable<Finding> Examine(LinkCase link) =>
        from channel in link.Channels
        where !channel.InUse
        select Find(
            $"{channel.PortChannel} is not in use on {link.SwitchLabel}.",
            [channel.PortChannel],
            channel.Members.Count == 0 ? $"It has no member ports: give them channel-group {channel.Group} mode active."
                : channel.Members.Any(member => member.Bundled) ? $"Look whether interface {channel.PortChannel} is shut down or misses its minimum of links (port-channel min-links)."
                : $"None of its ports is bundled: see the findings on them, and whether interface {channel.PortChannel} is shut down.",
            [link.Quote(channel)]);
}
