using BondTools.Cisco;
using Xunit;

namespace BondTools.Tests.Cisco;

public class CiscoInterfaceNameTests
{
    [Theory]
    [InlineData("Gi0/1", "GigabitEthernet0/1", "Gi0/1")]
    [InlineData("gi 0/1", "GigabitEthernet0/1", "Gi0/1")]
    [InlineData("g1/0/24", "GigabitEthernet1/0/24", "Gi1/0/24")]
    [InlineData("GigabitEthernet0/1", "GigabitEthernet0/1", "Gi0/1")]
    [InlineData("Et0/0", "Ethernet0/0", "Et0/0")]
    [InlineData("e0/0", "Ethernet0/0", "Et0/0")]
    [InlineData("Eth1/1", "Ethernet1/1", "Et1/1")]
    [InlineData("Te1/1/4", "TenGigabitEthernet1/1/4", "Te1/1/4")]
    [InlineData("TenGigE0/0/0/1", "TenGigE0/0/0/1", "Te0/0/0/1")]
    [InlineData("Tw1/0/1", "TwoGigabitEthernet1/0/1", "Tw1/0/1")]
    [InlineData("TwentyFiveGigE1/0/1", "TwentyFiveGigE1/0/1", "Twe1/0/1")]
    [InlineData("Twe1/0/1", "TwentyFiveGigE1/0/1", "Twe1/0/1")]
    [InlineData("Fo1/1/1", "FortyGigabitEthernet1/1/1", "Fo1/1/1")]
    [InlineData("Hu1/0/49", "HundredGigE1/0/49", "Hu1/0/49")]
    [InlineData("Po1", "Port-channel1", "Po1")]
    [InlineData("port-channel 1", "Port-channel1", "Po1")]
    [InlineData("Po10.200", "Port-channel10.200", "Po10.200")]
    [InlineData("Gi0/0.01", "GigabitEthernet0/0.1", "Gi0/0.1")]
    [InlineData("vlan10", "Vlan10", "Vl10")]
    [InlineData("mgmt0", "mgmt0", "mgmt0")]
    public void A_name_is_read_in_every_spelling(string text, string longName, string shortName)
    {
        var name = CiscoInterfaceName.Parse(text);
        Assert.Equal((longName, shortName), (name.Long, name.Short));
        Assert.Equal(name, CiscoInterfaceName.Parse(longName));
        Assert.Equal(name.GetHashCode(), CiscoInterfaceName.Parse(longName).GetHashCode());
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("Gi")]
    [InlineData("0/1")]
    [InlineData("Gi0/1\n")]
    [InlineData("Gi0/1\rshutdown")]
    [InlineData("Gi  0/1")]
    [InlineData("Gi\t0/1")]
    [InlineData(" Gi0/1")]
    [InlineData("Gi0/1 ")]
    [InlineData("Gi0/1 - 4")]
    [InlineData("Gi0/1,Gi0/2")]
    [InlineData("Gi0//1")]
    [InlineData("Gi0/1.")]
    [InlineData("Gi0/1.1.1")]
    [InlineData("Gi0/1.4294967296")]
    [InlineData("Gi1/1/1/1/1")]
    [InlineData("Gi0/100000")]
    [InlineData("Gi٠/١")]
    [InlineData("Gigabyte0/1")]
    [InlineData("t1/0/1")]
    [InlineData("range Gi0/1")]
    [InlineData("-Gi0/1")]
    public void What_is_no_name_is_refused(string? text)
    {
        Assert.False(CiscoInterfaceName.TryParse(text, out _));
        Assert.Equal(BondToolsErrorKind.InvalidConfiguration, Assert.Throws<BondToolsException>(() => CiscoInterfaceName.Parse(text!)).Kind);
    }

    [Fact]
    public void The_same_port_is_recognised_and_another_is_not()
    {
        Assert.True(CiscoInterfaceName.Same("Et0/0", "Ethernet0/0"));
        Assert.False(CiscoInterfaceName.Same("Et0/0", "Ethernet0/1"));
        Assert.NotEqual(CiscoInterfaceName.Parse("Tw1/0/1"), CiscoInterfaceName.Parse("Twe1/0/1"));
        Assert.Equal(7, CiscoInterfaceName.Parse("Po7").Number);
        Assert.True(CiscoInterfaceName.PortChannel(7).IsPortChannel);
        Assert.False(CiscoInterfaceName.Parse("Po7.1").IsPortChannel);
    }
}
