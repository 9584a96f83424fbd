using System;
using System.Linq;
using BondTools.Analysis;
using BondTools.Linux;
using Xunit;
using static BondTools.Tests.Analysis.Ends;

namespace BondTools.Tests.Analysis;

public class BondWatcherTests
{
    private static readonly BondStatus Healthy = Bond(Slave(1), Slave(2));

    public static TheoryData<string, BondStatus, BondStatus, string> Changes => new()
    {
        { "nothing", Healthy, Healthy, "" },
        {
            "a cable out", Healthy, Bond(Slave(1), Silent(2, aggregator: 2) with { MiiStatus = MiiStatus.Down, LinkFailureCount = 1 }),
            "LinkDown enp0s9: The link of enp0s9 failed.; PortLeft enp0s9: The bond no longer sends on enp0s9."
        },
        {
            "a cable in again", Bond(Slave(1), Silent(2, aggregator: 2) with { MiiStatus = MiiStatus.Down }), Healthy,
            "LinkUp enp0s9: The link of enp0s9 is up.; PortJoined enp0s9: The bond sends on enp0s9."
        },
        {
            "a partner that fell silent", Healthy, Bond(Slave(1), Silent(2, aggregator: 2)),
            "PartnerChanged enp0s9: The partner of enp0s9 is nobody; it was aa:bb:cc:00:01:00 key 1.; PortLeft enp0s9: The bond no longer sends on enp0s9."
        },
        {
            "another channel-group", Healthy, Bond(Slave(1), Slave(2, aggregator: 2, key: 2)),
            "PartnerChanged enp0s9: The partner of enp0s9 is aa:bb:cc:00:01:00 key 2; it was aa:bb:cc:00:01:00 key 1.; PortLeft enp0s9: The bond no longer sends on enp0s9."
        },
        {
            "a link that failed and came back between two readings", Healthy, Bond(Slave(1) with { LinkFailureCount = 2 }, Slave(2)),
            "LinkDown enp0s8: The link of enp0s8 failed meanwhile (2 times).; LinkUp enp0s8: The link of enp0s8 is up again."
        },
        { "a slave that was taken out", Healthy, Bond(Slave(1)), "PortLeft enp0s9: enp0s9 was taken out of the bond." },
        { "a slave that was put in", Bond(Slave(1)), Healthy, "PortJoined enp0s9: enp0s9 was put into the bond." },
        { "another aggregator", Healthy, Bond(Slave(1, aggregator: 2), Slave(2, aggregator: 2)) with { ActiveAggregatorId = 2 }, "Failover bond0: The active aggregator is 2; it was 1." },
        { "the whole bond down", Healthy, Healthy with { MiiStatus = MiiStatus.Down }, "LinkDown bond0: bond0 is down." },
        {
            "a failover", Healthy with { Mode = BondMode.ActiveBackup, CurrentActiveSlave = "enp0s8" }, Healthy with { Mode = BondMode.ActiveBackup, CurrentActiveSlave = "enp0s9" },
            "PortLeft enp0s8: The bond no longer sends on enp0s8.; PortJoined enp0s9: The bond sends on enp0s9.; Failover enp0s9: The traffic goes over enp0s9; it went over enp0s8."
        },
        // An unprivileged read tells nothing of what is in use.
        { "a read without privileges", Bond(Slave(1) with { Actor = null, Partner = null }), Bond(Slave(1) with { Actor = null, Partner = null }), "" },
    };

    [Theory]
    [MemberData(nameof(Changes), DisableDiscoveryEnumeration = true)]
    public void Tells_what_happened(string what, BondStatus before, BondStatus after, string expected)
    {
        var events = BondWatcher.Events(Snapshot(0, before), Snapshot(2, after));
        Assert.True(expected == string.Join("; ", events.Select(item => $"{item.Kind} {item.Link}: {item.Message}")), $"{what}: {string.Join("; ", events)}");
        Assert.All(events, item => Assert.Equal(("pve1", "bond0", DateTimeOffset.UnixEpoch.AddSeconds(2)), (item.ComputerName, item.Bond, item.Time)));
    }

    [Fact]
    public void Tells_that_a_bond_went_and_came_again()
    {
        var gone = Snapshot(2, Healthy) with { Bond = null };
        Assert.Equal([BondEventKind.PortLeft, BondEventKind.PortLeft], BondWatcher.Events(Snapshot(0, Healthy), gone).Select(item => item.Kind));
        Assert.Empty(BondWatcher.Events(gone, gone));
        Assert.Empty(BondWatcher.Sample(Snapshot(0, Healthy), gone).Links);
        Assert.Equal("bond0 is there again, with enp0s8.", BondWatcher.Events(gone, Snapshot(4, Healthy))[0].Message);
    }

    [Fact]
    public void Samples_rates_by_the_hosts_clock_and_shares()
    {
        var sample = BondWatcher.Sample(Snapshot(0, Healthy), Snapshot(2, Bond(Slave(1), Silent(2, aggregator: 2)), 3000, 1000));
        Assert.Equal((TimeSpan.FromSeconds(2), "pve1", "bond0"), (sample.Interval, sample.ComputerName, sample.Bond));
        Assert.Equal([12000.0, 4000.0], sample.Links.Select(link => link.TxBitsPerSecond!.Value));
        Assert.Equal([0.75, 0.25], sample.Links.Select(link => link.RxShare!.Value));
        Assert.Equal([true, false], sample.Links.Select(link => link.InUse!.Value));
        Assert.Equal(0.8, sample.Fairness.Transmit!.Value, 12);
    }

    [Fact]
    public void Samples_nothing_of_counters_that_went_backwards_or_of_a_host_that_restarted()
    {
        var sample = BondWatcher.Sample(Snapshot(0, Healthy, 500, 500), Snapshot(2, Healthy, 100, 600));
        Assert.Null(sample.Links[0].TxBytes);
        Assert.Equal(100, sample.Links[1].TxBytes);

        var restarted = BondWatcher.Sample(Snapshot(100, Healthy), Snapshot(2, Healthy, 100, 100));
        Assert.Null(restarted.Interval);
        Assert.All(restarted.Links, link => Assert.Null(link.TxShare));
        Assert.Null(restarted.Fairness.Transmit);
    }

    [Fact]
    public void Draws_a_table_with_bars_that_fits_its_width()
    {
        var sample = BondWatcher.Sample(Snapshot(0, Healthy), Snapshot(2, Bond(Slave(1), Silent(2, aggregator: 2)), 3_000_000, 1_000_000));
        var events = BondWatcher.Events(Snapshot(0, Healthy), Snapshot(2, Bond(Slave(1), Silent(2, aggregator: 2))));
        var lines = BalanceScreen.Draw(sample, events, 100);
        Assert.Equal(6, lines.Count);
        Assert.Equal("pve1 bond0  00:00:02  fairness: transmit 0.80, receive 0.80", lines[0]);
        Assert.Equal("link            use         sent share                        received share", lines[1]);
        Assert.Equal("enp0s8          yes  12.0 Mbit/s  75 % ##############..... 12.0 Mbit/s  75 % ##############.....", lines[2]);
        Assert.Equal("enp0s9          no   4.00 Mbit/s  25 % #####.............. 4.00 Mbit/s  25 % #####..............", lines[3]);
        Assert.StartsWith("00:00:02 PartnerChanged: ", lines[4], StringComparison.Ordinal);
        Assert.All(BalanceScreen.Draw(sample, events, 40), line => Assert.True(line.Length <= 40));
    }

    [Theory]
    [InlineData(null, "?")]
    [InlineData(0.0, "0 bit/s")]
    [InlineData(999.4, "999 bit/s")]
    [InlineData(999.6, "1.00 kbit/s")]
    [InlineData(12_340_000.0, "12.3 Mbit/s")]
    [InlineData(123_456_789_012.0, "123 Gbit/s")]
    public void Prints_a_rate_with_its_unit(double? rate, string expected) => Assert.Equal(expected, BalanceScreen.Rate(rate));

    private static BondSnapshot Snapshot(int seconds, BondStatus bond, params long[] bytes) => new()
    {
        ComputerName = "pve1",
        Name = "bond0",
        Time = DateTimeOffset.UnixEpoch.AddSeconds(seconds),
        Uptime = TimeSpan.FromSeconds(seconds),
        Bond = bond,
        Counters = [.. new[] { "enp0s8", "enp0s9" }.Select((name, i) => new LinkCounter
        {
            Interface = name, RxBytes = bytes.ElementAtOrDefault(i), RxPackets = bytes.ElementAtOrDefault(i) / 100, RxErrors = 0, RxDropped = 0,
            TxBytes = bytes.ElementAtOrDefault(i), TxPackets = bytes.ElementAtOrDefault(i) / 100, TxErrors = 0, TxDropped = 0,
        })],
    };
}
