using System;
using BondTools.Analysis;

namespace BondTools.Tests.Analysis;

/// <summary>A fault: what it makes of a healthy pair's evidence, and the one rule that must tell it.</summary>
internal sealed record LinkFault(string Name, string Rule, FindingEnd End, Func<LacpLinkEvidence, LacpLinkEvidence> Break, FindingSeverity Severity = FindingSeverity.Error);
