using System.Collections.Generic;
using System.Linq;
using BondTools.Cisco;

namespace BondTools.Analysis.Rules;

/// <summary>The switch has a port in the bundle that leads to no slave of the bond.</summary>
internal sealed class MemberNotMappedRule() : LinkRule(
    "member-not-mapped", FindingSeverity.Warning, FindingEnd.Cable, LinkFacts.Ports | LinkFacts.Channel | LinkFacts.Neighbors, mayFollow: true)
{
    public override IEnumerable<Finding> Examine(LinkCase link) =>
        from channel in link.Channels
        from member in channel.Members
        where member.Bundled && link.Links.All(l => l.SwitchInterface != member.Interface)
        let heard = link.Cabling.Neighbors!.FirstOrDefault(
            neighbor => CiscoInterfaceName.Same(neighbor.Interface, member.Interface))
        select Find(
            $"{member.Interface} of {channel.PortChannel} is bundled and leads to no slave of {link.BondLabel}.",
            [member.Interface],
            "Check where the cable leads: the switch sends part of the bond's traffic there.",
            heard is null ? [link.Quote(channel)] : [link.Quote(channel), link.Quote(heard)]);
}
