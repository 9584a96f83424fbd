using System.Collections.Generic;
using System.Linq;
using BondTools.Cisco;

namespace BondTools.Analysis.Rules;

/// <summary>The port-channel at the other end of an 802.3ad bond speaks no LACP. The bond notices only when its old partner times out, after up to 90 seconds.</summary>
internal sealed class ChannelProtocolRule() : LinkRule("channel-protocol", FindingSeverity.Error, FindingEnd.Switch, LinkFacts.Channel)
{
    public override IEnumerable<Finding> Examine(LinkCase link) => !link.IsLacp
        ? []
        : link.Channels
            .Where(channel => channel.Protocol != EtherChannelProtocol.Lacp && channel.Members.Count > 0)
            .Select(channel => Find(
                $"{channel.PortChannel} {(channel.Protocol == EtherChannelProtocol.Pagp ? "speaks PAgP" : "is static (mode on)")}, and {link.BondLabel} speaks LACP.",
                [channel.PortChannel],
                $"Configure the switch's ports with channel-group {channel.Group} mode active.",
                [link.Quote(channel)]));
}
