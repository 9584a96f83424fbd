using System;
using System.IO;
using System.Linq;
using System.Net;
using BondTools.Lacp;
using BondTools.Linux;
using Xunit;

namespace BondTools.Tests.Linux;

public class BondStatusParserTests
{
    private const string Slave = "Slave Interface: eno1\nMII Status: up\nLink Failure Count: 3\nPermanent HW addr: 2c:44:fd:80:5c:f8\n";
    private const string RoundRobin = "Ethernet Channel Bonding Driver: v3.7.1 (April 27, 2011)\n\nBonding Mode: load balancing (round-robin)\n"
        + "MII Status: up\nMII Polling Interval (ms): 100\nUp Delay (ms): 0\nDown Delay (ms): 0\n\n" + Slave;

    private static readonly string Article = Sample.Read("article-bond0.txt");

    [Fact]
    public void Reads_every_fact_of_the_article()
    {
        var bond = Assert.Single(BondStatusParser.Parse(Article, computerName: "pve"));

        Assert.Equal("bond0", bond.Name);
        Assert.Equal("pve", bond.ComputerName);
        Assert.Equal("v6.17.2-1-pve", bond.DriverVersion);
        Assert.Equal(BondMode.Lacp, bond.Mode);
        Assert.Equal(TransmitHashPolicy.Layer23, bond.TransmitHashPolicy);
        Assert.Equal(MiiStatus.Up, bond.MiiStatus);
        Assert.Equal(TimeSpan.FromMilliseconds(100), bond.MiiPollingInterval);
        Assert.Equal(TimeSpan.Zero, bond.UpDelay);
        Assert.True(bond.LacpActive);
        Assert.Equal(LacpRate.Slow, bond.LacpRate);
        Assert.Equal(0, bond.MinLinks);
        Assert.Equal(AdSelect.Stable, bond.AdSelect);
        Assert.Equal(65535, bond.SystemPriority);
        Assert.Equal("08:00:27:04:dd:bd", bond.SystemMacAddress?.Address);
        Assert.Equal((1, 2, 9, 1), (bond.ActiveAggregatorId, bond.PortCount, bond.ActorKey, bond.PartnerKey));
        Assert.Equal("aa:bb:cc:00:01:00", bond.PartnerMacAddress?.Address);
        Assert.Equal(["enp0s8", "enp0s9"], bond.Slaves.Select(slave => slave.Name));
        Assert.All(bond.Slaves, slave => Assert.Equal((61, 61), ((int)slave.Actor!.State, (int)slave.Partner!.State)));
        Assert.Equal([1, 2], bond.Slaves.Select(slave => slave.Partner!.PortNumber));
        Assert.Equal("08:00:27:3a:18:93", bond.Slaves[1].PermanentHardwareAddress?.Address);
        Assert.Equal((1000, Duplex.Full, 0L), (bond.Slaves[0].SpeedMbps, bond.Slaves[0].Duplex, bond.Slaves[0].LinkFailureCount));
        Assert.Empty(bond.OtherFields);
        Assert.All(bond.Slaves, slave => Assert.Empty(slave.OtherFields));
        Assert.True(bond.Negotiated);
        Assert.Equal("2 of 2 ports (enp0s8 and enp0s9) in sync, collecting and distributing with partner aa:bb:cc:00:01:00.", bond.Reason);
    }

    [Fact]
    public void Finds_the_one_bond_in_the_whole_article()
    {
        var path = Path.Combine(Corpus.RepoRoot, "..", "shared", "seed", "article.txt");
        Assert.SkipUnless(File.Exists(path), "The article is not beside the project.");
        Assert.Equal(RecordText.Of(BondStatusParser.Parse(Article)), RecordText.Of(BondStatusParser.Parse(File.ReadAllText(path))));
    }

    [Fact]
    public void Line_endings_blanks_and_indentation_do_not_matter()
    {
        var expected = BondStatusParser.Parse(Article);
        var odd = "\uFEFFProse: before it.\r\n" + string.Concat(Article.Split('\n').Select(line => "\t " + line + " \t\r\n\r\n")) + "Prose after it, at 10:30.\r\n";
        Assert.Equal(RecordText.Of(expected), RecordText.Of(BondStatusParser.Parse(odd)));
    }

    [Fact]
    public void Several_bonds_take_their_names_from_the_paths_before_them()
    {
        var bonds = BondStatusParser.Parse("root@pve:~# cat /proc/net/bonding/bond0 /proc/net/bonding/bond1\n" + RoundRobin + RoundRobin
            + "==> /proc/net/bonding/bond-data.10x <==\n" + RoundRobin + "root@pve:~#\n" + RoundRobin, "ignored");
        Assert.Equal(["bond0", "bond1", "bond-data.10x", null], bonds.Select(bond => bond.Name));
    }

    [Fact]
    public void A_name_that_is_given_wins()
    {
        Assert.Equal("lag7", BondStatusParser.Parse(Article, "lag7")[0].Name);
        Assert.Null(BondStatusParser.Parse(RoundRobin)[0].Name);
    }

    [Fact]
    public void Lines_of_kernels_to_come_are_kept()
    {
        var text = Article.Replace("Min links: 0", "Min links: 0\nFuture knob (new): 7 of 9", StringComparison.Ordinal)
            .Replace("Slave queue ID: 0", "Slave queue ID: 0\nSlave Colour: blue", StringComparison.Ordinal)
            .Replace("oper key: 1", "oper key: 1\nport mood: fine", StringComparison.Ordinal);
        var bond = Assert.Single(BondStatusParser.Parse(text));

        Assert.Equal(("Future knob (new)", "7 of 9"), (Assert.Single(bond.OtherFields).Name, bond.OtherFields[0].Value));
        Assert.All(bond.Slaves, slave => Assert.Equal(["Slave Colour blue", "partner port mood fine"], slave.OtherFields.Select(field => field.ToString())));
        Assert.True(bond.Negotiated);
    }

    [Fact]
    public void Masked_addresses_are_kept_as_text_and_never_read_as_zero()
    {
        var bond = Assert.Single(BondStatusParser.Parse(Article.Replace("aa:bb:cc:00:01:00", "aa:bb:cc:**:**:**", StringComparison.Ordinal)));
        Assert.Null(bond.PartnerMacAddress);
        Assert.Null(bond.Slaves[0].Partner);
        Assert.Contains(bond.Slaves[0].OtherFields, field => field is { Name: "partner port state", Value: "61" });
        Assert.Contains(bond.OtherFields, field => field.Value == "aa:bb:cc:**:**:**");
        Assert.Null(bond.Negotiated);
    }

    [Fact]
    public void Reads_the_monitors_of_active_backup()
    {
        var text = RoundRobin.Replace("load balancing (round-robin)",
                "fault-tolerance (active-backup) (fail_over_mac active)\nPrimary Slave: eno1 (primary_reselect failure)\nCurrently Active Slave: None", StringComparison.Ordinal)
            .Replace("Down Delay (ms): 0\n", "Down Delay (ms): 0\nARP Polling Interval (ms): 500\nARP Missed Max: 2\n"
                + "ARP IP target/s (n.n.n.n form): 10.0.0.1, 10.0.0.2\nNS IPv6 target/s (xx::xx form): 2001:db8::1, fe80::1\n", StringComparison.Ordinal);
        var bond = Assert.Single(BondStatusParser.Parse(text));

        Assert.Equal(("active", "eno1", "failure", null), (bond.FailOverMac, bond.PrimarySlave, bond.PrimaryReselect, bond.CurrentActiveSlave));
        Assert.Equal((TimeSpan.FromMilliseconds(500), 2), (bond.ArpPollingInterval, bond.ArpMissedMax));
        Assert.Equal(new[] { "10.0.0.1", "10.0.0.2", "2001:db8::1", "fe80::1" }.Select(IPAddress.Parse), bond.ArpIpTargets);
        Assert.Equal((false, "The bond has no active slave."), (bond.Negotiated, bond.Reason));
        Assert.Empty(BondStatusParser.Parse(text.Replace(": 2001:db8::1, fe80::1", ":", StringComparison.Ordinal))[0].ArpIpTargets.Skip(2));
    }

    [Theory]
    [InlineData("", 0, "begins with")]
    [InlineData("Bonding Mode: reverse proximity hash combination mode", 1, "begins with")]
    [InlineData("Link Failure Count: 0\nPermanent HW addr: 00:16:35:5e:02:7e\nAggregator ID:\n", 1, "before any line")]
    [InlineData("Ethernet Channel Bonding Driver: v1\nBonding Mode: sorcery\n", 2, "Bonding Mode")]
    [InlineData("Ethernet Channel Bonding Driver: v1\n", 0, "Bonding Mode")]
    [InlineData("Ethernet Channel Bonding Driver: v1\n~ read error\nBonding Mode: load balancing (xor)\n", 2, "Bonding Mode")]
    public void Text_that_is_no_bond_is_refused_with_its_line(string text, int line, string reason)
    {
        var error = Assert.Throws<UnexpectedOutputException>(() => BondStatusParser.Parse(text));
        Assert.Equal(line, error.LineNumber);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MII Polling Interval (ms): 100", "MII Polling Interval (ms): -1", "MII Polling Interval")]
    [InlineData("Mbps", "Gbps", "Speed")]
    [InlineData("Duplex: full", "Duplex: triple", "Duplex")]
    [InlineData("port state: 61", "port state: 256", "port state")]
    [InlineData("port key: 9", "port key: 65536", "port key")]
    [InlineData("08:00:27:3a:18:93", "08:00:27:3a", "Permanent HW addr")]
    [InlineData("Slave queue ID: 0\n", "Slave queue ID: zero\n", "Slave queue ID")]
    [InlineData("MII Status: up", "MII Status: sideways", "MII Status")]
    [InlineData("ad_select): stable", "ad_select): best", "ad_select")]
    [InlineData("layer2+3 (2)", "layer9 (2)", "Transmit Hash Policy")]
    [InlineData("Link Failure Count: 0\n", "", "Link Failure Count")]
    [InlineData("Number of ports: 2\n", "", "Number of ports")]
    [InlineData("oper key: 1\n", "", "oper key")]
    [InlineData("Slave Interface: enp0s9", "Slave Interface:", "names no interface")]
    [InlineData("Slave Interface: enp0s9", "~ garbage ~\nSlave Interface: enp0s9", "interrupts")]
    public void A_line_that_is_wrong_or_missing_is_an_error(string old, string replacement, string reason)
    {
        var text = Article.Replace(old, replacement, StringComparison.Ordinal);
        Assert.NotEqual(Article, text);
        var error = Assert.Throws<UnexpectedOutputException>(() => BondStatusParser.Parse(text));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.True(error.LineNumber > 1);
    }

    [Fact]
    public void A_text_cut_anywhere_is_an_error_or_lacks_whole_slaves_only()
    {
        var lines = Article.TrimEnd().Split('\n');
        var whole = BondStatusParser.Parse(Article)[0];
        for (var count = 1; count < lines.Length; count++)
        {
            var text = string.Join("\n", lines.Take(count)) + "\n";
            // What an unprivileged reader sees of a bond without slaves ends at the selection policy.
            if (lines[count].StartsWith("Slave Interface", StringComparison.Ordinal) || lines[count - 1].StartsWith("Aggregator selection", StringComparison.Ordinal))
            {
                var slaves = BondStatusParser.Parse(text)[0].Slaves;
                Assert.Equal(RecordText.Of(whole.Slaves.Take(slaves.Count)), RecordText.Of(slaves));
            }
            else
            {
                Assert.Throws<UnexpectedOutputException>(() => BondStatusParser.Parse(text));
            }
        }
    }

    [Fact]
    public void A_line_without_its_value_is_an_absent_value()
    {
        var bond = Assert.Single(BondStatusParser.Parse(RoundRobin.Replace("Link Failure", "Speed\nLink Failure", StringComparison.Ordinal)));
        Assert.Null(bond.Slaves[0].SpeedMbps);
    }

    [Fact]
    public void A_long_text_takes_linear_time()
    {
        var noise = string.Concat(Enumerable.Repeat("Some: thing\nOther thing: of 10:30 / (x)\n", 50_000));
        Assert.Single(BondStatusParser.Parse(noise + Article + noise));
    }

    [Fact]
    public void States_of_both_ends_print_as_flags()
    {
        var port = BondStatusParser.Parse(Article)[0].Slaves[0].Actor!;
        Assert.Equal(LacpPortState.Activity | LacpPortState.Aggregation | LacpPortState.Synchronization | LacpPortState.Collecting | LacpPortState.Distributing, port.State);
    }
}
