using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Analysis;
using BondTools.Hashing;
using BondTools.Linux;
using BondTools.Module.Devices;

namespace BondTools.Module.Cmdlets;

/// <summary>Says how the load of a bond is shared in each direction, and what would share it better.</summary>
/// <remarks>
/// With sessions it reads the counters of the bond's slaves before and after, and those of the switch's ports at the other end
/// where a session to a switch is given beside the host's, or is the only one open. With -CapturePath it counts what captures of
/// the slaves hold. With -Flow it foretells the shares from flows and a bond's record. Neither needs a device.
/// </remarks>
[Cmdlet(VerbsDiagnostic.Test, "LacpBalance", DefaultParameterSetName = SessionSet)]
[OutputType(typeof(LacpBalanceReport))]
public sealed class TestLacpBalanceCommand : DeviceCmdlet
{
    private const string FlowSet = "Flow";
    private const string CaptureSet = "Capture";

    // More flows than a person would look at: all of them are to be replayed.
    private const int ReplayedFlows = 65536;

    // One list for all records of the pipeline: the copy that works on a record shares it.
    private readonly List<FlowTraffic> _flows = [];
    private BondSession? _switch;

    /// <summary>The bond.</summary>
    [Parameter(Position = 0, ParameterSetName = SessionSet)]
    [Parameter(Position = 0, ParameterSetName = ComputerNameSet)]
    [Alias("Name")]
    [ValidateInterfaceName]
    public string Bond { get; set; } = "bond0";

    /// <summary>How long to wait between the samples, in seconds; not used with -GenerateTraffic.</summary>
    [Parameter(ParameterSetName = SessionSet)]
    [Parameter(ParameterSetName = ComputerNameSet)]
    [ValidateRange(1, 86400)]
    public int DurationSec { get; set; } = 10;

    /// <summary>Makes traffic between the samples: pings from each -ContainerId to each -Destination, and for a policy that hashes ports as many datagrams, each from a port of its own.</summary>
    [Parameter(ParameterSetName = SessionSet)]
    [Parameter(ParameterSetName = ComputerNameSet)]
    public SwitchParameter GenerateTraffic { get; set; }

    /// <summary>Captures on every link meanwhile, headers only (root and tcpdump on the host): the report then names the links that requests and replies of each flow took.</summary>
    [Parameter(ParameterSetName = SessionSet)]
    [Parameter(ParameterSetName = ComputerNameSet)]
    public SwitchParameter Capture { get; set; }

    /// <summary>The containers that send; all of the host's unless given.</summary>
    [Parameter(ParameterSetName = SessionSet)]
    [Parameter(ParameterSetName = ComputerNameSet)]
    [Alias("VmId")]
    [ValidateRange(100, 999999999)]
    public int[] ContainerId { get; set; } = [];

    /// <summary>The addresses behind the switch that answer.</summary>
    [Parameter(ParameterSetName = SessionSet)]
    [Parameter(ParameterSetName = ComputerNameSet)]
    public IPAddress[] Destination { get; set; } = [];

    /// <summary>How many pings each pair exchanges, and datagrams where there are any.</summary>
    [Parameter(ParameterSetName = SessionSet)]
    [Parameter(ParameterSetName = ComputerNameSet)]
    [ValidateRange(1, 100000)]
    public int Count { get; set; } = 50;

    /// <summary>
    /// The flows to foretell the shares of: flows, flows with their traffic, or rows with the columns SourceAddress,
    /// DestinationAddress, Protocol, SourcePort, DestinationPort, SourceMac, DestinationMac, VlanTag, Packets, Bytes, Received
    /// (as Import-Csv gives them; what the policy does not hash may be left out).
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = FlowSet, ValueFromPipeline = true)]
    [NoSession]
    [ValidateNotNull]
    public PSObject[] Flow { get; set; } = [];

    /// <summary>Captures of the bond's slaves, made at the same time (pcap or pcapng, also gzip), one for each slave and named after it, or one that names them.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CaptureSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] CapturePath { get; set; } = [];

    /// <summary>MAC addresses on the host's side (the bond's, its containers'): they tell what was sent where the captures do not.</summary>
    [Parameter(ParameterSetName = CaptureSet)]
    [ValidateNotNull]
    public MacAddress[] HostMacAddress { get; set; } = [];

    /// <summary>The bond that would send the flows, or sent them, as Get-PveBondStatus or ConvertFrom-BondStatus gives it; of captures only the advice needs it.</summary>
    /// <remarks>Not mandatory, because the engine would then ask for it whenever a session comes down the pipeline.</remarks>
    [Parameter(ParameterSetName = FlowSet)]
    [Parameter(ParameterSetName = CaptureSet)]
    [ValidateNotNull]
    public BondStatus? BondStatus { get; set; }

    /// <summary>The kernel of that bond (6.8.12-1-pve), where its record does not tell it: drivers before 5.15 call themselves 3.7.1.</summary>
    [Parameter(ParameterSetName = FlowSet)]
    [Parameter(ParameterSetName = CaptureSet)]
    [ValidateNotNullOrEmpty]
    public string? KernelVersion { get; set; }

    /// <summary>The switch's load-balance method (src-dst-ip), to foretell the way back by what Cisco documents.</summary>
    [Parameter(ParameterSetName = FlowSet)]
    [Parameter(ParameterSetName = CaptureSet)]
    [ValidateNotNullOrEmpty]
    public string? LoadBalanceMethod { get; set; }

    /// <summary>The least Jain's index, 0 to 1, that passes in each direction.</summary>
    [Parameter]
    [ValidateRange(0.0, 1.0)]
    public double MinimumFairness { get; set; } = BalanceOptions.DefaultMinimumFairness;

    private protected override BondDeviceKind DeviceKind => BondDeviceKind.PveHost;

    private protected override object? ErrorTarget => BondStatus?.Name;

    private BalanceOptions Options => new() { MinimumFairness = MinimumFairness, KernelVersion = KernelVersion, LoadBalanceMethod = LoadBalanceMethod };

    private protected override void StartRecord()
    {
        switch (ParameterSetName)
        {
            case FlowSet:
                ReadFlows();
                break;
            case CaptureSet:
                MeasureCaptures();
                break;
            default:
                base.StartRecord();
                break;
        }
    }

    private protected override async Task EndProcessingAsync(IPipelineOutput output, CancellationToken cancellationToken)
    {
        if (ParameterSetName != FlowSet)
            return;
        if (BondStatus is null)
        {
            throw new BondToolsException(BondToolsErrorKind.InvalidConfiguration, "Where flows go depends on the bond.")
            {
                RecommendedAction = "Give -BondStatus, as Get-PveBondStatus or ConvertFrom-BondStatus gives it.",
            };
        }
        await output.WriteObjectAsync(LacpBalanceAnalyzer.Forecast(_flows, BondStatus, Options)).ConfigureAwait(false);
    }

    private void ReadFlows()
    {
        foreach (var item in Flow)
        {
            try
            {
                _flows.Add(Read(item));
            }
            catch (Exception error) when (error is FormatException or BondToolsException)
            {
                WriteError(ErrorRecords.From(error, item));
            }
        }
    }

    private void MeasureCaptures()
    {
        var files = CapturePath.SelectMany(path => CaptureInput.Resolve(this, path, isLiteral: false)).Distinct();
        if (CaptureInput.Measure(this, files, ReplayedFlows, HostMacAddress, Pump.Token) is { } capture)
            WriteObject(LacpBalanceAnalyzer.Analyze(capture, BondStatus, Options));
    }

    private protected override IEnumerable<BondSession> Choose(IReadOnlyList<BondSession> sessions)
    {
        _switch = sessions.FirstOrDefault(session => session.Kind == BondDeviceKind.CiscoSwitch);
        var hosts = sessions.Where(session => session.Kind == BondDeviceKind.PveHost).ToList();
        if (hosts.Count == 0)
        {
            var error = new BondToolsException(BondToolsErrorKind.InvalidConfiguration, "A switch is measured together with its host only.")
            {
                RecommendedAction = "Give both: -Session $pve, $switch.",
            };
            WriteError(ErrorRecords.From(error, _switch));
        }
        return hosts;
    }

    private protected override async Task ProcessAsync(DeviceLink link, IPipelineOutput output, CancellationToken cancellationToken)
    {
        var host = link.GetHost(output, Timeout);
        var probe = new BalanceProbe(host, Bond, FindSwitch() is { } session ? SessionRegistry.Get(session, BondDeviceKind.CiscoSwitch).GetSwitch(output, Timeout) : null);
        var bond = await probe.LearnAsync(cancellationToken).ConfigureAwait(false);
        var traffic = GenerateTraffic ? await PrepareAsync(host, cancellationToken).ConfigureAwait(false) : null;
        // What hashes ports is fed with datagrams from many ports, whose numbers nobody knows beforehand.
        var variesPorts = bond.TransmitHashPolicy is { HashesPorts: true };
        var flows = traffic is null || variesPorts ? null : await traffic.IntroduceAsync(cancellationToken).ConfigureAwait(false);
        if (flows is not null && DescribeUnused(flows, bond) is { } unused)
            await output.WriteWarningAsync(unused).ConfigureAwait(false);

        var options = Options with { Flows = flows, Cabling = probe.Cabling, LoadBalanceMethod = probe.LoadBalanceMethod };
        if (!Capture)
        {
            await output.WriteObjectAsync(await SampleAsync().ConfigureAwait(false)).ConfigureAwait(false);
            return;
        }
        var (report, capture) = await new BondRecording(link, bond, output, Timeout).RunAsync(SampleAsync, ReplayedFlows, cancellationToken).ConfigureAwait(false);
        await output.WriteObjectAsync(LacpBalanceAnalyzer.Join(report, capture)).ConfigureAwait(false);

        async Task<LacpBalanceReport> SampleAsync()
        {
            var before = await probe.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (traffic is null)
                await Task.Delay(TimeSpan.FromSeconds(DurationSec), cancellationToken).ConfigureAwait(false); // why: the time between the samples is what was asked for.
            else
            {
                foreach (var loss in await traffic.RunAsync(variesPorts, cancellationToken).ConfigureAwait(false))
                    await output.WriteWarningAsync(loss).ConfigureAwait(false);
            }
            var after = await probe.ReadAsync(cancellationToken).ConfigureAwait(false);
            return LacpBalanceAnalyzer.Analyze(before, after, bond, options);
        }
    }

    /// <summary>The switch that was given, or else the only one that a session is open to; none where sessions were given without one.</summary>
    private BondSession? FindSwitch()
    {
        if (_switch is not null || (Session is not null && ParameterSetName == SessionSet))
            return _switch;
        var open = SessionRegistry.GetAll().Where(session => session is { Kind: BondDeviceKind.CiscoSwitch, State: BondSessionState.Opened }).ToList();
        return open.Count == 1 ? open[0] : null;
    }

    private async Task<ContainerTraffic> PrepareAsync(PveHost host, CancellationToken cancellationToken)
    {
        if (Destination.Length == 0)
        {
            throw new BondToolsException(BondToolsErrorKind.InvalidConfiguration, "Traffic needs somewhere to go.")
            {
                RecommendedAction = "Give -Destination the addresses of computers behind the switch.",
            };
        }

        var containers = ContainerId.Length > 0
            ? ContainerId
            : [.. (await host.GetContainerNetworksAsync([], cancellationToken).ConfigureAwait(false)).Select(n => n.ContainerId).Distinct()];
        return new ContainerTraffic(host, containers, Destination, Count);
    }

    /// <summary>Says before anything is sent that the pairs that were named leave a slave without traffic; null when they do not.</summary>
    private static string? DescribeUnused(IReadOnlyList<FlowTraffic> flows, BondStatus bond)
    {
        var unused = LacpBalanceAnalyzer.Forecast(flows, bond).Links.Where(link => link is { InUse: true, Flows: 0 }).Select(link => link.Interface).ToList();
        return unused.Count == 0
            ? null
            : $"{bond.TransmitHashPolicy} puts none of these {flows.Count} pairs of addresses on {string.Join(", ", unused)}: name other ends, or more of them, or expect it to stay idle.";
    }

    private static FlowTraffic Read(PSObject item) => item.BaseObject switch
    {
        FlowTraffic traffic => traffic,
        Flow flow => new FlowTraffic { Flow = flow },
        _ => FlowRow.Parse(name => Convert.ToString(item.Properties[name]?.Value, CultureInfo.InvariantCulture)),
    };
}
