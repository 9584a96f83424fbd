using System.Collections.Generic;
using System.Linq;
using BondTools.Analysis.Rules;
using BondTools.Cisco;

namespace BondTools.Analysis;

/// <summary>
/// Tells causes from consequences: one fault shows in many places, and only the finding that explains the others is to be
/// mended. What follows from it stays in the report as information.
/// </summary>
/// <remarks>
/// Rules are placed in their order, causes first. A finding of a rule that may follow is a consequence where every interface it
/// is about is explained: a cause was found on it, on the other end of its cable, or on the whole that it is a part of; or, for
/// a whole (the bond, a port-channel), on each of its parts that are out of use. So a second fault on another link stays a cause.
/// </remarks>
internal sealed class CauseFinder(LinkCase link)
{
    private readonly Dictionary<string, string> _causes = [];

    /// <summary>Takes up what a rule found: its consequences turned into information, its causes remembered for the rules to come.</summary>
    public IReadOnlyList<Finding> Place(LinkRule rule, IEnumerable<Finding> found)
    {
        var findings = found.Select(finding => rule.MayFollow ? Explain(finding) : finding).ToList();
        foreach (var cause in findings.Where(finding => finding.Severity > FindingSeverity.Information))
        {
            foreach (var subject in cause.Subjects)
                Remember(subject, cause.RuleId);
        }
        return findings;
    }

    private Finding Explain(Finding finding)
    {
        if (finding.Severity == FindingSeverity.Information || finding.Subjects.Count == 0)
            return finding;
        var causes = finding.Subjects.Select(CauseOf).ToList();
        return causes.Contains(null)
            ? finding
            : finding with { Severity = FindingSeverity.Information, FollowsFrom = causes[0] };
    }

    private void Remember(string subject, string rule)
    {
        if (_causes.ContainsKey(subject))
            return;
        _causes.Add(subject, rule);
        foreach (var other in Parts(subject).Concat(OtherEnd(subject)))
            Remember(other, rule);
    }

    /// <summary>What a cause at a whole reaches.</summary>
    private IEnumerable<string> Parts(string subject)
    {
        if (subject == link.BondLabel)
            return link.Slaves.Concat(link.Channels.Select(channel => channel.PortChannel));
        return ChannelOf(subject) is { } channel
            ? channel.Members.Select(member => member.Interface).Concat(link.Channels.Count == 1 ? [link.BondLabel] : [])
            : [];
    }

    private IEnumerable<string> OtherEnd(string subject) => link.Links
        .Where(l => l.SwitchInterface is not null && (l.HostInterface == subject || l.SwitchInterface == subject))
        .Select(l => l.HostInterface == subject ? l.SwitchInterface! : l.HostInterface);

    private string? CauseOf(string subject)
    {
        if (_causes.TryGetValue(subject, out var cause))
            return cause;
        if (subject == link.BondLabel)
            return CauseOfAll(link.IdleSlaves);
        return ChannelOf(subject) is { } channel ? CauseOfAll(LinkCase.IdleMembers(channel).DefaultIfEmpty(link.BondLabel)) : CauseOfUnmapped(subject);
    }

    private string? CauseOfAll(IEnumerable<string> parts)
    {
        var causes = parts.Select(CauseOf).ToList();
        return causes.Contains(null) ? null : causes.FirstOrDefault();
    }

    // Which slave is cabled to which port is not known of links that are down. But where no more ports are out of use without
    // a cause than slaves with one, those are the two ends of the same cables; and the other way round.
    private string? CauseOfUnmapped(string subject)
    {
        var slaves = link.Slaves.Where(name => !OtherEnd(name).Any() && (_causes.ContainsKey(name) || link.IdleSlaves.Contains(name))).ToList();
        var members = link.Channels.SelectMany(LinkCase.IdleMembers).Where(name => !OtherEnd(name).Any()).ToList();
        var isSlave = slaves.Contains(subject);
        if (!isSlave && !members.Contains(subject))
            return null;
        var open = (isSlave ? slaves : members).Count(name => !_causes.ContainsKey(name) && HasLink(name) == HasLink(subject));
        var explained = (isSlave ? members : slaves).Where(name => _causes.ContainsKey(name) && CanCause(name, subject)).ToList();
        return explained.Count > 0 && open <= explained.Count ? _causes[explained[0]] : null;
    }

    // The ends of a cable have link together. A port without link may also be one whose cable leads elsewhere, where the slave
    // has link; and of a slave that is missing nothing is known.
    private bool CanCause(string other, string subject) =>
        HasLink(other) is not { } its || HasLink(subject) is not { } own || its == own || (!own && IsMember(subject));

    private bool? HasLink(string name) =>
        link.Bond.Slaves.FirstOrDefault(slave => slave.Name == name) is { } slave ? LinkCase.IsUp(slave)
        : IsMember(name) ? link.Members.First(pair => pair.Member.Interface == name).Member.State != EtherChannelMemberState.Down
        : null;

    private bool IsMember(string name) => link.Members.Any(pair => pair.Member.Interface == name);

    private CiscoEtherChannel? ChannelOf(string subject) => link.Channels.FirstOrDefault(channel => channel.PortChannel == subject);
}
