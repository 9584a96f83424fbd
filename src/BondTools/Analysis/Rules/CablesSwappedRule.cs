using System.Collections.Generic;
using System.Linq;
using BondTools.Cisco;

namespace BondTools.Analysis.Rules;

/// <summary>Cables of two bonds are interchanged: the slaves end in two port-channels, each of which hears another system besides.</summary>
internal sealed class CablesSwappedRule() : LinkRule(
    "cables-swapped", FindingSeverity.Error, FindingEnd.Cable, LinkFacts.Ports | LinkFacts.Neighbors)
{
    public override IEnumerable<Finding> Examine(LinkCase link)
    {
        var groups = link.Bond.Slaves.Select(link.NeighborOf).OfType<CiscoLacpNeighbor>().GroupBy(row => row.Group).ToList();
        if (groups.Count < 2)
            return [];
        var strangers = link.Cabling.Neighbors!
            .Where(row => !row.DeviceId.IsZero && !row.DeviceId.Equals(link.Bond.SystemMacAddress) && groups.Exists(group => group.Key == row.Group)).ToList();
        // In the group that was asked for, the bond is at home; the others must then be another's.
        var foreign = groups.Where(group => group.Key != link.Evidence.Group).ToList();
        if (foreign.Count == 0 || !foreign.TrueForAll(group => strangers.Exists(row => row.Group == group.Key)))
            return [];
        return [Find(
            $"The slaves of {link.BondLabel} end in {groups.Count} port-channels that other systems are in too: "
                + Sentence.Enumerate(groups.Select(group => $"{Sentence.Enumerate(NamesIn(link, group.Key))} in group {group.Key}")) + ".",
            [.. groups.SelectMany(group => NamesIn(link, group.Key)), .. strangers.Select(row => row.Interface)],
            "Swap the cables back, so that each port-channel leads to one bond.",
            groups.SelectMany(group => group).Concat(strangers).Select(link.Quote))];
    }

    private static IEnumerable<string> NamesIn(LinkCase link, int group) =>
        link.Bond.Slaves.Where(slave => link.NeighborOf(slave)?.Group == group).Select(slave => slave.Name);
}
