using System;
using System.Linq;
using System.Threading.Tasks;
using BondTools.Module.Tests.Sessions;
using Xunit;

namespace BondTools.KernelLab;

/// <summary>
/// Every option that New-PveBond and Set-PveBond have, in a mode that takes it: staged by the cmdlet, published, and then what
/// the kernel itself says (sysfs, read by another program than the product); changed on the bond that is up; and taken away.
/// </summary>
[Collection(OnTheGuest.Name)]
public sealed class OptionTests(KernelGuest guest)
{
    private const string Ready = "options";

    // Each step: the cmdlet's parameters, and the kernel's files afterwards.
    public static TheoryData<string, string, string, string, string, string, string> Modes => new()
    {
        {
            "balance-rr",
            "-PacketsPerSlave 4 -ResendIgmp 3 -AllSlavesActive $true -UpDelay 200 -DownDelay 300 -UseCarrier $false -PeerNotificationCount 5 -PeerNotificationDelay 200 -MiiPollingInterval 100",
            "mode=balance-rr 0;packets_per_slave=4;resend_igmp=3;all_slaves_active=1;updelay=200;downdelay=300;use_carrier=0;num_grat_arp=5;peer_notif_delay=200;miimon=100",
            "-PacketsPerSlave 0 -ResendIgmp 0 -AllSlavesActive $false -UpDelay 0 -DownDelay 100 -UseCarrier $true -PeerNotificationCount 2 -PeerNotificationDelay 0 -MiiPollingInterval 50",
            "packets_per_slave=0;resend_igmp=0;all_slaves_active=0;updelay=0;downdelay=100;use_carrier=1;num_grat_arp=2;peer_notif_delay=0;miimon=50",
            "PacketsPerSlave, ResendIgmp, DownDelay, PeerNotificationCount",
            "packets_per_slave=1;resend_igmp=1;downdelay=0;num_grat_arp=1"
        },
        {
            "active-backup",
            "-PrimarySlave enp0s9 -PrimaryReselect Better -FailOverMac Active -PeerNotificationCount 3",
            "mode=active-backup 1;primary=enp0s9;primary_reselect=better 1;fail_over_mac=active 1;num_grat_arp=3;active_slave=enp0s9",
            "-PrimarySlave enp0s8 -PrimaryReselect Failure -FailOverMac Follow",
            "primary=enp0s8;primary_reselect=failure 2;fail_over_mac=follow 2",
            "PrimarySlave, PrimaryReselect, FailOverMac",
            "primary=;primary_reselect=always 0;fail_over_mac=none 0"
        },
        {
            "active-backup",
            "-MiiPollingInterval 0 -ArpPollingInterval 500 -ArpIpTarget 192.168.1.1, 192.168.1.2, 2001:db8::1 -ArpValidate Active -ArpAllTargets All -ArpMissedMax 5 -Address 192.168.1.73/24",
            "miimon=0;arp_interval=500;arp_ip_target=192.168.1.1 192.168.1.2;arp_validate=active 1;arp_all_targets=all 1;arp_missed_max=5;ns_ip6_target=2001:db8::1",
            "-ArpPollingInterval 1000 -ArpIpTarget 192.168.1.2, 2001:db8::2 -ArpValidate None -ArpAllTargets Any -ArpMissedMax 3",
            "arp_interval=1000;arp_ip_target=192.168.1.2;arp_validate=none 0;arp_all_targets=any 0;arp_missed_max=3;ns_ip6_target=2001:db8::2",
            "ArpMissedMax, ArpValidate, ArpAllTargets",
            "arp_missed_max=2;arp_validate=none 0;arp_all_targets=any 0"
        },
        {
            "balance-xor",
            "-TransmitHashPolicy vlan+srcmac -Mtu 9000",
            "mode=balance-xor 2;xmit_hash_policy=vlan+srcmac 5;../mtu=9000",
            "-TransmitHashPolicy encap3+4 -Mtu 2000",
            "xmit_hash_policy=encap3+4 4;../mtu=2000",
            "TransmitHashPolicy",
            "xmit_hash_policy=layer2 0"
        },
        {
            "broadcast",
            "-AllSlavesActive $true",
            "mode=broadcast 3;all_slaves_active=1",
            "-AllSlavesActive $false",
            "all_slaves_active=0",
            "AllSlavesActive",
            "all_slaves_active=0"
        },
        {
            "802.3ad",
            "-LacpRate Fast -LacpActive $false -AdSelect Bandwidth -SystemPriority 1234 -SystemMacAddress 02:00:5e:00:53:01 -UserPortKey 7 -TransmitHashPolicy layer3+4",
            "mode=802.3ad 4;lacp_rate=fast 1;lacp_active=off 0;min_links=0;ad_select=bandwidth 1;ad_actor_sys_prio=1234;ad_actor_system=02:00:5e:00:53:01;ad_user_port_key=7;xmit_hash_policy=layer3+4 1",
            "-LacpRate Slow -LacpActive $true -MinLinks 1 -AdSelect Count -SystemPriority 4321 -SystemMacAddress 02:00:5e:00:53:02 -UserPortKey 9 -TransmitHashPolicy encap2+3",
            "lacp_rate=slow 0;lacp_active=on 1;min_links=1;ad_select=count 2;ad_actor_sys_prio=4321;ad_actor_system=02:00:5e:00:53:02;ad_user_port_key=9;xmit_hash_policy=encap2+3 3",
            "MinLinks, AdSelect, SystemPriority, SystemMacAddress, UserPortKey, TransmitHashPolicy",
            "min_links=0;ad_select=stable 0;ad_actor_sys_prio=65535;ad_actor_system=00:00:00:00:00:00;ad_user_port_key=0;xmit_hash_policy=layer2 0"
        },
        {
            "balance-tlb",
            "-DynamicLoadBalancing $false -LearningPacketInterval 5 -TransmitHashPolicy layer2+3 -PrimarySlave enp0s8",
            "mode=balance-tlb 5;tlb_dynamic_lb=0;lp_interval=5;xmit_hash_policy=layer2+3 2;primary=enp0s8",
            "-DynamicLoadBalancing $true -LearningPacketInterval 2 -TransmitHashPolicy layer2 -PrimarySlave enp0s9",
            "tlb_dynamic_lb=1;lp_interval=2;xmit_hash_policy=layer2 0;primary=enp0s9",
            "LearningPacketInterval, DynamicLoadBalancing",
            "lp_interval=1;tlb_dynamic_lb=1"
        },
        {
            "balance-alb",
            "-LearningPacketInterval 9 -ResendIgmp 2",
            "mode=balance-alb 6;lp_interval=9;resend_igmp=2",
            "-LearningPacketInterval 3",
            "lp_interval=3",
            "ResendIgmp",
            "resend_igmp=1"
        },
    };

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task The_kernel_has_what_was_asked_for(string mode, string atFirst, string madeOf, string then, string changedTo, string clear, string back)
    {
        await LoadAsync();
        using var engine = new Engine();
        Change(engine, $"New-PveBond -Session $pve -Name bond0 -Slave enp0s8, enp0s9 -Mode {mode} {atFirst}");
        await AssertKernelAsync(madeOf);
        Change(engine, $"Set-PveBond -Session $pve -Name bond0 {then}");
        await AssertKernelAsync(changedTo);
        Change(engine, $"Set-PveBond -Session $pve -Name bond0 -Clear {clear}");
        await AssertKernelAsync(back);

        // Published once more, it is there already, and the links are left alone.
        var carrierChanges = await guest.RunAsync("cat /sys/class/net/enp0s[89]/carrier_changes /sys/class/net/bond0/carrier_changes");
        await guest.RunAsync("ifreload -a");
        Assert.Equal(carrierChanges, await guest.RunAsync("cat /sys/class/net/enp0s[89]/carrier_changes /sys/class/net/bond0/carrier_changes"));
        await AssertKernelAsync(back);
    }

    [Fact]
    public async Task A_bond_changes_its_mode_and_its_slaves_while_it_is_up()
    {
        await LoadAsync();
        using var engine = new Engine();
        Change(engine, "New-PveBond -Session $pve -Name bond0 -Slave enp0s8, enp0s9 -Mode active-backup -PrimarySlave enp0s9");
        Change(engine, "Set-PveBond -Session $pve -Name bond0 -Mode 802.3ad -LacpRate Fast -TransmitHashPolicy layer2+3 -Clear PrimarySlave");
        await AssertKernelAsync("mode=802.3ad 4;lacp_rate=fast 1;xmit_hash_policy=layer2+3 2");
        Change(engine, "Set-PveBond -Session $pve -Name bond0 -Slave enp0s8, enp0s9, enp0s10");
        await AssertKernelAsync("slaves=enp0s8 enp0s9 enp0s10");
        Change(engine, "Set-PveBond -Session $pve -Name bond0 -Slave enp0s10");
        await AssertKernelAsync("slaves=enp0s10");
        Change(engine, "Remove-PveBond -Session $pve -Name bond0");
        Assert.Equal("", await guest.RunAsync("ls /proc/net/bonding"));
    }

    [Fact]
    public async Task Bridges_VLANs_and_addresses_arrive()
    {
        await LoadAsync();
        using var engine = new Engine();
        Change(engine, """
            New-PveBond -Session $pve -Name bond0 -Slave enp0s8, enp0s9 -Mode active-backup
            New-PveBridge -Session $pve -Name vmbr1 -BridgePort bond0 -VlanAware $true -VlanIds '2-10 20' -DefaultVlanId 5
            New-PveBond -Session $pve -Name bond1 -Slave enp0s10, enp0s11 -Mode balance-xor -TransmitHashPolicy layer2+3 -Address 10.1.0.1/24, 2001:db8:1::1/64
            New-PveVlan -Session $pve -Name bond1.100 -Address 10.100.0.1/24, 2001:db8:100::1/64
            """);
        Assert.Equal("1", (await guest.RunAsync("cat /sys/class/net/vmbr1/bridge/vlan_filtering")).Trim());
        var vlans = await guest.RunAsync("bridge vlan show dev bond0");
        foreach (var vlan in new[] { "5 PVID Egress Untagged", "10", "20" })
            Assert.Contains(vlan, vlans, StringComparison.Ordinal);
        var addresses = await guest.RunAsync("ip -br address show dev bond1; ip -br address show dev bond1.100; cat /proc/net/vlan/bond1.100");
        foreach (var part in new[] { "10.1.0.1/24", "2001:db8:1::1/64", "10.100.0.1/24", "2001:db8:100::1/64", "VID: 100", "Device: bond1" })
            Assert.Contains(part, addresses, StringComparison.Ordinal);

        Change(engine, """
            Set-PveBridge -Session $pve -Name vmbr1 -VlanAware $false
            Set-PveVlan -Session $pve -Name bond1.100 -Address 10.100.0.2/24
            """);
        Assert.Equal("0", (await guest.RunAsync("cat /sys/class/net/vmbr1/bridge/vlan_filtering")).Trim());
        addresses = await guest.RunAsync("ip -br address show dev bond1.100");
        Assert.Contains("10.100.0.2/24", addresses, StringComparison.Ordinal);
        Assert.DoesNotContain("10.100.0.1/24", addresses, StringComparison.Ordinal);
        Change(engine, "Remove-PveVlan -Session $pve -Name bond1.100");
        Assert.Equal("", await guest.RunAsync("ls /sys/class/net | grep -F bond1.100; true"));
    }

    [Theory]
    [InlineData("balance-slb", "", "bond_mode: balance-slb", "lacp_status: off")]
    [InlineData("active-backup", "", "bond_mode: active-backup", "lacp_status: off")]
    [InlineData("lacp-balance-tcp", "-LacpRate Fast", "bond_mode: balance-tcp", "lacp_status: negotiated")]
    [InlineData("lacp-balance-slb", "-LacpRate Fast", "bond_mode: balance-slb", "lacp_status: negotiated")]
    public async Task A_bond_of_Open_vSwitch_is_what_Proxmox_VE_calls_it(string mode, string options, string shown, string lacp)
    {
        await guest.LoadAsync("ovs", async () => await guest.RunAsync("systemctl start openvswitch-switch; labctl switch lacp rate=fast"));
        using var engine = new Engine();
        Change(engine, $"""
            New-PveBridge -Session $pve -Name vmbr1 -Ovs
            New-PveBond -Session $pve -Name bond0 -Slave enp0s8, enp0s9 -OvsBridge vmbr1 -OvsMode {mode} {options}
            """);
        await guest.WaitAsync($"ovs-appctl bond/show bond0 | grep -q '{lacp}'", 20);
        var bond = await guest.RunAsync("ovs-appctl bond/show bond0");
        Assert.Contains(shown, bond, StringComparison.Ordinal);
        Assert.Contains("enp0s8: enabled", bond, StringComparison.Ordinal);
        Assert.Contains("enp0s9: enabled", bond, StringComparison.Ordinal);
        Assert.Contains("vmbr1", await guest.RunAsync("ovs-vsctl show"), StringComparison.Ordinal);
    }

    private Task LoadAsync() => guest.LoadAsync(Ready, () => guest.RunAsync("labctl switch none ports='1 2 3 4'"));

    /// <summary>Stages and publishes, over a session of its own.</summary>
    private void Change(Engine engine, string staging) =>
        engine.Get($"""
            $ConfirmPreference = 'None'
            $pve = Connect-PveHost {guest.Login}
            {staging}
            $null = Publish-PveNetworkChange -Session $pve -Verify BondUp -RollbackSec 60
            Disconnect-BondSession -Session $pve
            """);

    /// <summary>Compares files of /sys/class/net/bond0/bonding with what they must hold.</summary>
    private async Task AssertKernelAsync(string expected)
    {
        foreach (var pair in expected.Split(';').Select(p => p.Split('=', 2)))
        {
            // The IPv6 targets have no file; ip shows them.
            var command = pair[0] == "ns_ip6_target" ? "ip -d link show bond0 | sed -nE 's/.* ns_ip6_target ([^ ]+).*/\\1/p'" : $"cat /sys/class/net/bond0/bonding/{pair[0]}";
            Assert.Equal($"{pair[0]}={pair[1]}", $"{pair[0]}={(await guest.RunAsync(command)).Trim()}");
        }
    }
}
