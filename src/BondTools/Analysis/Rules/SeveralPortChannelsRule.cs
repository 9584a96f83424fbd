using System.Collections.Generic;
using System.Linq;
using BondTools.Cisco;

namespace BondTools.Analysis.Rules;

/// <summary>The slaves end in different port-channels of one switch: their partner's keys differ.</summary>
internal sealed class SeveralPortChannelsRule() : LinkRule("several-port-channels", FindingSeverity.Error, FindingEnd.Switch, LinkFacts.Ports, mayFollow: true)
{
    public override IEnumerable<Finding> Examine(LinkCase link) =>
        from system in link.Heard.GroupBy(slave => slave.Partner!.SystemMacAddress)
        let keys = system.GroupBy(slave => slave.Partner!.Key).ToList()
        where keys.Count > 1
        select Find(
            $"The switch has the slaves in {keys.Count} different port-channels: "
                + Sentence.Enumerate(keys.Select(key => $"{Sentence.Enumerate(key.Select(slave => slave.Name))} with key {key.Key}")) + ".",
            system.Where(slave => slave.AggregatorId != link.Bond.ActiveAggregatorId).DefaultIfEmpty(system.First()).Select(slave => slave.Name),
            "Put all these ports of the switch into the same channel-group, or move the cable that is in the wrong port; "
                + "in one group, ports with different speeds have different keys too.",
            [.. system.Select(link.QuotePort), .. system.Select(link.NeighborOf).OfType<CiscoLacpNeighbor>().Select(link.Quote)]);
}
