using System;
using System.Management.Automation;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Cisco;
using BondTools.Hashing;
using BondTools.Linux;
using BondTools.Module.Devices;

namespace BondTools.Module.Cmdlets;

/// <summary>Tells which link each frame of a capture, or a described flow, takes at either end of a bond, and how sure that is.</summary>
/// <remarks>
/// For the host the slave is computed as the kernel computes it. For the switch, with -Session, it is asked; without, what Cisco
/// documents is a forecast. Of what cannot be foretold the answer says so.
/// </remarks>
[Cmdlet(VerbsDiagnostic.Resolve, "BondLink", DefaultParameterSetName = DescribedSet)]
[OutputType(typeof(BondLinkChoice))]
public sealed class ResolveBondLinkCommand : AsyncCmdlet
{
    private const string DescribedSet = "Described", FlowSet = "Flow", PathSet = "Path", LiteralPathSet = "LiteralPath";

    private LinuxLinkResolver? _host;
    private SwitchLinkResolver? _switch;

    /// <summary>Captures (pcap or pcapng, also gzip) whose frames the host sends.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>The same without wildcards.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Flows, as Measure-BondCapture gives them.</summary>
    [Parameter(Mandatory = true, ParameterSetName = FlowSet, ValueFromPipeline = true)]
    public Flow[] Flow { get; set; } = [];

    /// <summary>The sender's IP address.</summary>
    [Parameter(ParameterSetName = DescribedSet, ValueFromPipelineByPropertyName = true)]
    [Alias("Source", "SourceIP", "SourceIPAddress")]
    public IPAddress? SourceAddress { get; set; }

    /// <summary>The receiver's IP address.</summary>
    [Parameter(ParameterSetName = DescribedSet, ValueFromPipelineByPropertyName = true)]
    [Alias("Destination", "DestinationIP", "DestinationIPAddress")]
    public IPAddress? DestinationAddress { get; set; }

    /// <summary>The source MAC address, as it is on the bond's links.</summary>
    [Parameter(ParameterSetName = DescribedSet, ValueFromPipelineByPropertyName = true)]
    [Alias("SourceMacAddress")]
    public MacAddress? SourceMac { get; set; }

    /// <summary>The destination MAC address, as it is on the bond's links: a router's, where one is on the way.</summary>
    [Parameter(ParameterSetName = DescribedSet, ValueFromPipelineByPropertyName = true)]
    [Alias("DestinationMacAddress")]
    public MacAddress? DestinationMac { get; set; }

    /// <summary>The source port.</summary>
    [Parameter(ParameterSetName = DescribedSet, ValueFromPipelineByPropertyName = true)]
    public ushort SourcePort { get; set; }

    /// <summary>The destination port.</summary>
    [Parameter(ParameterSetName = DescribedSet, ValueFromPipelineByPropertyName = true)]
    public ushort DestinationPort { get; set; }

    /// <summary>The IP protocol: tcp, udp, icmp, icmpv6, sctp, esp, ah, gre, or its number. TCP where a port is given, unless it is said.</summary>
    [Parameter(ParameterSetName = DescribedSet, ValueFromPipelineByPropertyName = true)]
    public string? Protocol { get; set; }

    /// <summary>The type of an ICMP message; an echo request unless it is said.</summary>
    [Parameter(ParameterSetName = DescribedSet, ValueFromPipelineByPropertyName = true)]
    public byte? IcmpType { get; set; }

    /// <summary>The identifier of an ICMP echo.</summary>
    [Parameter(ParameterSetName = DescribedSet, ValueFromPipelineByPropertyName = true)]
    [Alias("IcmpId")]
    public ushort IcmpIdentifier { get; set; }

    /// <summary>The security parameter index of ESP or AH.</summary>
    [Parameter(ParameterSetName = DescribedSet, ValueFromPipelineByPropertyName = true)]
    public uint? Spi { get; set; }

    /// <summary>The flow's packets are fragments.</summary>
    [Parameter(ParameterSetName = DescribedSet, ValueFromPipelineByPropertyName = true)]
    public SwitchParameter Fragment { get; set; }

    /// <summary>The EtherType of what is not IP, such as 0x0806 for ARP.</summary>
    [Parameter(ParameterSetName = DescribedSet, ValueFromPipelineByPropertyName = true)]
    public ushort? EtherType { get; set; }

    /// <summary>The VLAN tag as a whole: id, and priority times 8192 (vlan+srcmac hashes it all).</summary>
    [Parameter(ParameterSetName = DescribedSet, ValueFromPipelineByPropertyName = true)]
    [Alias("VlanId")]
    public ushort VlanTag { get; set; }

    /// <summary>The bond, as Get-PveBondStatus or ConvertFrom-BondStatus gives it: its policy, kernel and usable slaves.</summary>
    [Parameter]
    public BondStatus? Bond { get; set; }

    /// <summary>The transmit hash policy; the bond's unless given.</summary>
    [Parameter]
    [KernelNumber]
    [ArgumentCompleter(typeof(TransmitHashPolicyCompleter))]
    public TransmitHashPolicy? TransmitHashPolicy { get; set; }

    /// <summary>How many slaves are usable, where no -Bond tells it.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    public int? SlaveCount { get; set; }

    /// <summary>The kernel's version, which decides the formula; the bond's unless given, and 6.1 where there is none.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? KernelVersion { get; set; }

    /// <summary>How the frames come to the bond: through a bridge or a VLAN interface, or from a program on the host itself.</summary>
    [Parameter]
    public BondIngress Ingress { get; set; } = BondIngress.Bridge;

    /// <summary>The port-channel, as Get-CiscoEtherChannel gives it: what the switch does with the flow is told too.</summary>
    [Parameter]
    public CiscoEtherChannel? EtherChannel { get; set; }

    /// <summary>The switch's load-balance method, such as src-dst-ip; asked of -Session unless given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? LoadBalance { get; set; }

    /// <summary>How many ports are bundled, where no -EtherChannel tells it.</summary>
    [Parameter]
    [ValidateRange(1, 16)]
    public int? PortCount { get; set; }

    /// <summary>An open session to the switch, which is asked for its own answer.</summary>
    [Parameter]
    public BondSession? Session { get; set; }

    /// <summary>The channel-group to ask the switch about, where no -EtherChannel tells it.</summary>
    [Parameter]
    [ValidateRange(1, 4096)]
    public int? Group { get; set; }

    /// <summary>How long each command on the switch may take, in seconds.</summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int TimeoutSec { get; set; } = 30;

    private protected override object? ErrorTarget => Bond;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (Bond is null && (TransmitHashPolicy is null) != (SlaveCount is null))
            Refuse("Without -Bond, both -TransmitHashPolicy and -SlaveCount are needed.");
        else if (Bond is null && TransmitHashPolicy is null && EtherChannel is null && LoadBalance is null && Session is null)
            Refuse("Say at which end: -Bond, or -TransmitHashPolicy and -SlaveCount, for the host; -EtherChannel, -LoadBalance or -Session for the switch.");
        else if (Bond is not null && SlaveCount is not null)
            Refuse("-Bond tells the usable slaves; -SlaveCount contradicts it.");

        var version = KernelVersion ?? "6.1";
        _host = Bond is not null ? LinuxLinkResolver.For(TransmitHashPolicy is null ? Bond : Bond with { TransmitHashPolicy = TransmitHashPolicy }, KernelVersion, Ingress)
            : TransmitHashPolicy is not null ? new LinuxLinkResolver(TransmitHashPolicy, SlaveCount!.Value, version, Ingress)
            : null;
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName is DescribedSet or FlowSet)
        {
            base.ProcessRecord();
            return;
        }

        foreach (var path in ParameterSetName == PathSet ? Path : LiteralPath)
        {
            foreach (var file in CaptureInput.Resolve(this, path, ParameterSetName == LiteralPathSet))
                ResolveFile(file);
        }
    }

    private protected override async Task ProcessRecordAsync(IPipelineOutput output, CancellationToken cancellationToken)
    {
        if (ParameterSetName == DescribedSet)
            await ResolveAsync(Describe, output, cancellationToken).ConfigureAwait(false);
        else
        {
            foreach (var flow in Flow)
                await ResolveAsync(() => flow, output, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ResolveAsync(Func<Flow> describe, IPipelineOutput output, CancellationToken cancellationToken)
    {
        try
        {
            var flow = describe();
            if (_host is not null)
                await output.WriteObjectAsync(_host.Resolve(flow)).ConfigureAwait(false);
            if (EtherChannel is null && LoadBalance is null && Session is null)
                return;
            _switch ??= await OpenSwitchAsync(output, cancellationToken).ConfigureAwait(false);
            // What comes back is what the switch sends.
            await output.WriteObjectAsync(await _switch.ResolveAsync(_host is null ? flow : flow.Reverse(), cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        }
        catch (ArgumentException error)
        {
            // One flow that lacks something; the others go on.
            await output.WriteErrorAsync(ErrorRecords.From(new BondToolsException(BondToolsErrorKind.InvalidConfiguration, error.Message, error), Bond)).ConfigureAwait(false);
        }
    }

    private Task<SwitchLinkResolver> OpenSwitchAsync(IPipelineOutput output, CancellationToken cancellationToken)
    {
        var device = Session is null ? null : SessionRegistry.Get(Session, BondDeviceKind.CiscoSwitch).GetSwitch(output, TimeSpan.FromSeconds(TimeoutSec));
        return SwitchLinkResolver.OpenAsync(device, EtherChannel, Group, LoadBalance, PortCount, cancellationToken);
    }

    private void ResolveFile(string file)
    {
        if (_host is null)
            Refuse("The frames of a capture are resolved for the host: give -Bond, or -TransmitHashPolicy and -SlaveCount.");
        using var reader = CaptureInput.Open(this, file);
        while (reader is not null && !Stopping && reader.Read())
            WriteObject(_host!.Resolve(reader));
        if (reader is not null)
            CaptureInput.WarnOfDefect(this, reader, file);
    }

    private Flow Describe()
    {
        var protocol = Protocol is null ? SourcePort != 0 || DestinationPort != 0 ? 6 : 0 : IPProtocols.Parse(Protocol);
        if ((SourceAddress is null) != (DestinationAddress is null))
            throw new BondToolsException(BondToolsErrorKind.InvalidConfiguration, "A flow of IP packets has both addresses: give -SourceAddress and -DestinationAddress.");
        if (SourceAddress is null && EtherType is null)
            throw new BondToolsException(BondToolsErrorKind.InvalidConfiguration, "Say what flows: -SourceAddress and -DestinationAddress, or -EtherType and MAC addresses.");
        var flow = SourceAddress is null
            ? new Flow { EtherType = EtherType!.Value }
            : Hashing.Flow.Between(SourceAddress, DestinationAddress!);
        return flow with
        {
            SourceMac = SourceMac,
            DestinationMac = DestinationMac,
            VlanTag = VlanTag,
            Protocol = (byte)protocol,
            IsFragment = Fragment,
            SourcePort = Spi is { } spi ? (ushort)(spi >> 16) : SourcePort,
            DestinationPort = Spi is { } low ? (ushort)low : DestinationPort,
            IcmpType = IcmpType ?? (protocol switch { 1 => 8, 58 => 128, _ => 0 }),
            IcmpIdentifier = IcmpIdentifier,
        };
    }

    private void Refuse(string message) => ThrowTerminatingError(ErrorRecords.From(new BondToolsException(BondToolsErrorKind.InvalidConfiguration, message), Bond));
}
