using System.Collections.Generic;
using System.Linq;
using BondTools.Analysis.Rules;

namespace BondTools.Analysis;

/// <summary>Joins what both ends of a bond say, and examines it rule by rule.</summary>
public static class LacpLinkAnalyzer
{
    private static readonly LinkRule[] Rules =
    [
        new ModeRule(), new ChannelProtocolRule(), new UnprivilegedReadRule(), new BondDownRule(), new MinimumLinksRule(), new SlaveDownRule(),
        new PartnerSilentRule(), new SeveralPartnersRule(), new OtherPartnerRule(), new SeveralPortChannelsRule(),
        new OtherPortChannelRule(), new ActorKeysRule(), new PortStateRule(), new SeveralAggregatorsRule(),
        new GroupNotFoundRule(), new PortChannelInUseRule(), new MemberStateRule(), new HalfBundledRule(),
        new SlaveNotMappedRule(), new MemberNotMappedRule(),
        new ChurnRule(), new BothPassiveRule(), new RateRule(), new LinkFailureRule(),
    ];

    /// <summary>Examines a bond and the port-channel at its other end.</summary>
    /// <param name="evidence">What was read. With one end only, the rules that need the other are named in a finding.</param>
    public static LacpLinkReport Analyze(LacpLinkEvidence evidence)
    {
        var link = new LinkCase(evidence);
        var findings = new List<Finding>();
        var skipped = new List<LinkRule>();
        foreach (var rule in Rules)
        {
            if ((rule.Needs & ~link.Known) == 0)
                findings.AddRange(rule.Examine(link));
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
