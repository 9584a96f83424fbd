using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Analysis;
using BondTools.Cisco;
using BondTools.Linux;
using BondTools.Module.Devices;

namespace BondTools.Module.Cmdlets;

/// <summary>Joins both ends of a link aggregation and says whether LACP is negotiated, and if not, which end is wrong and why.</summary>
/// <remarks>
/// With sessions it asks the devices; without, it judges records, such as those of ConvertFrom-BondStatus and
/// ConvertFrom-CiscoEtherChannel. Either end may be missing; the report says what could not be checked then.
/// </remarks>
[Cmdlet(VerbsDiagnostic.Test, "LacpLink", DefaultParameterSetName = SessionSet)]
[OutputType(typeof(LacpLinkReport))]
public sealed class TestLacpLinkCommand : AsyncCmdlet
{
    private const string SessionSet = "Session";
    private const string RecordSet = "Record";

    private readonly List<BondSession> _sessions = [];

    /// <summary>One session to a host and one to a switch; unless given, the only open one of each kind.</summary>
    [Parameter(ParameterSetName = SessionSet, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public BondSession[]? Session { get; set; }

    /// <summary>The bond on the host; may be left out where the host has only one.</summary>
    [Parameter(Position = 0, ParameterSetName = SessionSet)]
    [Alias("Name")]
    [ValidateInterfaceName]
    public string? Bond { get; set; }

    /// <summary>The bond, as Get-PveBondStatus or ConvertFrom-BondStatus gives it.</summary>
    [Parameter(Mandatory = true, ParameterSetName = RecordSet)]
    public BondStatus? BondStatus { get; set; }

    /// <summary>The switch's port-channels.</summary>
    [Parameter(ParameterSetName = RecordSet)]
    public CiscoEtherChannel[]? EtherChannel { get; set; }

    /// <summary>The switch's LACP partners, which make the cabling map.</summary>
    [Parameter(ParameterSetName = RecordSet)]
    public CiscoLacpNeighbor[]? LacpNeighbor { get; set; }

    /// <summary>The switch's own LACP system address (show lacp sys-id), which tells whether the partner is this switch.</summary>
    [Parameter(ParameterSetName = RecordSet)]
    public MacAddress? SwitchSystemId { get; set; }

    /// <summary>The channel-group on the switch; found through the cabling unless given.</summary>
    [Parameter]
    [ValidateRange(1, 4096)]
    public int? Group { get; set; }

    /// <summary>How long each command may take, in seconds.</summary>
    [Parameter(ParameterSetName = SessionSet)]
    [ValidateRange(1, 86400)]
    public int TimeoutSec { get; set; } = 30;

    private protected override object? ErrorTarget =>
        _sessions.Concat(Session ?? []).FirstOrDefault(s => s.Kind == BondDeviceKind.PveHost)?.ComputerName ?? Bond;

    private protected override Task ProcessRecordAsync(IPipelineOutput output, CancellationToken cancellationToken)
    {
        _sessions.AddRange(Session ?? []);
        return Task.CompletedTask;
    }

    private protected override async Task EndProcessingAsync(IPipelineOutput output, CancellationToken cancellationToken)
    {
        var evidence = ParameterSetName == RecordSet
            ? new LacpLinkEvidence
            {
                Bond = BondStatus!,
                EtherChannels = EtherChannel,
                Neighbors = LacpNeighbor,
                SwitchSystemId = SwitchSystemId,
                HostName = BondStatus!.ComputerName,
                SwitchName = EtherChannel?.FirstOrDefault()?.ComputerName,
                Group = Group,
            }
            : await AskAsync(output, cancellationToken).ConfigureAwait(false);
        await output.WriteObjectAsync(LacpLinkAnalyzer.Analyze(evidence)).ConfigureAwait(false);
    }

    private async Task<LacpLinkEvidence> AskAsync(IPipelineOutput output, CancellationToken cancellationToken)
    {
        var hostLink = SessionRegistry.Get(Only(BondDeviceKind.PveHost)!, BondDeviceKind.PveHost);
        var switchSession = Only(BondDeviceKind.CiscoSwitch);
        var ciscoSwitch = switchSession is null ? null : SessionRegistry.Get(switchSession, BondDeviceKind.CiscoSwitch).GetSwitch(output, TimeSpan.FromSeconds(TimeoutSec));

        // Both ends at once: the closer together the two looks are, the less can change between them.
        var host = hostLink.GetHost(output, TimeSpan.FromSeconds(TimeoutSec));
        var bond = GetBondAsync(host, cancellationToken);
        var channels = ciscoSwitch?.GetEtherChannelsAsync(cancellationToken);
        var neighbors = ciscoSwitch?.GetLacpNeighborsAsync(cancellationToken);
        var systemId = ciscoSwitch?.GetLacpSystemIdAsync(cancellationToken);
        await Task.WhenAll(new Task?[] { bond, channels, neighbors, systemId }.OfType<Task>()).ConfigureAwait(false);

        return new LacpLinkEvidence
        {
            Bond = await bond.ConfigureAwait(false),
            EtherChannels = channels is null ? null : await channels.ConfigureAwait(false),
            Neighbors = neighbors is null ? null : await neighbors.ConfigureAwait(false),
            SwitchSystemId = systemId is null ? null : (await systemId.ConfigureAwait(false)).SystemMacAddress,
            HostName = host.ComputerName,
            SwitchName = ciscoSwitch?.ComputerName,
            Group = Group,
        };
    }

    /// <summary>The session of a kind: the one given, or the only open one where none was given at all.</summary>
    private BondSession? Only(BondDeviceKind kind)
    {
        if (_sessions.Count == 0)
            return SessionRegistry.GetOnlyOpen(kind);

        var given = _sessions.Where(s => s.Kind == kind).Distinct().ToList();
        if (given.Count > 1 || (given.Count == 0 && kind == BondDeviceKind.PveHost))
        {
            throw new BondToolsException(
                BondToolsErrorKind.InvalidConfiguration,
                $"Test-LacpLink compares one host with one switch; {given.Count} sessions to a {kind} were given.")
            {
                RecommendedAction = "Call it once for each host.",
            };
        }

        return given.FirstOrDefault();
    }

    private async Task<BondStatus> GetBondAsync(PveHost host, CancellationToken cancellationToken)
    {
        var bonds = await host.GetBondStatusAsync(Bond is null ? [] : [Bond], cancellationToken).ConfigureAwait(false);
        return bonds.Count == 1
            ? bonds[0]
            : throw new BondToolsException(
                BondToolsErrorKind.NotFound,
                bonds.Count == 0 ? $"{host.ComputerName} has no bond." : $"{host.ComputerName} has {bonds.Count} bonds: {string.Join(", ", bonds.Select(b => b.Name))}.")
            {
                RecommendedAction = bonds.Count == 0 ? "Create one with New-PveBond and Publish-PveNetworkChange." : "Say which one with -Bond.",
            };
    }
}
