namespace BondTools.Hashing;

/// <summary>
/// Takes from an Ethernet frame what the bonding driver would hash of it (drivers/net/bonding/bond_main.c, bond_flow_dissect; for the
/// encap policies net/core/flow_dissector.c, __skb_flow_dissect).
/// </summary>
internal static class LinuxFlowDissector
{
    private const ushort Vlan = 0x8100, ServiceVlan = 0x88A8, Rarp = 0x8035, Mpls = 0x8847, MplsMulticast = 0x8848,
        PppoeSession = 0x8864, Fcoe = 0x8906, Ptp = 0x88F7, Prp = 0x88FB, Hsr = 0x892F, Tipc = 0x88CA, Batman = 0x4305,
        TransparentEthernet = 0x6558, GrePpp = 0x880B;
    private const int Icmp = 1, IPInIP = 4, IPv6InIP = 41, HopByHop = 0, Routing = 43, Fragment = 44, Gre = 47, Icmpv6 = 58, DestinationOptions = 60, MplsInIP = 137;
    private const int EthernetHeader = 14, TagLength = 4, IPv4Header = 20, IPv6Header = 40, IcmpHeader = 8;
    /// <summary>The kernel's MAX_FLOW_DISSECT_HDRS.</summary>
    private const int MostHeaders = 15;

    /// <summary>Whether the flow dissector takes a protocol without finding an address in it.</summary>
    public static bool IsDissected(ushort etherType) => etherType is Flow.Arp or Rarp or Mpls or MplsMulticast;

    /// <summary>What the policies without encap hash of a frame.</summary>
    /// <param name="data">The array that holds the frame.</param>
    /// <param name="at">Where it begins.</param>
    /// <param name="length">How many bytes of it there are.</param>
    /// <param name="isCut">Whether the frame itself is longer.</param>
    /// <param name="isTagMetadata">Whether the first VLAN tag is beside the frame (a bridge, a VLAN interface) and not in it (a packet socket).</param>
    /// <param name="followsErrors">Whether an ICMP error is told by the packet that it carries, as the kernel does.</param>
    public static FlowKey Read(byte[] data, int at, int length, bool isCut, bool isTagMetadata, bool followsErrors = true)
    {
        var end = at + length;
        if (!ReadEthernet(data, ref at, end, isTagMetadata, out var key))
            return key;
        var packet = new Packet(data, end);
        var protocol = -1;
        if (!packet.ReadIP(ref key, ref at, key.EtherType, ref protocol))
            return Missing(ref key, isCut && packet.IsShort);
        key.Kind = FlowKind.IP;
        // What the kernel holds here is the IP header's own protocol, fragments aside.
        if (protocol is Icmp or Icmpv6)
        {
            var type = packet.Has(at, IcmpHeader) ? data[at] : (byte)0;
            if (packet.IsShort)
                return Missing(ref key, isCut, FlowKind.IP);
            key.Layer4 = FlowKey.IcmpLayer4(type, data[at + 1], Bytes.Big16(data, at + 4));
            if (!followsErrors || !(protocol == Icmp ? type is 3 or 4 or 5 or 11 or 12 : type is 1 or 2 or 3 or 4))
                return key;
            at += IcmpHeader;
            if (!packet.ReadIP(ref key, ref at, key.EtherType, ref protocol))
                return Missing(ref key, isCut && packet.IsShort);
        }
        if (protocol >= 0)
            key.Layer4 = packet.Ports(at, protocol);
        return isCut && packet.IsShort ? Missing(ref key, true) : key;
    }

    /// <summary>What the encap policies hash of a frame: the innermost headers that the flow dissector reaches.</summary>
    /// <inheritdoc cref="Read"/>
    public static FlowKey ReadInner(byte[] data, int at, int length, bool isCut, bool isTagMetadata, TransmitHashGeneration generation)
    {
        var end = at + length;
        if (!ReadEthernet(data, ref at, end, isTagMetadata, out var key))
            return key;
        var packet = new Packet(data, end);
        // A packet socket moves the network header behind the tags, and yet leaves the first tag's type as the protocol.
        if (!isTagMetadata && key.EtherType is Vlan or ServiceVlan)
        {
            for (ushort type = key.EtherType; type is Vlan or ServiceVlan && packet.Has(at, TagLength); at += TagLength)
                type = Bytes.Big16(data, at + 2);
        }
        var walk = new Walk(packet, generation, key.EtherType, at);
        key.Kind = walk.Run(ref key);
        return walk.Packet.IsShort ? Missing(ref key, isCut, key.Kind) : key;
    }

    private static bool ReadEthernet(byte[] data, ref int at, int end, bool isTagMetadata, out FlowKey key)
    {
        key = default;
        if (end - at < EthernetHeader)
        {
            key.Kind = FlowKind.Unknown;
            return false;
        }
        key.DestinationMac = Bytes.Big48(data, at);
        key.SourceMac = Bytes.Big48(data, at + 6);
        key.EtherType = Bytes.Big16(data, at + 12);
        at += EthernetHeader;
        if (isTagMetadata && key.EtherType is Vlan or ServiceVlan && end - at >= TagLength)
        {
            key.VlanTag = Bytes.Big16(data, at);
            key.EtherType = Bytes.Big16(data, at + 2);
            at += TagLength;
        }
        return true;
    }

    private static FlowKey Missing(ref FlowKey key, bool isCut, FlowKind otherwise = FlowKind.Other)
    {
        key.Kind = isCut ? FlowKind.Unknown : otherwise;
        return key;
    }

    /// <summary>Headers in a frame; what lies beyond its end is never read.</summary>
    private struct Packet(byte[] data, int end)
    {
        public readonly byte[] Data = data;

        /// <summary>Whether a header that was asked for is not all there.</summary>
        public bool IsShort { get; private set; }

        public bool Has(int at, int length)
        {
            var has = at >= 0 && length <= end - at;
            IsShort |= !has;
            return has;
        }

        /// <summary>bond_flow_ip: takes the addresses, and the protocol unless it is a fragment.</summary>
        public bool ReadIP(ref FlowKey key, ref int at, ushort type, ref int protocol)
        {
            if (type == Flow.IPv4 && Has(at, IPv4Header))
            {
                ReadIPv4Addresses(ref key, at);
                key.Protocol = Data[at + 9];
                key.IsFragment = IsIPv4Fragment(at);
                if (!key.IsFragment)
                    protocol = key.Protocol;
                at += (Data[at] & 0xF) * 4;
                return true;
            }
            if (type == Flow.IPv6 && Has(at, IPv6Header))
            {
                ReadIPv6Addresses(ref key, at);
                protocol = key.Protocol = Data[at + 6];
                at += IPv6Header;
                return true;
            }
            return false;
        }

        public readonly void ReadIPv4Addresses(ref FlowKey key, int at) =>
            (key.Source0, key.Source1, key.Destination0, key.Destination1) = (Bytes.Little32(Data, at + 12), 0, Bytes.Little32(Data, at + 16), 0);

        public readonly void ReadIPv6Addresses(ref FlowKey key, int at)
        {
            (key.Source0, key.Source1) = (Bytes.Little64(Data, at + 8), Bytes.Little64(Data, at + 16));
            (key.Destination0, key.Destination1) = (Bytes.Little64(Data, at + 24), Bytes.Little64(Data, at + 32));
        }

        /// <summary>More fragments follow, or the offset is not zero.</summary>
        public readonly bool IsIPv4Fragment(int at) => (Bytes.Big16(Data, at + 6) & 0x3FFF) != 0;

        /// <summary>skb_flow_get_ports: 0 for protocols without ports and where they are not all there.</summary>
        public uint Ports(int at, int protocol)
        {
            var offset = FlowKey.PortsAt(protocol);
            return offset >= 0 && Has(at + offset, 4) ? Bytes.Little32(Data, at + offset) : 0;
        }
    }

    /// <summary>The flow dissector's way through a frame, header by header, as the kernel goes it with the keys that bonding asks for.</summary>
    private struct Walk(Packet packet, TransmitHashGeneration generation, ushort type, int at)
    {
        public Packet Packet = packet;
        private readonly byte[] _data = packet.Data;
        private readonly bool _isOld = generation == TransmitHashGeneration.Linux510;
        private ushort _type = type;
        private int _at = at, _headers;

        public FlowKind Run(ref FlowKey key)
        {
            var kind = FlowKind.Dissected;
            while (true)
            {
                switch (NextType(ref key, ref kind, out var protocol))
                {
                    case Step.Bad: return FlowKind.Other;
                    case Step.Beyond: return FlowKind.Unknown;
                    case Step.Good: return kind;
                    case Step.Again:
                        if (++_headers > MostHeaders)
                            return kind;
                        continue;
                }

                Step step;
                do
                {
                    step = NextProtocol(ref key, ref protocol);
                    if (step == Step.Bad)
                        return FlowKind.Other;
                    if (!key.IsFragment && protocol is not (Icmp or Icmpv6))
                        key.Layer4 = Packet.Ports(_at, protocol);
                }
                while (step == Step.ProtocolAgain && ++_headers <= MostHeaders);
                if (step != Step.Again || ++_headers > MostHeaders)
                    return kind;
            }
        }

        private Step NextType(ref FlowKey key, ref FlowKind kind, out int protocol)
        {
            protocol = -1;
            switch (_type)
            {
                case Flow.IPv4:
                    if (!Packet.Has(_at, IPv4Header) || (_data[_at] & 0xF) < 5)
                        return Step.Bad;
                    kind = FlowKind.IP;
                    Packet.ReadIPv4Addresses(ref key, _at);
                    key.Protocol = _data[_at + 9];
                    protocol = key.Protocol;
                    key.IsFragment |= Packet.IsIPv4Fragment(_at);
                    _at += (_data[_at] & 0xF) * 4;
                    return key.IsFragment ? Step.Good : Step.Protocol;
                case Flow.IPv6:
                    if (!Packet.Has(_at, IPv6Header))
                        return Step.Bad;
                    kind = FlowKind.IP;
                    Packet.ReadIPv6Addresses(ref key, _at);
                    key.Protocol = _data[_at + 6];
                    protocol = key.Protocol;
                    _at += IPv6Header;
                    return Step.Protocol;
                case Vlan or ServiceVlan:
                    return Enter(TagLength, typeAt: 2);
                case PppoeSession:
                    return ReadPppoe();
                case Hsr or Prp when !_isOld:
                    return Enter(6, typeAt: 4);
                case Fcoe:
                    return Packet.Has(_at, 38) ? Step.Good : Step.Bad;
                case Ptp when !_isOld:
                    return Packet.Has(_at, 34) ? Step.Good : Step.Bad;
                case Tipc or Batman:
                    return Step.Beyond;
                default:
                    return IsDissected(_type) ? Step.Good : Step.Bad;
            }
        }

        private Step NextProtocol(ref FlowKey key, ref int protocol)
        {
            switch (protocol)
            {
                case Gre:
                    return ReadGre();
                case HopByHop or Routing or DestinationOptions when _type == Flow.IPv6:
                    if (!Packet.Has(_at, 2))
                        return Step.Bad;
                    protocol = _data[_at];
                    _at += (_data[_at + 1] + 1) * 8;
                    return Step.ProtocolAgain;
                case Fragment when _type == Flow.IPv6:
                    key.IsFragment |= Packet.Has(_at, 8);
                    return key.IsFragment ? Step.Good : Step.Bad;
                case IPInIP:
                    _type = Flow.IPv4;
                    return Step.Again;
                case IPv6InIP:
                    _type = Flow.IPv6;
                    return Step.Again;
                case MplsInIP:
                    _type = Mpls;
                    return Step.Again;
                case Icmp or Icmpv6:
                    key.Layer4 = Packet.Has(_at, IcmpHeader) ? FlowKey.IcmpLayer4(_data[_at], _data[_at + 1], Bytes.Big16(_data, _at + 4)) : 0;
                    return Step.Good;
                default:
                    return Step.Good;
            }
        }

        private Step ReadPppoe()
        {
            if (!Packet.Has(_at, 8))
                return Step.Bad;
            // Version 1, type 1, code 0; older kernels did not look.
            var isSession = _isOld || Bytes.Big16(_data, _at) == 0x1100;
            int protocol = Bytes.Big16(_data, _at + 6);
            _at += 8;
            _type = protocol switch { 0x0021 => Flow.IPv4, 0x0057 => Flow.IPv6, 0x0281 when !_isOld => Mpls, 0x0283 when !_isOld => MplsMulticast, _ => 0 };
            return !isSession ? Step.Bad
                : _type != 0 ? Step.Again
                : !_isOld && (protocol & 0x0101) == 1 ? Step.Good : Step.Bad;
        }

        private Step ReadGre()
        {
            if (!Packet.Has(_at, 4))
                return Step.Bad;
            int flags = Bytes.Big16(_data, _at), version = flags & 7;
            var type = Bytes.Big16(_data, _at + 2);
            const int checksum = 0x8000, routing = 0x4000, keyed = 0x2000, sequence = 0x1000, acknowledgement = 0x0080;
            if ((flags & routing) != 0 || version > 1 || (version == 1 && !(type == GrePpp && (flags & keyed) != 0)))
                return Step.Good;
            var at = _at + 4 + ((flags & checksum) != 0 ? 4 : 0);
            if ((flags & keyed) != 0)
            {
                if (!Packet.Has(at, 4))
                    return Step.Bad;
                at += 4;
            }
            at += (flags & sequence) != 0 ? 4 : 0;
            if (version == 1)
            {
                at += (flags & acknowledgement) != 0 ? 4 : 0;
                if (!Packet.Has(at, 4))
                    return Step.Bad;
                type = Bytes.Big16(_data, at + 2) switch { 0x0021 => Flow.IPv4, 0x0057 => Flow.IPv6, _ => type };
                at += 4;
            }
            else if (type == TransparentEthernet)
            {
                if (!Packet.Has(at, EthernetHeader))
                    return Step.Bad;
                type = Bytes.Big16(_data, at + 12);
                at += EthernetHeader;
            }
            (_at, _type) = (at, type);
            return Step.Again;
        }

        private Step Enter(int length, int typeAt)
        {
            if (!Packet.Has(_at, length))
                return Step.Bad;
            _type = Bytes.Big16(_data, _at + typeAt);
            _at += length;
            return Step.Again;
        }

        /// <summary>The kernel's flow_dissect_ret.</summary>
        private enum Step
        {
            Good,
            Bad,
            Again,
            Protocol,
            ProtocolAgain,
            /// <summary>A protocol whose addresses the kernel finds and this does not.</summary>
            Beyond,
        }
    }
}
