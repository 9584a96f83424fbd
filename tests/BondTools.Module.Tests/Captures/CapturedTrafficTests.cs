using System;
using System.Linq;
using BondTools.Analysis;
using BondTools.Lab;
using BondTools.Module.Tests.Lab;
using BondTools.Module.Tests.Sessions;
using Xunit;

namespace BondTools.Module.Tests.Captures;

/// <summary>The article's two captures, as one cmdlet: traffic, counters and the links that requests and replies take.</summary>
[Collection(SerialSessions.Name)]
public sealed class CapturedTrafficTests : IDisposable
{
    private const string Test = "Test-LacpBalance -Session $pve -GenerateTraffic -Capture -Count 20 -Destination 192.168.1.1, 192.168.1.2";

    private readonly LabFixture _lab = new(BondLabStart.Article);

    public void Dispose() => _lab.Dispose();

    [Fact]
    public void Requests_and_replies_are_told_link_by_link_and_each_link_is_the_one_foretold()
    {
        var report = _lab.GetOne<LacpBalanceReport>(Test);
        Assert.True(report.Passed);
        var pings = report.CapturedFlows!.Where(flow => flow.Protocol == "icmp" && flow.RequestPackets == 20).ToList();
        Assert.Equal(4, pings.Count);
        Assert.All(pings, ping => Assert.Equal(20, ping.ReplyPackets));
        Assert.Equal(report.AsymmetricFlows, pings.Count(ping => ping.Asymmetric));
        // The host hashes MAC and IP addresses, the switch IP addresses only: the article's remark.
        Assert.InRange(report.AsymmetricFlows!.Value, 1, 3);
        var finding = Assert.Single(report.Findings, finding => finding.RuleId == "asymmetric-flows");
        Assert.Contains(finding.Evidence, line => line.Contains("requests on enp0s", StringComparison.Ordinal));
        foreach (var ping in pings)
        {
            var foretold = _lab.Get($"Resolve-BondLink -SourceAddress {ping.Flow.SourceAddress} -DestinationAddress {ping.Flow.DestinationAddress} -SourceMac {ping.Flow.SourceMac} -DestinationMac {ping.Flow.DestinationMac} -Protocol icmp -Bond (Get-PveBondStatus -Session $pve) -KernelVersion 6.17")
                .Cast<BondTools.Hashing.BondLinkChoice>().Single();
            Assert.Equal(foretold.Link, ping.RequestLink);
        }
    }

    [Fact]
    public void A_host_without_the_bond_is_one_clear_error()
    {
        var result = _lab.Engine.Run("Test-LacpBalance -Session $pve -Bond bond7 -Capture -DurationSec 1");
        Assert.Empty(result.Output);
        Assert.StartsWith("BondTools.NotFound,", Assert.Single(result.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
    }
}
