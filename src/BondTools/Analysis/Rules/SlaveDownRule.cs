using System.Collections.Generic;
using System.Linq;
using BondTools.Linux;

namespace BondTools.Analysis.Rules;

/// <summary>A slave has no link.</summary>
internal sealed class SlaveDownRule() : LinkRule("slave-down", FindingSeverity.Error, FindingEnd.Cable, LinkFacts.None, mayFollow: true)
{
    public override IEnumerable<Finding> Examine(LinkCase link) =>
        from slave in link.Bond.Slaves
        where !LinkCase.IsUp(slave)
        select Find(
            slave.MiiStatus == MiiStatus.GoingBack ? $"{slave.Name} has its link back and waits for updelay." : $"{slave.Name} has no link.",
            [slave.Name],
            slave.MiiStatus == MiiStatus.GoingBack
                ? "Wait for updelay to pass and test again."
                : $"Check the cable, that the switch's port is not shut down, and that {slave.Name} is up on the host.",
            [link.Quote(slave, $"MII status {slave.MiiStatus}, link failures {slave.LinkFailureCount}"), .. link.QuoteSwitch(slave)]);
}
