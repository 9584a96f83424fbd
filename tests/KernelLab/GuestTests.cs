using System;
using System.Threading.Tasks;
using Xunit;

namespace BondTools.KernelLab;

/// <summary>The guest itself: what it is, and that its switch is a real partner in each of its kinds.</summary>
[Collection(OnTheGuest.Name)]
public sealed class GuestTests(KernelGuest guest)
{
    private const string Bond = "ip link add bond0 type bond mode 802.3ad miimon 100 lacp_rate fast; for n in enp0s8 enp0s9; do ip link set $n down; ip link set $n master bond0; done; ip link set bond0 up";

    [Fact]
    public async Task It_is_a_Debian_with_the_real_driver_and_the_real_engine()
    {
        await guest.LoadAsync(KernelGuest.Bare);
        var said = await guest.RunAsync("uname -r; modinfo -F description bonding; ifreload --version; systemctl is-system-running; command -v sshd dash systemd-run flock");
        TestContext.Current.TestOutputHelper?.WriteLine($"{said}");
        Assert.Contains("Ethernet Channel Bonding Driver", said, StringComparison.Ordinal);
        Assert.Contains("ifupdown2:3.0.0", said, StringComparison.Ordinal);
        Assert.Contains("running", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lacp rate=fast")]
    [InlineData("lacp rate=slow")]
    [InlineData("lacp rate=fast active=off")]
    [InlineData("ovs time=fast datapath=netdev")]
    [InlineData("ovs time=fast datapath=system")]
    public async Task Its_switch_negotiates_and_carries_traffic(string kind)
    {
        await guest.LoadAsync(KernelGuest.Bare);
        // In the guest's own time.
        var seconds = await guest.RunAsync($$"""
            labctl switch {{kind}}
            {{Bond}}
            began=$(cut -d' ' -f1 /proc/uptime)
            for i in $(seq 200); do [ $(grep -cE 'port state: 6[0-3]' /proc/net/bonding/bond0) = 4 ] && break; sleep 0.1; done
            [ $(grep -cE 'port state: 6[0-3]' /proc/net/bonding/bond0) = 4 ]
            echo "$began $(cut -d' ' -f1 /proc/uptime)" | awk '{ print $2 - $1 }'
            ip link add vmbr1 type bridge; ip link set vmbr1 up; ip link set bond0 master vmbr1; labctl containers
            """);
        guest.Timings.Add($"LACP up with 'labctl switch {kind}': {seconds.Trim()} s after the host's bond");
        await guest.WaitAsync("ip netns exec ct101 ping -q -c 1 -W 1 192.168.1.1 > /dev/null", 10);
        await guest.RunAsync("ip netns exec ct102 ping -q -c 5 -i 0.1 192.168.1.2");
    }

    [Theory]
    [InlineData("none", "69")]
    [InlineData("static", "69")]
    public async Task A_switch_without_LACP_is_no_partner(string kind, string state)
    {
        await guest.LoadAsync(KernelGuest.Bare);
        await guest.RunAsync($"labctl switch {kind}; ip link add bond0 type bond mode 802.3ad miimon 100; for n in enp0s8 enp0s9; do ip link set $n down; ip link set $n master bond0; done; ip link set bond0 up");
        await guest.WaitAsync($"grep -q 'port state: {state}' /proc/net/bonding/bond0", 10);
        Assert.Contains("Partner Mac Address: 00:00:00:00:00:00", await guest.RunAsync("cat /proc/net/bonding/bond0"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cable_that_is_pulled_takes_the_carrier_away_at_its_end()
    {
        await guest.LoadAsync(KernelGuest.Bare);
        await guest.MonitorAsync("set_link enp0s8 off");
        await guest.WaitAsync("[ $(cat /sys/class/net/enp0s8/carrier) = 0 ]", 5);
        await guest.MonitorAsync("set_link enp0s8 on");
        await guest.WaitAsync("[ $(cat /sys/class/net/enp0s8/carrier) = 1 ]", 5);
    }
}
