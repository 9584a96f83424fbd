using System.Collections.Generic;
using System.Linq;
using BondTools.Analysis.Rules;

namespace BondTools.Analysis;

/// <summary>Says which rules could not be examined, and what would have to be read for them.</summary>
internal static class NotExamined
{
    public const string RuleId = "not-examined";

    /// <summary>One finding for all rules that were skipped for want of facts; null when none was.</summary>
    public static Finding? Describe(LinkCase link, IEnumerable<LinkRule> skipped)
    {
        // Outside 802.3ad there are no LACP details to ask for, and a finding of its own says that.
        var rules = skipped.Where(rule => link.IsLacp || (rule.Needs & LinkFacts.Ports) == 0).ToList();
        var missing = rules.Aggregate(LinkFacts.None, (facts, rule) => facts | rule.Needs) & ~link.Known;
        var sources = new List<string>();
        if ((missing & LinkFacts.Ports) != 0)
            sources.Add("/proc/net/bonding as root");
        if ((missing & LinkFacts.Channel) != 0 && link.Evidence.EtherChannels is null)
            sources.Add("show etherchannel summary");
        if ((missing & LinkFacts.Channel) != 0 && link.Evidence is { EtherChannels.Count: > 1, Group: null })
            sources.Add("the number of the channel-group");
        if ((missing & LinkFacts.Neighbors) != 0)
            sources.Add("show lacp neighbor");
        if ((missing & LinkFacts.SystemId) != 0)
            sources.Add("show lacp sys-id");
        if ((missing & LinkFacts.PortStatus) != 0)
            sources.Add("show interfaces status");
        if ((missing & LinkFacts.PortSettings) != 0)
            sources.Add("show running-config");
        if ((missing & LinkFacts.Stanzas) != 0)
            sources.Add("/etc/network/interfaces");
        if ((missing & LinkFacts.HostLinks) != 0)
            sources.Add("ip -s link");
        // What is missing though everything was read has a finding of its own: a group that does not exist.
        if (sources.Count == 0)
            return null;

        var needed = Sentence.Enumerate(sources);
        return new Finding
        {
            RuleId = RuleId,
            Severity = FindingSeverity.Information,
            Message = $"{(rules.Count == 1 ? "One rule was" : $"{rules.Count} rules were")} not examined for want of {needed}.",
            Evidence = [.. rules.Select(rule => $"not examined: {rule.Id}")],
            Remedy = $"Give {needed} too.",
            End = FindingEnd.Both,
        };
    }
}
