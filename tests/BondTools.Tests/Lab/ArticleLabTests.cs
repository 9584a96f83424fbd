using System;
using System.Linq;
using System.Threading.Tasks;
using BondTools.Lab;
using Xunit;

namespace BondTools.Tests.Lab;

/// <summary>The lab in the state in which the article ends.</summary>
public class ArticleLabTests
{
    private readonly ManualLabClock _clock = new();
    private readonly BondLab _lab;

    public ArticleLabTests() => _lab = BondLab.Create(new BondLabOptions { Start = BondLabStart.Article, Clock = _clock });

    private async Task<string> Host(string command)
    {
        var result = await _lab.Host.ExecuteAsync(command, [], TestContext.Current.CancellationToken);
        return result.Output + result.Error;
    }

    private async Task<string> Switch(string command) =>
        (await _lab.Switch.ExecuteAsync(command, [], TestContext.Current.CancellationToken)).Output;

    [Fact]
    public async Task The_bond_is_as_in_the_article()
    {
        var text = await Host("cat /proc/net/bonding/bond0");
        var lines = text.Split('\n').Select(l => l.Trim()).ToList();
        foreach (var line in new[]
        {
            "Ethernet Channel Bonding Driver: v6.17.2-1-pve", "Transmit Hash Policy: layer2+3 (2)", "Number of ports: 2", "Actor Key: 9",
            "Partner Key: 1", "Partner Mac Address: aa:bb:cc:00:01:00", "port number: 2", "Permanent HW addr: 08:00:27:3a:18:93",
        })
            Assert.Contains(line, lines);
        Assert.Equal(4, lines.Count(l => l == "port state: 61"));
        Assert.Equal(2, lines.Count(l => l == "Actor Churn State: none"));
    }

    [Fact]
    public async Task The_switch_has_both_ports_bundled()
    {
        var text = await Switch("sh ether sum");
        Assert.Contains("1      Po1(SU)         LACP        Et0/0(P)    Et0/1(P)", text, StringComparison.Ordinal);
        Assert.Contains("        src-dst-ip\n", await Switch("show etherchannel load-balance"), StringComparison.Ordinal);
        var neighbors = await Switch("show lacp neighbor");
        Assert.Equal(2, neighbors.Split('\n').Count(l => l.Contains("0800.2704.ddbd", StringComparison.Ordinal) && l.EndsWith("0x3D", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Pings_between_containers_and_PCs_share_both_links()
    {
        foreach (var container in new[] { 101, 102 })
            foreach (var pc in new[] { 1, 2 })
                Assert.Contains("10 packets transmitted, 10 received, 0% packet loss",
                    await Host($"pct exec {container} -- ping -c 10 -i 0.2 -q 192.168.1.{pc}"), StringComparison.Ordinal);
        var counters = await Task.WhenAll(new[] { "enp0s8/statistics/tx_packets", "enp0s9/statistics/tx_packets" }
            .Select(async f => int.Parse(await Host("cat /sys/class/net/" + f), System.Globalization.CultureInfo.InvariantCulture)));
        Assert.All(counters, c => Assert.InRange(c, 20, 40));
    }
}
