using System.Collections.Generic;
using System.Linq;

namespace BondTools.Analysis.Rules;

/// <summary>The slaves are cabled to different systems.</summary>
internal sealed class SeveralPartnersRule() : LinkRule("several-partners", FindingSeverity.Error, FindingEnd.Cable, LinkFacts.Ports)
{
    public override IEnumerable<Finding> Examine(LinkCase link)
    {
        var partners = link.Heard.GroupBy(slave => slave.Partner!.SystemMacAddress).ToList();
        return partners.Count < 2
            ? []
            : [Find(
                $"The slaves are cabled to {partners.Count} different systems: "
                    + Sentence.Enumerate(partners.Select(group => $"{Sentence.Enumerate(group.Select(slave => slave.Name))} to {group.Key}")) + ".",
                link.Heard.Select(slave => slave.Name),
                "Cable all slaves to one switch, or make the switches one LACP system (stack, VSS, vPC).",
                link.Heard.Select(link.QuotePort))];
    }
}
