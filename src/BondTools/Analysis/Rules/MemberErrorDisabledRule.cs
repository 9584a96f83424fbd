using System;
using System.Collections.Generic;
using System.Linq;

namespace BondTools.Analysis.Rules;

/// <summary>The switch has disabled a member port because of an error that it saw on it.</summary>
internal sealed class MemberErrorDisabledRule() : LinkRule(
    "member-error-disabled", FindingSeverity.Error, FindingEnd.Switch, LinkFacts.Channel | LinkFacts.PortStatus)
{
    public override IEnumerable<Finding> Examine(LinkCase link) =>
        from pair in link.Members
        let status = link.Switch.Status(pair.Member.Interface)
        where status is not null && status.Status.StartsWith("err-dis", StringComparison.Ordinal)
        select Find(
            $"{pair.Member.Interface} of {pair.Channel.PortChannel} is error-disabled on {link.SwitchLabel}.",
            [pair.Member.Interface],
            "Look for the reason with 'show interfaces status err-disabled', remove it, then take the port down and up.",
            [$"{link.SwitchLabel} {SwitchCase.Quote(status)}", link.Quote(pair.Channel)]);
}
