using System.Collections.Generic;
using System.Linq;
using BondTools.Cisco;
using BondTools.Linux;

namespace BondTools.Analysis.Rules;

/// <summary>A slave's link is up and nobody at its other end speaks LACP.</summary>
internal sealed class PartnerSilentRule() : LinkRule("partner-silent", FindingSeverity.Error, FindingEnd.Switch, LinkFacts.Ports, mayFollow: true)
{
    public override IEnumerable<Finding> Examine(LinkCase link)
    {
        var silent = link.Silent.ToList();
        if (silent.Count == 0)
            return [];

        var (reason, remedy) = Explain(link, silent);
        // Where all of the switch's ports are in the channel, it is the way between that swallows the LACPDUs.
        var isConfigured = link.Channels.Count == 1 && link.Channels[0] is { Protocol: EtherChannelProtocol.Lacp } channel
            && channel.Members.Count >= link.Bond.Slaves.Count;
        return [Find(
            $"{Sentence.Enumerate(silent.Select(slave => slave.Name))} {(silent.Count == 1 ? "hears" : "hear")} no LACP partner{reason}.",
            silent.Select(slave => slave.Name),
            remedy,
            [.. silent.Select(link.QuotePort), .. link.Channels.Select(link.Quote)],
            isConfigured ? FindingEnd.Cable : FindingEnd.Switch)];
    }

    private static (string Reason, string Remedy) Explain(LinkCase link, List<BondSlave> silent)
    {
        var channel = link.Channels.Count == 1 ? link.Channels[0] : null;
        // Link here and none there: the cable does not join the two.
        if (silent.Count <= link.Members.Count(pair => pair.Member.State == EtherChannelMemberState.Down))
        {
            return ($", and as many ports of {link.SwitchLabel} have no link", "Look where the cables lead: to another switch, to ports that are not in the channel-group, "
                + "or from one NIC of this host to another (the kernel drops the LACPDUs that it sent itself).");
        }
        if (silent.Count < link.Bond.Slaves.Count(LinkCase.IsUp))
        {
            return (", while other slaves do", "Put that port of the switch too into the channel-group (channel-group N mode active); "
                + "if it is in, LACPDUs get lost on this cable: check the cable, its transceivers and what lies between.");
        }
        return channel switch
        {
            { Members.Count: 0 } =>
                ($": {channel.PortChannel} has no member ports", $"Configure the switch's ports with channel-group {channel.Group} mode active."),
            { Protocol: EtherChannelProtocol.None } =>
                ($": {channel.PortChannel} is static (mode on)", $"Configure the switch's ports with channel-group {channel.Group} mode active."),
            { Protocol: EtherChannelProtocol.Pagp } =>
                ($": {channel.PortChannel} speaks PAgP", $"Configure the switch's ports with channel-group {channel.Group} mode active."),
            { Protocol: EtherChannelProtocol.Lacp } when link.Bond.LacpActive == false =>
                (": LACP is passive on the host, and may be on the switch", $"Make one end active: bond-lacp-active on, or channel-group {channel.Group} mode active."),
            { Protocol: EtherChannelProtocol.Lacp } =>
                ($", though {channel.PortChannel} speaks LACP", $"Check that the cables lead to the ports of {channel.PortChannel} and that nothing between swallows LACPDUs."),
            _ => ("", "Put the switch's ports into a channel-group with LACP (channel-group N mode active); a static channel (mode on) sends no LACPDUs."),
        };
    }
}
