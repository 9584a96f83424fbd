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
    /// <summary>The interfaces that it is about, at either end: slaves, ports of the switch, the bond, the port-channel.</summary>
    public IReadOnlyList<string> Subjects { get; init => field = RecordList.Of(value); } = [];
    /// <summary>The rule whose finding explains this one, so that mending that one mends this too; null for what stands for itself.</summary>
    public string? FollowsFrom { get; init; }

    /// <summary>Severity, rule, message and what it follows from on one line.</summary>
    public override string ToString() => $"{Severity} {RuleId}: {Message}{(FollowsFrom is null ? "" : $" (follows from {FollowsFrom})")}";
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
