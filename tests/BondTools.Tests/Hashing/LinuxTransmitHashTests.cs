using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using BondTools.Capture;
using BondTools.Hashing;
using BondTools.Linux;
using Xunit;

namespace BondTools.Tests.Hashing;

public class LinuxTransmitHashTests(ITestOutputHelper output)
{
    private static readonly Flow Container = Flow.Between(IPAddress.Parse("192.168.1.11"), IPAddress.Parse("192.168.1.1")) with
    {
        SourceMac = MacAddress.Parse("bc:24:11:00:01:01"),
        DestinationMac = MacAddress.Parse("00:1b:21:00:02:01"),
    };

    [Theory]
    [InlineData("layer2")]
    [InlineData("layer2+3")]
    [InlineData("layer3+4")]
    public void Foretells_the_slave_of_every_frame_that_the_kernels_containers_sent(string name)
    {
        var policy = TransmitHashPolicy.Parse(name);
        var folder = Corpus.Require($"bonding-lab/traffic-{name}-2udp");
        const string heading = "Slave Interface: ";
        var slaves = File.ReadLines(Path.Combine(folder, "proc-net-bonding-bond0.txt"))
            .Where(line => line.StartsWith(heading, StringComparison.Ordinal)).Select(line => line[heading.Length..]).ToList();
        // What the bridge learned on the containers' ports.
        var containers = File.ReadLines(Path.Combine(folder, "bridge-fdb.txt"))
            .Where(line => line.Contains(" dev veth", StringComparison.Ordinal) && !line.Contains("permanent", StringComparison.Ordinal))
            .Select(line => MacAddress.Parse(line.Split(' ')[0])).ToHashSet();
        Assert.Equal(2, slaves.Count);
        Assert.Equal(2, containers.Count);

        for (var i = 0; i < slaves.Count; i++)
        {
            using var reader = CaptureReader.Open(File.OpenRead(Corpus.Require($"bonding-lab/traffic-{name}-{slaves[i]}.pcap")), slaves[i]);
            var resolver = new LinuxLinkResolver(policy, slaves.Count, "6.1", BondIngress.Bridge);
            var sent = new List<BondLinkChoice>();
            while (reader.Read())
            {
                if (resolver.Resolve(reader) is { Flow: { } flow } choice && containers.Contains(flow.SourceMac!))
                    sent.Add(choice);
            }
            output.WriteLine($"{name}: {sent.Count} frames of the containers on {slaves[i]}");
            Assert.NotEmpty(sent);
            Assert.All(sent, choice => Assert.Equal(i, choice.SlaveIndex));
            Assert.All(sent, choice => Assert.Equal(i, LinuxTransmitHash.SelectSlave(policy, choice.Flow!, slaves.Count)));
        }
    }

    // Worked out by hand: eth is 01 ^ 01 ^ 0x0800; the addresses' XOR, read little-endian, is 0x0A000000.
    [Theory]
    [InlineData("layer2", TransmitHashGeneration.Linux61, 0x00000800u)]
    [InlineData("layer2", TransmitHashGeneration.Linux510, 0x00000008u)]
    [InlineData("layer2+3", TransmitHashGeneration.Linux61, 0x0A0A0202u)]
    [InlineData("layer2+3", TransmitHashGeneration.Linux510, 0x05050501u)]
    [InlineData("encap2+3", TransmitHashGeneration.Linux61, 0x0A0A0202u)]
    [InlineData("layer3+4", TransmitHashGeneration.Linux61, 0x1F9FBFF1u)]
    [InlineData("layer3+4", TransmitHashGeneration.Linux510, 0x1F9FBFF1u)]
    [InlineData("encap3+4", TransmitHashGeneration.Linux61, 0x1F9FBFF1u)]
    [InlineData("vlan+srcmac", TransmitHashGeneration.Linux61, 0x00BC0574u)]
    public void Hashes_a_datagram(string policy, TransmitHashGeneration generation, uint expected)
    {
        var datagram = Container with { Protocol = 17, SourcePort = 40000, DestinationPort = 53, VlanTag = 0x2064 };
        Assert.Equal(expected, LinuxTransmitHash.Compute(TransmitHashPolicy.Parse(policy), datagram, generation));
    }

    [Fact]
    public void Hashes_a_ping_by_its_type_and_identifier()
    {
        var ping = Container with { Protocol = 1, IcmpType = 8, IcmpIdentifier = 0x1234 };
        Assert.Equal(0x0C161612u, LinuxTransmitHash.Compute(TransmitHashPolicy.Layer34, ping));
        Assert.Equal(
            LinuxTransmitHash.Compute(TransmitHashPolicy.Layer34, ping with { IcmpIdentifier = 1 }),
            LinuxTransmitHash.Compute(TransmitHashPolicy.Layer34, ping with { IcmpIdentifier = 0 }));
    }

    [Fact]
    public void Hashes_IPv6_addresses_word_by_word()
    {
        var flow = Flow.Between(IPAddress.Parse("2001:db8::1"), IPAddress.Parse("2001:db8::2"));
        Assert.Equal(0x01818181u, LinuxTransmitHash.Compute(TransmitHashPolicy.Layer34, flow));
    }

    [Fact]
    public void Gives_every_fragment_of_a_datagram_the_hash_of_its_addresses_alone()
    {
        var fragment = Container with { Protocol = 17, SourcePort = 40000, DestinationPort = 53, IsFragment = true };
        Assert.Equal(
            LinuxTransmitHash.Compute(TransmitHashPolicy.Layer34, Container),
            LinuxTransmitHash.Compute(TransmitHashPolicy.Layer34, fragment));
    }

    [Theory]
    [InlineData("layer2+3", 0x08F8u)]
    [InlineData("layer3+4", 0x08F8u)]
    [InlineData("encap2+3", 0x08F0u)]
    [InlineData("encap3+4", 0u)]
    public void Hashes_ARP_by_its_MAC_addresses_except_under_the_encap_policies(string policy, uint expected)
    {
        var request = new Flow
        {
            EtherType = Flow.Arp,
            SourceMac = Container.SourceMac,
            DestinationMac = MacAddress.Parse("ff:ff:ff:ff:ff:ff"),
        };
        Assert.Equal(expected, LinuxTransmitHash.Compute(TransmitHashPolicy.Parse(policy), request));
    }

    [Fact]
    public void Says_which_field_a_flow_lacks()
    {
        var flow = Flow.Between(IPAddress.Loopback, IPAddress.Loopback);
        var error = Assert.Throws<ArgumentException>(() => LinuxTransmitHash.Compute(TransmitHashPolicy.Layer23, flow));
        Assert.Contains("destination MAC address", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => LinuxTransmitHash.SelectSlave(TransmitHashPolicy.Layer34, flow, 0));
    }

    [Theory]
    [InlineData("v6.17.2-1-pve", TransmitHashGeneration.Linux61)]
    [InlineData("6.1.0-56-cloud-amd64", TransmitHashGeneration.Linux61)]
    [InlineData("5.15.158-2-pve", TransmitHashGeneration.Linux61)]
    [InlineData("5.15.30-2-pve", null)]
    [InlineData("5.10.0-32-amd64", TransmitHashGeneration.Linux510)]
    [InlineData("v3.7.1 (April 27, 2011)", null)]
    [InlineData("", null)]
    public void Knows_the_formulas_of_a_kernel_or_that_it_does_not(string version, TransmitHashGeneration? expected) =>
        Assert.Equal(expected, LinuxTransmitHash.GenerationOf(version));

    [Fact]
    public void Counts_only_slaves_that_transmit()
    {
        var slaves = new List<BondSlave> { Slave("a", MiiStatus.Up), Slave("b", MiiStatus.GoingDown), Slave("c", MiiStatus.Up) };
        var bond = new BondStatus
        {
            DriverVersion = "v6.1.0",
            Mode = BondMode.BalanceXor,
            MiiStatus = MiiStatus.Up,
            MiiPollingInterval = TimeSpan.FromMilliseconds(100),
            Slaves = slaves,
            Negotiated = false,
            Reason = "",
        };
        Assert.Equal(["a", "c"], LinuxTransmitHash.UsableSlaves(bond)!.Select(slave => slave.Name));
        Assert.Null(LinuxTransmitHash.UsableSlaves(bond with { Mode = BondMode.Lacp }));
    }

    private static BondSlave Slave(string name, MiiStatus status) => new() { Name = name, MiiStatus = status, LinkFailureCount = 0 };
}
