using System.Collections.Generic;

namespace BondTools.Analysis;

/// <summary>One thing that a test found: what, how bad, by which facts, and what to do about it at which end.</summary>
public sealed record Finding
{
    /// <summary>The rule's stable name (<c>partner-silent</c>).</summary>
    public required string RuleId { get; init; }
    /// <summary>How bad it is.</summary>
    public required FindingSeverity Severity { get; init; }
    /// <summary>What was found, in one sentence.</summary>
    public required string Message { get; init; }
    /// <summary>The facts it rests on, one a line, each with the device that told it.</summary>
    public required IReadOnlyList<string> Evidence { get; init => field = RecordList.Of(value); }
    /// <summary>What a person can do about it.</summary>
    public required string Remedy { get; init; }
    /// <summary>Where to do it.</summary>
    public required FindingEnd End { get; init; }

    /// <summary>Severity, rule and message on one line.</summary>
    public override string ToString() => $"{Severity} {RuleId}: {Message}";
}

/// <summary>How bad a finding is.</summary>
public enum FindingSeverity
{
    /// <summary>Good to know.</summary>
    Information,
    /// <summary>Works, or may work, and deserves a look.</summary>
    Warning,
    /// <summary>Does not work as it should: the test has not passed.</summary>
    Error,
}

/// <summary>Where a finding's remedy applies.</summary>
public enum FindingEnd
{
    /// <summary>At the host.</summary>
    Host,
    /// <summary>At the switch.</summary>
    Switch,
    /// <summary>At either end or both.</summary>
    Both,
    /// <summary>Between them: cables, ports and what they are plugged into.</summary>
    Cable,
}
