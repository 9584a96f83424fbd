using System.Collections.Generic;
using System.Linq;

namespace BondTools.Analysis.Rules;

/// <summary>The slaves are cabled to another port-channel than the one that was asked for.</summary>
internal sealed class OtherPortChannelRule() : LinkRule(
    "other-port-channel", FindingSeverity.Error, FindingEnd.Cable, LinkFacts.Ports | LinkFacts.Neighbors, mayFollow: true)
{
    public override IEnumerable<Finding> Examine(LinkCase link)
    {
        if (link.Evidence.Group is not { } group)
            return [];
        var elsewhere = link.Bond.Slaves.Where(slave => link.NeighborOf(slave) is { } neighbor && neighbor.Group != group).ToList();
        return elsewhere.Count == 0
            ? []
            : [Find(
                $"{Sentence.Enumerate(elsewhere.Select(slave => slave.Name))} {(elsewhere.Count == 1 ? "is" : "are")} not cabled to channel-group {group}.",
                // The ports that the slaves should be cabled to are left without one.
                [.. elsewhere.Select(slave => slave.Name),
                    .. link.Members.Select(pair => pair.Member.Interface).Where(port => link.Links.All(l => l.SwitchInterface != port)),
                    .. link.Channels.Where(channel => channel.Members.Count == 0).Select(channel => channel.PortChannel)],
                $"Swap the cables, or put the ports into channel-group {group}.",
                elsewhere.Select(slave => link.Quote(link.NeighborOf(slave)!)))];
    }
}
