using System.Collections.Generic;
using System.Linq;
using BondTools.Analysis;
using BondTools.Cisco;
using BondTools.Lacp;
using BondTools.Linux;
using static BondTools.Tests.Analysis.Ends;

namespace BondTools.Tests.Analysis;

/// <summary>All that can be read of a healthy pair, in which each test then breaks one thing.</summary>
internal static class FullEvidence
{
    public const string Stanzas = """
        auto bond0
        iface bond0 inet manual
                bond-slaves enp0s8 enp0s9
                bond-mode 802.3ad
                hwaddress 08:00:27:04:dd:bd

        auto vmbr0
        iface vmbr0 inet manual
                bridge-ports bond0
                bridge-vlan-aware yes
                bridge-vids 10 20

        auto vmbr0.10
        iface vmbr0.10 inet manual
        """;

    public static LacpLinkEvidence Healthy { get; } = new()
    {
        Bond = Bond(Slave(1), Slave(2)),
        EtherChannels = [Channel("Et0/0(P) Et0/1(P)")],
        Neighbors = Neighbors,
        SwitchSystemId = Switch,
        LacpInternal = [OwnSide("Et0/0", 1), OwnSide("Et0/1", 2)],
        InterfaceStatus = [Status("Et0/0"), Status("Et0/1")],
        SwitchLinkCounters = [Port("Port-channel1"), Port("Ethernet0/0"), Port("Ethernet0/1")],
        RunningConfiguration = Configuration(),
        NetworkInterfaces = Interfaces(Stanzas),
        LinkCounters = [Link("enp0s8", "bond0"), Link("enp0s9", "bond0"), Link("bond0", "vmbr0"), Link("vmbr0")],
        PreviousBond = Bond(Slave(1), Slave(2)),
        HostName = "pve1",
        SwitchName = "L2SW",
    };

    /// <summary>The interfaces of a running configuration: each line ends with a semicolon in the arguments.</summary>
    public static IReadOnlyList<CiscoInterfaceConfiguration> Configuration(
        string channel = "", string first = "", string second = "", string trunk = "switchport mode trunk;switchport trunk allowed vlan 1,10,20", string mode = "active") =>
        RunningConfigurationParser.Parse(string.Join("\n",
            Interface("Port-channel1", trunk, channel),
            Interface("Ethernet0/0", trunk, $"channel-group 1 mode {mode};{first}"),
            Interface("Ethernet0/1", second.StartsWith('!') ? "" : trunk, $"channel-group 1 mode {mode};{second.TrimStart('!')}")));

    public static IReadOnlyList<NetworkInterface> Interfaces(string text) => InterfacesFile.Parse(text).Interfaces;

    public static CiscoLacpInternal OwnSide(string port, int number, string flags = "SA") => new()
    {
        Group = 1,
        Interface = port,
        Flags = flags,
        State = EtherChannelMemberState.Bundled,
        PortPriority = 32768,
        OperKey = 1,
        PortNumber = number,
        PortState = (LacpPortState)61,
    };

    public static CiscoInterfaceStatus Status(string port, string status = "connected", string duplex = "a-full", string speed = "a-1000") => new()
    {
        Interface = port,
        Status = status,
        Vlan = "trunk",
        Duplex = duplex,
        Speed = speed,
    };

    public static CiscoLinkCounter Port(string name, int mtu = 1500, string state = "up") => new()
    {
        Interface = name,
        State = state,
        LineProtocolUp = state == "up",
        LineProtocol = state,
        Mtu = mtu,
    };

    public static LinkCounter Link(string name, string? master = null, int mtu = 1500, bool up = true, MacAddress? address = null) => new()
    {
        Interface = name,
        Master = master,
        Mtu = mtu,
        MacAddress = address ?? Host,
        AdministrativelyUp = up,
        State = up ? "UP" : "DOWN",
        RxBytes = 0,
        RxPackets = 0,
        RxErrors = 0,
        RxDropped = 0,
        TxBytes = 0,
        TxPackets = 0,
        TxErrors = 0,
        TxDropped = 0,
    };

    private static string Interface(string name, string trunk, string lines) =>
        $"interface {name}\n" + string.Concat((trunk + ";" + lines).Split(';').Where(line => line.Length > 0).Select(line => $" {line}\n")) + "!";
}
