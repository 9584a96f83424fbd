using System;
using System.Collections.Generic;
using System.Net;
using BondTools.Lacp;

namespace BondTools.Linux;

/// <summary>
/// A bond as the kernel shows it in /proc/net/bonding/NAME (drivers/net/bonding/bond_procfs.c).
/// </summary>
/// <remarks>
/// Which lines the kernel prints depends on the mode, the version and the reader's privileges; what it did not print is
/// <see langword="null"/>, never zero.
/// </remarks>
public sealed record BondStatus
{
    /// <summary>The interface's name; null when the text does not tell it.</summary>
    public string? Name { get; init; }
    /// <summary>The host it was read from; null for text that came from no host.</summary>
    public string? ComputerName { get; init; }
    /// <summary>The driver's version: the kernel's release on newer kernels (<c>v6.17.2-1-pve</c>).</summary>
    public required string DriverVersion { get; init; }
    /// <summary>The bonding mode.</summary>
    public required BondMode Mode { get; init; }
    /// <summary>How active-backup handles the MAC address (fail_over_mac); null when the kernel does not say.</summary>
    public string? FailOverMac { get; init; }
    /// <summary>The transmit hash policy; null in modes that do not hash.</summary>
    public TransmitHashPolicy? TransmitHashPolicy { get; init; }
    /// <summary>The bond's own link state.</summary>
    public required MiiStatus MiiStatus { get; init; }
    /// <summary>How often the link is looked at (miimon); zero: never.</summary>
    public required TimeSpan MiiPollingInterval { get; init; }
    /// <summary>How long a link must be up before it is used (updelay).</summary>
    public TimeSpan? UpDelay { get; init; }
    /// <summary>How long a link must be down before it is dropped (downdelay).</summary>
    public TimeSpan? DownDelay { get; init; }
    /// <summary>The pause between peer notifications (peer_notif_delay).</summary>
    public TimeSpan? PeerNotificationDelay { get; init; }
    /// <summary>Whether LACPDUs are sent without being asked (lacp_active); 802.3ad, kernel 5.16 and later.</summary>
    public bool? LacpActive { get; init; }
    /// <summary>The rate asked of the partner (lacp_rate); 802.3ad.</summary>
    public LacpRate? LacpRate { get; init; }
    /// <summary>How many ports must be up for the bond to be up (min_links); 802.3ad.</summary>
    public int? MinLinks { get; init; }
    /// <summary>How the active aggregator is chosen (ad_select); 802.3ad.</summary>
    public AdSelect? AdSelect { get; init; }
    /// <summary>This system's LACP priority (ad_actor_sys_prio); shown to privileged readers only.</summary>
    public int? SystemPriority { get; init; }
    /// <summary>This system's LACP MAC address (ad_actor_system); shown to privileged readers only.</summary>
    public MacAddress? SystemMacAddress { get; init; }
    /// <summary>The aggregator that carries the traffic; null when none does or the reader was not privileged.</summary>
    public int? ActiveAggregatorId { get; init; }
    /// <summary>The number of ports on the active aggregator.</summary>
    public int? PortCount { get; init; }
    /// <summary>The actor's key on the active aggregator: user key &lt;&lt; 6 | speed and duplex bits.</summary>
    public int? ActorKey { get; init; }
    /// <summary>The partner's key on the active aggregator.</summary>
    public int? PartnerKey { get; init; }
    /// <summary>The partner's system MAC address on the active aggregator; all zero when nobody answers.</summary>
    public MacAddress? PartnerMacAddress { get; init; }
    /// <summary>The preferred slave (primary); null when none is set or the mode has none.</summary>
    public string? PrimarySlave { get; init; }
    /// <summary>When the primary takes over again (primary_reselect); null when the kernel does not say.</summary>
    public string? PrimaryReselect { get; init; }
    /// <summary>The slave that carries the traffic, in the modes that use one.</summary>
    public string? CurrentActiveSlave { get; init; }
    /// <summary>How often the ARP monitor asks (arp_interval); null when it is off.</summary>
    public TimeSpan? ArpPollingInterval { get; init; }
    /// <summary>How many missed answers make a link down (arp_missed_max).</summary>
    public int? ArpMissedMax { get; init; }
    /// <summary>The targets of the ARP and NS monitors, IPv4 first.</summary>
    public IReadOnlyList<IPAddress> ArpIpTargets { get; init => field = RecordList.Of(value); } = [];
    /// <summary>The slaves in the order of enslavement, which is the order the transmit hash indexes.</summary>
    public required IReadOnlyList<BondSlave> Slaves { get; init => field = RecordList.Of(value); }
    /// <summary>
    /// Whether the bond does what its mode promises: for 802.3ad a real partner, and every port that is up in sync, collecting
    /// and distributing at both ends; for other modes the bond and every slave up. Null when the text does not hold
    /// what is needed (an unprivileged read).
    /// </summary>
    public required bool? Negotiated { get; init; }
    /// <summary>Why <see cref="Negotiated"/> is what it is, in one sentence.</summary>
    public required string Reason { get; init; }
    /// <summary>The lines that no property holds: those of kernels to come, and values that people have masked.</summary>
    public IReadOnlyList<NamedValue> OtherFields { get; init => field = RecordList.Of(value); } = [];
}

/// <summary>A slave (member) of a bond, as /proc/net/bonding shows it.</summary>
public sealed record BondSlave
{
    /// <summary>The interface's name.</summary>
    public required string Name { get; init; }
    /// <summary>The link state.</summary>
    public required MiiStatus MiiStatus { get; init; }
    /// <summary>The speed in Mbit/s; null when the kernel does not know it.</summary>
    public int? SpeedMbps { get; init; }
    /// <summary>The duplex; null when the kernel does not print it.</summary>
    public Duplex? Duplex { get; init; }
    /// <summary>How often the link failed since enslavement.</summary>
    public required long LinkFailureCount { get; init; }
    /// <summary>The address burnt into the NIC; null when the text masks it.</summary>
    public MacAddress? PermanentHardwareAddress { get; init; }
    /// <summary>The queue id for slave selection by tc (queue_id).</summary>
    public int? QueueId { get; init; }
    /// <summary>The aggregator the port is on; null outside 802.3ad or when it has none.</summary>
    public int? AggregatorId { get; init; }
    /// <summary>The actor's churn detection machine (IEEE 802.1AX, 6.4.17).</summary>
    public ChurnState? ActorChurnState { get; init; }
    /// <summary>The partner's churn detection machine.</summary>
    public ChurnState? PartnerChurnState { get; init; }
    /// <summary>How often the actor churned.</summary>
    public int? ActorChurnedCount { get; init; }
    /// <summary>How often the partner churned.</summary>
    public int? PartnerChurnedCount { get; init; }
    /// <summary>This end of the port; null outside 802.3ad or for an unprivileged reader.</summary>
    public LacpPort? Actor { get; init; }
    /// <summary>The other end as it last reported itself; null outside 802.3ad or for an unprivileged reader.</summary>
    public LacpPort? Partner { get; init; }
    /// <summary>The lines that no property holds: those of kernels to come, and values that people have masked.</summary>
    public IReadOnlyList<NamedValue> OtherFields { get; init => field = RecordList.Of(value); } = [];
}

/// <summary>A link state of the bonding driver (BOND_LINK_*; bond_slave_link_status).</summary>
public enum MiiStatus
{
    /// <summary>The driver does not know it.</summary>
    Unknown,
    /// <summary>Up.</summary>
    Up,
    /// <summary>Was up, waits for downdelay.</summary>
    GoingDown,
    /// <summary>Down.</summary>
    Down,
    /// <summary>Was down, waits for updelay.</summary>
    GoingBack,
}

/// <summary>A link's duplex.</summary>
public enum Duplex
{
    /// <summary>Not known.</summary>
    Unknown,
    /// <summary>Half.</summary>
    Half,
    /// <summary>Full.</summary>
    Full,
}

/// <summary>The LACPDU rate that a port asks of its partner (bonding.rst, "lacp_rate").</summary>
public enum LacpRate
{
    /// <summary>Every 30 seconds.</summary>
    Slow = 0,
    /// <summary>Every second.</summary>
    Fast = 1,
}

/// <summary>How the active aggregator is chosen (bonding.rst, "ad_select").</summary>
public enum AdSelect
{
    /// <summary>Largest bandwidth; reselected only when all its slaves are down.</summary>
    Stable = 0,
    /// <summary>Largest bandwidth, reselected on every change.</summary>
    Bandwidth = 1,
    /// <summary>Most ports, reselected on every change.</summary>
    Count = 2,
    /// <summary>Highest actor port priority (newer kernels).</summary>
    ActorPortPriority = 3,
}

/// <summary>A churn detection machine's state (IEEE 802.1AX, 6.4.17; bond_3ad.c).</summary>
public enum ChurnState
{
    /// <summary>No churn.</summary>
    None,
    /// <summary>Waiting to see.</summary>
    Monitoring,
    /// <summary>The port has not come into sync in time.</summary>
    Churned,
}
