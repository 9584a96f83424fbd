using System.Collections.Generic;
using System.Linq;

namespace BondTools.Analysis.Rules;

/// <summary>A slave has lost its link at some time since it was enslaved.</summary>
internal sealed class LinkFailureRule() : LinkRule("link-failures", FindingSeverity.Information, FindingEnd.Cable, LinkFacts.None)
{
    public override IEnumerable<Finding> Examine(LinkCase link) =>
        from slave in link.Bond.Slaves
        where slave.LinkFailureCount > 0 && !(LinkFailuresRisingRule.Before(link, slave) < slave.LinkFailureCount)
        select Find(
            $"{slave.Name} has lost its link {(slave.LinkFailureCount == 1 ? "once" : $"{slave.LinkFailureCount} times")} since it joined {link.BondLabel}.",
            [slave.Name],
            "If nobody unplugged it and the count goes on rising, replace the cable or the transceiver.",
            [link.Quote(slave, $"link failures {slave.LinkFailureCount}")]);
}
