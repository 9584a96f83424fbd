using BondTools.Analysis;

namespace BondTools.Module.Tests.Lab;

/// <summary>A fault, how a lab is brought to it, and what must be said of it.</summary>
/// <param name="Name">What is wrong, in a few words.</param>
/// <param name="Rule">The rule that must fire.</param>
/// <param name="End">Where it must say that the fault is.</param>
/// <param name="Severity">How bad it must say that it is.</param>
/// <param name="Steps">What is done, each a verb and its object.</param>
internal sealed record LinkFault(string Name, string Rule, FindingEnd End, FindingSeverity Severity, params string[] Steps);
