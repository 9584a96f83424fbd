using System.Collections.Generic;
using System.Linq;

namespace BondTools.Analysis.Rules;

/// <summary>A slave hears another partner than it did before: its cable was moved, or the switch was replaced or configured anew.</summary>
internal sealed class PartnerChangedRule() : LinkRule("partner-changed", FindingSeverity.Warning, FindingEnd.Cable, LinkFacts.Ports, mayFollow: true)
{
    public override IEnumerable<Finding> Examine(LinkCase link) =>
        from slave in link.Heard
        let before = link.Evidence.PreviousBond?.Slaves.FirstOrDefault(old => old.Name == slave.Name)
        where before is not null && LinkCase.HasPartner(before)
        let was = before.Partner!
        let now = slave.Partner!
        where !was.SystemMacAddress.Equals(now.SystemMacAddress) || was.Key != now.Key || was.PortNumber != now.PortNumber
        select Find(
            $"{slave.Name} heard {was.SystemMacAddress} key {was.Key} port {was.PortNumber} before, and hears {now.SystemMacAddress} key {now.Key} port {now.PortNumber} now.",
            [slave.Name],
            "If nobody moved the cable or changed the switch, look where the cable leads.",
            [$"before: {link.QuotePort(before)}", link.QuotePort(slave)]);
}
