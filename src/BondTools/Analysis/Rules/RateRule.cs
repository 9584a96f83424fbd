using System.Collections.Generic;
using System.Linq;
using BondTools.Lacp;

namespace BondTools.Analysis.Rules;

/// <summary>The ends ask for LACPDUs at different rates, which is allowed.</summary>
internal sealed class RateRule() : LinkRule("rates-differ", FindingSeverity.Information, FindingEnd.Both, LinkFacts.Ports)
{
    public override IEnumerable<Finding> Examine(LinkCase link) =>
        from slave in link.Partnered
        where ((slave.Actor!.State ^ slave.Partner!.State) & LacpPortState.ShortTimeout) != 0
        let isHostFast = (slave.Actor!.State & LacpPortState.ShortTimeout) != 0
        select Find(
            $"On {slave.Name} the {(isHostFast ? "host" : "switch")} asks for LACPDUs every second and the {(isHostFast ? "switch" : "host")} every 30 seconds.",
            [slave.Name],
            "Set both to fast (bond-lacp-rate fast; lacp rate fast) so that either end notices a silent failure within seconds, or leave it.",
            [link.QuotePort(slave)]);
}
