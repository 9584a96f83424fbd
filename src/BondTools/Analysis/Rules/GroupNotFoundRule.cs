using System.Collections.Generic;
using System.Linq;

namespace BondTools.Analysis.Rules;

/// <summary>The switch has no such channel-group, or none at all.</summary>
internal sealed class GroupNotFoundRule() : LinkRule("group-not-found", FindingSeverity.Error, FindingEnd.Switch, LinkFacts.None)
{
    public override IEnumerable<Finding> Examine(LinkCase link)
    {
        if (link.Evidence.EtherChannels is not { } all || link.Channels.Count > 0 || (all.Count > 0 && link.Evidence.Group is null))
            return [];
        return [Find(
            $"{link.SwitchLabel} has no {(link.Evidence.Group is { } group ? $"channel-group {group}" : "port-channel")}.",
            [link.BondLabel],
            $"Configure its ports with channel-group {link.Evidence.Group ?? 1} mode active.",
            all.Count == 0 ? [$"{link.SwitchLabel}: no port-channel"] : all.Select(link.Quote))];
    }
}
