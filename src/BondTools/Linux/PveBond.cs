using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;

namespace BondTools.Linux;

/// <summary>A bond as /etc/network/interfaces configures it. What the file does not say is null: the driver's default holds.</summary>
public sealed record PveBond : PveStanza
{
    // The options that have a property; every other one is among OtherOptions.
    internal static readonly HashSet<string> Known = new(BondOption.All.Select(option => option.Name).Concat(["bond-slaves", "mtu", "address", "netmask", "gateway"]), StringComparer.Ordinal);

    /// <summary>The slaves in the order of the file, which is the order the transmit hash indexes.</summary>
    public IReadOnlyList<string> Slaves { get; init => field = RecordList.Of(value); } = [];
    /// <summary>The mode (bond-mode); the driver's default is balance-rr.</summary>
    public BondMode? Mode { get; init; }
    /// <summary>The transmit hash policy (bond-xmit-hash-policy).</summary>
    public TransmitHashPolicy? TransmitHashPolicy { get; init; }
    /// <summary>How often the link is looked at (bond-miimon); zero where the ARP monitor does it.</summary>
    public TimeSpan? MiiPollingInterval { get; init; }
    /// <summary>How long a link must be up before it is used (bond-updelay).</summary>
    public TimeSpan? UpDelay { get; init; }
    /// <summary>How long a link must be down before it is dropped (bond-downdelay).</summary>
    public TimeSpan? DownDelay { get; init; }
    /// <summary>The rate asked of the partner (bond-lacp-rate); 802.3ad.</summary>
    public LacpRate? LacpRate { get; init; }
    /// <summary>How many ports must be up for the bond to be up (bond-min-links); 802.3ad.</summary>
    public int? MinLinks { get; init; }
    /// <summary>How the active aggregator is chosen (bond-ad-select); 802.3ad.</summary>
    public AdSelect? AdSelect { get; init; }
    /// <summary>Whether LACPDUs are sent without being asked (bond-lacp-active); 802.3ad, kernel 5.16 and later.</summary>
    public bool? LacpActive { get; init; }
    /// <summary>This system's LACP priority (bond-ad-actor-sys-prio), 1 to 65535; 802.3ad.</summary>
    public int? SystemPriority { get; init; }
    /// <summary>This system's LACP MAC address in place of the bond's own (bond-ad-actor-system); 802.3ad.</summary>
    public MacAddress? SystemMacAddress { get; init; }
    /// <summary>The upper ten bits of the ports' key (bond-ad-user-port-key), 0 to 1023; 802.3ad.</summary>
    public int? UserPortKey { get; init; }
    /// <summary>The preferred slave (bond-primary); active-backup, balance-tlb and balance-alb.</summary>
    public string? PrimarySlave { get; init; }
    /// <summary>When the primary slave takes over again (bond-primary-reselect).</summary>
    public PrimaryReselect? PrimaryReselect { get; init; }
    /// <summary>What becomes of the MAC addresses on a failover (bond-fail-over-mac); active-backup.</summary>
    public FailOverMac? FailOverMac { get; init; }
    /// <summary>How many gratuitous ARPs or unsolicited neighbour advertisements announce a failover (bond-num-grat-arp), 0 to 255.</summary>
    public int? PeerNotificationCount { get; init; }
    /// <summary>The pause between these announcements (bond-peer-notif-delay), a multiple of the polling interval up to 300 s.</summary>
    public TimeSpan? PeerNotificationDelay { get; init; }
    /// <summary>Whether the carrier tells if a link is up, or else MII and ethtool calls (bond-use-carrier).</summary>
    public bool? UseCarrier { get; init; }
    /// <summary>How often the ARP monitor asks its targets (bond-arp-interval); not with 802.3ad, balance-tlb and balance-alb.</summary>
    public TimeSpan? ArpPollingInterval { get; init; }
    /// <summary>Whom the ARP monitor asks (bond-arp-ip-target, bond-ns-ip6-target), 16 of each family at most.</summary>
    public IReadOnlyList<IPAddress> ArpIpTargets { get; init => field = RecordList.Of(value); } = [];
    /// <summary>Which slaves' answers are looked at (bond-arp-validate).</summary>
    public ArpValidate? ArpValidate { get; init; }
    /// <summary>How many targets must answer (bond-arp-all-targets).</summary>
    public ArpAllTargets? ArpAllTargets { get; init; }
    /// <summary>How many missed answers make a link down (bond-arp-missed-max), 1 to 255.</summary>
    public int? ArpMissedMax { get; init; }
    /// <summary>How many packets a slave sends before its turn is over (bond-packets-per-slave), 0 (at random) to 65535; balance-rr.</summary>
    public int? PacketsPerSlave { get; init; }
    /// <summary>How many IGMP reports follow a failover (bond-resend-igmp), 0 to 255.</summary>
    public int? ResendIgmp { get; init; }
    /// <summary>Whether frames that arrive on inactive slaves are passed on (bond-all-slaves-active).</summary>
    public bool? AllSlavesActive { get; init; }
    /// <summary>The pause between learning packets to the switch, in whole seconds (bond-lp-interval); balance-tlb and balance-alb.</summary>
    public TimeSpan? LearningPacketInterval { get; init; }
    /// <summary>Whether flows are moved by the load (bond-tlb-dynamic-lb); balance-tlb and balance-alb.</summary>
    public bool? DynamicLoadBalancing { get; init; }

    /// <summary>Reads a bond from its stanza.</summary>
    /// <param name="stanza">The stanza of a bond.</param>
    /// <exception cref="UnexpectedOutputException">An option has a value that the driver does not take.</exception>
    public static PveBond From(NetworkInterface stanza)
    {
        var options = new OptionReader(stanza);
        return WithCommon(new PveBond
        {
            Name = stanza.Name,
            Slaves = stanza.OptionWords("bond-slaves"),
            Mode = options.Read("bond-mode", BondMode.Parse),
            TransmitHashPolicy = options.Read("bond-xmit-hash-policy", BondTools.Linux.TransmitHashPolicy.Parse),
            MiiPollingInterval = options.Milliseconds("bond-miimon"),
            UpDelay = options.Milliseconds("bond-updelay"),
            DownDelay = options.Milliseconds("bond-downdelay"),
            LacpRate = options.Enum<LacpRate>("bond-lacp-rate"),
            MinLinks = options.Number("bond-min-links"),
            AdSelect = options.Enum<AdSelect>("bond-ad-select"),
            LacpActive = options.Flag("bond-lacp-active"),
            SystemPriority = options.Number("bond-ad-actor-sys-prio"),
            SystemMacAddress = options.Mac("bond-ad-actor-system"),
            UserPortKey = options.Number("bond-ad-user-port-key"),
            PrimarySlave = stanza.Option("bond-primary"),
            PrimaryReselect = options.Enum<PrimaryReselect>("bond-primary-reselect"),
            FailOverMac = options.Enum<FailOverMac>("bond-fail-over-mac"),
            PeerNotificationCount = options.Number("bond-num-grat-arp"),
            PeerNotificationDelay = options.Milliseconds("bond-peer-notif-delay"),
            UseCarrier = options.Flag("bond-use-carrier"),
            ArpPollingInterval = options.Milliseconds("bond-arp-interval"),
            ArpIpTargets = [.. options.Addresses("bond-arp-ip-target"), .. options.Addresses("bond-ns-ip6-target")],
            ArpValidate = options.Enum<ArpValidate>("bond-arp-validate"),
            ArpAllTargets = options.Enum<ArpAllTargets>("bond-arp-all-targets"),
            ArpMissedMax = options.Number("bond-arp-missed-max"),
            PacketsPerSlave = options.Number("bond-packets-per-slave"),
            ResendIgmp = options.Number("bond-resend-igmp"),
            AllSlavesActive = options.Flag("bond-all-slaves-active"),
            LearningPacketInterval = options.Seconds("bond-lp-interval"),
            DynamicLoadBalancing = options.Flag("bond-tlb-dynamic-lb"),
            Mtu = options.Number("mtu"),
        }, stanza, Known);
    }
}
