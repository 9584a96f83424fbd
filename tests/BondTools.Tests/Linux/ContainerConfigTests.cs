using System;
using System.Linq;
using BondTools.Linux;
using Xunit;

namespace BondTools.Tests.Linux;

public class ContainerConfigTests
{
    private const string Value = "name=eth0,bridge=vmbr1,firewall=1,gw=192.168.1.254,hwaddr=BC:24:11:2A:3B:4C,ip=192.168.1.10/24,ip6=auto,link_down=1,mtu=1450,rate=10,tag=10,type=veth";
    private const string Config = "arch: amd64\ncores: 1\ndescription: made by hand%0A\nfeatures: nesting=1\nhostname: debian10\nmemory: 512\nnet10: name=eth10,type=veth\nnet0: " + Value
        + "\nnet2: type=veth,name=eth2,bridge=vmbr0,ip=dhcp\nostype: debian\nrootfs: local:100/vm-100-disk-0.raw,size=2G\nswap: 512\nunprivileged: 1\n";

    [Fact]
    public void Reads_the_interfaces_of_a_container()
    {
        var networks = ContainerConfig.Parse(Config, 100, "pve");
        Assert.Equal(["net0", "net2", "net10"], networks.Select(network => network.Id));
        Assert.All(networks, network => Assert.Equal((100, "debian10", "pve"), (network.ContainerId, network.HostName, network.ComputerName)));
        var eth0 = networks[0];
        Assert.Equal(("eth0", "vmbr1", "bc:24:11:2a:3b:4c", "192.168.1.10/24", "192.168.1.254"), (eth0.Name, eth0.Bridge, eth0.HardwareAddress?.Address, eth0.IPv4, eth0.Gateway));
        Assert.Equal(("auto", null, 10, 1450, true, true), (eth0.IPv6, eth0.Gateway6, eth0.VlanTag, eth0.Mtu, eth0.Firewall, eth0.LinkDown));
        Assert.Equal(["rate 10", "type veth"], eth0.OtherOptions.Select(option => option.ToString()));
    }

    [Fact]
    public void Writes_back_what_it_read_in_its_order()
    {
        var networks = ContainerConfig.Parse(Config, 100);
        Assert.Equal([Value, "type=veth,name=eth2,bridge=vmbr0,ip=dhcp", "name=eth10,type=veth"], networks.Select(network => network.ToOption()));
    }

    [Fact]
    public void A_change_moves_nothing_else()
    {
        var networks = ContainerConfig.Parse(Config, 100);
        Assert.Equal(Value.Replace("ip=192.168.1.10/24", "ip=192.168.1.11/24", StringComparison.Ordinal).Replace(",tag=10", "", StringComparison.Ordinal).Replace("link_down=1", "link_down=0", StringComparison.Ordinal),
            (networks[0] with { IPv4 = "192.168.1.11/24", VlanTag = null, LinkDown = false }).ToOption());
        Assert.Equal("type=veth,name=eth2,bridge=vmbr0,ip=192.168.1.20/24,gw=192.168.1.254", (networks[1] with { IPv4 = "192.168.1.20/24", Gateway = "192.168.1.254" }).ToOption());
        Assert.Equal("name=eth0,bridge=vmbr1,ip=manual,type=veth",
            new ContainerNetwork { ContainerId = 1, Id = "net0", Name = "eth0", Bridge = "vmbr1", IPv4 = "manual", OtherOptions = [new NamedValue { Name = "type", Value = "veth" }] }.ToOption());
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("Configuration file 'nodes/pve/lxc/999.conf' does not exist\n", 1)]
    [InlineData("hostname: x\nnet0: name\n", 2)]
    [InlineData("hostname: x\nnet0: bridge=vmbr0\n", 2)]
    [InlineData("hostname: x\nnet0: name=eth0,name=eth1\n", 2)]
    [InlineData("net0: name=eth0,tag=ten\n", 1)]
    [InlineData("net0: name=eth0,firewall=maybe\n", 1)]
    [InlineData("net0: name=eth0,hwaddr=BC:24\n", 1)]
    public void What_is_not_understood_is_an_error_with_its_line(string text, int line) =>
        Assert.Equal(line, Assert.Throws<UnexpectedOutputException>(() => ContainerConfig.Parse(text, 100)).LineNumber);

    public static TheoryData<Func<ContainerNetwork, ContainerNetwork>> Bad => new()
    {
        network => network with { IPv4 = "192.168.1.10" },
        network => network with { IPv4 = "192.168.1.10/33" },
        network => network with { IPv4 = "2001:db8::1/64" },
        network => network with { IPv6 = "192.168.1.10/24" },
        network => network with { IPv4 = "dhcp,bridge=evil" },
        network => network with { Gateway = "gate" },
        network => network with { Gateway6 = "192.168.1.1" },
        network => network with { Bridge = "vmbr1,tag=5" },
        network => network with { Bridge = "vmbr/1" },
        network => network with { Name = "" },
        network => network with { VlanTag = 4095 },
        network => network with { Mtu = 1 },
        network => network with { OtherOptions = [new NamedValue { Name = "rate", Value = "1,ip=dhcp" }] },
        network => network with { OtherOptions = [new NamedValue { Name = "ra=te", Value = "1" }] },
        network => network with { OtherOptions = [new NamedValue { Name = "rate", Value = "1\n" }] },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void What_proxmox_would_not_take_is_refused(Func<ContainerNetwork, ContainerNetwork> change) =>
        Assert.Equal(BondToolsErrorKind.InvalidConfiguration, Assert.Throws<BondToolsException>(() => change(ContainerConfig.Parse(Config, 100)[0]).ToOption()).Kind);
}
