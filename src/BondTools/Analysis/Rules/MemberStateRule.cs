using System.Collections.Generic;
using System.Linq;
using BondTools.Cisco;

namespace BondTools.Analysis.Rules;

/// <summary>The switch does not have a member port bundled; a finding says what the letter behind it means.</summary>
internal sealed class MemberStateRule() : LinkRule("member-not-bundled", FindingSeverity.Error, FindingEnd.Switch, LinkFacts.Channel, mayFollow: true)
{
    public override IEnumerable<Finding> Examine(LinkCase link) =>
        from channel in link.Channels
        from member in channel.Members
        // A port in reserve is as it should be, and has a rule of its own.
        where !member.Bundled && member.State != EtherChannelMemberState.HotStandby
        let words = Explain(member.State)
        select Find(
            $"{member.Interface} of {channel.PortChannel} is {words.State}.",
            [member.Interface],
            words.Remedy,
            [link.Quote(channel)]);

    private static (string State, string Remedy) Explain(EtherChannelMemberState state) => state switch
    {
        EtherChannelMemberState.Down =>
            ("down (D)", "Check the cable, that the port is not shut down, and that the host's interface is up."),
        EtherChannelMemberState.StandAlone =>
            ("stand-alone (I): it hears no LACP and works as a port of its own", "Set bond-mode 802.3ad on the host, and check that the port is cabled to a slave of the bond."),
        EtherChannelMemberState.Suspended =>
            ("suspended (s)", "Check that the host speaks LACP on this cable, and compare the port's configuration with the other members' (speed, duplex, VLANs, trunk mode)."),
        EtherChannelMemberState.Waiting =>
            ("waiting to be aggregated (w)", "If it has just come up, test again in a few seconds; else check that the host speaks LACP on this cable."),
        EtherChannelMemberState.Unsuitable =>
            ("unsuitable for bundling (u)", "Compare its speed, duplex, VLANs and trunk mode with the other members'."),
        EtherChannelMemberState.FailedToAllocate =>
            ("without an aggregator (f)", "The switch has no aggregator left: remove port-channels that are not needed."),
        EtherChannelMemberState.MinimumLinksNotMet =>
            ("not in use, because the minimum of links is not met (M)", "Bring the missing links up, or lower port-channel min-links."),
        _ => ("not bundled", "Look at the port with show etherchannel detail."),
    };
}
