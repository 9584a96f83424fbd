using System.Collections.Generic;
using System.Linq;
using BondTools.Linux;

namespace BondTools.Analysis.Rules;

/// <summary>A slave has lost its link since the bond was looked at before.</summary>
internal sealed class LinkFailuresRisingRule() : LinkRule(
    "link-failures-rising", FindingSeverity.Warning, FindingEnd.Cable, LinkFacts.None, mayFollow: true)
{
    public override IEnumerable<Finding> Examine(LinkCase link) =>
        from slave in link.Bond.Slaves
        let before = Before(link, slave)
        where before < slave.LinkFailureCount
        select Find(
            $"{slave.Name} has lost its link {(slave.LinkFailureCount - before == 1 ? "once" : $"{slave.LinkFailureCount - before} times")} since it was looked at before.",
            [slave.Name],
            "Replace the cable or the transceiver if nobody unplugged it; try another port of the switch.",
            [link.Quote(slave, $"link failures {before} before"), link.Quote(slave, $"link failures {slave.LinkFailureCount} now")]);

    /// <summary>The slave's failures at the earlier look; null where there was none.</summary>
    public static long? Before(LinkCase link, BondSlave slave) =>
        link.Evidence.PreviousBond?.Slaves.FirstOrDefault(old => old.Name == slave.Name)?.LinkFailureCount;
}
