using System.Collections.Generic;
using System.Linq;

namespace BondTools.Analysis.Rules;

/// <summary>The slaves' own keys differ, because their speeds or duplex do: the kernel will not aggregate them.</summary>
internal sealed class ActorKeysRule() : LinkRule("actor-keys-differ", FindingSeverity.Error, FindingEnd.Both, LinkFacts.Ports, mayFollow: true)
{
    public override IEnumerable<Finding> Examine(LinkCase link)
    {
        var up = link.Bond.Slaves.Where(slave => LinkCase.IsUp(slave) && slave.Actor is not null).ToList();
        return up.Select(slave => slave.Actor!.Key).Distinct().Count() < 2
            ? []
            : [Find(
                "The slaves differ in speed or duplex, so they cannot be in one aggregator.",
                OddOnes.Among(link, up, slave => slave.Actor!.Key).Select(slave => slave.Name),
                "Give all links the same speed and duplex; look at auto-negotiation at both ends.",
                up.Select(slave => link.Quote(slave, $"key {slave.Actor!.Key}, {(slave.SpeedMbps is { } speed ? $"{speed} Mbit/s" : "speed unknown")}, duplex {slave.Duplex}")))];
    }
}
