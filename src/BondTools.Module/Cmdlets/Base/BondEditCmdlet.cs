using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Net;
using BondTools.Linux;
using BondTools.Planning;

namespace BondTools.Module.Cmdlets;

/// <summary>The options of a bond, for New-PveBond and Set-PveBond.</summary>
public abstract class BondEditCmdlet : StanzaEditCmdlet
{
    /// <summary>The bonding mode, by the kernel's name or number (<c>802.3ad</c>, <c>4</c>).</summary>
    [Parameter]
    [KernelNumber]
    [ArgumentCompleter(typeof(BondModeCompleter))]
    public BondMode? Mode { get; set; }

    /// <summary>The transmit hash policy, by the kernel's name or number (<c>layer2+3</c>, <c>2</c>).</summary>
    [Parameter]
    [KernelNumber]
    [Alias("XmitHashPolicy")]
    [ArgumentCompleter(typeof(TransmitHashPolicyCompleter))]
    public TransmitHashPolicy? TransmitHashPolicy { get; set; }

    /// <summary>How often the links are looked at, in milliseconds (miimon); 0 where the ARP monitor does it.</summary>
    [Parameter]
    [Alias("MiiMon")]
    [ValidateRange(0, int.MaxValue)]
    public int? MiiPollingInterval { get; set; }

    /// <summary>How long a link must be up before it is used, in milliseconds (updelay).</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? UpDelay { get; set; }

    /// <summary>How long a link must be down before it is dropped, in milliseconds (downdelay).</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? DownDelay { get; set; }

    /// <summary>Whether the carrier tells if a link is up, or else MII and ethtool calls (use_carrier).</summary>
    [Parameter]
    public bool? UseCarrier { get; set; }

    /// <summary>The LACPDU rate asked of the switch (lacp_rate).</summary>
    [Parameter]
    public LacpRate? LacpRate { get; set; }

    /// <summary>Whether LACPDUs are sent without being asked (lacp_active).</summary>
    [Parameter]
    public bool? LacpActive { get; set; }

    /// <summary>How many ports must be up for the bond to be up (min_links).</summary>
    [Parameter]
    [ValidateRange(0, 255)]
    public int? MinLinks { get; set; }

    /// <summary>How the active aggregator is chosen (ad_select).</summary>
    [Parameter]
    public AdSelect? AdSelect { get; set; }

    /// <summary>The LACP system priority (ad_actor_sys_prio), 1 to 65535.</summary>
    [Parameter]
    [Alias("ActorSystemPriority")]
    [ValidateRange(1, 65535)]
    public int? SystemPriority { get; set; }

    /// <summary>The LACP system address in place of the bond's own (ad_actor_system).</summary>
    [Parameter]
    [Alias("ActorSystem")]
    public MacAddress? SystemMacAddress { get; set; }

    /// <summary>The upper ten bits of the ports' LACP key (ad_user_port_key), 0 to 1023.</summary>
    [Parameter]
    [ValidateRange(0, 1023)]
    public int? UserPortKey { get; set; }

    /// <summary>The preferred slave of active-backup, balance-tlb and balance-alb (primary).</summary>
    [Parameter]
    [Alias("Primary")]
    [ValidateInterfaceName]
    public string? PrimarySlave { get; set; }

    /// <summary>When the primary slave takes over again (primary_reselect).</summary>
    [Parameter]
    public PrimaryReselect? PrimaryReselect { get; set; }

    /// <summary>What becomes of the MAC addresses on a failover of active-backup (fail_over_mac).</summary>
    [Parameter]
    public FailOverMac? FailOverMac { get; set; }

    /// <summary>How many gratuitous ARPs and neighbour advertisements announce a failover (num_grat_arp), 0 to 255.</summary>
    [Parameter]
    [Alias("NumGratArp")]
    [ValidateRange(0, 255)]
    public int? PeerNotificationCount { get; set; }

    /// <summary>The pause between these announcements, in milliseconds, a multiple of the polling interval (peer_notif_delay).</summary>
    [Parameter]
    [Alias("PeerNotifDelay")]
    [ValidateRange(0, 300000)]
    public int? PeerNotificationDelay { get; set; }

    /// <summary>How often the ARP monitor asks its targets, in milliseconds (arp_interval); it takes the place of the MII monitor.</summary>
    [Parameter]
    [Alias("ArpInterval")]
    [ValidateRange(0, int.MaxValue)]
    public int? ArpPollingInterval { get; set; }

    /// <summary>Whom the ARP monitor asks: up to 16 IPv4 and 16 IPv6 addresses (arp_ip_target, ns_ip6_target).</summary>
    [Parameter]
    [AllowEmptyCollection]
    public IPAddress[]? ArpIpTarget { get; set; }

    /// <summary>Which slaves' answers to the ARP monitor are looked at (arp_validate).</summary>
    [Parameter]
    public ArpValidate? ArpValidate { get; set; }

    /// <summary>How many targets of the ARP monitor must answer (arp_all_targets).</summary>
    [Parameter]
    public ArpAllTargets? ArpAllTargets { get; set; }

    /// <summary>How many missed answers make a link down (arp_missed_max), 1 to 255.</summary>
    [Parameter]
    [ValidateRange(1, 255)]
    public int? ArpMissedMax { get; set; }

    /// <summary>How many packets a slave of balance-rr sends before its turn is over (packets_per_slave); 0 is at random.</summary>
    [Parameter]
    [ValidateRange(0, 65535)]
    public int? PacketsPerSlave { get; set; }

    /// <summary>How many IGMP reports follow a failover (resend_igmp), 0 to 255.</summary>
    [Parameter]
    [ValidateRange(0, 255)]
    public int? ResendIgmp { get; set; }

    /// <summary>Whether frames that arrive on inactive slaves are passed on (all_slaves_active).</summary>
    [Parameter]
    public bool? AllSlavesActive { get; set; }

    /// <summary>The pause between the learning packets of balance-tlb and balance-alb, in seconds (lp_interval).</summary>
    [Parameter]
    [Alias("LpInterval")]
    [ValidateRange(1, int.MaxValue)]
    public int? LearningPacketInterval { get; set; }

    /// <summary>Whether balance-tlb and balance-alb move flows by the load (tlb_dynamic_lb).</summary>
    [Parameter]
    [Alias("TlbDynamicLb")]
    public bool? DynamicLoadBalancing { get; set; }

    /// <summary>The Open vSwitch bridge that the bond is a port of; it makes the bond one of Open vSwitch's instead of the kernel's.</summary>
    [Parameter]
    [Alias("Bridge")]
    [ValidateInterfaceName]
    public string? OvsBridge { get; set; }

    /// <summary>The mode of an Open vSwitch bond: <c>active-backup</c>, <c>balance-slb</c>, <c>lacp-balance-slb</c> or <c>lacp-balance-tcp</c>.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(OvsBondModeCompleter))]
    public OvsBondMode? OvsMode { get; set; }

    /// <summary>The VLAN whose untagged port an Open vSwitch bond is, 1 to 4094.</summary>
    [Parameter]
    [ValidateRange(1, 4094)]
    public int? VlanTag { get; set; }

    /// <summary>What the parameters say of a bond, for a new one and for one that is there.</summary>
    private protected PveBondChange Options => new()
    {
        Mode = Mode,
        TransmitHashPolicy = TransmitHashPolicy,
        MiiPollingInterval = Milliseconds(MiiPollingInterval),
        UpDelay = Milliseconds(UpDelay),
        DownDelay = Milliseconds(DownDelay),
        UseCarrier = UseCarrier,
        LacpRate = LacpRate,
        LacpActive = LacpActive,
        MinLinks = MinLinks,
        AdSelect = AdSelect,
        SystemPriority = SystemPriority,
        SystemMacAddress = SystemMacAddress,
        UserPortKey = UserPortKey,
        PrimarySlave = PrimarySlave,
        PrimaryReselect = PrimaryReselect,
        FailOverMac = FailOverMac,
        PeerNotificationCount = PeerNotificationCount,
        PeerNotificationDelay = Milliseconds(PeerNotificationDelay),
        ArpPollingInterval = Milliseconds(ArpPollingInterval),
        ArpIpTargets = ArpIpTarget,
        ArpValidate = ArpValidate,
        ArpAllTargets = ArpAllTargets,
        ArpMissedMax = ArpMissedMax,
        PacketsPerSlave = PacketsPerSlave,
        ResendIgmp = ResendIgmp,
        AllSlavesActive = AllSlavesActive,
        LearningPacketInterval = LearningPacketInterval is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        DynamicLoadBalancing = DynamicLoadBalancing,
        Mtu = Mtu,
        Addresses = Address,
        Gateway = Gateway,
        Gateway6 = Gateway6,
        Comment = Comment,
    };

    /// <summary>Whether a parameter of Open vSwitch is given.</summary>
    private protected bool IsOvs => OvsBridge is not null || OvsMode is not null || VlanTag is not null;

    /// <summary>What the parameters say of an Open vSwitch bond.</summary>
    /// <exception cref="BondToolsException">InvalidConfiguration: a parameter is one of the kernel's driver.</exception>
    private protected PveOvsBondChange OvsOptions()
    {
        RefuseForeign(OvsRules.Foreign(Options), "bond");
        return new PveOvsBondChange
        {
            Bridge = OvsBridge,
            Mode = OvsMode,
            LacpRate = LacpRate,
            VlanTag = VlanTag,
            Mtu = Mtu,
            Comment = Comment,
        };
    }

    private protected sealed override object? Find(InterfacesFile file) =>
        (object?)FindBond(file) ?? file.OvsBonds.FirstOrDefault(b => b.Name == Name);

    private protected sealed override IEnumerable<string> Cautions(InterfacesFile before, InterfacesFile after) =>
        Losses(after).Except(Losses(before)).Concat(OvsRules.Cautions(before, after, Name));

    private IEnumerable<string> Losses(InterfacesFile file) => FindBond(file) is { } bond ? ProxmoxRewrite.Losses(bond) : [];

    private PveBond? FindBond(InterfacesFile file) =>
        file.Find(Name) is { Type: NetworkInterfaceType.Bond } stanza ? PveBond.From(stanza) : null;

    private static TimeSpan? Milliseconds(int? value) => value is { } number ? TimeSpan.FromMilliseconds(number) : null;
}
