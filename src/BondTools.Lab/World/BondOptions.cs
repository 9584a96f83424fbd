using System.Collections.Generic;
using BondTools.Linux;

namespace BondTools.Lab.World;

/// <summary>The options of a bond with the driver's defaults (bonding.rst). Times are in milliseconds.</summary>
internal sealed record BondOptions
{
    public BondMode Mode { get; init; } = BondMode.BalanceRR;
    public TransmitHashPolicy Policy { get; init; } = TransmitHashPolicy.Layer2;
    public int Miimon { get; init; }
    public int UpDelay { get; init; }
    public int DownDelay { get; init; }
    public int PeerNotificationDelay { get; init; }
    public bool LacpActive { get; init; } = true;
    public LacpRate LacpRate { get; init; }
    public int MinLinks { get; init; }
    public AdSelect AdSelect { get; init; }
    public int SystemPriority { get; init; } = 65535;
    public int UserKey { get; init; }
    public string? Primary { get; init; }
    public string PrimaryReselect { get; init; } = "always";
    public string FailOverMac { get; init; } = "none";
    public int ArpInterval { get; init; }
    public int ArpMissedMax { get; init; } = 2;
    public IReadOnlyList<string> ArpTargets { get; init; } = [];

    public bool IsLacp => Mode.Equals(BondMode.Lacp);
    /// <summary>Whether one slave carries the traffic, so that there is a primary and an active one.</summary>
    public bool UsesPrimary => Mode.Equals(BondMode.ActiveBackup) || Mode.Equals(BondMode.BalanceTlb) || Mode.Equals(BondMode.BalanceAlb);
}
