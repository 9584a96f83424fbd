using System.Collections.Generic;
using System.Linq;

namespace BondTools.Analysis.Rules;

/// <summary>A slave hears nobody because the port that it is cabled to is in no channel-group.</summary>
internal sealed class PortNotInGroupRule() : LinkRule(
    "port-not-in-channel-group", FindingSeverity.Error, FindingEnd.Switch, LinkFacts.Ports | LinkFacts.PortSettings)
{
    public override IEnumerable<Finding> Examine(LinkCase link) =>
        from slave in link.Silent
        let port = link.LinkOf(slave).SwitchInterface
        where port is not null && link.Switch.Configuration(port) is { Group: null }
        select Find(
            $"{slave.Name} hears no LACP partner: its port {port} is in no channel-group.",
            [slave.Name],
            $"Put it in: interface {port}, channel-group {(link.Channels.Count == 1 ? $"{link.Channels[0].Group}" : "N")} mode active.",
            [link.QuotePort(slave), $"{link.SwitchLabel} {port}: no channel-group in its configuration", .. link.Channels.Select(link.Quote)]);
}
