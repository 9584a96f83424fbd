using System.Collections.Generic;

namespace BondTools.Analysis.Rules;

/// <summary>One thing that can be wrong between a bond and a port-channel, and how it is told from the facts.</summary>
/// <param name="id">The rule's stable name.</param>
/// <param name="severity">How bad it is.</param>
/// <param name="end">Where the remedy mostly applies.</param>
/// <param name="needs">The facts without which it is not examined.</param>
/// <param name="mayFollow">Whether what it finds can be the consequence of what a rule before it has found on the same links.</param>
internal abstract class LinkRule(string id, FindingSeverity severity, FindingEnd end, LinkFacts needs, bool mayFollow = false)
{
    /// <summary>The rule's stable name.</summary>
    public string Id { get; } = id;

    /// <summary>The facts without which it is not examined.</summary>
    public LinkFacts Needs { get; } = needs;

    /// <summary>Whether what it finds can be a consequence.</summary>
    public bool MayFollow { get; } = mayFollow;

    /// <summary>Gives a finding for each place where the rule is broken.</summary>
    public abstract IEnumerable<Finding> Examine(LinkCase link);

    protected Finding Find(string message, IEnumerable<string> subjects, string remedy, IEnumerable<string> evidence, FindingEnd? at = null) => new()
    {
        RuleId = Id,
        Severity = severity,
        End = at ?? end,
        Message = message,
        Subjects = [.. subjects],
        Remedy = remedy,
        Evidence = [.. evidence],
    };
}
