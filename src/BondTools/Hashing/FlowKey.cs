using System;
using System.Net;
using System.Net.Sockets;

namespace BondTools.Hashing;

/// <summary>What the kernel makes of a frame's protocols.</summary>
internal enum FlowKind : byte
{
    /// <summary>Neither IPv4 nor IPv6, or a header that does not fit into the frame: hashed by its MAC addresses.</summary>
    Other,
    /// <summary>IPv4 or IPv6.</summary>
    IP,
    /// <summary>A protocol in which the flow dissector finds no addresses (ARP, MPLS); only the encap policies ask it.</summary>
    Dissected,
    /// <summary>Which of these, cannot be told: the capture holds too little of the frame, or the protocol is one that is not modelled.</summary>
    Unknown,
}

/// <summary>A <see cref="Flow"/> in the form that millions are hashed and looked up in: numbers, no objects.</summary>
internal struct FlowKey : IEquatable<FlowKey>
{
    /// <summary>The MAC addresses as numbers, the first byte highest.</summary>
    public ulong SourceMac, DestinationMac;

    /// <summary>The IP addresses' bytes, read as two little-endian numbers, as the hash takes them; of IPv4 the low half of the first.</summary>
    public ulong Source0, Source1, Destination0, Destination1;

    /// <summary>
    /// The four bytes behind the IP header that hash (ports, an SPI, or an ICMP message's type, code and identifier), as they lie in the
    /// kernel's memory, read as a little-endian number.
    /// </summary>
    public uint Layer4;

    public ushort EtherType, VlanTag;

    public byte Protocol;

    public FlowKind Kind;

    public bool IsFragment;

    /// <summary>Source and destination port (of ESP and AH the halves of the SPI).</summary>
    public readonly ushort SourcePort => HasPorts ? Bytes.Swap((ushort)Layer4) : (ushort)0;

    public readonly ushort DestinationPort => HasPorts ? Bytes.Swap((ushort)(Layer4 >> 16)) : (ushort)0;

    public readonly bool HasPorts => PortsAt(Protocol) >= 0;

    /// <summary>TCP, UDP, DCCP, ESP, SCTP, UDP-Lite and AH have ports or what is taken for them (include/net/flow_dissector.h and ip.h, proto_ports_offset).</summary>
    /// <returns>Where they are behind the IP header; -1 for other protocols.</returns>
    public static int PortsAt(int protocol) => protocol switch
    {
        6 or 17 or 33 or 50 or 132 or 136 => 0,
        51 => 4,
        _ => -1,
    };

    /// <summary>An ICMP message that has an identifier, of either family (net/core/flow_dissector.c, icmp_has_id).</summary>
    public static bool HasIdentifier(byte icmpType) => icmpType is 0 or 8 or 13 or 14 or 128 or 129;

    /// <summary>The kernel's flow_dissector_key_icmp; it makes 1 of the identifier 0.</summary>
    public static uint IcmpLayer4(byte type, byte code, ushort identifier) =>
        HasIdentifier(type) ? type | ((uint)code << 8) | ((uint)Math.Max((ushort)1, identifier) << 16) : 0;

    public static FlowKey Of(Flow flow)
    {
        var key = new FlowKey
        {
            SourceMac = Number(flow.SourceMac),
            DestinationMac = Number(flow.DestinationMac),
            EtherType = flow.EtherType,
            VlanTag = flow.VlanTag,
            Kind = flow.IsIP ? FlowKind.IP : LinuxFlowDissector.IsDissected(flow.EtherType) ? FlowKind.Dissected : FlowKind.Other,
            Protocol = flow.Protocol,
            IsFragment = flow.IsFragment,
        };
        (key.Source0, key.Source1) = Words(flow.SourceAddress);
        (key.Destination0, key.Destination1) = Words(flow.DestinationAddress);
        if (flow.IsIP && !flow.IsFragment)
        {
            if (PortsAt(flow.Protocol) >= 0)
                key.Layer4 = Bytes.Swap(flow.SourcePort) | ((uint)Bytes.Swap(flow.DestinationPort) << 16);
            else if (flow.Protocol is 1 or 58)
                key.Layer4 = IcmpLayer4(flow.IcmpType, flow.IcmpCode, flow.IcmpIdentifier);
        }
        return key;
    }

    public readonly Flow ToFlow() => new()
    {
        SourceMac = Address(SourceMac),
        DestinationMac = Address(DestinationMac),
        EtherType = EtherType,
        VlanTag = VlanTag,
        SourceAddress = Address(Source0, Source1),
        DestinationAddress = Address(Destination0, Destination1),
        Protocol = Protocol,
        IsFragment = IsFragment,
        SourcePort = SourcePort,
        DestinationPort = DestinationPort,
        IcmpType = Protocol is 1 or 58 ? (byte)Layer4 : (byte)0,
        IcmpCode = Protocol is 1 or 58 ? (byte)(Layer4 >> 8) : (byte)0,
        IcmpIdentifier = Protocol is 1 or 58 ? (ushort)(Layer4 >> 16) : (ushort)0,
    };

    public readonly bool Equals(FlowKey other) =>
        SourceMac == other.SourceMac && DestinationMac == other.DestinationMac && Layer4 == other.Layer4
        && Source0 == other.Source0 && Destination0 == other.Destination0 && Source1 == other.Source1 && Destination1 == other.Destination1
        && EtherType == other.EtherType && VlanTag == other.VlanTag && Protocol == other.Protocol && Kind == other.Kind && IsFragment == other.IsFragment;

    public override readonly bool Equals(object? obj) => obj is FlowKey other && Equals(other);

    public override readonly int GetHashCode()
    {
        unchecked
        {
            var mixed = (SourceMac ^ (Source0 << 17) ^ Layer4) * 0x9E3779B97F4A7C15;
            mixed = (mixed ^ (mixed >> 29) ^ DestinationMac ^ (Destination0 << 17) ^ (Source1 << 7)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 32) ^ Destination1 ^ EtherType ^ ((ulong)VlanTag << 16) ^ ((ulong)Protocol << 32)) * 0x94D049BB133111EB;
            return (int)(mixed >> 32);
        }
    }

    private readonly IPAddress? Address(ulong low, ulong high) => Kind != FlowKind.IP ? null
        : EtherType == Flow.IPv6 ? new IPAddress([.. BitConverter.GetBytes(low), .. BitConverter.GetBytes(high)])
        : new IPAddress(BitConverter.GetBytes((uint)low));

    private static MacAddress Address(ulong mac) =>
        new([(byte)(mac >> 40), (byte)(mac >> 32), (byte)(mac >> 24), (byte)(mac >> 16), (byte)(mac >> 8), (byte)mac]);

    private static ulong Number(MacAddress? address) => address is null ? 0 : Bytes.Big48(address.GetAddressBytes(), 0);

    private static (ulong, ulong) Words(IPAddress? address)
    {
        if (address is null)
            return default;
        var bytes = address.GetAddressBytes();
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? (Bytes.Little64(bytes, 0), Bytes.Little64(bytes, 8))
            : (Bytes.Little32(bytes, 0), 0);
    }
}
