using System.Collections.Generic;
using System.Linq;

namespace BondTools.Analysis.Rules;

/// <summary>The partner is two switches that speak as one LACP system (vPC, MLAG), which is as it should be.</summary>
internal sealed class MultiChassisRule() : LinkRule("mlag-partner", FindingSeverity.Information, FindingEnd.Switch, LinkFacts.Ports)
{
    public override IEnumerable<Finding> Examine(LinkCase link)
    {
        if (!link.IsMultiChassis)
            return [];
        var halves = link.Heard.GroupBy(MultiChassis.Half).ToList();
        return [Find(
            $"The partner of {link.BondLabel} is one system over several switches (vPC or MLAG)"
                + (halves.Count > 1 ? ": " + Sentence.Enumerate(halves.Select(half => Sentence.Enumerate(half.Select(slave => slave.Name)))) + " lead to different halves." : "."),
            link.Heard.Select(slave => slave.Name),
            "None is needed. Ask each of the switches for its own half.",
            link.Heard.Select(link.QuotePort))];
    }
}
