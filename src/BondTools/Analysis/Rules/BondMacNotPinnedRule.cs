using System.Collections.Generic;
using System.Linq;

namespace BondTools.Analysis.Rules;

/// <summary>The bond has the address of whichever slave came first, so that another order of the NICs gives it another one.</summary>
internal sealed class BondMacNotPinnedRule() : LinkRule("bond-mac-not-pinned", FindingSeverity.Information, FindingEnd.Host, LinkFacts.Stanzas)
{
    public override IEnumerable<Finding> Examine(LinkCase link)
    {
        if (link.Host is not { Stanza: not null, PinnedAddress: null, MacAddress: { } address }
            || link.Bond.Slaves.FirstOrDefault(slave => address.Equals(slave.PermanentHardwareAddress)) is not { } donor)
            return [];
        return [Find(
            $"{link.BondLabel} has its address from {donor.Name}, and nothing pins it: with another first slave it changes, and with it the LACP system.",
            [link.BondLabel],
            $"Where addresses are known by (DHCP, licences, port security), write hwaddress {address} into the stanza of {link.BondLabel}.",
            [link.QuoteBond($"address {address}"), link.Quote(donor, $"permanent address {donor.PermanentHardwareAddress}")])];
    }
}
