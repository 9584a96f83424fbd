using System;

namespace BondTools.Analysis;

/// <summary>A change that would share the same flows better, found by replaying them.</summary>
public sealed record BalanceAdvice
{
    /// <summary>Where to change it: the host for what it sends, the switch for what it sends to the host.</summary>
    public required FindingEnd End { get; init; }
    /// <summary>The change: the option (<c>bond-xmit-hash-policy layer3+4</c>), the IOS line (<c>port-channel load-balance src-dst-ip</c>), or a sentence.</summary>
    public required string Change { get; init; }
    /// <summary>Jain's index of the direction that the end sends in, as it is: 0 to 1.</summary>
    public required double FairnessBefore { get; init; }
    /// <summary>The same after the change.</summary>
    public required double FairnessAfter { get; init; }
    /// <summary>The busiest link's part of that direction, as it is: 0 to 1.</summary>
    public required double MaxShareBefore { get; init; }
    /// <summary>The same after the change.</summary>
    public required double MaxShareAfter { get; init; }
    /// <summary>How sure it is.</summary>
    public required BalanceCertainty Certainty { get; init; }

    /// <summary>The change and what it does, on one line.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{End}: {Change} (fairness {FairnessBefore:0.00} -> {FairnessAfter:0.00}, busiest link {MaxShareBefore:P0} -> {MaxShareAfter:P0}, {Certainty})");
}

/// <summary>How sure it is where a flow goes.</summary>
public enum BalanceCertainty
{
    /// <summary>Only by what Cisco documents of small switches; a real switch may hash otherwise. Of Linux: a policy that need not heed the headers alone.</summary>
    Forecast,
    /// <summary>By the kernel's own formula.</summary>
    Exact,
}
