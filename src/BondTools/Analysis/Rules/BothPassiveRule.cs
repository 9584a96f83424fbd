using System;
using System.Collections.Generic;
using System.Linq;
using BondTools.Lacp;
using BondTools.Planning;

namespace BondTools.Analysis.Rules;

/// <summary>
/// Both ends wait to be asked. Two Linux ends come up nevertheless, and then it is only a warning: what is bundled need not come
/// back after a restart. With an IOS end nobody ever speaks, and nothing is bundled.
/// </summary>
internal sealed class BothPassiveRule() : LinkRule("both-passive", FindingSeverity.Error, FindingEnd.Both, LinkFacts.Ports, mayFollow: true)
{
    private const string Remedy = "Make one end active: bond-lacp-active on, or channel-group N mode active.";

    public override IEnumerable<Finding> Examine(LinkCase link)
    {
        foreach (var slave in link.Partnered.Where(slave => ((slave.Actor!.State | slave.Partner!.State) & LacpPortState.Activity) == 0))
        {
            yield return Find($"LACP is passive at both ends of {slave.Name}.", [slave.Name], Remedy, [link.QuotePort(slave)]) with
            {
                Severity = link.LinkOf(slave).Bundled ? FindingSeverity.Warning : FindingSeverity.Error,
            };
        }

        var silent = link.Silent.Where(slave => (slave.Actor!.State & LacpPortState.Activity) == 0).ToList();
        if (silent.Count == 0 || PassivePorts(link) is not { Count: > 0 } ports)
            yield break;
        yield return Find(
            $"LACP is passive at both ends of {Sentence.Enumerate(silent.Select(slave => slave.Name))}: each waits for the other to speak first.",
            silent.Select(slave => slave.Name),
            Remedy,
            [.. silent.Select(link.QuotePort), .. ports]);
    }

    /// <summary>How the switch tells that all members are passive; none where one is not, or it does not tell.</summary>
    private static List<string> PassivePorts(LinkCase link)
    {
        var told = link.Members.Select(pair => Quote(link, pair.Member.Interface)).ToList();
        return told.Contains(null) ? [] : [.. told.OfType<string>()];
    }

    private static string? Quote(LinkCase link, string port)
    {
        if (link.Switch.Configuration(port) is { Mode: { } mode })
            return mode == ChannelGroupMode.Passive ? $"{link.SwitchLabel} {port}: channel-group mode passive" : null;
        return link.Cabling.InternalOf(port) is { } row && row.Flags.IndexOf("P", StringComparison.Ordinal) >= 0
            ? $"{link.SwitchLabel} {port}: flags {row.Flags}"
            : null;
    }
}
