using System.Collections.Generic;
using System.Linq;
using BondTools.Lacp;

namespace BondTools.Analysis.Rules;

/// <summary>A port has link and partner, and one of the ends does not use it.</summary>
internal sealed class PortStateRule() : LinkRule("port-not-carrying", FindingSeverity.Error, FindingEnd.Both, LinkFacts.Ports, mayFollow: true)
{
    public override IEnumerable<Finding> Examine(LinkCase link) =>
        from slave in link.Partnered
        where !LinkCase.HearsItself(slave)
        let host = Describe(slave.Actor!.State)
        let partner = Describe(slave.Partner!.State)
        where host.Length + partner.Length > 0
        select Find(
            $"{slave.Name} carries no traffic: " + Sentence.Enumerate(Sentences(host, partner)) + ".",
            [slave.Name],
            Remedy(slave.Actor!.State, slave.Partner!.State),
            [link.QuotePort(slave), $"the host's end is {slave.Actor!.State.Explain()}", $"the switch's end is {slave.Partner!.State.Explain()}", .. link.QuoteSwitch(slave)],
            EndOf(slave.Actor!.State, slave.Partner!.State));

    private static IEnumerable<string> Sentences(string host, string partner)
    {
        if (host.Length > 0)
            yield return "the host's end is " + host;
        if (partner.Length > 0)
            yield return "the switch's end is " + partner;
    }

    /// <summary>What keeps a port of this state from carrying traffic, in words; empty when nothing does.</summary>
    private static string Describe(LacpPortState state)
    {
        var words = new List<string>();
        if ((state & LacpPortState.Expired) != 0)
            words.Add("expired (LACPDUs have stopped coming)");
        if ((state & LacpPortState.Defaulted) != 0)
            words.Add("defaulted (no LACPDU has come)");
        if ((state & LacpPortState.Aggregation) == 0)
            words.Add("individual (may not be aggregated)");
        if ((state & LacpPortState.Synchronization) == 0)
            words.Add("not in sync");
        if ((state & LacpPortState.Collecting) == 0)
            words.Add("not collecting");
        if ((state & LacpPortState.Distributing) == 0)
            words.Add("not distributing");
        return Sentence.Enumerate(words);
    }

    /// <summary>The end that keeps the port back; the cable where LACPDUs get lost.</summary>
    private static FindingEnd EndOf(LacpPortState host, LacpPortState partner)
    {
        const LacpPortState lost = LacpPortState.Expired | LacpPortState.Defaulted;
        if (((host | partner) & lost) != 0)
            return FindingEnd.Cable;
        if ((host & LacpPortState.Aggregation) == 0)
            return FindingEnd.Host;
        if ((partner & LacpPortState.Aggregation) == 0)
            return FindingEnd.Switch;
        return (host & LacpPortState.Synchronization) == 0 ? FindingEnd.Both : FindingEnd.Switch;
    }

    private static string Remedy(LacpPortState host, LacpPortState partner)
    {
        const LacpPortState lost = LacpPortState.Expired | LacpPortState.Defaulted;
        if ((host & lost) != 0)
            return "LACPDUs from the switch do not arrive: check that its port still runs LACP, and the cable in this direction.";
        if ((partner & lost) != 0)
            return "LACPDUs from the host do not reach the switch: check the cable in this direction.";
        if ((host & LacpPortState.Synchronization) == 0)
            return "The host keeps the port off its active aggregator: look for different partners, keys or speeds among the slaves.";
        return (partner & LacpPortState.Synchronization) == 0
            ? "The switch has not selected the port: compare its configuration with the other members' (speed, duplex, VLANs, trunk mode)."
            : "If the link has just come up, test again in a few seconds; else look at the port's state on the switch.";
    }
}
