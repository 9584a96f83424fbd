using System;
using System.Collections.Generic;
using System.Linq;
using BondTools.Cisco;
using BondTools.Lacp;
using BondTools.Linux;

namespace BondTools.KernelLab;

/// <summary>
/// The switch's end of the kernel lab in the words of IOS. A Linux bond speaks for the IOS end: each poN of the switch's namespace is
/// read from its own /proc/net/bonding and translated into the records that the switch's summary, table of partners and status of
/// ports would give; portN becomes Et0/(N-1). A bond of another LACP system than po1 is another switch, which nobody asked.
/// </summary>
internal sealed class SwitchEnd
{
    /// <summary>Prints what <see cref="Read"/> takes.</summary>
    public const string Script = """
        for bond in $(ip netns exec sw ls /proc/net/bonding 2> /dev/null); do echo "@bond $bond"; ip netns exec sw cat /proc/net/bonding/$bond; done
        for port in port1 port2 port3 port4; do
          echo "@port $port $(ip -n sw -br link show $port | tr -s ' ' | cut -d' ' -f4) $(ip netns exec sw cat /sys/class/net/$port/speed) $(ip netns exec sw cat /sys/class/net/$port/duplex)"
        done
        """;

    private const LacpPortState Carrying = LacpPortState.Synchronization | LacpPortState.Collecting | LacpPortState.Distributing;

    private static readonly MacAddress Article = MacAddress.Parse("aa:bb:cc:00:01:00");

    private readonly HashSet<string> _misplaced = new(StringComparer.Ordinal);

    private SwitchEnd()
    {
    }

    public IReadOnlyList<CiscoEtherChannel> EtherChannels { get; private set; } = [];

    public IReadOnlyList<CiscoLacpNeighbor> Neighbors { get; private set; } = [];

    public IReadOnlyList<CiscoInterfaceStatus> Ports { get; private set; } = [];

    public static MacAddress SystemId => Article;

    /// <summary>Translates what <see cref="Script"/> printed.</summary>
    public static SwitchEnd Read(string text)
    {
        var bonds = new List<BondStatus>();
        var ports = new List<string[]>();
        foreach (var part in text.Split('@', StringSplitOptions.RemoveEmptyEntries))
        {
            var (line, rest) = (part[..part.IndexOf('\n', StringComparison.Ordinal)], part[(part.IndexOf('\n', StringComparison.Ordinal) + 1)..]);
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words[0] == "bond")
                bonds.AddRange(BondStatusParser.Parse(rest, words[1]));
            else
                ports.Add(words);
        }

        var end = new SwitchEnd();
        var own = bonds.Where(bond => bond.SystemMacAddress is null || bond.SystemMacAddress.Equals(Article)).ToList();
        foreach (var slave in bonds.Except(own).SelectMany(bond => bond.Slaves))
            end._misplaced.Add(slave.Name);
        end.EtherChannels = [.. own.Select(end.Channel)];
        if (end.Lost.Count > 0 && own.TrueForAll(bond => Group(bond) != 1))
            end.EtherChannels = [.. end.EtherChannels, Channel(1, "SD", EtherChannelProtocol.Lacp, end.Lost)];
        // The kernel remembers whom a port without a link heard; IOS does not.
        end.Neighbors = [.. own.SelectMany(bond => bond.Slaves.Where(slave => slave.MiiStatus == MiiStatus.Up && HasPartner(slave)).Select(slave => Neighbor(bond, slave)))];
        end.Ports = [.. ports.Select(end.Port)];
        return end;
    }

    /// <summary>The members of the asked switch whose cables are in another one.</summary>
    private List<CiscoEtherChannelMember> Lost =>
        [.. _misplaced.Order(StringComparer.Ordinal).Select(name => Member(name, "D", EtherChannelMemberState.Down))];

    private CiscoEtherChannel Channel(BondStatus bond)
    {
        var isLacp = bond.Mode.Equals(BondMode.Lacp);
        // The kernel takes the carrier away where min_links are not met; its ports stay as they are, and IOS suspends them.
        var starved = isLacp && bond.MinLinks > (bond.PortCount ?? 0);
        var members = bond.Slaves.Select(slave => Member(slave, isLacp, starved)).ToList();
        if (Group(bond) == 1)
            members.AddRange(Lost);
        var flags = members.Exists(member => member.Bundled) ? "SU" : starved ? "SM" : "SD";
        return Channel(Group(bond), flags, isLacp ? EtherChannelProtocol.Lacp : EtherChannelProtocol.None, members);
    }

    private static CiscoEtherChannel Channel(int group, string flags, EtherChannelProtocol protocol, List<CiscoEtherChannelMember> members) =>
        new() { Group = group, PortChannel = $"Po{group}", Flags = flags, InUse = flags == "SU", Protocol = protocol, Members = members };

    private static CiscoEtherChannelMember Member(BondSlave slave, bool isLacp, bool starved)
    {
        if (slave.MiiStatus != MiiStatus.Up)
            return Member(slave.Name, "D", EtherChannelMemberState.Down);
        var bundled = !isLacp || (HasPartner(slave) && (slave.Actor!.State & slave.Partner!.State & Carrying) == Carrying);
        return bundled && !starved ? Member(slave.Name, "P", EtherChannelMemberState.Bundled)
            : bundled || !HasPartner(slave) ? Member(slave.Name, "s", EtherChannelMemberState.Suspended)
            : Member(slave.Name, "w", EtherChannelMemberState.Waiting);
    }

    private static CiscoEtherChannelMember Member(string port, string flags, EtherChannelMemberState state) =>
        new() { Interface = NameOf(port), Flags = flags, State = state, Bundled = state == EtherChannelMemberState.Bundled };

    private static CiscoLacpNeighbor Neighbor(BondStatus bond, BondSlave slave) => new()
    {
        Group = Group(bond),
        Interface = NameOf(slave.Name),
        Flags = (slave.Partner!.State.HasFlag(LacpPortState.ShortTimeout) ? "F" : "S") + (slave.Partner.State.HasFlag(LacpPortState.Activity) ? "A" : "P"),
        PortPriority = slave.Partner.PortPriority,
        DeviceId = slave.Partner.SystemMacAddress,
        Age = TimeSpan.Zero,
        OperKey = slave.Partner.Key,
        PortNumber = slave.Partner.PortNumber,
        PortState = slave.Partner.State,
    };

    // port1 BROADCAST,UP,... 1000 full
    private CiscoInterfaceStatus Port(string[] words)
    {
        var flags = words[2].Trim('<', '>').Split(',');
        return new CiscoInterfaceStatus
        {
            Interface = NameOf(words[1]),
            Status = _misplaced.Contains(words[1]) || flags.Contains("NO-CARRIER") ? "notconnect" : flags.Contains("UP") ? "connected" : "disabled",
            Vlan = "1",
            Duplex = "a-" + words[^1],
            Speed = "a-" + words[^2],
        };
    }

    private static bool HasPartner(BondSlave slave) => slave is { Actor: not null, Partner.SystemMacAddress.IsZero: false };

    private static int Group(BondStatus bond) => bond.Name![^1] - '0';

    private static string NameOf(string port) => $"Et0/{port[^1] - '1'}";
}
