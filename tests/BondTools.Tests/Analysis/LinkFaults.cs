using System;
using System.Collections.Generic;
using System.Linq;
using BondTools.Analysis;
using BondTools.Cisco;
using BondTools.Linux;
using static BondTools.Analysis.FindingSeverity;
using static BondTools.Tests.Analysis.Ends;
using static BondTools.Tests.Analysis.FullEvidence;

namespace BondTools.Tests.Analysis;

/// <summary>The faults, each as both ends show it once the time-outs have passed.</summary>
internal static class LinkFaults
{
    private static readonly MacAddress Other = MacAddress.Parse("aa:bb:cc:00:02:00");
    private static readonly MacAddress OtherHost = MacAddress.Parse("08:00:27:99:99:99");

    // The second link down: no carrier at the host, D at the switch, and no row in its table of neighbors.
    private static readonly Func<LacpLinkEvidence, LacpLinkEvidence> Down = e => e with
    {
        Bond = Bond(Slave(1), Slave(2, 13, 53) with { MiiStatus = MiiStatus.Down }),
        EtherChannels = [Channel("Et0/0(P) Et0/1(D)")],
        Neighbors = [Neighbor("Et0/0", 1)],
        InterfaceStatus = [Status("Et0/0"), Status("Et0/1", "notconnect", "auto", "auto")],
    };

    // The second slave hears nobody, and the switch suspends its port.
    private static readonly Func<LacpLinkEvidence, LacpLinkEvidence> Silence = e => e with
    {
        Bond = Bond(Slave(1), Silent(2, 69, 2)),
        EtherChannels = [Channel("Et0/0(P) Et0/1(s)")],
        Neighbors = [Neighbor("Et0/0", 1)],
    };

    // The switch has the second port out of its bundle, and the host hears it say so.
    private static readonly Func<LacpLinkEvidence, LacpLinkEvidence> OutOfSync = e => e with
    {
        Bond = Bond(Slave(1), Slave(2, 13, 5)),
        EtherChannels = [Channel("Et0/0(P) Et0/1(s)")],
    };

    private static readonly Func<LacpLinkEvidence, LacpLinkEvidence> AllSilent = e => e with
    {
        Bond = Bond(Silent(1, 77), Silent(2, 69, 2)),
        EtherChannels = [Channel("Et0/0(s) Et0/1(s)", inUse: false)],
        Neighbors = [],
    };

    private static readonly string Unpinned = Stanzas.Replace("hwaddress 08:00:27:04:dd:bd", "", StringComparison.Ordinal);

    public static IReadOnlyList<LinkFault> All { get; } =
    [
        new("unplugged", "slave-down", FindingEnd.Cable, Down),
        new("unplugged, nothing else asked", "slave-down", FindingEnd.Cable, e => new() { Bond = Down(e).Bond, EtherChannels = Down(e).EtherChannels }),
        new("both unplugged", "slave-down", FindingEnd.Cable, e => Down(e) with
        {
            Bond = Bond(Slave(1, 13, 53) with { MiiStatus = MiiStatus.Down }, Slave(2, 13, 53) with { MiiStatus = MiiStatus.Down }) with { MiiStatus = MiiStatus.Down },
            EtherChannels = [Channel("Et0/0(D) Et0/1(D)", inUse: false)],
            Neighbors = [],
        }),
        new("switch port shut down", "member-shutdown", FindingEnd.Switch, e => Down(e) with { RunningConfiguration = Configuration(second: "shutdown") }),
        new("switch port shut down, by its status", "member-shutdown", FindingEnd.Switch,
            e => Down(e) with { RunningConfiguration = null, LacpInternal = null, InterfaceStatus = [Status("Et0/1", "disabled")] }),
        new("port-channel shut down", "port-channel-shutdown", FindingEnd.Switch, e => Down(e) with
        {
            Bond = Bond(Slave(1, 13, 53) with { MiiStatus = MiiStatus.Down }, Slave(2, 13, 53) with { MiiStatus = MiiStatus.Down }) with { MiiStatus = MiiStatus.Down },
            EtherChannels = [Channel("Et0/0(D) Et0/1(D)", inUse: false)],
            Neighbors = [],
            RunningConfiguration = Configuration("shutdown", "shutdown", "shutdown"),
        }),
        new("error-disabled", "member-error-disabled", FindingEnd.Switch, e => Down(e) with { InterfaceStatus = [Status("Et0/1", "err-disabled")] }),
        new("slave set down", "slave-admin-down", FindingEnd.Host,
            e => Down(e) with { LinkCounters = [Link("enp0s8", "bond0"), Link("enp0s9", "bond0", up: false), Link("bond0", "vmbr0"), Link("vmbr0")] }),
        new("NIC renamed", "slave-missing", FindingEnd.Host, e => Down(e) with
        {
            Bond = Bond(Slave(1)),
            LinkCounters = [Link("enp0s8", "bond0"), Link("enp0s9np0"), Link("bond0", "vmbr0"), Link("vmbr0")],
        }),
        new("two NICs cabled to each other", "partner-is-self", FindingEnd.Cable, e => Down(e) with
        {
            Bond = Bond(Slave(1, system: Host), Slave(2, system: Host)),
            EtherChannels = [Channel("Et0/0(D) Et0/1(D)", inUse: false)],
            Neighbors = [],
        }),
        new("two NICs cabled to each other, as the kernel shows it", "partner-is-self", FindingEnd.Cable, e => Down(e) with
        {
            Bond = Bond(Silent(1, 205), Silent(2, 197, 2)),
            EtherChannels = [Channel("Et0/0(D) Et0/1(D)", inUse: false)],
            Neighbors = [],
        }),
        new("two hosts with one address", "duplicate-system-mac", FindingEnd.Host, e => e with { Neighbors = [.. Neighbors, Neighbor("Et0/2", 1, 2)] }),
        new("two hosts with one address in one group", "duplicate-system-mac", FindingEnd.Host, e => e with
        {
            EtherChannels = [Channel("Et0/2(P) Et0/0(P) Et0/1(P)")],
            Neighbors = [Neighbor("Et0/2", 1), .. Neighbors],
            LacpInternal = [OwnSide("Et0/2", 3), .. e.LacpInternal!],
        }),
        new("one cable in another switch", "several-partners", FindingEnd.Cable, e => e with
        {
            Bond = Bond(Slave(1), Slave(2, 5, 13, 2, system: Other)),
            EtherChannels = [Channel("Et0/0(P) Et0/1(D)")],
            Neighbors = [Neighbor("Et0/0", 1)],
        }),
        new("both cables in another switch", "other-partner", FindingEnd.Cable, e => e with
        {
            Bond = Bond(Slave(1, system: Other), Slave(2, system: Other)),
            EtherChannels = [Channel("Et0/0(D) Et0/1(D)", inUse: false)],
            Neighbors = [],
        }),
        new("slower slave", "speed-mismatch", FindingEnd.Both, e => OutOfSync(e) with
        {
            Bond = Bond(Slave(1), Slave(2, 5, 13, 2) with { SpeedMbps = 100, Actor = Slave(2, 5).Actor! with { Key = 7 } }),
        }),
        new("slower switch port", "speed-mismatch", FindingEnd.Both, e => e with { InterfaceStatus = [Status("Et0/0"), Status("Et0/1", speed: "100")] }),
        new("half duplex slave", "duplex-mismatch", FindingEnd.Both, e => OutOfSync(e) with
        {
            Bond = Bond(Slave(1), Slave(2, 5, 13, 2) with { Duplex = Duplex.Half, Actor = Slave(2, 5).Actor! with { Key = 8 } }),
        }),
        new("half duplex switch port", "duplex-mismatch", FindingEnd.Both, e => e with { InterfaceStatus = [Status("Et0/0"), Status("Et0/1", duplex: "a-half")] }),
        new("keys differ, speeds unknown", "actor-keys-differ", FindingEnd.Both, e => e with
        {
            Bond = Bond(Slave(1) with { SpeedMbps = null }, Slave(2, 5, 13, 2) with { SpeedMbps = null, Actor = Slave(2, 5).Actor! with { Key = 7 } }),
            EtherChannels = [Channel("Et0/0(P) Et0/1(w)")],
        }),
        new("cables of two bonds interchanged", "cables-swapped", FindingEnd.Cable, e => e with
        {
            Bond = Bond(Slave(1), Slave(2, 5, 13, 2, key: 2)),
            EtherChannels = [Channel("Et0/0(P) Et0/1(w)"), Channel("Et0/2(w) Et0/3(P)", 2)],
            Neighbors = [Neighbor("Et0/0", 1), Neighbor("Et0/1", 2, device: OtherHost), Neighbor("Et0/2", 2, 2), Neighbor("Et0/3", 1, 2, OtherHost)],
        }),
        new("second port in a group of its own", "several-port-channels", FindingEnd.Switch, e => e with
        {
            Bond = Bond(Slave(1), Slave(2, 5, 13, 2, key: 2)),
            EtherChannels = [Channel("Et0/0(P)"), Channel("Et0/1(w)", 2, inUse: false)],
            Neighbors = [Neighbor("Et0/0", 1), Neighbor("Et0/1", 2, 2)],
        }),
        new("cabled to another group than wished", "other-port-channel", FindingEnd.Cable, e => e with
        {
            EtherChannels = [Channel("Et0/0(P) Et0/1(P)"), Channel("Et0/2(D)", 2, inUse: false)],
            Group = 2,
            RunningConfiguration = null,
        }),
        new("no such group", "group-not-found", FindingEnd.Switch, e => e with { Group = 7 }),
        new("no group at all", "group-not-found", FindingEnd.Switch, e => AllSilent(e) with { EtherChannels = [] }),
        new("member with other VLANs", "trunk-mismatch", FindingEnd.Switch, e => OutOfSync(e) with { RunningConfiguration = Configuration(second: "switchport trunk allowed vlan 10") }),
        new("member is an access port", "trunk-mismatch", FindingEnd.Switch, e => OutOfSync(e) with { RunningConfiguration = Configuration(second: "!switchport mode access;switchport access vlan 10") }),
        new("member with another native VLAN, silent", "trunk-mismatch", FindingEnd.Switch,
            e => Silence(e) with { RunningConfiguration = Configuration(second: "switchport trunk native vlan 99") }),
        new("passive at both ends, IOS", "both-passive", FindingEnd.Both, e => AllSilent(e) with
        {
            Bond = Bond(Silent(1, 68), Silent(2, 68, 2)) with { LacpActive = false },
            RunningConfiguration = Configuration(mode: "passive"),
        }),
        new("passive at both ends, Linux", "both-passive", FindingEnd.Both, e => e with { Bond = Bond(Slave(1, 60, 60), Slave(2, 60, 60)) }, Warning),
        new("second port in no group, by LLDP", "port-not-in-channel-group", FindingEnd.Switch, e => Silence(e) with
        {
            EtherChannels = [Channel("Et0/0(P)")],
            RunningConfiguration = [.. Configuration().Take(2), .. RunningConfigurationParser.Parse("interface Ethernet0/1\n switchport mode trunk\n!")],
            LldpNeighbors = [new() { Interface = "enp0s9", ChassisId = "aa:bb:cc:00:01:00", PortId = "Et0/1" }],
        }),
        new("second port without LACP", "partner-silent", FindingEnd.Switch, e => Silence(e) with { EtherChannels = [Channel("Et0/0(P)")] }),
        new("all ports out of the group", "partner-silent", FindingEnd.Switch, e => AllSilent(e) with { EtherChannels = [Channel("", inUse: false)] }),
        new("LACPDUs lost on the second link", "partner-silent", FindingEnd.Cable, Silence),
        new("static channel", "channel-protocol", FindingEnd.Switch,
            e => AllSilent(e) with { EtherChannels = [Channel("Et0/0(P) Et0/1(P)", protocol: EtherChannelProtocol.None)], RunningConfiguration = Configuration(mode: "on") }),
        new("PAgP channel", "channel-protocol", FindingEnd.Switch,
            e => AllSilent(e) with { EtherChannels = [Channel("Et0/0(I) Et0/1(I)", protocol: EtherChannelProtocol.Pagp, inUse: false)] }),
        new("bond is round-robin", "mode-not-lacp", FindingEnd.Host, e => AllSilent(e) with
        {
            Bond = Bond([.. new[] { 1, 2 }.Select(n => Slave(n) with { Actor = null, Partner = null, AggregatorId = null })]) with
            {
                Mode = BondMode.BalanceRR,
                SystemMacAddress = null,
                ActiveAggregatorId = null,
            },
        }),
        new("bond needs more links than it has", "min-links-unmet", FindingEnd.Host, e => e with { Bond = Bond(Slave(1), Slave(2)) with { MinLinks = 3, MiiStatus = MiiStatus.Down } }),
        new("bond without slaves", "bond-down", FindingEnd.Host, e => new() { Bond = Bond() with { MiiStatus = MiiStatus.Down } }),
        new("port-channel needs more links than it has", "switch-min-links", FindingEnd.Switch, e => e with
        {
            Bond = Bond(Slave(1, 13, 5), Slave(2, 13, 5)),
            EtherChannels = [Channel("Et0/0(M) Et0/1(M)", inUse: false) with { Flags = "SM" }],
            RunningConfiguration = Configuration("port-channel min-links 3"),
        }),
        new("hot standby", "max-bundle", FindingEnd.Switch, e => OutOfSync(e) with
        {
            EtherChannels = [Channel("Et0/0(P) Et0/1(H)")],
            RunningConfiguration = Configuration("lacp max-bundle 1"),
        }, Warning),
        new("the switch hears nothing of the host", "port-not-carrying", FindingEnd.Cable, e => Silence(e) with { Bond = Bond(Slave(1), Slave(2, 13, 69)) }),
        new("the host hears nothing any more", "port-not-carrying", FindingEnd.Cable, e => e with { Bond = Bond(Slave(1), Slave(2, 143, 55)) }),
        new("the switch does not select the port", "port-not-carrying", FindingEnd.Switch, OutOfSync),
        new("idle aggregator", "several-aggregators", FindingEnd.Both, e => e with { Bond = Bond(Slave(1), Slave(2, aggregator: 2)) }),
        new("suspended for no known reason", "member-not-bundled", FindingEnd.Switch, e => e with { EtherChannels = [Channel("Et0/0(P) Et0/1(s)")] }),
        new("port-channel out of use for no known reason", "port-channel-not-in-use", FindingEnd.Switch, e => e with { EtherChannels = [Channel("Et0/0(P) Et0/1(P)", inUse: false)] }),
        new("the ends count differently", "half-bundled", FindingEnd.Both, e => e with
        {
            EtherChannels = [Channel("Et0/0(P)")],
            Neighbors = null,
            LacpInternal = null,
        }),
        new("a slave that the switch does not hear", "slave-not-mapped", FindingEnd.Cable, e => e with
        {
            EtherChannels = [Channel("Et0/0(P)")],
            Neighbors = [Neighbor("Et0/0", 1)],
            LacpInternal = null,
        }, Warning),
        new("a member that leads elsewhere", "member-not-mapped", FindingEnd.Cable, e => e with
        {
            EtherChannels = [Channel("Et0/0(P) Et0/1(P) Et0/2(P)")],
            Neighbors = [.. Neighbors, Neighbor("Et0/2", 1, device: OtherHost)],
        }, Warning),
        new("churned long ago", "churned", FindingEnd.Both, e => e with { Bond = Bond(Slave(1), Slave(2) with { PartnerChurnState = ChurnState.Churned }) }, Warning),
        new("read without privileges", "unprivileged-read", FindingEnd.Host, e => e with
        {
            Bond = Bond([.. new[] { 1, 2 }.Select(n => Slave(n) with { Actor = null, Partner = null })]) with { SystemMacAddress = null, ActiveAggregatorId = null },
        }, Warning),
        new("partner changed", "partner-changed", FindingEnd.Cable, e => e with { PreviousBond = Bond(Slave(1), Slave(2, system: Other)) }, Warning),
        new("link lost again", "link-failures-rising", FindingEnd.Cable, e => e with
        {
            Bond = Bond(Slave(1), Slave(2) with { LinkFailureCount = 3 }),
            PreviousBond = Bond(Slave(1), Slave(2) with { LinkFailureCount = 1 }),
        }, Warning),
        new("link lost long ago", "link-failures", FindingEnd.Cable, e => e with { Bond = Bond(Slave(1), Slave(2) with { LinkFailureCount = 3 }), PreviousBond = null }, Information),
        new("rates differ", "rates-differ", FindingEnd.Both, e => e with { Bond = Bond(Slave(1, 63, 61), Slave(2, 63, 61)) }, Information),
        new("LACPDUs come too slowly", "slow-rate-fast-timeout", FindingEnd.Both, e => e with { Bond = Bond(Slave(1, 63, 63), Slave(2, 63, 63)) }, Warning),
        new("native VLAN is not the bridge's", "native-vlan-mismatch", FindingEnd.Both, e => e with
        {
            RunningConfiguration = Configuration(trunk: "switchport mode trunk;switchport trunk native vlan 99"),
        }),
        new("VLAN of a bridge not allowed", "vlan-not-allowed", FindingEnd.Switch, e => e with
        {
            RunningConfiguration = Configuration(trunk: "switchport mode trunk;switchport trunk allowed vlan 1,10"),
        }),
        new("VLANs on an access port", "vlan-not-allowed", FindingEnd.Switch, e => e with { RunningConfiguration = Configuration(trunk: "switchport mode access") }),
        new("jumbo frames at the host only", "mtu-mismatch", FindingEnd.Switch, e => e with
        {
            LinkCounters = [Link("enp0s8", "bond0", 9000), Link("enp0s9", "bond0", 9000), Link("bond0", "vmbr0", 9000), Link("vmbr0", mtu: 9000)],
        }),
        new("bridge above the bond's MTU", "mtu-mismatch", FindingEnd.Host, e => e with
        {
            LinkCounters = [Link("enp0s8", "bond0"), Link("enp0s9", "bond0"), Link("bond0", "vmbr0"), Link("vmbr0", mtu: 9000)],
        }),
        new("slave below the bond's MTU", "mtu-mismatch", FindingEnd.Host, e => e with
        {
            LinkCounters = [Link("enp0s8", "bond0"), Link("enp0s9", "bond0", 1400), Link("bond0", "vmbr0"), Link("vmbr0")],
        }),
        new("address is not the one wished", "bond-mac-changed", FindingEnd.Host, e => e with { LinkCounters = [Link("bond0", address: OtherHost)] }, Warning),
        new("address is not the one before", "bond-mac-changed", FindingEnd.Host, e => e with { PreviousBond = e.Bond with { SystemMacAddress = OtherHost } }, Warning),
        new("address of the second slave", "bond-mac-not-pinned", FindingEnd.Host, e => e with
        {
            Bond = Bond(Slave(1) with { PermanentHardwareAddress = OtherHost }, Slave(2) with { PermanentHardwareAddress = Ends.Host }),
            NetworkInterfaces = Interfaces(Unpinned),
        }, Information),
        new("address of a NIC that has left", "bond-mac-not-pinned", FindingEnd.Host, e => e with
        {
            Bond = Bond(Slave(1) with { PermanentHardwareAddress = OtherHost }, Slave(2) with { PermanentHardwareAddress = OtherHost }),
            NetworkInterfaces = Interfaces(Unpinned),
        }, Information),
        new("two switches as one system", "mlag-partner", FindingEnd.Switch, e => e with
        {
            Bond = Bond(Slave(1), Slave(2) with { Partner = Slave(2).Partner! with { PortNumber = 0x4002 } }),
            EtherChannels = [Channel("Et0/0(P)")],
            Neighbors = [Neighbor("Et0/0", 1)],
            SwitchSystemId = Other,
            PreviousBond = null,
        }, Information),
        new("configuration not read", "not-examined", FindingEnd.Both, e => e with { RunningConfiguration = null }, Information),
    ];
}
