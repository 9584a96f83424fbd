using System.Collections.Generic;
using BondTools.Analysis;

namespace BondTools.Module.Tests.Lab;

/// <summary>The faults of the embedded lab, each made from the article's end.</summary>
/// <remarks>
/// Their steps: <c>fault NAME LINK</c> of the lab; <c>switch LINE|LINE</c> of IOS; <c>host COMMAND</c>; <c>file OLD => NEW</c> in
/// /etc/network/interfaces, reloaded; <c>wait SECONDS</c>; <c>look</c>, for what the bond was before; <c>ask PARAMETERS</c> of the cmdlet.
/// </remarks>
internal static class LabLinkFaults
{
    private const string Trunk = "switch interface Po1|switchport trunk encapsulation dot1q|switchport mode trunk";
    private const string VlanAware = @"file bridge-ports bond0 => bridge-ports bond0\n\tbridge-vlan-aware yes\n\tbridge-vids 10 20 30";

    /// <summary>Nothing that a rule could find, in several configurations.</summary>
    public static IReadOnlyList<(string Name, string[] Steps)> Healthy { get; } =
    [
        ("as the article leaves it", []),
        ("with a pinned address", [@"file iface bond0 inet manual => iface bond0 inet manual\n\thwaddress 08:00:27:3a:18:93"]),
        ("both ends at the fast rate", ["file bond-mode 802.3ad => bond-mode 802.3ad\\n\\tbond-lacp-rate fast", "switch interface range Et0/0 - 1|lacp rate fast"]),
        ("a trunk under a VLAN-aware bridge", [VlanAware, Trunk, "switch interface Po1|switchport trunk allowed vlan 1,10-30"]),
        ("jumbo frames at both ends", ["file bond-mode 802.3ad => bond-mode 802.3ad\\n\\tmtu 9000", "file bridge-ports bond0 => bridge-ports bond0\\n\\tmtu 9000", "file iface enp0s8 inet manual => iface enp0s8 inet manual\\n\\tmtu 9000", "file iface enp0s9 inet manual => iface enp0s9 inet manual\\n\\tmtu 9000", "switch interface Po1|mtu 9198"]),
        ("min-links and max-bundle that are met", ["file bond-mode 802.3ad => bond-mode 802.3ad\\n\\tbond-min-links 2", "switch interface Po1|port-channel min-links 2|lacp max-bundle 2"]),
    ];

    public static IReadOnlyList<LinkFault> All { get; } =
    [
        new("cable out", "slave-down", FindingEnd.Cable, FindingSeverity.Error, "fault Unplug 1"),
        new("both cables out", "slave-down", FindingEnd.Cable, FindingSeverity.Error, "fault Unplug 1", "fault Unplug 2"),
        new("switch port shut down", "member-shutdown", FindingEnd.Switch, FindingSeverity.Error, "switch interface Et0/0|shutdown"),
        new("port-channel shut down", "port-channel-shutdown", FindingEnd.Switch, FindingSeverity.Error, "switch interface Po1|shutdown"),
        new("card set down on the host", "slave-admin-down", FindingEnd.Host, FindingSeverity.Error, "host ip link set enp0s8 down"),
        new("card renamed", "slave-missing", FindingEnd.Host, FindingSeverity.Error, "fault NicRenamed 1"),
        new("one port in no channel-group", "partner-silent", FindingEnd.Switch, FindingSeverity.Error, "fault LacpOff 2"),
        new("no port in a channel-group", "partner-silent", FindingEnd.Switch, FindingSeverity.Error, "fault LacpOff 1", "fault LacpOff 2"),
        new("no such channel-group", "group-not-found", FindingEnd.Switch, FindingSeverity.Error, "switch interface range Et0/0 - 1|no channel-group|no interface Po1", "ask -Group 1"),
        new("one port in another channel-group", "several-port-channels", FindingEnd.Switch, FindingSeverity.Error, "fault WrongKey 2"),
        new("both cables in another channel-group's ports", "other-port-channel", FindingEnd.Cable, FindingSeverity.Error, "switch interface range Et0/0 - 1|no channel-group|channel-group 2 mode active", "ask -Group 1"),
        new("cables of two hosts swapped", "cables-swapped", FindingEnd.Cable, FindingSeverity.Error, "fault SwappedCables 2"),
        new("one cable to another switch", "several-partners", FindingEnd.Cable, FindingSeverity.Error, "fault OtherSwitch 2"),
        new("both cables to another switch", "other-partner", FindingEnd.Cable, FindingSeverity.Error, "fault OtherSwitch 1", "fault OtherSwitch 2"),
        new("static channel", "channel-protocol", FindingEnd.Switch, FindingSeverity.Error, "fault WrongMode 1"),
        new("PAgP channel", "channel-protocol", FindingEnd.Switch, FindingSeverity.Error, "switch interface range Et0/0 - 1|no channel-group|channel-group 1 mode desirable"),
        new("both ends passive", "both-passive", FindingEnd.Both, FindingSeverity.Error, "host ip link set bond0 down", "host echo off > /sys/class/net/bond0/bonding/lacp_active", "host ip link set bond0 up", "switch interface range Et0/0 - 1|no channel-group|channel-group 1 mode passive"),
        new("host fast, switch slow", "rates-differ", FindingEnd.Both, FindingSeverity.Information, @"file bond-mode 802.3ad => bond-mode 802.3ad\n\tbond-lacp-rate fast"),
        new("host slow, switch fast", "rates-differ", FindingEnd.Both, FindingSeverity.Information, "switch interface range Et0/0 - 1|lacp rate fast"),
        new("host in mode balance-rr", "mode-not-lacp", FindingEnd.Host, FindingSeverity.Error, "file bond-mode 802.3ad => bond-mode balance-rr"),
        new("host in mode active-backup", "mode-not-lacp", FindingEnd.Host, FindingSeverity.Error, @"file bond-mode 802.3ad\n\tbond-xmit-hash-policy layer2+3 => bond-mode active-backup"),
        new("host wants more links than there are", "min-links-unmet", FindingEnd.Host, FindingSeverity.Error, @"file bond-mode 802.3ad => bond-mode 802.3ad\n\tbond-min-links 3"),
        new("switch wants more links than there are", "switch-min-links", FindingEnd.Switch, FindingSeverity.Error, "switch interface Po1|port-channel min-links 3"),
        new("switch bundles one link only", "max-bundle", FindingEnd.Switch, FindingSeverity.Warning, "switch interface Po1|lacp max-bundle 1"),
        new("damaged cable at 100 Mbit/s", "speed-mismatch", FindingEnd.Both, FindingSeverity.Error, "fault SpeedMismatch 2"),
        new("port fixed to full duplex, card negotiates", "duplex-mismatch", FindingEnd.Both, FindingSeverity.Error, "switch interface range Et0/0 - 1|speed 100|interface Et0/1|duplex full"),
        new("member allows other VLANs", "trunk-mismatch", FindingEnd.Switch, FindingSeverity.Error, VlanAware, Trunk, "switch interface Et0/1|switchport trunk allowed vlan 10"),
        new("member is an access port", "trunk-mismatch", FindingEnd.Switch, FindingSeverity.Error, VlanAware, Trunk, "switch interface Et0/1|switchport mode access"),
        new("member has another native VLAN", "trunk-mismatch", FindingEnd.Switch, FindingSeverity.Error, VlanAware, Trunk, "switch interface Et0/1|switchport trunk native vlan 99"),
        new("native VLAN is not the bridge's", "native-vlan-mismatch", FindingEnd.Both, FindingSeverity.Error, VlanAware, Trunk, "switch interface Po1|switchport trunk native vlan 99"),
        new("bridge's VLAN not allowed on the trunk", "vlan-not-allowed", FindingEnd.Switch, FindingSeverity.Error, VlanAware, Trunk, "switch interface Po1|switchport trunk allowed vlan 1,10,20"),
        new("jumbo frames on the host only", "mtu-mismatch", FindingEnd.Switch, FindingSeverity.Error, @"file bond-mode 802.3ad => bond-mode 802.3ad\n\tmtu 9000", @"file bridge-ports bond0 => bridge-ports bond0\n\tmtu 9000", @"file iface enp0s8 inet manual => iface enp0s8 inet manual\n\tmtu 9000", @"file iface enp0s9 inet manual => iface enp0s9 inet manual\n\tmtu 9000"),
        new("one slave with a smaller MTU", "mtu-mismatch", FindingEnd.Host, FindingSeverity.Error, "host ip link set enp0s9 mtu 1400"),
        new("bridge with a larger MTU than its bond", "mtu-mismatch", FindingEnd.Host, FindingSeverity.Error, @"file bridge-ports bond0 => bridge-ports bond0\n\tmtu 9000"),
        new("another host with the same MAC", "duplicate-system-mac", FindingEnd.Host, FindingSeverity.Error, "fault DuplicateSystem 1"),
        new("host's cards cabled to each other", "partner-is-self", FindingEnd.Cable, FindingSeverity.Error, "fault Loop 1"),
        new("bond's MAC goes with the next start", "bond-mac-not-pinned", FindingEnd.Host, FindingSeverity.Information, "file bond-slaves enp0s8 enp0s9 => bond-slaves enp0s9 enp0s8"),
        new("bond's MAC changed", "bond-mac-changed", FindingEnd.Host, FindingSeverity.Warning, "look", "file bond-slaves enp0s8 enp0s9 => bond-slaves enp0s9 enp0s8", "host reboot"),
        new("cable with a loose contact", "link-failures-rising", FindingEnd.Cable, FindingSeverity.Warning, "look", "fault FlappingCable 1", "wait 110"),
        new("cable loses every frame", "partner-silent", FindingEnd.Cable, FindingSeverity.Error, "fault SilentLoss 1"),
        new("cable loses what the switch sends", "partner-silent", FindingEnd.Cable, FindingSeverity.Error, "fault LossToHost 1"),
        new("cable loses what the host sends", "port-not-carrying", FindingEnd.Cable, FindingSeverity.Error, "fault LossToSwitch 1"),
        new("out of sync for a minute", "churned", FindingEnd.Both, FindingSeverity.Information, "fault LacpOff 2", "wait 200"),
    ];
}
