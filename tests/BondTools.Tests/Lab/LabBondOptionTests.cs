using System;
using System.Linq;
using System.Net;
using System.Text;
using System.Threading.Tasks;
using BondTools.Lab;
using BondTools.Linux;
using BondTools.Planning;
using BondTools.Tests.Planning;
using Xunit;

namespace BondTools.Tests.Lab;

/// <summary>The planner's text on the lab's ifupdown2 and bonding driver, which were written apart from it.</summary>
public class LabBondOptionTests
{
    private readonly ManualLabClock _clock = new();
    private readonly BondLab _lab;

    public LabBondOptionTests() => _lab = BondLab.Create(new BondLabOptions { Clock = _clock });

    private Task<EmulatedResult> Host(string command, string input = "") =>
        _lab.Host.ExecuteAsync(command, Encoding.UTF8.GetBytes(input), TestContext.Current.CancellationToken);

    private async Task<InterfacesFile> Present() => InterfacesFile.Parse((await Host("cat /etc/network/interfaces")).Output);

    private async Task<KernelNetwork> Kernel() => KernelNetworkParser.Parse((await Host(KernelNetworkParser.Command)).Output);

    private async Task<string> Reload(InterfacesFile file)
    {
        var result = await Host("cat > /etc/network/interfaces && ifreload -a", file.ToString());
        Assert.Equal(0, result.ExitStatus);
        return result.Error;
    }

    private static InterfacesFile Bond(InterfacesFile file, string mode) => InterfacesEdit.AddBond(file, new PveBond
    {
        Name = "bond0", Slaves = ["enp0s8", "enp0s9"], Mode = mode == "arp" ? BondMode.ActiveBackup : BondMode.Parse(mode),
        ArpPollingInterval = mode == "arp" ? TimeSpan.FromSeconds(1) : null,
        ArpIpTargets = mode == "arp" ? [IPAddress.Parse("192.168.1.1"), IPAddress.Parse("2001:db8::1")] : [],
    });

    [Theory]
    [MemberData(nameof(BondOptionTests.Options), MemberType = typeof(BondOptionTests))]
    public async Task Every_option_arrives_when_the_bond_is_made_when_it_is_there_and_goes_again(string mode, PveBondChange change, string[] lines)
    {
        Assert.NotEmpty(lines);
        var bare = Bond(await Present(), mode);
        var renamed = Rename(change);
        var full = InterfacesEdit.SetBond(bare, "bond0", renamed);

        Assert.DoesNotContain("failed", await Reload(full), StringComparison.Ordinal);
        Assert.Empty(HostVerification.Problems(full, await Kernel()));

        await Reload(bare);
        foreach (var reset in BondCompanion.Resets(full, bare))
            Assert.Equal(0, (await Host(reset)).ExitStatus);
        var after = (await Kernel()).Find("bond0")!.Bond!;
        foreach (var option in BondOption.All.Where(option => option.Companion is not null && option.Text(full.Bonds[0]) is not null && option.Text(bare.Bonds[0]) is null && option.Default.Length > 0))
            Assert.Contains(option.Default, after[option.Sysfs].Split(' '));

        Assert.DoesNotContain("failed", await Reload(full), StringComparison.Ordinal);
        Assert.Empty(HostVerification.Problems(full, await Kernel()));
        Assert.Equal("enp0s8 enp0s9\n", (await Host("cat /sys/class/net/bond0/bonding/slaves")).Output);
    }

    [Fact]
    public async Task A_reload_of_the_same_file_does_not_shake_a_bond_with_companions()
    {
        var file = InterfacesEdit.SetBond(Bond(await Present(), "802.3ad"), "bond0", new PveBondChange { AdSelect = AdSelect.Bandwidth, UserPortKey = 9, LacpRate = LacpRate.Fast });
        await Reload(file);
        _clock.Advance(TimeSpan.FromSeconds(10));
        var before = (await Host("cat /proc/net/bonding/bond0")).Output;
        Assert.Contains("port key: 585", before, StringComparison.Ordinal);
        await Reload(file);
        Assert.Equal(before, (await Host("cat /proc/net/bonding/bond0")).Output);
    }

    [Fact]
    public async Task An_option_without_its_companion_does_not_arrive_and_is_named()
    {
        var file = InterfacesFile.Parse(Bond(await Present(), "802.3ad") + "\tbond-ad-select bandwidth\n");
        await Reload(file);
        Assert.Equal(["bond0: ad_select is stable in the kernel, not bandwidth as the file says."], HostVerification.Problems(file, await Kernel()));
    }

    [Theory]
    [InlineData("echo fast > /sys/class/net/bond0/bonding/lacp_rate", "Device or resource busy")]
    [InlineData("echo 1 > /sys/class/net/bond0/bonding/packets_per_slave", "Permission denied")]
    [InlineData("echo follow > /sys/class/net/bond0/bonding/fail_over_mac", "Directory not empty")]
    [InlineData("echo 256 > /sys/class/net/bond0/bonding/resend_igmp", "Invalid argument")]
    [InlineData("echo sorcery > /sys/class/net/bond0/bonding/xmit_hash_policy", "Invalid argument")]
    [InlineData("echo -10.0.0.9 > /sys/class/net/bond0/bonding/arp_ip_target", "Invalid argument")]
    [InlineData("echo x > /sys/class/net/bond0/bonding/ad_actor_system", "Invalid argument")]
    [InlineData("echo x > /sys/class/net/bond0/bonding/sorcery", "Directory nonexistent")]
    [InlineData("ip link set dev bond0 txqueuelen 500", "emulated ip sets")]
    [InlineData("ip link set dev enp0s8 master bond0", "can not be enslaved")]
    public async Task What_the_driver_refuses_the_lab_refuses(string command, string problem)
    {
        await Reload(Bond(await Present(), "802.3ad"));
        var result = await Host(command);
        Assert.NotEqual(0, result.ExitStatus);
        Assert.Contains(problem, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_users_own_command_runs_and_its_failure_is_a_warning()
    {
        var file = Bond(await Present(), "802.3ad") + "\tpre-up echo $IFACE up > /tmp/seen\n\tpre-up sorcery\n";
        var log = await Reload(InterfacesFile.Parse(file));
        Assert.Contains("pre-up cmd 'sorcery' failed: /bin/sh: 1: sorcery: not found", log, StringComparison.Ordinal);
        Assert.Equal("bond0 up\n", (await Host("cat /tmp/seen")).Output);
    }

    [Fact]
    public async Task Addresses_VLANs_and_bridges_are_there_to_be_compared()
    {
        var file = InterfacesEdit.SetBond(Bond(await Present(), "802.3ad"), "bond0", new PveBondChange { Mtu = 9000, Addresses = ["10.0.0.1/24", "2001:db8::1/64"] });
        file = InterfacesEdit.AddVlan(file, new PveVlan { Name = "bond0.100", Method = "static", Addresses = ["10.1.0.1/24"] });
        file = InterfacesEdit.AddVlan(file, new PveVlan { Name = "storage", Device = "bond0", VlanId = 7 });
        file = InterfacesEdit.AddBridge(file, new PveBridge { Name = "vmbr7", Ports = ["storage"] });
        await Reload(file);
        Assert.Empty(HostVerification.Problems(file, await Kernel()));

        await Reload(InterfacesEdit.RemoveBridge(file, "vmbr7"));
        Assert.Equal(["vmbr7 does not exist in the kernel."], HostVerification.Problems(file, await Kernel()));
    }

    [Fact]
    public async Task Open_vSwitch_is_refused_and_not_ignored()
    {
        var file = InterfacesEdit.AddOvsBridge(await Present(), new PveOvsBridge { Name = "vmbr2" });
        Assert.Contains("vmbr2: the emulated host has no Open vSwitch", await Reload(file), StringComparison.Ordinal);
        Assert.Equal(["vmbr2 does not exist in the kernel."], HostVerification.Problems(file, await Kernel()));
    }

    // The theory's slaves are called otherwise than the lab's cards.
    private static PveBondChange Rename(PveBondChange change) => change.PrimarySlave is null ? change : change with { PrimarySlave = "enp0s9" };
}
