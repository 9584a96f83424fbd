using System.Collections.Generic;
using System.Linq;

namespace BondTools.Analysis.Rules;

/// <summary>The partner that the host hears is not the switch that was asked.</summary>
internal sealed class OtherPartnerRule() : LinkRule("other-partner", FindingSeverity.Error, FindingEnd.Cable, LinkFacts.Ports | LinkFacts.SystemId, mayFollow: true)
{
    public override IEnumerable<Finding> Examine(LinkCase link)
    {
        var strangers = link.IsMultiChassis
            ? []
            : link.Heard.Where(slave => !slave.Partner!.SystemMacAddress.Equals(link.Evidence.SwitchSystemId)).ToList();
        return strangers.Count == 0
            ? []
            : [Find(
                $"{Sentence.Enumerate(strangers.Select(slave => slave.Name))} {(strangers.Count == 1 ? "hears" : "hear")} another system than {link.SwitchLabel}.",
                strangers.Select(slave => slave.Name),
                "Ask the switch that the cables lead to, or move the cables to this one.",
                [$"{link.SwitchLabel}: LACP system {link.Evidence.SwitchSystemId}", .. strangers.Select(link.QuotePort)])];
    }
}
