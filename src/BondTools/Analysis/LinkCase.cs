using System;
using System.Collections.Generic;
using System.Linq;
using BondTools.Cisco;
using BondTools.Lacp;
using BondTools.Linux;

namespace BondTools.Analysis;

/// <summary>The kinds of fact that a rule may need.</summary>
[Flags]
internal enum LinkFacts
{
    None = 0,
    /// <summary>The LACP details of the host's ports: an 802.3ad bond, read with privileges.</summary>
    Ports = 1,
    /// <summary>The port-channel at the other end, from the switch's summary.</summary>
    Channel = 2,
    /// <summary>The switch's table of LACP neighbors.</summary>
    Neighbors = 4,
    /// <summary>The switch's LACP system address.</summary>
    SystemId = 8,
    /// <summary>Whether the switch's ports are shut down.</summary>
    PortStatus = 16,
    /// <summary>The layer 2 settings of the switch's ports.</summary>
    PortSettings = 32,
    /// <summary>The host's interfaces file.</summary>
    Stanzas = 64,
    /// <summary>The host's links as the kernel has them.</summary>
    HostLinks = 128,
}

/// <summary>The evidence, joined: which slave is cabled to which port, which port-channel is meant, and how to quote it all.</summary>
internal sealed class LinkCase
{
    /// <summary>The state bits that a port in use has at both ends.</summary>
    private const LacpPortState Carrying = LacpPortState.Synchronization | LacpPortState.Collecting | LacpPortState.Distributing;

    public LinkCase(LacpLinkEvidence evidence)
    {
        Evidence = evidence;
        HostLabel = evidence.HostName ?? "host";
        SwitchLabel = evidence.SwitchName ?? "switch";
        Host = new HostCase(evidence);
        Switch = new SwitchCase(evidence);
        Cabling = new CablingMap(evidence);
        Links = [.. Bond.Slaves.Select(Join)];
        Channels = FindChannels();
        IsMultiChassis = MultiChassis.Is(this);
        Known = (HasPorts ? LinkFacts.Ports : 0)
            | (Channels.Count > 0 ? LinkFacts.Channel : 0)
            | (Cabling.Neighbors is not null ? LinkFacts.Neighbors : 0)
            | (evidence.SwitchSystemId is not null ? LinkFacts.SystemId : 0)
            | (((object?)evidence.RunningConfiguration ?? evidence.InterfaceStatus ?? (object?)evidence.SwitchLinkCounters) is not null ? LinkFacts.PortStatus : 0)
            | (((object?)evidence.RunningConfiguration ?? evidence.Switchports) is not null ? LinkFacts.PortSettings : 0)
            | (evidence.NetworkInterfaces is not null ? LinkFacts.Stanzas : 0)
            | (evidence.LinkCounters is not null ? LinkFacts.HostLinks : 0);
    }

    public LacpLinkEvidence Evidence { get; }

    public BondStatus Bond => Evidence.Bond;

    /// <summary>The host beyond the bond's status.</summary>
    public HostCase Host { get; }

    /// <summary>The switch beyond its summary.</summary>
    public SwitchCase Switch { get; }

    /// <summary>Which slave is cabled to which port.</summary>
    public CablingMap Cabling { get; }

    public bool IsLacp => Bond.Mode.Equals(BondMode.Lacp);

    /// <summary>A link for each slave, in the slaves' order.</summary>
    public IReadOnlyList<LacpLink> Links { get; }

    /// <summary>The port-channels concerned: the one asked for, else those the slaves are cabled to, else the only one it can be.</summary>
    public IReadOnlyList<CiscoEtherChannel> Channels { get; }

    public LinkFacts Known { get; }

    public string HostLabel { get; }

    public string SwitchLabel { get; }

    /// <summary>How to call the bond in a sentence.</summary>
    public string BondLabel => Bond.Name ?? "the bond";

    /// <summary>The names of the slaves, those included that the bond should have and has not.</summary>
    public IEnumerable<string> Slaves => Bond.Slaves.Select(slave => slave.Name).Concat(Host.MissingSlaves);

    /// <summary>The slaves that the host does not use; whether it uses one that is up is not known from an unprivileged read.</summary>
    public IEnumerable<string> IdleSlaves =>
        Links.Where(link => link.HostBundled == false || link.MiiStatus != MiiStatus.Up).Select(link => link.HostInterface).Concat(Host.MissingSlaves);

    /// <summary>The members of the port-channels concerned, each with its port-channel.</summary>
    public IEnumerable<(CiscoEtherChannel Channel, CiscoEtherChannelMember Member)> Members =>
        Channels.SelectMany(channel => channel.Members.Select(member => (channel, member)));

    /// <summary>The members of a port-channel that the switch does not use, but for those that only wait for the others.</summary>
    public static IEnumerable<string> IdleMembers(CiscoEtherChannel channel) => channel.Members
        .Where(member => !member.Bundled && member.State != EtherChannelMemberState.MinimumLinksNotMet)
        .Select(member => member.Interface);

    /// <summary>The slaves that are up and hear a partner: both ends' details are there.</summary>
    public IEnumerable<BondSlave> Partnered => Bond.Slaves.Where(slave => IsUp(slave) && HasPartner(slave));

    /// <summary>
    /// Those of them whose partner still speaks (an expired one is a memory of what was cabled there before) and is not the bond itself.
    /// </summary>
    public IEnumerable<BondSlave> Heard => Partnered.Where(slave => !slave.Actor!.State.HasFlag(LacpPortState.Expired) && !HearsItself(slave));

    /// <summary>The slaves that have link and hear nobody.</summary>
    public IEnumerable<BondSlave> Silent => Bond.Slaves.Where(slave => IsUp(slave) && slave.Actor is not null && !HasPartner(slave));

    /// <summary>Whether the partner is one system over several chassis, each of which knows only the slaves that are cabled to it.</summary>
    public bool IsMultiChassis { get; }

    private bool HasPorts => IsLacp && (Bond.SystemMacAddress is not null || Bond.Slaves.Any(slave => slave.Actor is not null));

    public static bool IsUp(BondSlave slave) => slave.MiiStatus == MiiStatus.Up;

    public static bool HasPartner(BondSlave slave) => slave is { Actor: not null, Partner.SystemMacAddress.IsZero: false };

    /// <summary>Whether what a slave hears comes from the bond itself.</summary>
    public static bool HearsItself(BondSlave slave) => HasPartner(slave) && slave.Partner!.SystemMacAddress.Equals(slave.Actor!.SystemMacAddress);

    public LacpLink LinkOf(BondSlave slave) => Links.First(link => link.HostInterface == slave.Name);

    /// <summary>The switch's row for this slave.</summary>
    public CiscoLacpNeighbor? NeighborOf(BondSlave slave) => Cabling.NeighborOf(slave.Name);

    /// <summary>Quotes what the host says of the bond.</summary>
    public string QuoteBond(string fact) => $"{HostLabel} {BondLabel}: {fact}";

    /// <summary>Quotes what the host says of a slave.</summary>
    public string Quote(BondSlave slave, string fact) => $"{HostLabel} {slave.Name}: {fact}";

    /// <summary>Quotes a slave's LACP details.</summary>
    public string QuotePort(BondSlave slave) =>
        Quote(slave, $"aggregator {slave.AggregatorId}; actor {Describe(slave.Actor)}; partner {Describe(slave.Partner)}");

    /// <summary>Quotes a row of the switch's summary.</summary>
    public string Quote(CiscoEtherChannel channel) =>
        $"{SwitchLabel}: {channel.Group} {channel.PortChannel}({channel.Flags}) {channel.Protocol} "
        + string.Join(" ", channel.Members.Select(member => $"{member.Interface}({member.Flags})"));

    /// <summary>Quotes a row of the switch's table of neighbors.</summary>
    public string Quote(CiscoLacpNeighbor neighbor) =>
        $"{SwitchLabel} {neighbor.Interface}: group {neighbor.Group}, neighbor {neighbor.DeviceId} port {neighbor.PortNumber}";

    /// <summary>Quotes what the switch says of the port a slave is cabled to, if that is known.</summary>
    public IEnumerable<string> QuoteSwitch(BondSlave slave) => LinkOf(slave) is { SwitchInterface: { } name, SwitchFlags: { } flags } link
        ? [$"{SwitchLabel} {link.PortChannel}: {name}({flags})"]
        : [];

    private static string Describe(LacpPort? port) => port is null
        ? "unknown"
        : $"{port.SystemMacAddress} key {port.Key} port {port.PortNumber} state {(int)port.State} ({port.State})";

    private LacpLink Join(BondSlave slave)
    {
        var cable = Cabling.PortOf(slave.Name);
        var port = cable?.Port;
        var (channel, member) = port is null ? default : FindMember(port);
        var partner = HasPartner(slave) ? slave.Partner : null;
        return new LacpLink
        {
            HostInterface = slave.Name,
            SwitchInterface = member?.Interface ?? port,
            MappedBy = cable?.Source,
            HostBundled = IsLacp && slave.Actor is null ? null : IsBundled(slave),
            SwitchBundled = member?.Bundled,
            MiiStatus = slave.MiiStatus,
            ActorPortNumber = slave.Actor?.PortNumber,
            PartnerPortNumber = partner?.PortNumber,
            ActorState = slave.Actor?.State,
            PartnerState = partner?.State,
            AggregatorId = slave.AggregatorId,
            PortChannel = channel?.PortChannel,
            SwitchFlags = member?.Flags,
        };
    }

    private bool IsBundled(BondSlave slave) =>
        IsUp(slave) && HasPartner(slave)
        && slave.AggregatorId is not null && slave.AggregatorId == Bond.ActiveAggregatorId
        && (slave.Actor!.State & slave.Partner!.State & Carrying) == Carrying;

    private (CiscoEtherChannel? Channel, CiscoEtherChannelMember? Member) FindMember(string port)
    {
        foreach (var channel in Evidence.EtherChannels ?? [])
        {
            foreach (var member in channel.Members)
            {
                if (CiscoInterfaceName.Same(member.Interface, port))
                    return (channel, member);
            }
        }
        return default;
    }

    private CiscoEtherChannel[] FindChannels()
    {
        var all = Evidence.EtherChannels ?? [];
        if (Evidence.Group is { } group)
            return [.. all.Where(channel => channel.Group == group)];
        var cabled = all.Where(channel => Links.Any(link => link.PortChannel == channel.PortChannel)).ToArray();
        if (cabled.Length > 0)
            return cabled;
        // IOS takes the group's number for the key, so a lone match is the one; where it does not, nothing is guessed.
        var likely = all.Count == 1 ? all : [.. all.Where(channel => channel.Group == Bond.PartnerKey)];
        return likely.Count == 1 ? [likely[0]] : [];
    }
}
