using System.Collections.Generic;

namespace BondTools.Analysis.Rules;

/// <summary>Fewer ports are on the active aggregator than min_links asks for, so that the kernel keeps the bond down.</summary>
internal sealed class MinimumLinksRule() : LinkRule("min-links-unmet", FindingSeverity.Error, FindingEnd.Host, LinkFacts.Ports, mayFollow: true)
{
    public override IEnumerable<Finding> Examine(LinkCase link)
    {
        var ports = link.Bond.PortCount ?? 0;
        if (link.Bond.MinLinks is not { } minimum || minimum <= ports)
            return [];
        return [Find(
            $"{link.BondLabel} needs {minimum} links and has {ports}, so it carries nothing.",
            [link.BondLabel],
            minimum > link.Bond.Slaves.Count
                ? $"The bond has only {link.Bond.Slaves.Count} slaves: lower bond-min-links or add slaves."
                : "Bring the missing links up, or lower bond-min-links.",
            [link.QuoteBond($"min links {minimum}, ports on the active aggregator {ports}, MII status {link.Bond.MiiStatus}")])];
    }
}
