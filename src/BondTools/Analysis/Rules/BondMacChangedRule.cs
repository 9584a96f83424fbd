using System.Collections.Generic;

namespace BondTools.Analysis.Rules;

/// <summary>The bond has another address than it had before, or than its stanza gives it.</summary>
internal sealed class BondMacChangedRule() : LinkRule("bond-mac-changed", FindingSeverity.Warning, FindingEnd.Host, LinkFacts.None)
{
    public override IEnumerable<Finding> Examine(LinkCase link)
    {
        if (link.Host is { PinnedAddress: { } pinned, MacAddress: { } present } && !pinned.Equals(present))
        {
            yield return Find(
                $"{link.BondLabel} has the address {present}, and its stanza gives it {pinned}.",
                [link.BondLabel],
                "Apply the configuration (ifreload -a), or correct hwaddress in the stanza.",
                [link.QuoteBond($"address {present}"), $"{link.HostLabel} /etc/network/interfaces: {link.BondLabel} hwaddress {pinned}"]);
        }
        if (link.Evidence.PreviousBond?.SystemMacAddress is { } before && link.Bond.SystemMacAddress is { } now && !before.Equals(now))
        {
            yield return Find(
                $"The LACP system of {link.BondLabel} was {before} and is {now}.",
                [link.BondLabel],
                "Pin the address with hwaddress in the bond's stanza, so that it does not depend on which slave comes first.",
                [link.QuoteBond($"system {before} before"), link.QuoteBond($"system {now} now")]);
        }
    }
}
