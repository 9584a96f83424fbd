using System;
using System.Net;
using System.Net.Sockets;

namespace BondTools.Hashing;

/// <summary>
/// The header fields that pick a link for a frame, as either end of a bond looks at them. Frames with the same fields
/// take the same link.
/// </summary>
/// <remarks>
/// <para>A field that the policy or method in question does not look at may stay unset.</para>
/// <para>An ICMP error follows the packet it carries: give the error's own MAC addresses, and the addresses, protocol and
/// ports of the carried packet. (Linux with an encap policy looks at the error's own addresses instead.)</para>
/// <para>A tunnelled packet is described by its outer headers; the encap policies, which look inside, are told the inner
/// ones.</para>
/// </remarks>
public sealed record Flow
{
    /// <summary>The EtherType of IPv4.</summary>
    public const ushort IPv4 = 0x0800;
    /// <summary>The EtherType of ARP.</summary>
    public const ushort Arp = 0x0806;
    /// <summary>The EtherType of IPv6.</summary>
    public const ushort IPv6 = 0x86DD;
    /// <summary>The EtherType of the Slow Protocols, LACP among them.</summary>
    internal const ushort SlowProtocols = 0x8809;

    /// <summary>The source MAC address.</summary>
    public MacAddress? SourceMac { get; init; }
    /// <summary>The destination MAC address.</summary>
    public MacAddress? DestinationMac { get; init; }
    /// <summary>The EtherType behind the VLAN tag; the length field of an IEEE 802.3 frame.</summary>
    public required ushort EtherType { get; init; }
    /// <summary>The VLAN tag as a whole (priority, DEI and VLAN id); 0 for an untagged frame.</summary>
    public ushort VlanTag { get; init; }
    /// <summary>The source address of an IP packet.</summary>
    public IPAddress? SourceAddress { get; init; }
    /// <summary>The destination address of an IP packet.</summary>
    public IPAddress? DestinationAddress { get; init; }
    /// <summary>The protocol in the IPv4 header, or the next header in the fixed IPv6 header: an extension header, if there is one.</summary>
    public byte Protocol { get; init; }
    /// <summary>Whether it is a fragment: more fragments follow, or the offset is not zero.</summary>
    public bool IsFragment { get; init; }
    /// <summary>The source port; of ESP and AH the upper half of the SPI.</summary>
    public ushort SourcePort { get; init; }
    /// <summary>The destination port; of ESP and AH the lower half of the SPI.</summary>
    public ushort DestinationPort { get; init; }
    /// <summary>The type of an ICMP or ICMPv6 message.</summary>
    public byte IcmpType { get; init; }
    /// <summary>The code of an ICMP or ICMPv6 message.</summary>
    public byte IcmpCode { get; init; }
    /// <summary>The identifier of an ICMP echo or timestamp message.</summary>
    public ushort IcmpIdentifier { get; init; }

    /// <summary>Whether it is an IPv4 or IPv6 packet.</summary>
    public bool IsIP => EtherType is IPv4 or IPv6;

    /// <summary>A flow of IP packets between two addresses; the rest is added by <c>with</c>.</summary>
    /// <param name="source">The sender's address.</param>
    /// <param name="destination">The receiver's address, of the same family.</param>
    /// <exception cref="ArgumentException">The addresses are of different families.</exception>
    public static Flow Between(IPAddress source, IPAddress destination)
    {
        if (source.AddressFamily != destination.AddressFamily)
            throw new ArgumentException($"{source} and {destination} are not of the same address family.", nameof(destination));
        return new Flow
        {
            EtherType = source.AddressFamily == AddressFamily.InterNetworkV6 ? IPv6 : IPv4,
            SourceAddress = source,
            DestinationAddress = destination,
        };
    }

    /// <summary>The same flow in the other direction: what answers it, as far as addresses and ports go; an ICMP echo request becomes a reply.</summary>
    public Flow Reverse() => this with
    {
        SourceMac = DestinationMac,
        DestinationMac = SourceMac,
        SourceAddress = DestinationAddress,
        DestinationAddress = SourceAddress,
        SourcePort = DestinationPort,
        DestinationPort = SourcePort,
        IcmpType = (Protocol, IcmpType) switch { (1, 8) => 0, (1, 0) => 8, (58, 128) => 129, (58, 129) => 128, _ => IcmpType },
    };

    /// <summary>Gives a field that is needed, or says that the flow lacks it.</summary>
    internal static T Require<T>(T? value, string field) where T : class =>
        value ?? throw new ArgumentException($"The link of a flow without {field} cannot be told: give its {field}.");
}
