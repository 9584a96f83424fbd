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
    /// <summary>When the primary takes over again, by the driver's number.</summary>
    public int Reselect { get; init; }
    /// <summary>What becomes of MAC addresses on a failover, by the driver's number.</summary>
    public int MacPolicy { get; init; }
    public int ArpInterval { get; init; }
    public int ArpMissedMax { get; init; } = 2;
    /// <summary>IPv4 addresses with blanks between.</summary>
    public string ArpTargets { get; init; } = "";
    /// <summary>IPv6 addresses with blanks between.</summary>
    public string NeighbourTargets { get; init; } = "";
    public int ArpValidate { get; init; }
    public int ArpAllTargets { get; init; }
    public MacAddress ActorSystem { get; init; } = MacAddress.Zero;
    public int PeerNotifications { get; init; } = 1;
    public int UseCarrier { get; init; } = 1;
    public int PacketsPerSlave { get; init; } = 1;
    public int ResendIgmp { get; init; } = 1;
    public int AllSlavesActive { get; init; }
    public int LearningPacketInterval { get; init; } = 1;
    public int DynamicLoadBalancing { get; init; } = 1;

    /// <summary>The driver's word for <see cref="Reselect"/>.</summary>
    public string PrimaryReselect => Reselect switch { 0 => "always", 1 => "better", _ => "failure" };
    /// <summary>The driver's word for <see cref="MacPolicy"/>.</summary>
    public string FailOverMac => MacPolicy switch { 0 => "none", 1 => "active", _ => "follow" };
    public bool IsLacp => Mode.Equals(BondMode.Lacp);
    /// <summary>Whether one slave carries the traffic, so that there is a primary and an active one.</summary>
    public bool UsesPrimary => Mode.Equals(BondMode.ActiveBackup) || Mode.Equals(BondMode.BalanceTlb) || Mode.Equals(BondMode.BalanceAlb);
}
