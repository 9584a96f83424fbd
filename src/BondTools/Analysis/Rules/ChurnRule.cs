using System.Collections.Generic;
using System.Linq;
using BondTools.Linux;

namespace BondTools.Analysis.Rules;

/// <summary>A port has not come into sync within a minute (IEEE 802.1AX, 6.4.17).</summary>
internal sealed class ChurnRule() : LinkRule("churned", FindingSeverity.Warning, FindingEnd.Both, LinkFacts.None, mayFollow: true)
{
    public override IEnumerable<Finding> Examine(LinkCase link) =>
        from slave in link.Bond.Slaves
        where slave.ActorChurnState == ChurnState.Churned || slave.PartnerChurnState == ChurnState.Churned
        select Find(
            $"{slave.Name} has been out of sync for more than a minute: this will not mend itself.",
            [slave.Name],
            "Follow the other findings on this port.",
            [link.Quote(slave, $"churn state of the actor {slave.ActorChurnState}, of the partner {slave.PartnerChurnState}")]);
}
