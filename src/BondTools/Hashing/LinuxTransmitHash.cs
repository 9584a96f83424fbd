using System;
using System.Collections.Generic;
using System.Globalization;
using System.Net;
using BondTools.Lacp;
using BondTools.Linux;

namespace BondTools.Hashing;

/// <summary>
/// The bonding driver's transmit hash (drivers/net/bonding/bond_main.c, __bond_xmit_hash): exact, for little-endian hosts.
/// </summary>
/// <remarks>
/// The slave is the one at index <c>hash % count</c> of the usable slaves in enslave order. LACPDUs are sent per port and
/// are not hashed. Of encap3+4, packets of the host's own TCP and UDP sockets, and those whose NIC brought a hash of its
/// own, cannot be foretold: the kernel takes the hash they carry.
/// </remarks>
public static class LinuxTransmitHash
{
    private const ushort Rarp = 0x8035, Mpls = 0x8847, MplsMulticast = 0x8848;

    /// <summary>Computes the hash of a flow.</summary>
    /// <param name="policy">The bond's policy.</param>
    /// <param name="flow">The flow; fields that the policy hashes must be set.</param>
    /// <param name="generation">Which kernels' formulas.</param>
    /// <exception cref="ArgumentException">The flow lacks a field that the policy hashes.</exception>
    public static uint Compute(TransmitHashPolicy policy, Flow flow, TransmitHashGeneration generation = TransmitHashGeneration.Linux61)
    {
        if (policy.Equals(TransmitHashPolicy.VlanSrcMac))
            return VlanAndSourceMac(flow);

        var isEncap = policy.Equals(TransmitHashPolicy.Encap23) || policy.Equals(TransmitHashPolicy.Encap34);
        var isLayer4 = policy.Equals(TransmitHashPolicy.Layer34) || policy.Equals(TransmitHashPolicy.Encap34);
        // The flow dissector behind the encap policies also takes these, and finds no address in them.
        var isDissected = flow.IsIP || (isEncap && flow.EtherType is Flow.Arp or Rarp or Mpls or MplsMulticast);
        if (policy.Equals(TransmitHashPolicy.Layer2) || !isDissected)
            return Ethernet(flow, generation);

        var hash = isLayer4 ? Layer4(flow) : Ethernet(flow, generation);
        if (flow.IsIP)
            hash ^= Words(Flow.Require(flow.SourceAddress, "source address")) ^ Words(Flow.Require(flow.DestinationAddress, "destination address"));
        hash ^= hash >> 16;
        hash ^= hash >> 8;
        return isLayer4 || generation == TransmitHashGeneration.Linux510 ? hash >> 1 : hash;
    }

    /// <summary>Tells which of the usable slaves transmits a flow.</summary>
    /// <param name="policy">The bond's policy.</param>
    /// <param name="flow">The flow; fields that the policy hashes must be set.</param>
    /// <param name="usableSlaves">How many slaves are usable, at least 1.</param>
    /// <param name="generation">Which kernels' formulas.</param>
    /// <returns>An index into the usable slaves in enslave order, as <see cref="UsableSlaves"/> gives them.</returns>
    /// <exception cref="ArgumentException">The flow lacks a field that the policy hashes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">No slave is usable.</exception>
    public static int SelectSlave(
        TransmitHashPolicy policy, Flow flow, int usableSlaves, TransmitHashGeneration generation = TransmitHashGeneration.Linux61) =>
        usableSlaves > 0
            ? (int)(Compute(policy, flow, generation) % (uint)usableSlaves)
            : throw new ArgumentOutOfRangeException(nameof(usableSlaves), usableSlaves, "A bond without a usable slave transmits nothing.");

    /// <summary>The slaves that the hash chooses from, in the order it indexes (bond_main.c, bond_update_slave_arr).</summary>
    /// <param name="bond">A bond in a mode that hashes.</param>
    /// <returns>The slaves; null when the text does not tell (an unprivileged read of an 802.3ad bond).</returns>
    public static IReadOnlyList<BondSlave>? UsableSlaves(BondStatus bond)
    {
        var isLacp = bond.Mode.Equals(BondMode.Lacp);
        var usable = new List<BondSlave>(bond.Slaves.Count);
        foreach (var slave in bond.Slaves)
        {
            if (isLacp && slave.Actor is null)
                return null;
            if (slave.MiiStatus == MiiStatus.Up && (!isLacp || Distributes(bond, slave)))
                usable.Add(slave);
        }
        return usable;
    }

    /// <summary>Tells from a kernel's or bonding driver's version which formulas it uses.</summary>
    /// <param name="version">Such as <c>v6.17.2-1-pve</c> or <c>6.1.0-56-cloud-amd64</c>.</param>
    /// <returns>
    /// The generation; null for kernels whose formulas are others (before 5.5, whose driver also calls itself 3.7.1) or
    /// cannot be told from the version (5.15 to 5.17, where stable releases changed them).
    /// </returns>
    public static TransmitHashGeneration? GenerationOf(string version)
    {
        var numbers = version.TrimStart('v').Split('.', '-', ' ');
        if (numbers.Length < 2 || !TryRead(numbers[0], out var major) || !TryRead(numbers[1], out var minor))
            return null;
        if (major > 5 || (major == 5 && minor >= 18))
            return TransmitHashGeneration.Linux61;
        if (major == 5 && minor is >= 5 and <= 14)
            return TransmitHashGeneration.Linux510;
        // Stable 5.15 took the last of the changes in spring 2022; 5.15.44 is safely behind it.
        return major == 5 && minor == 15 && numbers.Length > 2 && TryRead(numbers[2], out var patch) && patch >= 44
            ? TransmitHashGeneration.Linux61
            : null;
    }

    // Without any partner the kernel enables the ports of the active aggregator all the same (bond_3ad.c, ad_agg_selection_logic).
    private static bool Distributes(BondStatus bond, BondSlave slave) =>
        slave.AggregatorId == bond.ActiveAggregatorId && slave.AggregatorId is not null
        && (bond.PartnerMacAddress is { IsZero: true } || (slave.Actor!.State & LacpPortState.Distributing) != 0);

    private static uint Ethernet(Flow flow, TransmitHashGeneration generation)
    {
        uint type = flow.EtherType;
        if (generation == TransmitHashGeneration.Linux510)
            type = ((type & 0xFF) << 8) | (type >> 8);
        return LastByte(Flow.Require(flow.DestinationMac, "destination MAC address"))
            ^ LastByte(Flow.Require(flow.SourceMac, "source MAC address")) ^ type;
    }

    private static uint VlanAndSourceMac(Flow flow)
    {
        var mac = Flow.Require(flow.SourceMac, "source MAC address").GetAddressBytes();
        var vendor = ((uint)mac[0] << 16) | ((uint)mac[1] << 8) | mac[2];
        var device = ((uint)mac[3] << 16) | ((uint)mac[4] << 8) | mac[5];
        return flow.VlanTag ^ vendor ^ device;
    }

    // Four bytes as they lie in the packet (for ICMP: in flow_dissector_key_icmp), read as a little-endian number.
    private static uint Layer4(Flow flow)
    {
        if (flow.IsFragment || !flow.IsIP)
            return 0;
        return flow.Protocol switch
        {
            // TCP, UDP, DCCP, ESP, AH, SCTP, UDP-Lite (net/core/flow_dissector.c and ip.h, proto_ports_offset)
            6 or 17 or 33 or 50 or 51 or 132 or 136 => Swap(flow.SourcePort) | ((uint)Swap(flow.DestinationPort) << 16),
            // An identifier belongs to echo and timestamp, of either family; the kernel makes 1 of 0.
            1 or 58 when flow.IcmpType is 0 or 8 or 13 or 14 or 128 or 129 =>
                flow.IcmpType | ((uint)flow.IcmpCode << 8) | ((uint)Math.Max((ushort)1, flow.IcmpIdentifier) << 16),
            _ => 0,
        };
    }

    private static uint Words(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        uint words = 0;
        for (var i = 0; i < bytes.Length; i += 4)
            words ^= bytes[i] | ((uint)bytes[i + 1] << 8) | ((uint)bytes[i + 2] << 16) | ((uint)bytes[i + 3] << 24);
        return words;
    }

    private static uint LastByte(MacAddress address) => address.GetAddressBytes()[5];

    private static ushort Swap(ushort value) => (ushort)((value << 8) | (value >> 8));

    private static bool TryRead(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}

/// <summary>Kernels that hash alike.</summary>
public enum TransmitHashGeneration
{
    /// <summary>5.5 to 5.14: EtherType in network order, and every folded policy drops the lowest bit. Checked against 5.10.</summary>
    Linux510,
    /// <summary>5.18 and later. Checked against 6.1, 6.12 and 7.2.</summary>
    Linux61,
}
