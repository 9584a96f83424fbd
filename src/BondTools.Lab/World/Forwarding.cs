using System.Collections.Generic;
using System.Linq;
using System.Net;
using BondTools.Hashing;
using BondTools.Linux;

namespace BondTools.Lab.World;

/// <summary>Takes an echo request from a container (or the host) to a PC and the reply back, link by link, and counts it.</summary>
internal static class Forwarding
{
    private static readonly MacAddress Gateway = new([0x02, 0x00, 0x5e, 0, 0, 1]);

    /// <summary>Sends one echo request and its reply.</summary>
    /// <param name="world">The world, with its gate held.</param>
    /// <param name="source">Who asks.</param>
    /// <param name="target">Who is asked.</param>
    /// <param name="bytes">The size of the frame as counters see it.</param>
    /// <param name="identifier">The ICMP identifier, which some hash policies look at.</param>
    /// <param name="sequence">The number of the request.</param>
    /// <returns>Whether the reply came back.</returns>
    public static bool Ping(LabWorld world, PingSource source, IPAddress target, int bytes, ushort identifier, ushort sequence)
    {
        if (source.Address.Address.Equals(target))
            return true;
        if (!source.Address.Reaches(target) || world.Network.Bridge(source.Bridge) is not { } bridge)
            return false;
        if (world.Network.Containers.Exists(c => c.Bridge == bridge.Name && target.Equals(c.Address?.Address)
            && c.Address!.Reaches(source.Address.Address)))
            return true;
        if (target.Equals(bridge.Address?.Address))
            return true;
        if (bridge.Ports.Exists(p => world.Network.Nic(p) is { Cable: null, Carrier: true }))
            return LeavesLab(world, bridge, source, target, bytes);

        var there = world.Switch.Ports.Find(p => p.Pc is { } pc && pc.Address == target.ToString());
        if (there?.Pc is not { } host || !there.LinkUp)
            return false;
        var request = Flow.Between(source.Address.Address, target) with
        {
            SourceMac = source.MacAddress, DestinationMac = host.MacAddress, Protocol = 1, IcmpType = 8, IcmpIdentifier = identifier,
        };
        var reply = Flow.Between(target, source.Address.Address) with
        {
            SourceMac = host.MacAddress, DestinationMac = source.MacAddress, Protocol = 1, IcmpIdentifier = identifier,
        };
        var arrived = false;
        foreach (var port in bridge.Ports.ToArray())
            arrived |= SendUp(world, port, new Packet(request, bytes, sequence));
        if (!arrived)
            return false;
        there.Counters.Sent(bytes);
        there.Counters.Received(bytes);
        return SendDown(world, bridge, new Packet(reply, bytes, sequence));
    }

    /// <summary>Sends one datagram to a PC, where nobody listens.</summary>
    /// <param name="world">The world, with its gate held.</param>
    /// <param name="source">Who sends.</param>
    /// <param name="target">To whom.</param>
    /// <param name="bytes">The size of the frame as counters see it.</param>
    /// <param name="port">The port it is sent to.</param>
    public static void Datagram(LabWorld world, PingSource source, IPAddress target, int bytes, ushort port)
    {
        var there = world.Switch.Ports.Find(p => p.LinkUp && p.Pc is { } pc && pc.Address == target.ToString());
        if (there?.Pc is not { } pc || world.Network.Bridge(source.Bridge) is not { } bridge)
            return;
        var flow = Flow.Between(source.Address.Address, target) with
        {
            SourceMac = source.MacAddress, DestinationMac = pc.MacAddress, Protocol = 17, SourcePort = world.NextPort(), DestinationPort = port,
        };
        var arrived = false;
        foreach (var name in bridge.Ports.ToArray())
            arrived |= SendUp(world, name, new Packet(flow, bytes));
        if (arrived)
            there.Counters.Sent(bytes);
    }

    // The PVE host's own network ends at its gateway.
    private static bool LeavesLab(LabWorld world, Bridge bridge, PingSource source, IPAddress target, int bytes)
    {
        var nic = world.Network.Nics.Find(n => bridge.Ports.Contains(n.Name))!;
        nic.Counters.Sent(bytes);
        var answered = source.Gateway is { } gateway && gateway.Equals(target) && !Gateway.Equals(source.MacAddress);
        if (answered)
            nic.Counters.Received(bytes);
        return answered;
    }

    private static bool SendUp(LabWorld world, string port, Packet packet)
    {
        var bond = world.Network.Bond(port);
        if (bond is null)
            return world.Network.Nic(port) is { } nic && Transmit(world, nic, packet);
        if (!bond.Carrier)
        {
            bond.Counters.DropSent();
            return false;
        }
        var arrived = false;
        foreach (var slave in Choose(bond, packet.Flow))
        {
            bond.Counters.Sent(packet.Bytes);
            arrived |= Transmit(world, slave.Nic, packet);
        }
        return arrived;
    }

    private static List<BondMember> Choose(BondDevice bond, Flow flow)
    {
        var senders = bond.Senders();
        var mode = bond.Options.Mode;
        if (senders.Count <= 1 || mode.Equals(BondMode.Broadcast))
            return senders;
        int index;
        if (mode.Equals(BondMode.BalanceRR))
            index = bond.NextRoundRobin();
        else if (mode.Equals(BondMode.BalanceTlb) || mode.Equals(BondMode.BalanceAlb))
            // The driver deals peers to slaves by load; with like loads that is in turn.
            index = flow.DestinationAddress!.GetAddressBytes()[3];
        else
            return [senders[LinuxTransmitHash.SelectSlave(bond.Options.Policy, flow, senders.Count)]];
        return [senders[index % senders.Count]];
    }

    private static bool Transmit(LabWorld world, Nic nic, Packet packet)
    {
        if (!nic.Carrier)
            return false;
        nic.Counters.Sent(packet.Bytes);
        nic.Show(packet);
        if (nic.Cable is not { PassesToSwitch: true } cable)
            return false;
        cable.Port.Counters.Received(packet.Bytes);
        if (Logical(world.Switch, cable.Port) is not { } logical)
            return false;
        world.Switch.Learned[packet.Flow.SourceMac!] = logical;
        return true;
    }

    private static bool SendDown(LabWorld world, Bridge bridge, Packet packet)
    {
        var (flow, bytes) = (packet.Flow, packet.Bytes);
        var model = world.Switch;
        // It has just learned where the host is, from the request.
        if (!model.Learned.TryGetValue(flow.DestinationMac!, out var logical))
            return false;
        var members = model.Ports.Where(p => Logical(model, p) == logical).ToList();
        if (members.Count == 0)
            return false;
        var port = members[members.Count == 1 ? 0 : CiscoLoadBalanceForecast.SelectPort(model.LoadBalance, flow, members.Count)];
        port.Counters.Sent(bytes);
        if (port.Cable is not { PassesToHost: true } cable)
            return false;
        var nic = cable.Nic;
        nic.Counters.Received(bytes);
        nic.Show(packet);
        if (nic.Bond is not { } bond)
            return bridge.Ports.Contains(nic.Name);
        if (bond.Find(nic) is not { } slave || !bond.Accepts(slave))
        {
            nic.Counters.DropReceived();
            return false;
        }
        bond.Counters.Received(bytes);
        return bridge.Ports.Contains(bond.Name);
    }

    // The port-channel or port that a frame is on; null where the switch lets no frame through.
    private static string? Logical(SwitchModel model, SwitchPort port)
    {
        if (!port.LinkUp)
            return null;
        if (port.Group is not { } group)
            return port.Name;
        return model.IsBundled(port) ? "Po" + group : null;
    }
}

/// <summary>Who sends a ping.</summary>
internal sealed record PingSource(string Bridge, HostAddress Address, MacAddress MacAddress, IPAddress? Gateway);
