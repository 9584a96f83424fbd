using System.Collections.Generic;
using System.Linq;

namespace BondTools.Analysis.Rules;

/// <summary>A member port is administratively down at the switch.</summary>
internal sealed class MemberShutdownRule() : LinkRule(
    "member-shutdown", FindingSeverity.Error, FindingEnd.Switch, LinkFacts.Channel | LinkFacts.PortStatus, mayFollow: true)
{
    public override IEnumerable<Finding> Examine(LinkCase link) =>
        from pair in link.Members
        let told = pair.Member.Bundled ? null : link.Switch.ShutDownBy(pair.Member.Interface)
        where told is not null
        select Find(
            $"{pair.Member.Interface} of {pair.Channel.PortChannel} is shut down on {link.SwitchLabel}.",
            [pair.Member.Interface],
            $"Enable it: interface {pair.Member.Interface}, no shutdown.",
            [$"{link.SwitchLabel} {told}", link.Quote(pair.Channel)]);
}
