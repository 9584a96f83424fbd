using System;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using BondTools.Lab;
using Xunit;

namespace BondTools.Tests.Lab;

/// <summary>What runs in a container of the lab.</summary>
public class ContainerShellTests
{
    private readonly BondLab _lab = BondLab.Create(new BondLabOptions { Start = BondLabStart.Article, Clock = new ManualLabClock() });

    [Fact]
    public async Task A_datagram_of_bash_leaves_by_the_bond_from_a_port_of_its_own()
    {
        await Host("echo layer3+4 > /sys/class/net/bond0/bonding/xmit_hash_policy");
        var before = await SentAsync();
        Assert.Equal((0, "", ""), await Host("pct exec 101 -- bash -c 'for i in $(seq 100); do for a in 192.168.1.1 192.168.1.2; do echo 1234567 > /dev/udp/$a/9; done; done'"));
        var sent = (await SentAsync()).Zip(before, (after, first) => after - first).ToList();
        Assert.Equal(200, sent.Sum());
        // Two hundred throws of a fair coin.
        Assert.All(sent, count => Assert.InRange(count, 60, 140));
    }

    [Fact]
    public async Task Only_bash_and_only_in_a_container_knows_dev_udp()
    {
        foreach (var command in new[] { "pct exec 101 -- sh -c 'echo 1 > /dev/udp/192.168.1.1/9'", "bash -c 'echo 1 > /dev/udp/192.168.1.1/9'" })
            Assert.Contains("cannot create /dev/udp/192.168.1.1/9", (await Host(command)).Error, StringComparison.Ordinal);
        var (status, _, error) = await Host("pct exec 101 -- bash -c 'echo 1 > /dev/udp/10.0.0.1/9'");
        Assert.NotEqual(0, status);
        Assert.Contains("Network is unreachable", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_knows_the_neighbours_that_it_asked_and_that_are_there()
    {
        var (status, output, _) = await Host("pct exec 101 -- sh -c 'for a in 192.168.1.1 192.168.1.99; do ping -q -c 1 -W 1 $a > /dev/null 2>&1; done; cat /proc/net/arp'");
        Assert.Equal(0, status);
        Assert.Equal(2, output.Trim().Split('\n').Length);
        Assert.Contains("192.168.1.1      0x1         0x2         00:50:79:66:68:00", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ip link")]
    [InlineData("sh -c 'pct list'")]
    public async Task It_has_no_commands_of_the_host(string command) => Assert.Equal(127, (await Host("pct exec 101 -- " + command)).Status);

    private async Task<long[]> SentAsync() =>
        [.. (await Host("cat /sys/class/net/enp0s8/statistics/tx_packets /sys/class/net/enp0s9/statistics/tx_packets")).Output.Trim().Split('\n').Select(line => long.Parse(line, CultureInfo.InvariantCulture))];

    private async Task<(int Status, string Output, string Error)> Host(string command)
    {
        var result = await _lab.Host.ExecuteAsync(command, [], TestContext.Current.CancellationToken);
        return (result.ExitStatus, result.Output, result.Error);
    }
}
