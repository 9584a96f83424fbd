using System;
using System.Collections.Generic;
using System.Linq;
using BondTools.Lacp;

namespace BondTools.Analysis.Rules;

/// <summary>
/// The switch gives the host three seconds between LACPDUs, and they come more slowly. By the standard (IEEE 802.1AX, 6.4.13) it
/// is the partner's time-out that decides how often a port sends, whatever its own rate: a host at lacp_rate slow sends every
/// second to a switch that asks for it. So the setting is no fault, but the delay is.
/// </summary>
internal sealed class SlowAnswerRule() : LinkRule(
    "slow-rate-fast-timeout", FindingSeverity.Warning, FindingEnd.Both, LinkFacts.Ports | LinkFacts.Neighbors)
{
    // Short_Timeout_Time: three times the fast period.
    private static readonly TimeSpan ShortTimeout = TimeSpan.FromSeconds(3);

    public override IEnumerable<Finding> Examine(LinkCase link) =>
        from slave in link.Partnered
        where link.LinkOf(slave).Bundled && (slave.Partner!.State & LacpPortState.ShortTimeout) != 0
        let row = link.NeighborOf(slave)
        where row is not null && row.Age >= ShortTimeout
        select Find(
            $"{link.SwitchLabel} asks for an LACPDU every second on {slave.Name}, and the last one came {row.Age.TotalSeconds} s ago: the link may flap.",
            [slave.Name],
            "Set the switch's end to lacp rate normal, or look at why the host's LACPDUs are late: an overloaded host, or frames lost on the way.",
            [link.QuotePort(slave), link.Quote(row)]);
}
