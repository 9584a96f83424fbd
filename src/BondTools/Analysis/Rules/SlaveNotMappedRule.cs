using System.Collections.Generic;
using System.Linq;

namespace BondTools.Analysis.Rules;

/// <summary>A slave hears a partner, and the switch that was asked does not hear the slave.</summary>
internal sealed class SlaveNotMappedRule() : LinkRule(
    "slave-not-mapped", FindingSeverity.Warning, FindingEnd.Cable, LinkFacts.Ports | LinkFacts.Neighbors, mayFollow: true)
{
    public override IEnumerable<Finding> Examine(LinkCase link) =>
        from slave in link.Partnered
        where link.NeighborOf(slave) is null && !link.IsMultiChassis
        select Find(
            $"No port of {link.SwitchLabel} hears {slave.Name}.",
            [slave.Name],
            "Check that the cable leads to this switch, and that LACPDUs pass in this direction.",
            [link.QuotePort(slave), .. link.Cabling.Neighbors!.Select(link.Quote)]);
}
