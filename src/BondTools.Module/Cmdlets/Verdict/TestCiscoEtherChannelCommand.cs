using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Analysis;
using BondTools.Module.Devices;

namespace BondTools.Module.Cmdlets;

/// <summary>Says of each member of a switch's port-channels whether it is bundled, and if not, why, and what to do about it.</summary>
/// <remarks>
/// It reads show etherchannel summary, show lacp neighbor, the running configuration of the port-channel and its members,
/// and show interfaces status. What the login may not read, or the switch does not have, the report names under NotExamined.
/// </remarks>
[Cmdlet(VerbsDiagnostic.Test, "CiscoEtherChannel", DefaultParameterSetName = SessionSet)]
[OutputType(typeof(CiscoEtherChannelReport))]
public sealed class TestCiscoEtherChannelCommand : EtherChannelReadCmdlet
{
    private protected override async Task<IReadOnlyList<(int Group, object Record)>> ReadAsync(CiscoSwitch device, CancellationToken cancellationToken)
    {
        var channels = await device.GetEtherChannelsAsync(cancellationToken).ConfigureAwait(false);
        var evidence = await device.GetEvidenceAsync([.. channels.Where(c => IsWanted(c.Group))], cancellationToken).ConfigureAwait(false);
        return [.. evidence.Select(e => (e.Channel.Group, (object)EtherChannelAnalyzer.Analyze(e)))];
    }
}
