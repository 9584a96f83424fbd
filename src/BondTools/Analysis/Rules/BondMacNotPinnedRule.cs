using System.Collections.Generic;
using System.Linq;

namespace BondTools.Analysis.Rules;

/// <summary>
/// The bond has, from no line of its stanza, an address that the next start will not give it: that of a slave which is not the
/// first, or of a NIC that has left the bond. The first slave's address, which every bond has that nobody pins, is no finding.
/// </summary>
internal sealed class BondMacNotPinnedRule() : LinkRule("bond-mac-not-pinned", FindingSeverity.Information, FindingEnd.Host, LinkFacts.Stanzas)
{
    public override IEnumerable<Finding> Examine(LinkCase link)
    {
        // A locally administered address is one that udev has made for the bond, and makes anew alike.
        if (link.Host is not { Stanza: { } stanza, PinnedAddress: null, MacAddress: { IsLocallyAdministered: false } address }
            || link.Bond.Slaves.Any(slave => slave.PermanentHardwareAddress is null))
            return [];
        var donor = link.Bond.Slaves.FirstOrDefault(slave => address.Equals(slave.PermanentHardwareAddress));
        if (stanza.OptionWords("bond-slaves") is not { Count: > 0 } order || donor?.Name == order[0])
            return [];
        return [Find(
            donor is null
                ? $"{link.BondLabel} has the address {address} of none of its slaves, and nothing pins it: it changes at the next start, and so does the LACP system."
                : $"{link.BondLabel} has its address from {donor.Name}, and nothing pins it: at the next start {order[0]} comes first, and the address changes, and so does the LACP system.",
            [link.BondLabel],
            $"Where addresses are known by (DHCP, licences, port security), write hwaddress {address} into the stanza of {link.BondLabel}.",
            [link.QuoteBond($"address {address}"), .. link.Bond.Slaves.Select(slave => link.Quote(slave, $"permanent address {slave.PermanentHardwareAddress}")),
                $"{link.HostLabel} /etc/network/interfaces: {link.BondLabel} bond-slaves {string.Join(" ", order)}, no hwaddress"])];
    }
}
