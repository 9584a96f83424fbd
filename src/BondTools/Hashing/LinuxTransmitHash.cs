using System;
using System.Collections.Generic;
using System.Globalization;
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
    /// <summary>Computes the hash of a flow.</summary>
    /// <param name="policy">The bond's policy.</param>
    /// <param name="flow">The flow; fields that the policy hashes must be set.</param>
    /// <param name="generation">Which kernels' formulas.</param>
    /// <exception cref="ArgumentException">The flow lacks a field that the policy hashes.</exception>
    public static uint Compute(TransmitHashPolicy policy, Flow flow, TransmitHashGeneration generation = TransmitHashGeneration.Linux61)
    {
        RequireFields(policy, flow);
        return new TransmitHasher(policy, generation).Hash(FlowKey.Of(flow));
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
        var numbers = Numbers(version);
        if (!TryReadVersion(numbers, out var major, out var minor))
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

    /// <summary>Whether a kernel is older than a version; not, where its version is not understood.</summary>
    internal static bool IsBefore(string version, int major, int minor) =>
        TryReadVersion(Numbers(version), out var itsMajor, out var itsMinor) && (itsMajor, itsMinor).CompareTo((major, minor)) < 0;

    /// <summary>Says which field a flow lacks that the policy hashes.</summary>
    /// <exception cref="ArgumentException">It lacks one.</exception>
    internal static void RequireFields(TransmitHashPolicy policy, Flow flow)
    {
        var hashesMacs = !(policy.HashesPorts && flow.IsIP);
        var hashesAddresses = flow.IsIP && !policy.Equals(TransmitHashPolicy.Layer2) && !policy.Equals(TransmitHashPolicy.VlanSrcMac);
        if (hashesMacs && !policy.Equals(TransmitHashPolicy.VlanSrcMac))
            Flow.Require(flow.DestinationMac, "destination MAC address");
        if (hashesMacs)
            Flow.Require(flow.SourceMac, "source MAC address");
        if (hashesAddresses)
        {
            Flow.Require(flow.SourceAddress, "source address");
            Flow.Require(flow.DestinationAddress, "destination address");
        }
    }

    private static string[] Numbers(string version) => version.TrimStart('v').Split('.', '-', ' ');

    private static bool TryReadVersion(string[] numbers, out int major, out int minor)
    {
        (major, minor) = (0, 0);
        return numbers.Length >= 2 && TryRead(numbers[0], out major) && TryRead(numbers[1], out minor);
    }

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
