using System.Collections.Generic;
using System.Linq;

namespace BondTools.Analysis.Rules;

/// <summary>A slave is set down on the host, so that it has no link whatever the cable does.</summary>
internal sealed class SlaveAdminDownRule() : LinkRule("slave-admin-down", FindingSeverity.Error, FindingEnd.Host, LinkFacts.HostLinks)
{
    public override IEnumerable<Finding> Examine(LinkCase link) =>
        from slave in link.Bond.Slaves
        let counter = link.Host.Link(slave.Name)
        where !LinkCase.IsUp(slave) && counter is { AdministrativelyUp: false }
        select Find(
            $"{slave.Name} is set down on the host.",
            [slave.Name],
            $"Set it up: ip link set {slave.Name} up; and see that no file in /etc/network takes it down again.",
            [link.Quote(slave, $"MII status {slave.MiiStatus}, not set up (flag UP is missing), state {counter.State}")]);
}
