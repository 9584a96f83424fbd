using System.Collections.Generic;
using System.Linq;
using BondTools.Cisco;
using BondTools.Lacp;
using BondTools.Linux;

namespace BondTools.Analysis.Rules;

/// <summary>A slave hears the bond's own LACPDUs: two of the host's NICs are cabled to each other, or the switch sends them back.</summary>
internal sealed class PartnerIsSelfRule() : LinkRule("partner-is-self", FindingSeverity.Error, FindingEnd.Cable, LinkFacts.Ports)
{
    public override IEnumerable<Finding> Examine(LinkCase link)
    {
        var looped = link.Partnered.Where(LinkCase.HearsItself).ToList();
        if (looped.Count == 0)
            looped = Stuck(link);
        return looped.Count == 0
            ? []
            : [Find(
                $"{Sentence.Enumerate(looped.Select(slave => slave.Name))} {(looped.Count == 1 ? "hears" : "hear")} {link.BondLabel} itself: there is a loop.",
                looped.Select(slave => slave.Name),
                "Plug the cables into the switch, not into another NIC of this host, and look for a loop behind the ports.",
                looped.Select(link.QuotePort))];
    }

    // The driver drops what it sent itself (bond_3ad.c, "An illegal loopback occurred"), and its port then stays expired and
    // defaulted at once, as it else is for three seconds after its link came up. Two such ports whose switch has no link there
    // are at the two ends of one cable.
    private static List<BondSlave> Stuck(LinkCase link)
    {
        const LacpPortState begun = LacpPortState.Expired | LacpPortState.Defaulted;
        var stuck = link.Silent.Where(slave => (slave.Actor!.State & begun) == begun).ToList();
        return stuck.Count > 1 && link.Members.Count(pair => pair.Member.State == EtherChannelMemberState.Down) >= stuck.Count ? stuck : [];
    }
}
