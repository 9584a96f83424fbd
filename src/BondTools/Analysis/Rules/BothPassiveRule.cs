using System.Collections.Generic;
using System.Linq;
using BondTools.Lacp;

namespace BondTools.Analysis.Rules;

/// <summary>Both ends wait to be asked: what is bundled may stay so, but need not come back after a restart.</summary>
internal sealed class BothPassiveRule() : LinkRule("both-passive", FindingSeverity.Warning, FindingEnd.Both, LinkFacts.Ports)
{
    public override IEnumerable<Finding> Examine(LinkCase link) =>
        from slave in link.Partnered
        where ((slave.Actor!.State | slave.Partner!.State) & LacpPortState.Activity) == 0
        select Find(
            $"LACP is passive at both ends of {slave.Name}.",
            [slave.Name],
            "Make one end active: bond-lacp-active on, or channel-group N mode active.",
            [link.QuotePort(slave)]);
}
