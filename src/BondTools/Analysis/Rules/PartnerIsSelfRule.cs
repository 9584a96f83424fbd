using System.Collections.Generic;
using System.Linq;

namespace BondTools.Analysis.Rules;

/// <summary>A slave hears the bond's own LACPDUs: two of the host's NICs are cabled to each other, or the switch sends them back.</summary>
internal sealed class PartnerIsSelfRule() : LinkRule("partner-is-self", FindingSeverity.Error, FindingEnd.Cable, LinkFacts.Ports)
{
    public override IEnumerable<Finding> Examine(LinkCase link)
    {
        var looped = link.Partnered.Where(LinkCase.HearsItself).ToList();
        return looped.Count == 0
            ? []
            : [Find(
                $"{Sentence.Enumerate(looped.Select(slave => slave.Name))} {(looped.Count == 1 ? "hears" : "hear")} {link.BondLabel} itself: there is a loop.",
                looped.Select(slave => slave.Name),
                "Plug the cables into the switch, not into another NIC of this host, and look for a loop behind the ports.",
                looped.Select(link.QuotePort))];
    }
}
