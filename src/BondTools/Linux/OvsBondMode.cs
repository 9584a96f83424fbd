using System;
using System.Collections.Generic;

namespace BondTools.Linux;

/// <summary>A mode of an Open vSwitch bond, as Proxmox VE names them (PVE::INotify, ovs_bond_modes): the mode and whether it speaks LACP.</summary>
public sealed class OvsBondMode : KernelOption
{
    private OvsBondMode(string name, int number, string bondMode, bool speaksLacp) : base(name, number) => (BondMode, SpeaksLacp) = (bondMode, speaksLacp);

    /// <summary>One slave carries the traffic, the others wait.</summary>
    public static readonly OvsBondMode ActiveBackup = new("active-backup", 0, "active-backup", false);
    /// <summary>Source MAC address and VLAN pick the slave; the switch needs to know nothing of it.</summary>
    public static readonly OvsBondMode BalanceSlb = new("balance-slb", 1, "balance-slb", false);
    /// <summary>The same over LACP.</summary>
    public static readonly OvsBondMode LacpBalanceSlb = new("lacp-balance-slb", 2, "balance-slb", true);
    /// <summary>Addresses and ports pick the slave, over LACP.</summary>
    public static readonly OvsBondMode LacpBalanceTcp = new("lacp-balance-tcp", 3, "balance-tcp", true);

    /// <summary>All modes.</summary>
    public static IReadOnlyList<OvsBondMode> All { get; } = [ActiveBackup, BalanceSlb, LacpBalanceSlb, LacpBalanceTcp];

    /// <summary>Open vSwitch's own name of the mode (ovs-vswitchd.conf.db(5), bond_mode).</summary>
    internal string BondMode { get; }

    /// <summary>Whether LACP is spoken.</summary>
    internal bool SpeaksLacp { get; }

    /// <summary>Reads a mode's name.</summary>
    /// <param name="text">Such as <c>balance-slb</c>.</param>
    /// <exception cref="FormatException">The text names no mode; the message lists those there are.</exception>
    public static OvsBondMode Parse(string text) =>
        Find(All, text) ?? throw new FormatException($"'{text}' is no mode of an Open vSwitch bond; the modes are {string.Join(", ", All)}.");
}
