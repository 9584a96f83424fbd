using System.Collections.Generic;
using System.Linq;
using BondTools.Analysis.Rules;

namespace BondTools.Analysis;

/// <summary>Joins what both ends of a bond say, and examines it rule by rule.</summary>
public static class LacpLinkAnalyzer
{
    // Causes stand before what can follow from them: a finding can only be explained by one of a rule before its own.
    private static readonly LinkRule[] Rules =
    [
        // A link that is down does not follow from what is said over it, so these come first.
        new PortChannelShutdownRule(), new MemberShutdownRule(), new MemberErrorDisabledRule(), new SlaveMissingRule(), new SlaveAdminDownRule(), new SlaveDownRule(),
        new UnprivilegedReadRule(), new ModeRule(), new ChannelProtocolRule(), new GroupNotFoundRule(),
        new PartnerIsSelfRule(), new DuplicateSystemRule(), new MultiChassisRule(), new SeveralPartnersRule(), new OtherPartnerRule(),
        new SpeedRule(), new DuplexRule(), new ActorKeysRule(), new CablesSwappedRule(), new SeveralPortChannelsRule(), new OtherPortChannelRule(),
        new TrunkRule(), new BothPassiveRule(), new PortNotInGroupRule(), new PartnerSilentRule(),
        new MaxBundleRule(), new SwitchMinLinksRule(), new MinimumLinksRule(),
        new PortStateRule(), new SeveralAggregatorsRule(), new MemberStateRule(), new PortChannelInUseRule(), new BondDownRule(),
        new HalfBundledRule(), new SlaveNotMappedRule(), new MemberNotMappedRule(), new ChurnRule(),
        // What has changed, and what is right or wrong whatever the links do: it explains nothing.
        new PartnerChangedRule(), new LinkFailuresRisingRule(), new LinkFailureRule(), new SlowAnswerRule(), new RateRule(),
        new NativeVlanRule(), new VlanRule(), new MtuRule(), new BondMacChangedRule(), new BondMacNotPinnedRule(),
    ];

    /// <summary>The names of all rules, those that only tell what was not examined included.</summary>
    internal static IEnumerable<string> RuleIds => Rules.Select(rule => rule.Id).Append(NotExamined.RuleId);

    /// <summary>The port-channels that the evidence leads to.</summary>
    internal static IEnumerable<string> PortChannelsOf(LacpLinkEvidence evidence) => new LinkCase(evidence).Channels.Select(channel => channel.PortChannel);

    /// <summary>Whether LACP leaves a slave of which LLDP might tell where it is cabled to.</summary>
    internal static bool IsMapIncomplete(LacpLinkEvidence evidence) => new LinkCase(evidence).Links.Any(link => link.SwitchInterface is null);

    /// <summary>Examines a bond and the port-channel at its other end.</summary>
    /// <param name="evidence">What was read. With one end only, the rules that need the other are named in a finding.</param>
    public static LacpLinkReport Analyze(LacpLinkEvidence evidence)
    {
        var link = new LinkCase(evidence);
        var causes = new CauseFinder(link);
        var findings = new List<Finding>();
        var skipped = new List<LinkRule>();
        foreach (var rule in Rules)
        {
            if ((rule.Needs & ~link.Known) == 0)
                findings.AddRange(causes.Place(rule, rule.Examine(link)));
            else
                skipped.Add(rule);
        }
        if (NotExamined.Describe(link, skipped) is { } note)
            findings.Add(note);

        return new LacpLinkReport
        {
            Passed = findings.All(finding => finding.Severity != FindingSeverity.Error) && link.Links.Any(l => l.Bundled),
            Bond = evidence.Bond.Name,
            PortChannel = link.Channels.Count == 0 ? null : string.Join(", ", link.Channels.Select(channel => channel.PortChannel)),
            HostName = evidence.HostName,
            SwitchName = evidence.SwitchName,
            Links = link.Links,
            Findings = [.. findings.OrderByDescending(finding => finding.Severity)],
        };
    }
}
