using System.Collections.Generic;

namespace BondTools.Analysis.Rules;

/// <summary>One thing that can be wrong between a bond and a port-channel, and how it is told from the facts.</summary>
internal abstract class LinkRule(string id, FindingSeverity severity, FindingEnd end, LinkFacts needs)
{
    /// <summary>The rule's stable name.</summary>
    public string Id { get; } = id;

    /// <summary>The facts without which it is not examined.</summary>
    public LinkFacts Needs { get; } = needs;

    /// <summary>Gives a finding for each place where the rule is broken.</summary>
    public abstract IEnumerable<Finding> Examine(LinkCase link);

    protected Finding Find(string message, string remedy, IEnumerable<string> evidence, FindingEnd? at = null) => new()
    {
        RuleId = Id,
        Severity = severity,
        End = at ?? end,
        Message = message,
        Remedy = remedy,
        Evidence = [.. evidence],
    };
}
