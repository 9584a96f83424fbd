using System.Collections.Generic;

namespace BondTools.Analysis.Rules;

/// <summary>The kernel hides partner and port states from readers without CAP_NET_ADMIN.</summary>
internal sealed class UnprivilegedReadRule() : LinkRule("unprivileged-read", FindingSeverity.Warning, FindingEnd.Host, LinkFacts.None)
{
    public override IEnumerable<Finding> Examine(LinkCase link) => !link.IsLacp || (link.Known & LinkFacts.Ports) != 0
        ? []
        : [Find(
            $"Whether {link.BondLabel} has a partner cannot be told: its status was read without privileges.",
            [],
            "Read /proc/net/bonding as root (or with CAP_NET_ADMIN).",
            [link.QuoteBond("no system address and no LACPDU details in the text")])];
}
