using System;
using System.Linq;
using BondTools.Cisco;
using Xunit;

namespace BondTools.Tests.Cisco;

public class BundleParserTests
{
    private const string Bundles = """
        RP/0/RP0/CPU0:r1#show bundle
        Wed Nov 25 08:00:00.000 UTC

        Bundle-Ether1
          Status:                                    Up
          Local links <active/standby/configured>:   1 / 1 / 3
          Local bandwidth <effective/available>:     1000000 (1000000) kbps
          Minimum active links / bandwidth:          1 / 1 kbps
          LACP:                                      Operational
            Flap suppression timer:                  Off

          Port                  Device           State        Port ID         B/W, kbps
          --------------------  ---------------  -----------  --------------  ----------
          Gi0/0/0/0             Local            Active       0x8000, 0x0001     1000000
              Link is Active
          Gi0/0/0/1             Local            Standby      0x8000, 0x0002     1000000
              Link is Standby
          Gi0/0/0/2             Local            Configured   0x8000, 0x0003     1000000
              Link is down

        Bundle-Ether20
          Status:                                    Admin down
          Local links <active/standby/configured>:   0 / 0 / 0
          LACP:                                      Not operational
        """;

    [Fact]
    public void Bundles_are_port_channels()
    {
        var bundles = CiscoEtherChannelParser.Parse(Bundles, "r1");
        Assert.Equal(
            [(1, "Bundle-Ether1", true, EtherChannelProtocol.Lacp, EtherChannelState.InUse), (20, "Bundle-Ether20", false, EtherChannelProtocol.None, EtherChannelState.Down)],
            bundles.Select(b => (b.Group, b.PortChannel, b.InUse, b.Protocol, b.State)));
        Assert.Equal(
            [("Gi0/0/0/0", EtherChannelMemberState.Bundled), ("Gi0/0/0/1", EtherChannelMemberState.HotStandby), ("Gi0/0/0/2", EtherChannelMemberState.Down)],
            bundles[0].Members.Select(m => (m.Interface, m.State)));
    }

    [Theory]
    [InlineData("  Status:                                    Up", "")]
    [InlineData("Active       0x8000, 0x0001     1000000", "Active")]
    public void A_bundle_that_is_not_whole_is_an_error(string line, string damaged) =>
        Assert.Throws<UnexpectedOutputException>(() => CiscoEtherChannelParser.Parse(Bundles.Replace(line, damaged, StringComparison.Ordinal)));

    [Fact]
    public void Other_text_is_read_as_a_summary() =>
        Assert.Equal("Po1", Assert.Single(CiscoEtherChannelParser.Parse("Group  Port-channel  Protocol    Ports\n1      Po1(SM)         LACP      Et0/0(m)\n")).PortChannel);
}
