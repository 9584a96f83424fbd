using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using BondTools.Linux;

namespace BondTools.Planning;

/// <summary>What to change of a bond; null leaves a setting as it is.</summary>
public sealed record PveBondChange : PveStanzaChange
{
    /// <summary>The slaves, in order.</summary>
    public IReadOnlyList<string>? Slaves { get; init; }
    /// <summary>The mode.</summary>
    public BondMode? Mode { get; init; }
    /// <summary>The transmit hash policy.</summary>
    public TransmitHashPolicy? TransmitHashPolicy { get; init; }
    /// <summary>How often the link is looked at, in whole milliseconds.</summary>
    public TimeSpan? MiiPollingInterval { get; init; }
    /// <summary>How long a link must be up before it is used, a multiple of the polling interval.</summary>
    public TimeSpan? UpDelay { get; init; }
    /// <summary>How long a link must be down before it is dropped, a multiple of the polling interval.</summary>
    public TimeSpan? DownDelay { get; init; }
    /// <summary>The rate asked of the partner.</summary>
    public LacpRate? LacpRate { get; init; }
    /// <summary>How many ports must be up for the bond to be up.</summary>
    public int? MinLinks { get; init; }
    /// <summary>How the active aggregator is chosen.</summary>
    public AdSelect? AdSelect { get; init; }
    /// <summary>Whether LACPDUs are sent without being asked.</summary>
    public bool? LacpActive { get; init; }
    /// <summary>This system's LACP priority, 1 to 65535.</summary>
    public int? SystemPriority { get; init; }
    /// <summary>This system's LACP MAC address.</summary>
    public MacAddress? SystemMacAddress { get; init; }
    /// <summary>The upper ten bits of the ports' key, 0 to 1023.</summary>
    public int? UserPortKey { get; init; }
    /// <summary>The preferred slave.</summary>
    public string? PrimarySlave { get; init; }
    /// <summary>When the primary slave takes over again.</summary>
    public PrimaryReselect? PrimaryReselect { get; init; }
    /// <summary>What becomes of the MAC addresses on a failover.</summary>
    public FailOverMac? FailOverMac { get; init; }
    /// <summary>How many messages announce a failover, 0 to 255.</summary>
    public int? PeerNotificationCount { get; init; }
    /// <summary>The pause between these, a multiple of the polling interval.</summary>
    public TimeSpan? PeerNotificationDelay { get; init; }
    /// <summary>Whether the carrier tells if a link is up.</summary>
    public bool? UseCarrier { get; init; }
    /// <summary>How often the ARP monitor asks, in whole milliseconds; it needs a polling interval of zero.</summary>
    public TimeSpan? ArpPollingInterval { get; init; }
    /// <summary>Whom the ARP monitor asks; an empty list takes them away.</summary>
    public IReadOnlyList<IPAddress>? ArpIpTargets { get; init; }
    /// <summary>Which slaves' answers are looked at.</summary>
    public ArpValidate? ArpValidate { get; init; }
    /// <summary>How many targets must answer.</summary>
    public ArpAllTargets? ArpAllTargets { get; init; }
    /// <summary>How many missed answers make a link down, 1 to 255.</summary>
    public int? ArpMissedMax { get; init; }
    /// <summary>How many packets a slave sends before its turn is over, 0 to 65535.</summary>
    public int? PacketsPerSlave { get; init; }
    /// <summary>How many IGMP reports follow a failover, 0 to 255.</summary>
    public int? ResendIgmp { get; init; }
    /// <summary>Whether frames that arrive on inactive slaves are passed on.</summary>
    public bool? AllSlavesActive { get; init; }
    /// <summary>The pause between learning packets, in whole seconds.</summary>
    public TimeSpan? LearningPacketInterval { get; init; }
    /// <summary>Whether flows are moved by the load.</summary>
    public bool? DynamicLoadBalancing { get; init; }

    /// <summary>The bond as it is to be.</summary>
    internal PveBond ApplyTo(PveBond bond) => WithCommon(bond, ["Slaves", "Mode"], ClearableNames) with
    {
        Slaves = Slaves ?? bond.Slaves,
        Mode = Mode ?? bond.Mode,
        TransmitHashPolicy = Keep(nameof(TransmitHashPolicy), bond.TransmitHashPolicy, TransmitHashPolicy),
        MiiPollingInterval = Keep(nameof(MiiPollingInterval), bond.MiiPollingInterval, MiiPollingInterval),
        UpDelay = Keep(nameof(UpDelay), bond.UpDelay, UpDelay),
        DownDelay = Keep(nameof(DownDelay), bond.DownDelay, DownDelay),
        LacpRate = Keep(nameof(LacpRate), bond.LacpRate, LacpRate),
        MinLinks = Keep(nameof(MinLinks), bond.MinLinks, MinLinks),
        AdSelect = Keep(nameof(AdSelect), bond.AdSelect, AdSelect),
        LacpActive = Keep(nameof(LacpActive), bond.LacpActive, LacpActive),
        SystemPriority = Keep(nameof(SystemPriority), bond.SystemPriority, SystemPriority),
        SystemMacAddress = Keep(nameof(SystemMacAddress), bond.SystemMacAddress, SystemMacAddress),
        UserPortKey = Keep(nameof(UserPortKey), bond.UserPortKey, UserPortKey),
        PrimarySlave = Keep(nameof(PrimarySlave), bond.PrimarySlave, PrimarySlave),
        PrimaryReselect = Keep(nameof(PrimaryReselect), bond.PrimaryReselect, PrimaryReselect),
        FailOverMac = Keep(nameof(FailOverMac), bond.FailOverMac, FailOverMac),
        PeerNotificationCount = Keep(nameof(PeerNotificationCount), bond.PeerNotificationCount, PeerNotificationCount),
        PeerNotificationDelay = Keep(nameof(PeerNotificationDelay), bond.PeerNotificationDelay, PeerNotificationDelay),
        UseCarrier = Keep(nameof(UseCarrier), bond.UseCarrier, UseCarrier),
        ArpPollingInterval = Keep(nameof(ArpPollingInterval), bond.ArpPollingInterval, ArpPollingInterval),
        ArpIpTargets = Keep(nameof(ArpIpTargets), bond.ArpIpTargets, ArpIpTargets) ?? [],
        ArpValidate = Keep(nameof(ArpValidate), bond.ArpValidate, ArpValidate),
        ArpAllTargets = Keep(nameof(ArpAllTargets), bond.ArpAllTargets, ArpAllTargets),
        ArpMissedMax = Keep(nameof(ArpMissedMax), bond.ArpMissedMax, ArpMissedMax),
        PacketsPerSlave = Keep(nameof(PacketsPerSlave), bond.PacketsPerSlave, PacketsPerSlave),
        ResendIgmp = Keep(nameof(ResendIgmp), bond.ResendIgmp, ResendIgmp),
        AllSlavesActive = Keep(nameof(AllSlavesActive), bond.AllSlavesActive, AllSlavesActive),
        LearningPacketInterval = Keep(nameof(LearningPacketInterval), bond.LearningPacketInterval, LearningPacketInterval),
        DynamicLoadBalancing = Keep(nameof(DynamicLoadBalancing), bond.DynamicLoadBalancing, DynamicLoadBalancing),
    };

    /// <summary>Whether the change says anything of a property.</summary>
    internal bool Names(string property) => GetType().GetProperty(property)!.GetValue(this) is not null;

    private static readonly string[] ClearableNames =
        [.. BondOption.All.Select(option => option.Property).Where(property => property != nameof(Mode))];
}
