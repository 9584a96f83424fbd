using System;
using System.Net;
using BondTools.Hashing;
using Xunit;

namespace BondTools.Tests.Hashing;

public class CiscoLoadBalanceForecastTests
{
    private static readonly Flow Reply = Flow.Between(IPAddress.Parse("192.168.1.1"), IPAddress.Parse("192.168.1.10")) with
    {
        SourceMac = MacAddress.Parse("00:1b:21:00:02:04"),
        DestinationMac = MacAddress.Parse("bc:24:11:00:01:01"),
        Protocol = 6,
        SourcePort = 443,
        DestinationPort = 40000,
    };

    [Theory]
    [InlineData("src-mac", 4)]
    [InlineData("dst-mac", 1)]
    [InlineData("src-dst-mac", 5)]
    [InlineData("src-ip", 1)]
    [InlineData("dst-ip", 2)]
    [InlineData("src-dst-ip", 3)]
    [InlineData("src-port", 3)]
    [InlineData("dst-port", 0)]
    [InlineData("src-dst-mixed-ip-port", 0)]
    public void Takes_the_low_order_bits_of_what_the_method_names(string method, int bucket) =>
        Assert.Equal(bucket, CiscoLoadBalanceForecast.Bucket(method, Reply));

    [Fact]
    public void Falls_back_to_the_layer_below()
    {
        Assert.Equal(3, CiscoLoadBalanceForecast.Bucket("src-dst-port", Reply with { Protocol = 1 }));
        Assert.Equal(5, CiscoLoadBalanceForecast.Bucket("src-dst-ip", Reply with { EtherType = Flow.Arp }));
    }

    [Theory]
    [InlineData(1, new[] { 8 })]
    [InlineData(2, new[] { 4, 4 })]
    [InlineData(3, new[] { 3, 3, 2 })]
    [InlineData(5, new[] { 2, 2, 2, 1, 1 })]
    [InlineData(8, new[] { 1, 1, 1, 1, 1, 1, 1, 1 })]
    public void Deals_the_buckets_as_documented(int ports, int[] expected) =>
        Assert.Equal(expected, CiscoLoadBalanceForecast.BucketsPerPort(ports));

    [Fact]
    public void Gives_two_ports_the_last_bit() =>
        Assert.Equal(1, CiscoLoadBalanceForecast.SelectPort("src-dst-ip", Reply, 2));

    [Theory]
    [InlineData("src-dst-vlan")]
    [InlineData("mac")]
    [InlineData("")]
    public void Refuses_a_method_it_does_not_know(string method)
    {
        var error = Assert.Throws<FormatException>(() => CiscoLoadBalanceForecast.Bucket(method, Reply));
        Assert.Contains($"'{method}'", error.Message, StringComparison.Ordinal);
    }
}
