using System.Collections.Generic;
using System.Linq;
using BondTools.Cisco;

namespace BondTools.Analysis.Rules;

/// <summary>The switch hears the bond's LACP system on ports that no slave of the bond is cabled to: somebody else has the same address.</summary>
internal sealed class DuplicateSystemRule() : LinkRule(
    "duplicate-system-mac", FindingSeverity.Error, FindingEnd.Host, LinkFacts.Ports | LinkFacts.Neighbors)
{
    public override IEnumerable<Finding> Examine(LinkCase link)
    {
        if (link.Bond.SystemMacAddress is not { } system)
            return [];
        // Whom a port without a link heard is a memory.
        var others = link.Cabling.Neighbors!
            .Where(row => row.DeviceId.Equals(system) && link.Links.All(l => !CiscoInterfaceName.Same(l.SwitchInterface, row.Interface))
                && !link.Members.Any(pair => pair.Member.State == EtherChannelMemberState.Down && CiscoInterfaceName.Same(pair.Member.Interface, row.Interface))).ToList();
        // A slave whose port could not be told may be the one behind the row.
        return others.Count == 0 || link.Links.Any(l => l.SwitchInterface is null && l.HostBundled != false)
            ? []
            : [Find(
                $"{link.SwitchLabel} hears the LACP system of {link.BondLabel}, {system}, on {Sentence.Enumerate(others.Select(row => row.Interface))} too, where no slave of the bond is.",
                others.Select(row => row.Interface),
                "Give each bond an address of its own (hwaddress, or bond-ad-actor-system): cloned machines and bonds with a copied address share one.",
                [link.QuoteBond($"system {system}"), .. link.Cabling.Neighbors!.Where(row => row.DeviceId.Equals(system)).Select(link.Quote)])];
    }
}
