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

    /// <summary>The switch's own side of its LACP ports, as Get-CiscoLacpInternal gives it.</summary>
    [Parameter(ParameterSetName = RecordSet)]
    public CiscoLacpInternal[]? LacpInternal { get; set; }

    /// <summary>The channel-groups in full, as Get-CiscoEtherChannelDetail gives them; they stand in for -LacpNeighbor and -LacpInternal.</summary>
    [Parameter(ParameterSetName = RecordSet)]
    public CiscoEtherChannelDetail[]? EtherChannelDetail { get; set; }

    /// <summary>The state, speed and duplex of the switch's ports, as Get-CiscoInterfaceStatus gives them.</summary>
    [Parameter(ParameterSetName = RecordSet)]
    public CiscoInterfaceStatus[]? InterfaceStatus { get; set; }

    /// <summary>The switch's interfaces with their MTU, as Get-CiscoLinkCounter gives them.</summary>
    [Parameter(ParameterSetName = RecordSet)]
    public CiscoLinkCounter[]? SwitchLinkCounter { get; set; }

    /// <summary>The switch's configuration as text (show running-config), in one string or in lines; the interfaces concerned are enough.</summary>
    [Parameter(ParameterSetName = RecordSet)]
    public string[]? RunningConfiguration { get; set; }

    /// <summary>The host's stanzas, as Get-PveNetworkInterface or ConvertFrom-NetworkInterface gives them.</summary>
    [Parameter(ParameterSetName = RecordSet)]
    public NetworkInterface[]? NetworkInterface { get; set; }

    /// <summary>The host's links with MTU, address and state, as Get-PveLinkCounter or ConvertFrom-LinkCounter gives them.</summary>
    [Parameter(ParameterSetName = RecordSet)]
    public LinkCounter[]? LinkCounter { get; set; }

    /// <summary>What the host hears by LLDP, as text (lldpctl -f keyvalue), in one string or in lines; it maps cables on which LACP is silent.</summary>
    [Parameter(ParameterSetName = RecordSet)]
    public string[]? HostLldpNeighbor { get; set; }

    /// <summary>What the switch hears by LLDP, as text (show lldp neighbors detail), in one string or in lines.</summary>
    [Parameter(ParameterSetName = RecordSet)]
    public string[]? SwitchLldpNeighbor { get; set; }

    /// <summary>The same bond at an earlier time; the report then says what has changed since.</summary>
    [Parameter]
    public BondStatus? PreviousBond { get; set; }

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
                LacpInternal = LacpInternal,
                EtherChannelDetails = EtherChannelDetail,
                InterfaceStatus = InterfaceStatus,
                SwitchLinkCounters = SwitchLinkCounter,
                RunningConfiguration = RunningConfiguration is null ? null : RunningConfigurationParser.Parse(string.Join("\n", RunningConfiguration)),
                LldpNeighbors = HostLldpNeighbor is null ? null : LldpNeighborParser.Parse(string.Join("\n", HostLldpNeighbor)),
                SwitchLldpNeighbors = SwitchLldpNeighbor is null ? null : CiscoLldpNeighborParser.Parse(string.Join("\n", SwitchLldpNeighbor)),
                NetworkInterfaces = NetworkInterface,
                LinkCounters = LinkCounter,
                HostName = BondStatus!.ComputerName,
                SwitchName = EtherChannel?.FirstOrDefault()?.ComputerName,
                Group = Group,
            }
            : await AskAsync(output, cancellationToken).ConfigureAwait(false);
        await output.WriteObjectAsync(LacpLinkAnalyzer.Analyze(evidence with { PreviousBond = PreviousBond })).ConfigureAwait(false);
    }

    private Task<LacpLinkEvidence> AskAsync(IPipelineOutput output, CancellationToken cancellationToken)
    {
        var timeout = TimeSpan.FromSeconds(TimeoutSec);
        var host = SessionRegistry.Get(Only(BondDeviceKind.PveHost)!, BondDeviceKind.PveHost).GetHost(output, timeout);
        var ciscoSwitch = Only(BondDeviceKind.CiscoSwitch) is { } session ? SessionRegistry.Get(session, BondDeviceKind.CiscoSwitch).GetSwitch(output, timeout) : null;
        return new LinkEvidenceReader(host, ciscoSwitch, output).ReadAsync(Bond, Group, cancellationToken);
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
}
