using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using BondTools.Capture;
using BondTools.Linux;

namespace BondTools.Hashing;

/// <summary>Tells which slave a Linux bond sends a frame or a flow on, or why that cannot be told.</summary>
internal sealed class LinuxLinkResolver
{
    private readonly TransmitHashPolicy? _policy;
    private readonly TransmitHasher _hasher;
    private readonly TransmitHashGeneration _generation;
    private readonly BondIngress _ingress;
    private readonly IReadOnlyList<string?> _slaves;
    /// <summary>What is the same for every frame: no hash at all, or one that is not known.</summary>
    private readonly BondLinkChoice? _always;

    /// <summary>For a number of slaves without names.</summary>
    /// <param name="policy">The bond's policy.</param>
    /// <param name="slaveCount">How many slaves are usable.</param>
    /// <param name="kernelVersion">Such as <c>6.1</c> or <c>6.17.2-1-pve</c>.</param>
    /// <param name="ingress">How the frames come to the bond.</param>
    public LinuxLinkResolver(TransmitHashPolicy policy, int slaveCount, string kernelVersion, BondIngress ingress)
        : this(policy, [.. Enumerable.Repeat<string?>(null, slaveCount)], kernelVersion, ingress, null)
    {
    }

    private LinuxLinkResolver(TransmitHashPolicy? policy, IReadOnlyList<string?> slaves, string kernelVersion, BondIngress ingress, BondLinkChoice? always)
    {
        var generation = LinuxTransmitHash.GenerationOf(kernelVersion);
        (_policy, _slaves, _ingress, _generation) = (policy, slaves, ingress, generation ?? default);
        if (policy is not null)
            _hasher = new TransmitHasher(policy, _generation);
        _always = always ?? (slaves.Count == 0 ? Untold("no slave is usable: the bond drops what it should send")
            : policy is null ? Untold("the bond's status does not tell its transmit hash policy")
            : generation is null ? Untold($"the transmit hash of kernel '{kernelVersion}' is not known: those of 5.5 to 5.14, 5.15.44 and later, and 5.18 and later are")
            : policy.Equals(TransmitHashPolicy.VlanSrcMac) && generation == TransmitHashGeneration.Linux510 && LinuxTransmitHash.IsBefore(kernelVersion, 5, 12)
                ? Untold($"kernel '{kernelVersion}' has no policy vlan+srcmac: it came with 5.12")
            : null);
    }

    /// <summary>For a bond as it is.</summary>
    /// <param name="bond">The bond.</param>
    /// <param name="kernelVersion">The kernel's version; null: what the driver says.</param>
    /// <param name="ingress">How the frames come to the bond.</param>
    public static LinuxLinkResolver For(BondStatus bond, string? kernelVersion, BondIngress ingress)
    {
        var slaves = LinuxTransmitHash.UsableSlaves(bond);
        var always = !bond.Mode.PicksByHash ? Unhashed(bond, slaves)
            : kernelVersion is null && bond.DriverVersion.StartsWith("v3.", System.StringComparison.Ordinal)
                ? Untold($"the driver calls itself {bond.DriverVersion.Split(' ')[0]}, as those of many kernels do: give the kernel's version")
            : slaves is null ? Untold("the bond's status was read without privileges: which slaves are usable is not in it")
            : null;
        return new LinuxLinkResolver(
            bond.TransmitHashPolicy, [.. (slaves ?? []).Select(slave => slave.Name)], kernelVersion ?? bond.DriverVersion, ingress, always);
    }

    /// <summary>The slave of the frame that the reader stands at.</summary>
    public BondLinkChoice Resolve(CaptureReader frame)
    {
        var choice = frame.LinkType == CaptureLinkType.Ethernet
            ? ResolveFrame(frame.Data, frame.Offset, frame.Length, frame.Length < frame.OriginalLength)
            : Untold("the capture holds no Ethernet headers");
        return choice with { FrameNumber = frame.FrameNumber };
    }

    /// <summary>The slave of a frame.</summary>
    public BondLinkChoice ResolveFrame(byte[] data, int offset, int length, bool isCut)
    {
        if (_always is not null)
            return _always;
        if (IsLacp(data, offset, length))
            return Untold("each port sends its own LACPDUs and markers: they are not hashed");
        var isTagMetadata = _ingress == BondIngress.Bridge;
        var key = _hasher.IsEncap
            ? LinuxFlowDissector.ReadInner(data, offset, length, isCut, isTagMetadata, _generation)
            : LinuxFlowDissector.Read(data, offset, length, isCut, isTagMetadata);
        return key.Kind == FlowKind.Unknown && !(_hasher.IsEthernetOnly && length >= 14)
            ? Untold(isCut ? "the capture holds too little of the frame" : "the frame holds no headers that can be read")
            : Resolve(key);
    }

    /// <summary>The slave of a described flow.</summary>
    /// <exception cref="System.ArgumentException">The flow lacks a field that the policy hashes.</exception>
    public BondLinkChoice Resolve(Flow flow)
    {
        if (_always is not null)
            return _always with { Flow = flow };
        LinuxTransmitHash.RequireFields(_policy!, flow);
        return Resolve(FlowKey.Of(flow)) with { Flow = flow };
    }

    private BondLinkChoice Resolve(FlowKey key)
    {
        var flow = key.ToFlow();
        // A connected socket's random hash goes with what it sends, and the kernel takes that.
        if (_ingress == BondIngress.Local && _policy!.Equals(TransmitHashPolicy.Encap34) && key is { Kind: FlowKind.IP, Protocol: 6 or 17 })
            return Untold("under encap3+4 the kernel takes the random hash of the socket that sends") with { Flow = flow };
        var hash = _hasher.Hash(key);
        var index = (int)(hash % (uint)_slaves.Count);
        return new BondLinkChoice
        {
            End = BondLinkEnd.Host,
            Link = _slaves[index],
            SlaveIndex = index,
            Hash = hash,
            Certainty = LinkCertainty.Exact,
            Reason = string.Format(CultureInfo.InvariantCulture, "{0} hash 0x{1:x8} modulo {2} usable slaves", _policy, hash, _slaves.Count)
                + (_policy!.Equals(TransmitHashPolicy.Encap34) ? "; a port that brought its own hash would change it" : ""),
            Flow = flow,
        };
    }

    private static bool IsLacp(byte[] data, int at, int length) =>
        length > 14 && Bytes.Big48(data, at) == 0x0180C2000002 && Bytes.Big16(data, at + 12) == Flow.SlowProtocols && data[at + 14] is 1 or 2;

    private static BondLinkChoice Unhashed(BondStatus bond, IReadOnlyList<BondSlave>? slaves)
    {
        if (!bond.Mode.Equals(BondMode.ActiveBackup))
            return Untold($"mode {bond.Mode} does not pick links by a hash of the flow");
        var active = (slaves ?? []).Select(slave => slave.Name).ToList().IndexOf(bond.CurrentActiveSlave ?? "");
        return active < 0
            ? Untold("mode active-backup sends on the active slave, and there is none")
            : new BondLinkChoice
            {
                End = BondLinkEnd.Host,
                Link = bond.CurrentActiveSlave,
                SlaveIndex = active,
                Certainty = LinkCertainty.Exact,
                Reason = "mode active-backup sends everything on the active slave",
            };
    }

    private static BondLinkChoice Untold(string reason) => new() { End = BondLinkEnd.Host, Certainty = LinkCertainty.Unknown, Reason = reason };
}
