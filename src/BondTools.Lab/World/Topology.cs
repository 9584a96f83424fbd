namespace BondTools.Lab.World;

/// <summary>The article's topology: cards, cables, ports, PCs, containers.</summary>
internal static class Topology
{
    private const string Cards = """
        auto lo
        iface lo inet loopback

        iface nic0 inet manual

        auto enp0s8
        iface enp0s8 inet manual

        auto enp0s9
        iface enp0s9 inet manual

        iface enp0s10 inet manual


        """;

    private const string Management = """
        auto vmbr0
        iface vmbr0 inet static
        	address 192.168.10.73/24
        	gateway 192.168.10.1
        	bridge-ports nic0
        	bridge-stp off
        	bridge-fd 0

        """;

    private const string Bond = """
        auto bond0
        iface bond0 inet manual
        	bond-slaves enp0s8 enp0s9
        	bond-miimon 100
        	bond-mode 802.3ad
        	bond-xmit-hash-policy layer2+3


        """;

    private const string ContainerBridge = """

        auto vmbr1
        iface vmbr1 inet manual
        	bridge-ports bond0
        	bridge-stp off
        	bridge-fd 0

        """;

    public static string BareInterfaces => Cards + Management;

    public static string ArticleInterfaces => Cards + Bond + Management + ContainerBridge;

    public static void Build(LabWorld world)
    {
        AddNic(world, "nic0", "08:00:27:51:0a:c4", uplink: true);
        AddNic(world, "enp0s8", "08:00:27:04:dd:bd");
        AddNic(world, "enp0s9", "08:00:27:3a:18:93");
        AddNic(world, "enp0s10", "08:00:27:c2:6e:17");
        for (var i = 0; i < 8; i++)
            world.Switch.Ports.Add(new SwitchPort
            {
                Name = $"Ethernet{i / 4}/{i % 4}", Number = i + 1,
                Address = new MacAddress([0xaa, 0xbb, 0xcc, 0x00, 0x01, (byte)(((i % 4) << 4) | (i / 4))]),
            });
        for (var i = 0; i < 2; i++)
        {
            var nic = world.Network.Nic(i == 0 ? "enp0s8" : "enp0s9")!;
            var cable = new Cable { Number = i + 1, Nic = nic, Port = world.Switch.Ports[i] };
            nic.Cable = world.Switch.Ports[i].Cable = cable;
            world.Cables.Add(cable);
            world.Switch.Ports[i + 2].Pc = new Pc
            {
                Address = $"192.168.1.{i + 1}", MacAddress = new MacAddress([0x00, 0x50, 0x79, 0x66, 0x68, (byte)i]),
            };
        }
        // The last bits are chosen so that layer2+3 puts one container on each slave, src-dst-ip each pair on its own
        // port; addresses that follow the container's IP would put all four flows on one slave.
        AddContainer(world, 101, "debian10", "bc:24:11:5e:00:10");
        AddContainer(world, 102, "debian20", "bc:24:11:5e:00:21");
    }

    /// <summary>What the article did by hand on the switch and in the containers.</summary>
    public static void ConfigureArticle(LabWorld world)
    {
        foreach (var cable in world.Cables)
            world.Switch.SetGroup(cable.Port, 1, ChannelMode.Active);
        foreach (var container in world.Network.Containers)
        {
            var address = $"192.168.1.{(container.Id == 101 ? 10 : 20)}/24";
            container.Address = HostAddress.TryParse(address);
            container.Net0 = container.Net0.Replace(",type=", $",ip={address},type=");
        }
    }

    private static void AddNic(LabWorld world, string name, string address, bool uplink = false) => world.Network.Nics.Add(new Nic
    {
        Name = name, Index = world.Network.NextIndex(), PermanentAddress = MacAddress.Parse(address), Address = MacAddress.Parse(address),
        Uplink = uplink, AdminUp = uplink,
    });

    private static void AddContainer(LabWorld world, int id, string hostName, string address) => world.Network.Containers.Add(new Container
    {
        Id = id, HostName = hostName, MacAddress = MacAddress.Parse(address), Bridge = "vmbr1",
        Net0 = $"name=eth0,bridge=vmbr1,firewall=1,hwaddr={address.ToUpperInvariant()},type=veth",
    });
}
