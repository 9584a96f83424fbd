using System.Collections.Generic;
using System.Linq;
using BondTools.Linux;

namespace BondTools.Analysis.Rules;

/// <summary>The bond itself has no carrier, or nothing that could give it one.</summary>
internal sealed class BondDownRule() : LinkRule("bond-down", FindingSeverity.Error, FindingEnd.Host, LinkFacts.None, mayFollow: true)
{
    public override IEnumerable<Finding> Examine(LinkCase link)
    {
        if (link.Bond.MiiStatus == MiiStatus.Up)
            return [];
        var slaves = link.Bond.Slaves;
        var up = slaves.Where(LinkCase.IsUp).Select(slave => slave.Name).ToList();
        return [Find(
            slaves.Count == 0 ? $"{link.BondLabel} is down: it has no slaves."
                : up.Count > 0 ? $"{link.BondLabel} is down though {Sentence.Enumerate(up)} {(up.Count == 1 ? "is" : "are")} up."
                : $"{link.BondLabel} is down, and so is every slave.",
            [link.BondLabel],
            slaves.Count == 0 ? "Give the bond its slaves (bond-slaves)." : "See the findings on its slaves and on min-links.",
            [link.QuoteBond($"MII status {link.Bond.MiiStatus}"), .. slaves.Select(slave => link.Quote(slave, $"MII status {slave.MiiStatus}"))])];
    }
}
