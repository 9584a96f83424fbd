using System.Net;
using BondTools.Linux;
using Xunit;

namespace BondTools.Tests.Linux;

public class ArpTableTests
{
    [Fact]
    public void Knows_the_neighbours_that_answered()
    {
        var table = ArpTable.Parse("""
            IP address       HW type     Flags       HW address            Mask     Device
            192.168.1.1      0x1         0x2         00:50:79:66:68:00     *        eth0
            192.168.1.7      0x1         0x0         00:00:00:00:00:00     *        eth0
            192.168.1.9 0x1 0x6 00:50:79:66:68:09 * eth0
            a line of another kind
            """);
        Assert.Equal(2, table.Count);
        Assert.Equal("00:50:79:66:68:00", table[IPAddress.Parse("192.168.1.1")].ToString());
        Assert.Equal("00:50:79:66:68:09", table[IPAddress.Parse("192.168.1.9")].ToString());
    }
}
