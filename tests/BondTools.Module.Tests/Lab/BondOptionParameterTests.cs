using System;
using System.Linq;
using BondTools.Linux;
using BondTools.Module.Tests.Sessions;
using BondTools.Planning;
using Xunit;

namespace BondTools.Module.Tests.Lab;

/// <summary>Every option of bonds, bridges and VLANs as a parameter: what is written, and what is refused before anything is.</summary>
[Collection(SerialSessions.Name)]
public sealed class BondOptionParameterTests : IDisposable
{
    private const string Slaves = "bond0 enp0s8, enp0s9";

    private readonly LabFixture _lab = new();

    public void Dispose() => _lab.Dispose();

    [Theory]
    [InlineData("-LacpRate Fast -LacpActive $false -AdSelect Count -MinLinks 1 -SystemPriority 7 -SystemMacAddress 02:00:00:00:00:01 -UserPortKey 9",
        "bond-lacp-rate fast|bond-lacp-active off|bond-ad-select count|bond-min-links 1|bond-ad-actor-sys-prio 7|bond-ad-actor-system 02:00:00:00:00:01|bond-ad-user-port-key 9")]
    [InlineData("-Mode active-backup -Primary enp0s9 -PrimaryReselect Failure -FailOverMac Follow -NumGratArp 3 -PeerNotifDelay 200 -UseCarrier $false -ResendIgmp 2 -AllSlavesActive $true",
        "bond-primary enp0s9|bond-primary-reselect failure|bond-fail-over-mac follow|bond-num-grat-arp 3|bond-peer-notif-delay 200|bond-use-carrier 0|bond-resend-igmp 2|bond-all-slaves-active 1")]
    [InlineData("-Mode active-backup -ArpInterval 500 -ArpIpTarget 192.168.1.1, 2001:db8::1 -ArpValidate FilterBackup -ArpAllTargets All -ArpMissedMax 4",
        "bond-miimon 0|bond-arp-interval 500|bond-arp-ip-target 192.168.1.1|bond-ns-ip6-target 2001:db8::1|bond-arp-validate filter_backup|bond-arp-all-targets all|bond-arp-missed-max 4")]
    [InlineData("-Mode balance-rr -PacketsPerSlave 0 -UpDelay 200 -DownDelay 300", "bond-packets-per-slave 0|bond-updelay 200|bond-downdelay 300")]
    [InlineData("-Mode balance-tlb -LpInterval 5 -TlbDynamicLb $false -Mtu 9000", "bond-lp-interval 5|bond-tlb-dynamic-lb 0|mtu 9000")]
    [InlineData("-Address 10.0.0.2/24, 2001:db8::2/64 -Gateway6 2001:db8::1", "address 10.0.0.2/24|address 2001:db8::2/64|gateway 2001:db8::1")]
    public void Every_option_has_a_parameter(string parameters, string lines)
    {
        _lab.Get($"New-PveBond -Session $pve {Slaves} {parameters}");
        var difference = _lab.GetOne<NetworkChange>("Get-PveNetworkChange -Session $pve").Difference;
        foreach (var line in lines.Split('|'))
            Assert.Contains("+\t" + line + "\n", difference, StringComparison.Ordinal);
        Assert.Empty(_lab.GetOne<PveBond>("Get-PveBond -Session $pve -Pending").OtherOptions);
    }

    [Theory]
    [InlineData("-Mode balance-xor -LacpActive $true", "only 802.3ad")]
    [InlineData("-Mode 802.3ad -PacketsPerSlave 2", "only balance-rr")]
    [InlineData("-Mode active-backup -ArpInterval 500 -MiiMon 100 -ArpIpTarget 10.0.0.1", "one monitor or the other")]
    [InlineData("-Mode 802.3ad -ArpInterval 500 -ArpIpTarget 10.0.0.1", "no ARP monitor")]
    [InlineData("-UpDelay 150", "no multiple")]
    [InlineData("-SystemMacAddress 01:00:00:00:00:01", "no unicast address")]
    [InlineData("-OvsMode balance-slb", "on no Open vSwitch bridge")]
    [InlineData("-OvsBridge vmbr0", "is no Open vSwitch bridge")]
    [InlineData("-OvsBridge vmbr0 -MiiMon 100", "MiiPollingInterval is a setting of the kernel's bonds")]
    public void What_does_not_fit_is_refused_and_nothing_is_staged(string parameters, string reason)
    {
        var error = _lab.Fail($"New-PveBond -Session $pve {Slaves} {parameters}", BondToolsErrorKind.InvalidConfiguration);
        Assert.Contains(reason, error.Exception.Message, StringComparison.Ordinal);
        Assert.False(_lab.GetOne<NetworkChange>("Get-PveNetworkChange -Session $pve").IsPending);
    }

    [Fact]
    public void What_Proxmox_would_change_is_a_warning()
    {
        const string quiet = "New-PveBond -Session $pve bond0 enp0s8, enp0s9 -WhatIf -WarningVariable w 3> $null; $w | ForEach-Object Message";
        Assert.Empty(_lab.Get(quiet));
        Assert.Contains("sorts the slaves of bond0", _lab.GetOne<string>(quiet.Replace("enp0s8, enp0s9", "enp0s9, enp0s8", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("leaves the primary slave", _lab.GetOne<string>(quiet.Replace("-WhatIf", "-WhatIf -Mode balance-alb -Primary enp0s8", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("leaves the transmit hash policy", _lab.GetOne<string>(quiet.Replace("-WhatIf", "-WhatIf -Mode balance-tlb -TransmitHashPolicy 1", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_VLAN_is_made_changed_listed_and_removed()
    {
        var vlan = _lab.GetOne<PveVlan>($"New-PveBond -Session $pve {Slaves}; New-PveVlan -Session $pve bond0.100 -Address 10.1.0.1/24 -PassThru");
        Assert.Equal(("bond0", 100, "static"), (vlan.Device, vlan.VlanId, vlan.Method));
        Assert.Equal(1500, _lab.GetOne<PveVlan>("Set-PveVlan -Session $pve bond0.100 -Mtu 1500 -PassThru").Mtu);
        Assert.Equal("storage", _lab.GetOne<PveVlan>("New-PveVlan -Session $pve storage bond0 7 -PassThru").Name);
        Assert.Equal(["bond0.100", "storage"], _lab.Get("(Get-PveVlan -Session $pve -Pending).Name").Cast<string>());
        _lab.Get("Remove-PveVlan -Session $pve storage; Remove-PveVlan -Session $pve bond0.100");
        Assert.Empty(_lab.Get("Get-PveVlan -Session $pve -Pending"));
    }

    [Fact]
    public void Open_vSwitch_is_told_by_its_bridge()
    {
        var bridge = _lab.GetOne<PveOvsBridge>("New-PveBridge -Session $pve vmbr2 -Ovs -PassThru");
        Assert.Equal("vmbr2", bridge.Name);
        var bond = _lab.GetOne<PveOvsBond>($"New-PveBond -Session $pve {Slaves} -Bridge vmbr2 -OvsMode lacp-balance-tcp -LacpRate Fast -PassThru");
        Assert.Equal((OvsBondMode.LacpBalanceTcp, LacpRate.Fast, "vmbr2"), (bond.Mode, bond.LacpRate, bond.Bridge));
        Assert.Equal(["bond0"], _lab.GetOne<PveOvsBridge>("Get-PveBridge -Session $pve -Pending vmbr2").Ports);
        Assert.Equal(7, _lab.GetOne<PveOvsBond>("Get-PveBond -Session $pve -Pending | Set-PveBond -Session $pve -VlanTag 7 -PassThru").VlanTag);
        Assert.Contains("does not give bond0 other slaves", _lab.GetOne<string>("Set-PveBond -Session $pve bond0 enp0s8, enp0s10 -WhatIf -WarningVariable w 3> $null; $w | ForEach-Object Message"), StringComparison.Ordinal);
        _lab.Fail("Set-PveBond -Session $pve bond0 -Mode 802.3ad", BondToolsErrorKind.InvalidConfiguration);
        _lab.Fail("Set-PveBridge -Session $pve vmbr2 -VlanAware $true", BondToolsErrorKind.InvalidConfiguration);
        _lab.Get("Remove-PveBond -Session $pve bond0; Remove-PveBridge -Session $pve vmbr2");
        Assert.Equal("vmbr0", _lab.GetOne<PveBridge>("Get-PveBridge -Session $pve -Pending").Name);
        Assert.Equal("active-backup, balance-slb, lacp-balance-slb, lacp-balance-tcp", _lab.GetOne<string>("(TabExpansion2 'New-PveBond -OvsMode ' 21).CompletionMatches.CompletionText -join ', '"));
    }

    [Fact]
    public void A_bridge_takes_its_VLANs_and_the_spanning_tree()
    {
        var bridge = _lab.GetOne<PveBridge>($"New-PveBond -Session $pve {Slaves}; New-PveBridge -Session $pve vmbr1 bond0 -VlanAware $true -VlanIds '2 4 100-200' -Pvid 4 -Stp $true -ForwardDelay 4 -PassThru");
        Assert.Equal(("2 4 100-200", 4, true, 4.0), (bridge.VlanIds, bridge.DefaultVlanId, bridge.Stp, bridge.ForwardDelay!.Value.TotalSeconds));
    }
}
