using System.Collections.Generic;

namespace BondTools.Analysis.Rules;

/// <summary>The bond does not speak LACP at all.</summary>
internal sealed class ModeRule() : LinkRule("mode-not-lacp", FindingSeverity.Error, FindingEnd.Host, LinkFacts.None)
{
    public override IEnumerable<Finding> Examine(LinkCase link) => link.IsLacp
        ? []
        : [Find(
            $"{link.BondLabel} is in mode {link.Bond.Mode}, which does not speak LACP.",
            [link.BondLabel],
            "Set bond-mode 802.3ad on the host; or, for balance-xor and balance-rr, make the switch's channel static (channel-group N mode on).",
            [link.QuoteBond($"mode {link.Bond.Mode}")])];
}
