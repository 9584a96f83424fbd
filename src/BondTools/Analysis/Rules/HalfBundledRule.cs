using System.Collections.Generic;
using System.Linq;

namespace BondTools.Analysis.Rules;

/// <summary>One end uses a link and the other does not: what is sent over it is lost.</summary>
internal sealed class HalfBundledRule() : LinkRule("half-bundled", FindingSeverity.Error, FindingEnd.Both, LinkFacts.Ports | LinkFacts.Channel, mayFollow: true)
{
    public override IEnumerable<Finding> Examine(LinkCase link)
    {
        // Without the cabling map the ends can still be counted.
        if (link.Links.All(l => l.SwitchBundled is null))
            return link.IsMultiChassis ? [] : CompareCounts(link);
        return
            from slave in link.Bond.Slaves
            let l = link.LinkOf(slave)
            where l.HostBundled is { } host && l.SwitchBundled is { } other && host != other
            select Find(
                l.HostBundled == true
                    ? $"The host uses {l.HostInterface}, and {link.SwitchLabel} does not use its end, {l.SwitchInterface}."
                    : $"{link.SwitchLabel} uses {l.SwitchInterface}, and the host does not use its end, {l.HostInterface}.",
                [l.HostInterface],
                "If it has just come up, test again in a few seconds; else take the link down and up, and follow the other findings on it.",
                [link.QuotePort(slave), .. link.QuoteSwitch(slave)]);
    }

    private IEnumerable<Finding> CompareCounts(LinkCase link)
    {
        var host = link.Links.Count(l => l.HostBundled == true);
        var other = link.Channels.Sum(channel => channel.Members.Count(member => member.Bundled));
        return host == other
            ? []
            : [Find(
                $"The host uses {host} links of {link.BondLabel}, and {link.SwitchLabel} uses {other}.",
                [.. link.Links.Where(l => l.HostBundled != true).Select(l => l.HostInterface),
                    .. link.Channels.SelectMany(channel => channel.Members).Where(member => !member.Bundled).Select(member => member.Interface)],
                "Compare the ports one by one: show lacp neighbor tells which cable leads where.",
                [.. link.Bond.Slaves.Select(link.QuotePort), .. link.Channels.Select(link.Quote)])];
    }
}
