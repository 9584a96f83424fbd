using System.Collections.Generic;
using System.Linq;

namespace BondTools.Analysis.Rules;

/// <summary>The slaves sit on more than one aggregator, of which only one carries traffic.</summary>
internal sealed class SeveralAggregatorsRule() : LinkRule("several-aggregators", FindingSeverity.Error, FindingEnd.Both, LinkFacts.Ports, mayFollow: true)
{
    public override IEnumerable<Finding> Examine(LinkCase link)
    {
        var idle = link.Bond.Slaves
            .Where(slave => LinkCase.IsUp(slave) && slave.AggregatorId is not null && slave.AggregatorId != link.Bond.ActiveAggregatorId).ToList();
        return idle.Count == 0 || link.Bond.ActiveAggregatorId is not { } active
            ? []
            : [Find(
                $"Only aggregator {active} is active: {Sentence.Enumerate(idle.Select(slave => $"{slave.Name} on aggregator {slave.AggregatorId}"))} stand{(idle.Count == 1 ? "s" : "")} idle.",
                idle.Select(slave => slave.Name),
                "A slave joins the active aggregator when its partner, the partner's key, its speed and its duplex are the same as the others'.",
                [link.QuoteBond($"active aggregator {active}, partner {link.Bond.PartnerMacAddress} key {link.Bond.PartnerKey}"),
                    .. link.Bond.Slaves.Select(link.QuotePort)])];
    }
}
