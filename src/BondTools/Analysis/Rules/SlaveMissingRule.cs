using System.Collections.Generic;
using System.Linq;
using BondTools.Linux;

namespace BondTools.Analysis.Rules;

/// <summary>The interfaces file names a slave that the bond does not have: its NIC got another name, is gone, or was not enslaved.</summary>
internal sealed class SlaveMissingRule() : LinkRule("slave-missing", FindingSeverity.Error, FindingEnd.Host, LinkFacts.Stanzas)
{
    public override IEnumerable<Finding> Examine(LinkCase link) =>
        from name in link.Host.MissingSlaves
        let exists = link.Evidence.LinkCounters is null ? (bool?)null : link.Host.Link(name) is not null
        let unused = exists == false ? Unused(link) : []
        select Find(
            exists == false ? $"{name} is to be a slave of {link.BondLabel}, and the host has no interface of that name." : $"{name} is to be a slave of {link.BondLabel} and is not.",
            [name],
            exists == false
                ? "Its NIC was taken out or got another name: write the present one into bond-slaves, or pin the name to the NIC's address (a systemd .link file)."
                    + (unused.Count > 0 ? $" {Sentence.Enumerate(unused)} {(unused.Count == 1 ? "is" : "are")} in no stanza." : "")
                : "Apply the configuration (ifreload -a), and look in the journal for why the slave was refused.",
            [link.QuoteBond($"slaves {string.Join(" ", link.Bond.Slaves.Select(slave => slave.Name))}"),
                $"{link.HostLabel} /etc/network/interfaces: {link.BondLabel} bond-slaves {string.Join(" ", link.Host.Stanza!.OptionWords("bond-slaves"))}"]);

    private static List<string> Unused(LinkCase link) => [.. link.Evidence.LinkCounters!
        .Where(counter => counter.Master is null && NetworkInterface.IsPhysicalName(counter.Interface)
            && link.Evidence.NetworkInterfaces!.All(stanza => stanza.Name != counter.Interface))
        .Select(counter => counter.Interface)];
}
