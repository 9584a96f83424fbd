using System;
using System.Linq;
using BondTools.Linux;
using BondTools.Planning;
using Xunit;

namespace BondTools.Tests.Planning;

/// <summary>A recorded host, and the same host with one thing not as the file says.</summary>
public class HostVerificationTests
{
    private static readonly string Interfaces = Sample.Read("kernel-network-interfaces.txt");
    private static readonly string Kernel = Sample.Read("kernel-network.txt");
    private static readonly InterfacesFile File = InterfacesFile.Parse(Interfaces);

    [Fact]
    public void The_recorded_host_is_as_its_file_says()
    {
        Assert.Empty(HostVerification.Problems(File, KernelNetworkParser.Parse(Kernel)));
        Assert.True(File.Bonds[0].LacpActive == false && File.Bonds[0].UserPortKey == 9, "The recording has options to compare.");
    }

    // As bridge of iproute2 6.1 prints it.
    private const string PortVlans = "port-vlan:port              vlan-id  \nport-vlan:enp0s8            5 PVID Egress Untagged\nport-vlan:                  7-10\nport-vlan:                  20\nport-vlan:vmbr9             1 PVID Egress Untagged\n";

    [Theory]
    [InlineData("bridge-vids 7-10 20\n\tbridge-pvid 5", "")]
    [InlineData("bridge-vids 20", "")]
    [InlineData("bridge-vids 7-11", "enp0s8 is not in every VLAN from 7 to 11 in the kernel, as vmbr9 says in the file.")]
    [InlineData("bridge-pvid 7", "enp0s8 does not put untagged frames into VLAN 7 in the kernel, as vmbr9 says in the file.")]
    public void The_VLANs_of_a_bridge_are_looked_for_on_its_ports(string options, string problem)
    {
        const string kernel = "/sys/class/net/enp0s8/mtu:1500\n/sys/class/net/enp0s8/ifindex:2\n/sys/class/net/enp0s8/master/ifindex:3\n"
            + "/sys/class/net/vmbr9/mtu:1500\n/sys/class/net/vmbr9/ifindex:3\n/sys/class/net/vmbr9/bridge/vlan_filtering:1\n/sys/class/net/vmbr9/bridge/stp_state:0\n";
        string Problems(string port, string vlans) => string.Join("|", HostVerification.Problems(
            InterfacesFile.Parse($"{port}auto vmbr9\niface vmbr9 inet manual\n\tbridge-ports enp0s8\n\tbridge-vlan-aware yes\n\t{options}\n"), KernelNetworkParser.Parse(kernel + vlans)));

        Assert.Equal(problem, Problems("", PortVlans));
        // A port that has its own, and a host that does not tell.
        Assert.Equal("", Problems("iface enp0s8 inet manual\n\tbridge-access 3\n\n", PortVlans));
        Assert.Equal("", Problems("", ""));
    }

    [Fact]
    public void The_recording_is_read_whole()
    {
        var network = KernelNetworkParser.Parse(Kernel);
        Assert.Equal(["bond0", "bond0.100", "bond1", "enp0s10", "enp0s11", "enp0s8", "enp0s9", "lo", "nic0", "veth101i0", "veth102i0", "vmbr0", "vmbr1"], network.Links.Select(link => link.Name).Order(StringComparer.Ordinal));
        var bond = network.Find("bond0")!;
        Assert.Equal((1500, "vmbr1", "vlan+srcmac 5", "bandwidth 1"), (bond.Mtu, bond.Master, bond.Bond!["xmit_hash_policy"], bond.Bond["ad_select"]));
        Assert.Equal(("10.0.0.1 10.0.0.2", "fd00::1 fd00::2"), (network.Find("bond1")!.Bond!["arp_ip_target"], network.Find("bond1")!.Bond![KernelNetworkParser.NeighbourTargets]));
        Assert.Equal((100, "bond0"), (network.Find("bond0.100")!.VlanId, network.Find("bond0.100")!.VlanDevice));
        Assert.Equal((true, false), (network.Find("vmbr1")!.VlanFiltering, network.Find("vmbr0")!.VlanFiltering));
        Assert.Equal("192.168.10.73/24", network.Find("vmbr0")!.Addresses[0]);
        Assert.Null(network.Find("enp0s8")!.Bond);
    }

    [Theory]
    [InlineData("bond0/bonding/ad_select:bandwidth 1", "bond0/bonding/ad_select:stable 0", "bond0: ad_select is stable in the kernel, not bandwidth as the file says.")]
    [InlineData("bond0/bonding/lacp_active:off 0", "bond0/bonding/lacp_active:on 1", "bond0: lacp_active is on in the kernel, not off as the file says.")]
    [InlineData("bond0/bonding/ad_actor_sys_prio:5\n", "bond0/bonding/ad_actor_sys_prio:65535\n", "bond0: ad_actor_sys_prio is 65535 in the kernel, not 5 as the file says.")]
    [InlineData("/sys/class/net/bond0/bonding/ad_user_port_key:9\n", "", "bond0: ad_user_port_key has no value in the kernel, and is 9 in the file.")]
    [InlineData("bond0/bonding/mode:802.3ad 4", "bond0/bonding/mode:balance-rr 0", "bond0: mode is balance-rr in the kernel, not 802.3ad as the file says.")]
    [InlineData("bond0/bonding/peer_notif_delay:200", "bond0/bonding/peer_notif_delay:100", "bond0: peer_notif_delay is 100 in the kernel, not 200 as the file says.")]
    [InlineData("bond1/mtu:1400", "bond1/mtu:1500", "bond1: the MTU is 1500 in the kernel, not 1400 as the file says.")]
    [InlineData("/sys/class/net/enp0s9/master/ifindex:", "/sys/class/net/enp0s9/other/ifindex:", "bond0 lacks its slave enp0s9.")]
    [InlineData("/sys/class/net/bond0/master/ifindex:", "/sys/class/net/bond0/other/ifindex:", "vmbr1 lacks its port bond0.")]
    [InlineData("vmbr1/bridge/vlan_filtering:1", "vmbr1/bridge/vlan_filtering:0", "vmbr1 does not filter VLANs in the kernel, unlike in the file.")]
    [InlineData("vmbr0/bridge/stp_state:0", "vmbr0/bridge/stp_state:1", "vmbr0 speaks the spanning tree protocol in the kernel, unlike in the file.")]
    [InlineData(" 10.9.0.1/24 ", " 10.9.0.1/16 ", "bond0.100 lacks the address 10.9.0.1/24.")]
    [InlineData(" 192.168.10.73/24 ", " ", "vmbr0 lacks the address 192.168.10.73/24.")]
    [InlineData("| 100  | bond0", "| 101  | bond0", "bond0.100 is VLAN 101 on bond0 in the kernel, not VLAN 100 on bond0 as the file says.")]
    public void What_differs_is_named(string there, string instead, string sentence)
    {
        Assert.Contains(there, Kernel, StringComparison.Ordinal);
        var problem = Assert.Single(HostVerification.Problems(File, KernelNetworkParser.Parse(Kernel.Replace(there, instead, StringComparison.Ordinal))));
        Assert.Equal(sentence, problem);
    }

    [Fact]
    public void Lists_of_targets_are_compared_as_a_whole()
    {
        var wish = InterfacesFile.Parse(Interfaces.Replace("\tmtu 1400\n", "\tmtu 1400\n\tbond-arp-interval 1000\n\tbond-arp-ip-target 10.0.0.1 10.0.0.2\n\tbond-ns-ip6-target fd00::1 fd00::2\n", StringComparison.Ordinal));
        Assert.Empty(HostVerification.Problems(wish, KernelNetworkParser.Parse(Kernel)));
        Assert.Equal(
            ["bond1: arp_ip_target is 10.0.0.1 10.0.0.2 in the kernel, not 10.0.0.2 10.0.0.3 as the file says.", "bond1: ns_ip6_target is fd00::1 fd00::2 in the kernel, not fd00::1 fd00::3 as the file says."],
            HostVerification.Problems(InterfacesFile.Parse(wish.ToString().Replace("10.0.0.1 10.0.0.2\n", "10.0.0.2 10.0.0.3\n", StringComparison.Ordinal).Replace("fd00::1 fd00::2\n", "fd00::1 fd00::3\n", StringComparison.Ordinal)), KernelNetworkParser.Parse(Kernel)));
    }

    [Fact]
    public void A_wish_that_the_kernel_has_not_at_all_is_named()
    {
        var wish = InterfacesFile.Parse(Interfaces + "\nauto bond7\niface bond7 inet manual\n\tbond-slaves enp0s12\n\nauto vmbr0.7\niface vmbr0.7 inet manual\n\niface bond8 inet manual\n\tbond-slaves none\n");
        Assert.Equal(["bond7 does not exist in the kernel.", "vmbr0.7 does not exist in the kernel."], HostVerification.Problems(wish, KernelNetworkParser.Parse(Kernel)));
    }

    [Fact]
    public void What_was_broken_before_and_is_not_touched_is_no_fault_of_the_change()
    {
        var broken = Kernel.Replace("bond0/bonding/ad_select:bandwidth 1", "bond0/bonding/ad_select:stable 0", StringComparison.Ordinal);
        var wish = InterfacesEdit.SetBond(File, "bond1", new PveBondChange { Mtu = 9000 });
        var mtu = "bond1: the MTU is 1400 in the kernel, not 9000 as the file says.";
        Assert.Equal([mtu], HostVerification.Problems(wish, KernelNetworkParser.Parse(broken), File));
        Assert.Equal([mtu], HostVerification.Problems(wish, KernelNetworkParser.Parse(broken), File, KernelNetworkParser.Parse(broken)));
        // With the kernel of before at hand, damage to a bond that the change did not touch is seen.
        Assert.Equal(2, HostVerification.Problems(wish, KernelNetworkParser.Parse(broken), File, KernelNetworkParser.Parse(Kernel)).Count);
    }

    [Fact]
    public void A_bond_that_cannot_be_understood_and_is_not_touched_is_no_hindrance()
    {
        var odd = Interfaces.Replace("bond-mode active-backup", "bond-mode sorcery", StringComparison.Ordinal);
        var wish = InterfacesEdit.SetBond(InterfacesFile.Parse(odd), "bond0", new PveBondChange { Comment = "x" });
        var kernel = KernelNetworkParser.Parse(Kernel);
        Assert.Empty(HostVerification.Problems(wish, kernel, InterfacesFile.Parse(odd)));
        Assert.Empty(HostVerification.Problems(wish, kernel, InterfacesFile.Parse(odd), kernel));
        Assert.Contains("sorcery", Assert.Single(HostVerification.Problems(wish, kernel)), StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_taken_out_of_the_file_must_be_gone()
    {
        var wish = InterfacesEdit.RemoveBond(File, "bond1");
        Assert.Equal(["bond1 is still in the kernel, and in the file no more."], HostVerification.Problems(wish, KernelNetworkParser.Parse(Kernel), File));
    }

    [Theory]
    [InlineData("", "", null)]
    [InlineData("ovs-bridge:vmbr2:bond5", "ovs-bridge:vmbr3:bond5", "bond5: bridge is vmbr3 in Open vSwitch, not vmbr2 as the file says.")]
    [InlineData(",balance-tcp,active,7,", ",balance-slb,active,7,", "bond5: bond_mode is balance-slb in Open vSwitch, not balance-tcp as the file says.")]
    [InlineData(",balance-tcp,active,7,", ",balance-tcp,,7,", "bond5: lacp is not set in Open vSwitch, not active as the file says.")]
    [InlineData(",balance-tcp,active,7,", ",balance-tcp,active,,", "bond5: tag is not set in Open vSwitch, not 7 as the file says.")]
    [InlineData("lacp-time=fast", "lacp-time=slow", "bond5: lacp-time is slow in Open vSwitch, not fast as the file says.")]
    [InlineData("member enp0s21: enabled", "  may_enable: true", "bond5 lacks its slave enp0s21.")]
    [InlineData("ovs-port:bond5,", "ovs-port:bond6,", "bond5: bond_mode is not set in Open vSwitch, not balance-tcp as the file says.")]
    public void A_bond_of_Open_vSwitch_is_compared_with_what_Open_vSwitch_says(string there, string instead, string? sentence)
    {
        const string ovs = "ovs-port:enp0s22,,,,\novs-port:bond5,balance-tcp,active,7,lacp-time=fast\novs-bridge:vmbr2:bond5\novs-bridge:vmbr2:enp0s22\n"
            + "ovs-bond:---- bond5 ----\novs-bond:bond_mode: balance-tcp\novs-bond:active member mac: 08:00:27:04:dd:bd(enp0s20)\novs-bond:\novs-bond:member enp0s20: enabled\n"
            + "ovs-bond:  active member\novs-bond:slave enp0s21: disabled\novs-bond:member enp0s21: enabled\n/sys/class/net/vmbr2/mtu:1500\n/sys/class/net/vmbr2/ifindex:9\n";
        var wish = InterfacesFile.Parse("auto vmbr2\niface vmbr2 inet manual\n\tovs_type OVSBridge\n\tovs_ports bond5 enp0s22\n\nauto bond5\niface bond5 inet manual\n\tovs_bonds enp0s20 enp0s21\n\tovs_type OVSBond\n"
            + "\tovs_bridge vmbr2\n\tovs_options bond_mode=balance-tcp lacp=active other_config:lacp-time=fast tag=7\n");
        var text = ovs.Replace("slave enp0s21: disabled\novs-bond:", "", StringComparison.Ordinal);
        Assert.Contains(there, text, StringComparison.Ordinal);
        var problems = HostVerification.Problems(wish, KernelNetworkParser.Parse(there.Length == 0 ? ovs.Replace("member enp0s21", "x enp0s21", StringComparison.Ordinal) : text.Replace(there, instead, StringComparison.Ordinal)));
        if (sentence is null)
            Assert.Empty(problems);
        else
            Assert.Contains(sentence, problems);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/sys/class/net/bond0")]
    [InlineData("/sys/class/net/bond0/mtu:1500\nnonsense\n")]
    public void What_is_not_understood_is_an_error(string text) =>
        Assert.Throws<UnexpectedOutputException>(() => KernelNetworkParser.Parse(text));

    [Fact]
    public void What_a_file_says_no_more_is_given_the_drivers_own_value()
    {
        var wish = InterfacesEdit.SetBond(File, "bond0", new PveBondChange { Clear = ["AdSelect", "UserPortKey", "LacpRate"] });
        var resets = BondCompanion.Resets(File, wish);
        Assert.Equal(2, resets.Count);
        Assert.Contains(resets, command => command.Contains("grep -qwF stable $f", StringComparison.Ordinal));
        Assert.Contains(resets, command => command.Contains("ad_user_port_key", StringComparison.Ordinal) && command.Contains("echo 0 > $f", StringComparison.Ordinal));
        Assert.Empty(BondCompanion.Resets(wish, File));
        Assert.Empty(BondCompanion.Resets(File, InterfacesEdit.RemoveBond(InterfacesEdit.SetBridge(InterfacesFile.Parse(Interfaces.Replace("auto bond0.100\niface bond0.100 inet static\n\taddress 10.9.0.1/24\n\n", "", StringComparison.Ordinal)), "vmbr1", new PveBridgeChange { Ports = [] }), "bond0")));
    }
}
