using System;
using BondTools.Cisco;
using Xunit;

namespace BondTools.Tests.Cisco;

public class CiscoLinkCounterParserTests
{
    private const string Ethernet = """
        L2SW#show interfaces Ethernet0/0
        Ethernet0/0 is up, line protocol is up (connected)
          Hardware is Ethernet, address is aabb.cc00.0100 (bia aabb.cc00.0100)
          Description: 1 packets input, 2 bytes
          MTU 1500 bytes, BW 10000 Kbit/sec, DLY 1000 usec,
          Input queue: 0/2000/0/0 (size/max/drops/flushes); Total output drops: 7
          30 second input rate 1000 bits/sec, 1 packets/sec
          30 second output rate 2000 bits/sec, 2 packets/sec
             80 packets input, 8806 bytes, 0 no buffer
             0 input errors, 0 CRC, 0 frame, 0 overrun, 0 ignored
             1108 packets output, 83201 bytes, 0 underruns
             3 output errors, 0 collisions, 2 interface resets
        """;

    [Fact]
    public void An_interface_is_read()
    {
        var counter = Assert.Single(CiscoLinkCounterParser.Parse(Ethernet, "L2SW"));
        Assert.Equal(
            new CiscoLinkCounter
            {
                ComputerName = "L2SW",
                Interface = "Ethernet0/0",
                State = "up",
                LineProtocol = "up (connected)",
                LineProtocolUp = true,
                Hardware = "Ethernet",
                Description = "1 packets input, 2 bytes",
                BurnedInAddress = MacAddress.Parse("aa:bb:cc:00:01:00"),
                DelayMicroseconds = 1000,
                RxCrcErrors = 0,
                RxFrameErrors = 0,
                RxOverruns = 0,
                RxDropped = 0,
                RxPacketsPerSecond = 1,
                TxPacketsPerSecond = 2,
                MacAddress = MacAddress.Parse("aa:bb:cc:00:01:00"),
                Mtu = 1500,
                BandwidthKbps = 10000,
                RxBytes = 8806,
                RxPackets = 80,
                RxErrors = 0,
                TxBytes = 83201,
                TxPackets = 1108,
                TxErrors = 3,
                TxDropped = 7,
                RxBitsPerSecond = 1000,
                TxBitsPerSecond = 2000,
                RateInterval = TimeSpan.FromSeconds(30),
            },
            counter);
    }

    [Fact]
    public void Counters_that_were_cut_or_are_no_numbers_are_errors()
    {
        Assert.Throws<UnexpectedOutputException>(() => CiscoLinkCounterParser.Parse(Ethernet.Substring(0, Ethernet.IndexOf("1108", StringComparison.Ordinal))));
        var error = Assert.Throws<UnexpectedOutputException>(() => CiscoLinkCounterParser.Parse(Ethernet.Replace("8806", "8,806", StringComparison.Ordinal)));
        Assert.Equal(9, error.LineNumber);
        Assert.Throws<UnexpectedOutputException>(() => CiscoLinkCounterParser.Parse(""));
        Assert.Throws<UnexpectedOutputException>(() => CiscoLinkCounterParser.Parse("L2SW#show clock\n"));
    }
}
