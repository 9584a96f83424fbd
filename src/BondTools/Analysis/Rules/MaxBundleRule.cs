using System.Collections.Generic;
using System.Linq;
using BondTools.Cisco;

namespace BondTools.Analysis.Rules;

/// <summary>The switch holds a member in reserve, because the port-channel has as many active ports as it may.</summary>
internal sealed class MaxBundleRule() : LinkRule("max-bundle", FindingSeverity.Warning, FindingEnd.Switch, LinkFacts.Channel, mayFollow: true)
{
    // LACP of the IOS bundles this many at most, whatever is configured.
    private const int Limit = 8;

    public override IEnumerable<Finding> Examine(LinkCase link) =>
        from pair in link.Members
        where pair.Member.State == EtherChannelMemberState.HotStandby
        let configured = link.Switch.Configuration(pair.Channel.PortChannel)?.MaxBundle
        select Find(
            $"{pair.Member.Interface} of {pair.Channel.PortChannel} is a hot standby (H): the port-channel has as many active ports as it may"
                + (configured is null ? "." : $" (lacp max-bundle {configured})."),
            [pair.Member.Interface],
            $"None is needed where this is wished: it takes over when another fails. To use it now, raise lacp max-bundle; {Limit} ports are the most.",
            [link.Quote(pair.Channel)]);
}
