using System;
using System.Net;
using BondTools.Linux;
using BondTools.Planning;
using Xunit;

namespace BondTools.Tests.Planning;

public class VlanAndOvsEditTests
{
    private const string Nics = "auto lo\niface lo inet loopback\n\nauto eno1\niface eno1 inet manual\n\nauto eno2\niface eno2 inet manual\n\niface eno3 inet manual\n\n";
    private const string Bond = "auto bond0\niface bond0 inet manual\n\tbond-slaves eno1 eno2\n\tbond-miimon 100\n\tbond-mode 802.3ad\n\tmtu 9000\n";
    private const string OvsBridge = "auto vmbr1\niface vmbr1 inet manual\n\tovs_type OVSBridge\n";
    private const string OvsBond = "auto bond0\niface bond0 inet manual\n\tovs_bonds eno1 eno2\n\tovs_type OVSBond\n\tovs_bridge vmbr1\n\tovs_options bond_mode=balance-slb lacp=active other_config:lacp-time=fast tag=7\n";

    private static readonly InterfacesFile Bonded = InterfacesFile.Parse(Nics + Bond);
    private static readonly InterfacesFile Bridged = InterfacesFile.Parse(Nics + OvsBridge);
    private static readonly PveOvsBond OvsWish = new() { Name = "bond0", Slaves = ["eno1", "eno2"], Bridge = "vmbr1", Mode = OvsBondMode.LacpBalanceSlb, LacpRate = LacpRate.Fast, VlanTag = 7 };

    [Fact]
    public void A_VLANs_name_says_what_it_is_on()
    {
        var file = InterfacesEdit.AddVlan(Bonded, new PveVlan { Name = "bond0.100", Method = "static", Addresses = ["10.1.0.5/24", "2001:db8::5/64"], Gateway = IPAddress.Parse("10.1.0.1"), Gateway6 = IPAddress.Parse("2001:db8::1"), Mtu = 1500 });
        Assert.Equal(Nics + Bond + "\nauto bond0.100\niface bond0.100 inet static\n\taddress 10.1.0.5/24\n\tgateway 10.1.0.1\n\tmtu 1500\n\niface bond0.100 inet6 static\n\taddress 2001:db8::5/64\n\tgateway 2001:db8::1\n", file.ToString());
        var vlan = Assert.Single(file.Vlans);
        Assert.Equal(("bond0", 100, IPAddress.Parse("10.1.0.1"), IPAddress.Parse("2001:db8::1")), (vlan.Device, vlan.VlanId, vlan.Gateway, vlan.Gateway6));
        Assert.Equal(Nics + Bond, InterfacesEdit.RemoveVlan(file, "bond0.100").ToString());
    }

    [Theory]
    [InlineData("vlan100", "bond0", null, "\tvlan-raw-device bond0\n")]
    [InlineData("storage", "bond0", 100, "\tvlan-raw-device bond0\n\tvlan-id 100\n")]
    [InlineData("eno3.100", null, null, "")]
    public void Every_form_of_a_VLAN_is_written_and_read(string name, string? device, int? id, string options)
    {
        var file = InterfacesEdit.AddVlan(Bonded, new PveVlan { Name = name, Device = device, VlanId = id });
        Assert.EndsWith($"\nauto {name}\niface {name} inet manual\n{options}", file.ToString(), StringComparison.Ordinal);
        var vlan = Assert.Single(file.Vlans);
        Assert.Equal((device ?? "eno3", 100), (vlan.Device, vlan.VlanId));
        var set = InterfacesEdit.SetVlan(file, name, new PveVlanChange { Comment = "x" });
        Assert.Equal(file.ToString(), InterfacesEdit.SetVlan(set, name, new PveVlanChange { Clear = ["Comment"] }).ToString());
    }

    [Fact]
    public void A_VLAN_on_a_bond_is_a_port_of_a_bridge()
    {
        var file = InterfacesEdit.AddBridge(InterfacesEdit.AddVlan(Bonded, new PveVlan { Name = "bond0.100" }), new PveBridge { Name = "vmbr2", Ports = ["bond0.100"] });
        Assert.Contains("VLAN-aware bridge", Refused(() => InterfacesEdit.SetBridge(file, "vmbr2", new PveBridgeChange { VlanAware = true })), StringComparison.Ordinal);
        Assert.Contains("VLAN-aware bridge", Refused(() => InterfacesEdit.AddBridge(Bonded, new PveBridge { Name = "vmbr3", Ports = ["bond0.7"], VlanAware = true })), StringComparison.Ordinal);
        Assert.Equal("bond0 is still used by bond0.100.", Refused(() => InterfacesEdit.RemoveBond(file, "bond0")));
        Assert.Equal("bond0.100 is still used by vmbr2.", Refused(() => InterfacesEdit.RemoveVlan(file, "bond0.100")));
        Assert.Contains("port of vmbr2", Refused(() => InterfacesEdit.SetVlan(file, "bond0.100", new PveVlanChange { Addresses = ["10.0.0.1/24"] })), StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_a_VLAN_is_refused()
    {
        void Refuses(string reason, PveVlan wish) => Assert.Contains(reason, Refused(() => InterfacesEdit.AddVlan(Bonded, wish)), StringComparison.Ordinal);
        Refuses("does not take 'vmbr7'", new PveVlan { Name = "vmbr7", Device = "bond0", VlanId = 1 });
        Refuses("no VLAN number", new PveVlan { Name = "storage", Device = "bond0" });
        Refuses("on no interface", new PveVlan { Name = "vlan7" });
        Refuses("is not between 1 and 4094", new PveVlan { Name = "bond0.4095" });
        Refuses("says VLAN 7, not 8", new PveVlan { Name = "bond0.7", VlanId = 8 });
        Refuses("says that it is on bond0, not on eno3", new PveVlan { Name = "bond0.7", Device = "eno3" });
        Refuses("is not in the file", new PveVlan { Name = "bond1.7" });
        Refuses("is a slave of bond0", new PveVlan { Name = "eno1.7" });
        Refuses("type Loopback", new PveVlan { Name = "lo.7" });
        Refuses("smaller than", new PveVlan { Name = "eno3.7", Mtu = 9000 });
        Refuses("does not take 'bond0'", new PveVlan { Name = "bond0" });
        var one = InterfacesEdit.AddVlan(Bonded, new PveVlan { Name = "bond0.7" });
        Assert.Equal("bond0.7 is VLAN 7 on bond0 already.", Refused(() => InterfacesEdit.AddVlan(one, new PveVlan { Name = "vlan7", Device = "bond0" })));
    }

    [Fact]
    public void Each_family_has_its_gateway()
    {
        var file = InterfacesEdit.SetBond(Bonded, "bond0", new PveBondChange { Addresses = ["10.0.0.2/24", "2001:db8::2/64"], Gateway = IPAddress.Parse("10.0.0.1"), Gateway6 = IPAddress.Parse("2001:db8::1") });
        Assert.Contains("\taddress 10.0.0.2/24\n\tgateway 10.0.0.1\n", file.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("\niface bond0 inet6 static\n\taddress 2001:db8::2/64\n\tgateway 2001:db8::1\n", file.ToString(), StringComparison.Ordinal);
        var without = InterfacesEdit.SetBond(file, "bond0", new PveBondChange { Clear = ["Gateway6"] });
        Assert.Equal((IPAddress.Parse("10.0.0.1"), null), (without.Bonds[0].Gateway, without.Bonds[0].Gateway6));
        Assert.Equal(Bonded.ToString(), InterfacesEdit.SetBond(file, "bond0", new PveBondChange { Clear = ["Gateway", "Gateway6"], Addresses = [] }).ToString());
        Assert.Contains("exists already on bond0 (2001:db8::1)", Refused(() => InterfacesEdit.AddBridge(file, new PveBridge { Name = "vmbr1", Addresses = ["2001:db8:1::2/64"], Gateway6 = IPAddress.Parse("2001:db8:1::1") })), StringComparison.Ordinal);
    }

    [Fact]
    public void A_bridge_has_a_VLAN_for_what_has_no_tag()
    {
        var wish = new PveBridge { Name = "vmbr1", Ports = ["bond0"], VlanAware = true, DefaultVlanId = 10 };
        var file = InterfacesEdit.AddBridge(Bonded, wish);
        Assert.EndsWith("\tbridge-vlan-aware yes\n\tbridge-vids 2-4094\n\tbridge-pvid 10\n", file.ToString(), StringComparison.Ordinal);
        Assert.Equal(10, file.Bridges[0].DefaultVlanId);
        Assert.EndsWith("\tbridge-fd 0\n", InterfacesEdit.SetBridge(file, "vmbr1", new PveBridgeChange { VlanAware = false }).ToString(), StringComparison.Ordinal);
        Assert.Contains("not VLAN aware", Refused(() => InterfacesEdit.AddBridge(Bonded, wish with { VlanAware = false })), StringComparison.Ordinal);
    }

    [Fact]
    public void An_Open_vSwitch_bond_keeps_its_bridges_list_in_step()
    {
        var file = InterfacesEdit.AddOvsBond(Bridged, OvsWish);
        Assert.Equal(Nics + OvsBridge + "\tovs_ports bond0\n\n" + OvsBond, file.ToString());
        Assert.Equal(RecordText.Of(OvsWish), RecordText.Of(Assert.Single(file.OvsBonds)));
        Assert.Equal(["bond0"], Assert.Single(file.OvsBridges).Ports);
        Assert.Empty(file.Bonds);
        Assert.Equal(Bridged.ToString(), InterfacesEdit.RemoveOvsBond(file, "bond0").ToString());

        var two = InterfacesEdit.AddOvsBridge(file, new PveOvsBridge { Name = "vmbr2" });
        var moved = InterfacesEdit.SetOvsBond(two, "bond0", new PveOvsBondChange { Bridge = "vmbr2", Mode = OvsBondMode.ActiveBackup, Clear = ["LacpRate", "VlanTag"] }).ToString();
        Assert.StartsWith(Nics + OvsBridge + "\n", moved, StringComparison.Ordinal);
        Assert.EndsWith("iface vmbr2 inet manual\n\tovs_type OVSBridge\n\tovs_ports bond0\n", moved, StringComparison.Ordinal);
        Assert.Contains("\tovs_bridge vmbr2\n\tovs_options bond_mode=active-backup\n", moved, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bond_mode=balance-tcp lacp=active other_config:lacp-time=fast", "lacp-balance-tcp", null)]
    [InlineData("bond_mode=balance-tcp", "lacp-balance-tcp", null)]
    [InlineData("bond_mode=balance-slb", "balance-slb", null)]
    [InlineData("lacp=active bond_mode=balance-slb", "lacp-balance-slb", null)]
    [InlineData("bond_mode=active-backup lacp=active", "active-backup", "lacp=active")]
    [InlineData("bond_mode=balance-slb lacp=passive other_config:bond-rebalance-interval=0", "balance-slb", "lacp=passive other_config:bond-rebalance-interval=0")]
    [InlineData("bond_mode=stable", null, "bond_mode=stable")]
    public void The_options_of_Open_vSwitch_are_read_as_Proxmox_reads_them(string options, string? mode, string? rest)
    {
        var text = OvsBond.Replace("bond_mode=balance-slb lacp=active other_config:lacp-time=fast tag=7", options, StringComparison.Ordinal);
        var file = InterfacesFile.Parse(Nics + OvsBridge + "\tovs_ports bond0\n\n" + text);
        var bond = Assert.Single(file.OvsBonds);
        Assert.Equal((mode, rest ?? ""), (bond.Mode?.Name, string.Join(" ", bond.OvsOptions)));
        // What is not asked for stays as it was, byte for byte.
        Assert.Contains($"\tovs_options {options}\n", InterfacesEdit.SetOvsBond(file, "bond0", new PveOvsBondChange { Comment = "x" }).ToString(), StringComparison.Ordinal);
        Assert.EndsWith(rest ?? "=9", Assert.Single(InterfacesEdit.SetOvsBond(file, "bond0", new PveOvsBondChange { Mode = OvsBondMode.BalanceSlb, VlanTag = 9, Clear = ["LacpRate"] }).ToString().Split('\n'), line => line.StartsWith("\tovs_options", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public void What_Open_vSwitch_would_not_take_is_refused()
    {
        void Refuses(string reason, PveOvsBond wish) => Assert.Contains(reason, Refused(() => InterfacesEdit.AddOvsBond(Bridged, wish)), StringComparison.Ordinal);
        Refuses("no name for a bond", OvsWish with { Name = "lag0" });
        Refuses("on no Open vSwitch bridge", OvsWish with { Bridge = null });
        Refuses("is no Open vSwitch bridge", OvsWish with { Bridge = "eno3" });
        Refuses("two at least", OvsWish with { Slaves = ["eno1"] });
        Refuses("no slaves", OvsWish with { Slaves = [] });
        Refuses("speaks no LACP", OvsWish with { Mode = OvsBondMode.BalanceSlb });
        Refuses("VLAN tag 4095", OvsWish with { VlanTag = 4095 });
        Refuses("only NICs can be slaves", OvsWish with { Slaves = ["eno1", "lo"] });
        var file = InterfacesEdit.AddOvsBond(Bridged, OvsWish);
        Assert.Equal("bond0 is still a port of vmbr1; change or remove it first.", Refused(() => InterfacesEdit.RemoveOvsBridge(file, "vmbr1")));
        Assert.Contains("already used by bond0", Refused(() => InterfacesEdit.SetOvsBridge(file, "vmbr1", new PveOvsBridgeChange { Ports = ["bond0", "eno1"] })), StringComparison.Ordinal);
    }

    [Fact]
    public void NICs_become_ports_of_an_Open_vSwitch_bridge_and_NICs_again()
    {
        var file = InterfacesEdit.AddOvsBridge(InterfacesFile.Parse(Nics), new PveOvsBridge { Name = "vmbr1", Ports = ["eno1", "eno9"], Mtu = 1500 });
        Assert.Contains("iface eno1 inet manual\n\tovs_type OVSPort\n\tovs_bridge vmbr1\n", file.ToString(), StringComparison.Ordinal);
        Assert.Contains("auto eno9\niface eno9 inet manual\n\tovs_type OVSPort\n\tovs_bridge vmbr1\n", file.ToString(), StringComparison.Ordinal);
        Assert.EndsWith(OvsBridge + "\tovs_ports eno1 eno9\n\tovs_mtu 1500\n\n", file.ToString(), StringComparison.Ordinal);
        var without = InterfacesEdit.SetOvsBridge(file, "vmbr1", new PveOvsBridgeChange { Ports = ["eno9"] });
        Assert.Contains("auto eno1\niface eno1 inet manual\n\nauto eno2", without.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("ovs_", InterfacesEdit.RemoveOvsBridge(without, "vmbr1").ToString(), StringComparison.Ordinal);
        Assert.Contains("does not take 'ovs1'", Refused(() => InterfacesEdit.AddOvsBridge(Bonded, new PveOvsBridge { Name = "ovs1" })), StringComparison.Ordinal);
    }

    private static string Refused(Func<InterfacesFile> edit) => Assert.Throws<BondToolsException>(edit).Message;
}
