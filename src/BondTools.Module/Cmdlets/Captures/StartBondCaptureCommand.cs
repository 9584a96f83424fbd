using System;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Capture;
using BondTools.Lacp;
using BondTools.Module.Devices;

namespace BondTools.Module.Cmdlets;

/// <summary>Captures on all links of a bond at once, to files or straight into LACP frames; Ctrl+C ends it at both ends.</summary>
[Cmdlet(VerbsLifecycle.Start, "BondCapture", DefaultParameterSetName = SessionSet)]
[OutputType(typeof(BondCaptureFile), typeof(LacpFrame))]
public sealed class StartBondCaptureCommand : DeviceCmdlet
{
    // By then the host has ended it.
    private static readonly TimeSpan HostGrace = TimeSpan.FromSeconds(15);

    private const long BytesPerMegabyte = 1_000_000;

    private string? _folder;

    /// <summary>The bond.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [ValidateInterfaceName]
    public string Bond { get; set; } = "bond0";

    /// <summary>How long to capture, in seconds.</summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int DurationSec { get; set; } = 60;

    /// <summary>How many frames of each link to capture at most; 0 is any number.</summary>
    [Parameter]
    [ValidateRange(0, long.MaxValue)]
    public long MaximumPackets { get; set; }

    /// <summary>How many bytes of each link to capture at most, as they are in a file; 0 is any number.</summary>
    [Parameter]
    [ValidateRange(0, long.MaxValue)]
    public long MaximumBytes { get; set; }

    /// <summary>How many bytes of each frame to keep; 0 is all.</summary>
    [Parameter]
    [ValidateRange(0, 262144)]
    public int SnapLength { get; set; }

    /// <summary>Which frames to capture: an expression of pcap-filter(7), such as "icmp and host 10.0.0.1".</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ValidateCaptureFilter]
    public string? Filter { get; set; }

    /// <summary>Captures LACPDUs and markers only, tagged or not.</summary>
    [Parameter]
    public SwitchParameter LacpOnly { get; set; }

    /// <summary>The folder for the files, one of each link, HOST-SLAVE-TIME.pcap; the current one unless given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? OutputFolder { get; set; }

    /// <summary>Begins another file when one would be longer than this, in megabytes of a million bytes; 0 is never.</summary>
    [Parameter]
    [ValidateRange(0, 1_000_000)]
    public int RotateMegabytes { get; set; }

    /// <summary>How many files of each link to keep, the latest ones; 0 is all.</summary>
    [Parameter]
    [ValidateRange(0, 1_000_000)]
    public int KeepFiles { get; set; }

    /// <summary>Writes each LACPDU and marker as it comes; files are then written only where -OutputFolder is given.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override BondDeviceKind DeviceKind => BondDeviceKind.PveHost;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (LacpOnly && Filter is not null)
        {
            ThrowTerminatingError(ErrorRecords.From(
                new BondToolsException(BondToolsErrorKind.InvalidConfiguration, "-LacpOnly is a filter already: give it or -Filter."),
                Filter));
        }
        if (!PassThru || OutputFolder is not null)
            _folder = GetUnresolvedProviderPathFromPSPath(OutputFolder ?? ".");
    }

    private protected override async Task ProcessAsync(DeviceLink link, IPipelineOutput output, CancellationToken cancellationToken)
    {
        var request = new CaptureRequest
        {
            Bond = Bond,
            Filter = LacpOnly ? CaptureRequest.SlowProtocolsFilter : Filter ?? "",
            Duration = TimeSpan.FromSeconds(DurationSec),
            SnapLength = SnapLength,
            MaximumPackets = MaximumPackets,
            MaximumBytes = MaximumBytes,
            Folder = _folder,
            RotateBytes = RotateMegabytes == 0 ? long.MaxValue : RotateMegabytes * BytesPerMegabyte,
            KeepFiles = KeepFiles,
        };
        var bond = (await link.GetHost(output, Timeout).GetBondStatusAsync([Bond], cancellationToken).ConfigureAwait(false))[0];
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        stop.CancelAfter(request.Duration + HostGrace);
        await Task.WhenAll(bond.Slaves.Select(slave => CaptureAsync(link, request, slave.Name, output, stop.Token))).ConfigureAwait(false);
    }

    /// <summary>Captures on one link; an error there leaves the others going.</summary>
    private async Task CaptureAsync(DeviceLink link, CaptureRequest request, string slave, IPipelineOutput output, CancellationToken stop)
    {
        Action<LacpFrame>? observe = PassThru ? frame => output.WriteObjectAsync(frame).GetAwaiter().GetResult() : null;
        var capture = new LinkCapture(request, link.ComputerName, slave, observe);
        try
        {
            await capture.RunAsync(link, output, Timeout, stop).ConfigureAwait(false);
        }
        catch (BondToolsException e)
        {
            await output.WriteErrorAsync(ErrorRecords.From(e, link.ComputerName)).ConfigureAwait(false);
        }
        foreach (var file in capture.Files)
            await output.WriteObjectAsync(file).ConfigureAwait(false);
    }
}
