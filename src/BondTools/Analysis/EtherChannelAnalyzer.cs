using System.Collections.Generic;
using System.Linq;
using BondTools.Cisco;

namespace BondTools.Analysis;

/// <summary>Says of each member of a port-channel whether it is bundled, and if not, why.</summary>
public static class EtherChannelAnalyzer
{
    /// <summary>Examines a port-channel.</summary>
    /// <param name="evidence">What was read of it.</param>
    public static CiscoEtherChannelReport Analyze(EtherChannelEvidence evidence)
    {
        var channel = evidence.Channel;
        List<CiscoMemberDiagnosis> members = [.. channel.Members.Select(member => Diagnose(evidence, member))];
        return new CiscoEtherChannelReport
        {
            Passed = channel.InUse && members.Count > 0 && members.TrueForAll(m => m.Bundled || m.State == EtherChannelMemberState.HotStandby),
            SwitchName = channel.ComputerName,
            Group = channel.Group,
            PortChannel = channel.PortChannel,
            State = channel.State,
            Members = members,
            NotExamined = [.. NotRead(evidence)],
        };
    }

    private static CiscoMemberDiagnosis Diagnose(EtherChannelEvidence evidence, CiscoEtherChannelMember member)
    {
        var causes = new List<UnbundledCause>();
        // min-links holds bundled members back too: some switches go on calling them bundled.
        if (!member.Bundled || !evidence.Channel.InUse)
        {
            var one = new MemberCase(evidence, member);
            causes.AddRange(one.LinkCauses());
            // A port without a link has no other trouble that could be seen.
            if (causes.Count == 0)
            {
                causes.AddRange(one.ConfigurationCauses());
                // A Linux partner's key follows the speed and duplex of the link.
                var keyFollows = causes.Exists(c => c.Reason is UnbundledReason.SpeedMismatch or UnbundledReason.DuplexMismatch);
                causes.AddRange(one.PartnerCauses().Where(c => !keyFollows || c.Reason != UnbundledReason.OtherPartnerKey).Concat(one.PolicyCauses()));
            }
            if (causes.Count == 0 && !member.Bundled)
                causes.Add(one.Unexplained());
        }
        return new CiscoMemberDiagnosis
        {
            Interface = member.Interface,
            Flags = member.Flags,
            State = member.State,
            Bundled = member.Bundled,
            Causes = [.. causes.OrderByDescending(cause => cause.Certain)],
        };
    }

    private static IEnumerable<string> NotRead(EtherChannelEvidence evidence)
    {
        if (evidence.Channel.Protocol == EtherChannelProtocol.Lacp && evidence.Neighbors is null)
            yield return "The LACP partners (show lacp neighbor) were not read: whether the other end speaks, and who it is, is not known.";
        if (evidence.Configuration is null)
            yield return "The configuration (show running-config) was not read: shut down ports and differences between the members and the port-channel are not known.";
        if (evidence.Ports is null)
            yield return "The ports' state (show interfaces status) was not read: carrier, error-disabled ports, speed and duplex are not known.";
    }
}
