using System.Collections.Generic;
using System.Linq;

namespace BondTools.Analysis.Rules;

/// <summary>The port-channel interface itself is shut down, which takes its members with it.</summary>
internal sealed class PortChannelShutdownRule() : LinkRule(
    "port-channel-shutdown", FindingSeverity.Error, FindingEnd.Switch, LinkFacts.Channel | LinkFacts.PortStatus)
{
    public override IEnumerable<Finding> Examine(LinkCase link) =>
        from channel in link.Channels
        let told = channel.InUse ? null : link.Switch.ShutDownBy(channel.PortChannel)
        where told is not null
        select Find(
            $"{channel.PortChannel} is shut down on {link.SwitchLabel}.",
            [channel.PortChannel],
            $"Enable it: interface {channel.PortChannel}, no shutdown.",
            [$"{link.SwitchLabel} {told}", link.Quote(channel)]);
}
