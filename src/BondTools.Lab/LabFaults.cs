using System;
using System.Collections.Generic;
using System.Linq;
using BondTools.Lab.World;

namespace BondTools.Lab;

/// <summary>Makes a fault in a world, and says how it is mended.</summary>
internal static class LabFaults
{
    private const int OtherGroup = 2;

    /// <summary>Makes the fault; call it with the gate held.</summary>
    /// <returns>What mends it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such fault.</exception>
    public static Action Apply(LabWorld world, BondLabFault fault, Cable cable)
    {
        switch (fault)
        {
            case BondLabFault.Unplug:
                cable.Unplugged = true;
                return () => cable.Unplugged = false;
            case BondLabFault.SilentLoss:
                return Lose(cable, toHost: true, toSwitch: true);
            case BondLabFault.LossToHost:
                return Lose(cable, toHost: true, toSwitch: cable.LosesToSwitch);
            case BondLabFault.LossToSwitch:
                return Lose(cable, toHost: cable.LosesToHost, toSwitch: true);
            case BondLabFault.FlappingCable:
                cable.Flaps = true;
                return () => cable.Flaps = false;
            case BondLabFault.SpeedMismatch:
                Damage(world, cable, true);
                return () => Damage(world, cable, false);
            case BondLabFault.OtherSwitch:
                world.Misplace(cable, toStranger: true);
                return () => world.Misplace(cable, toStranger: false);
            case BondLabFault.Loop:
                Loop(world, true);
                return () => Loop(world, false);
            case BondLabFault.SwappedCables:
                return Swap(world, cable);
            case BondLabFault.DuplicateSystem:
                return Duplicate(world);
            case BondLabFault.NicRenamed:
                return Rename(cable.Nic);
            case BondLabFault.LacpOff:
                return Regroup(world, [cable.Port], null, cable.Port.Mode);
            case BondLabFault.WrongKey:
                return Regroup(world, [cable.Port], OtherGroup, ChannelMode.Active);
            case BondLabFault.WrongMode:
                var group = cable.Port.Group ?? 1;
                var ports = world.Switch.Members(group).ToList();
                return Regroup(world, ports.Count > 0 ? ports : world.Cables.ConvertAll(c => c.Port), group, ChannelMode.On);
            default:
                throw new ArgumentOutOfRangeException(nameof(fault), fault, "The lab does not know this fault.");
        }
    }

    private static Action Lose(Cable cable, bool toHost, bool toSwitch)
    {
        var before = (cable.LosesToHost, cable.LosesToSwitch);
        (cable.LosesToHost, cable.LosesToSwitch) = (toHost, toSwitch);
        return () => (cable.LosesToHost, cable.LosesToSwitch) = before;
    }

    private static void Damage(LabWorld world, Cable cable, bool damaged)
    {
        cable.Damaged = damaged;
        world.Plug(cable, cable.Port);
    }

    private static void Loop(LabWorld world, bool looped)
    {
        var cables = world.Cables;
        for (var i = 0; i < cables.Count; i++)
        {
            cables[i].Loop = looped ? cables[cables.Count - 1 - i].Nic : null;
            world.Plug(cables[i], cables[i].Port);
        }
    }

    // The other host's first link is where this cable should be, its second one beside the port where this cable is now.
    private static Action Swap(LabWorld world, Cable cable)
    {
        var home = cable.Port;
        List<SwitchPort> free = [.. world.Switch.Ports.Where(p => p is { Cable: null, Pc: null, Guest: null }).Take(2)];
        var regroup = Regroup(world, free, OtherGroup, ChannelMode.Active);
        var other = new OtherHost(MacAddress.Parse("08:00:27:77:20:01"));
        world.Neighbours.Add(other);
        world.Plug(cable, free[0]);
        other.Plug(home);
        other.Plug(free[1]);
        return () =>
        {
            Leave(world, other);
            world.Plug(cable, home);
            regroup();
        };
    }

    private static Action Duplicate(LabWorld world)
    {
        var port = world.Switch.Ports.First(p => p is { Cable: null, Pc: null, Guest: null });
        var regroup = Regroup(world, [port], OtherGroup, ChannelMode.Active);
        var other = new OtherHost(world.Network.Bonds.Find(b => b.Lacp is not null)?.Address ?? world.Cables[0].Nic.PermanentAddress);
        world.Neighbours.Add(other);
        other.Plug(port);
        return () =>
        {
            Leave(world, other);
            regroup();
        };
    }

    private static void Leave(LabWorld world, OtherHost other)
    {
        other.Unplug();
        world.Neighbours.Remove(other);
    }

    private static Action Rename(Nic nic)
    {
        var (name, bond) = (nic.Name, nic.Bond);
        if (bond is not null)
            HostNetwork.Release(bond, nic);
        // Nothing is configured for the new name, so nobody sets it up.
        (nic.Name, nic.AdminUp) = (name.Replace("enp0", "en"), false);
        return () =>
        {
            nic.Name = name;
            if (bond is not null)
                HostNetwork.Enslave(bond, nic);
        };
    }

    private static Action Regroup(LabWorld world, List<SwitchPort> ports, int? group, ChannelMode mode)
    {
        var before = ports.ConvertAll(p => (Port: p, p.Group, p.Mode));
        foreach (var port in ports)
            world.Switch.SetGroup(port, group, mode);
        return () =>
        {
            foreach (var (port, oldGroup, oldMode) in before)
            {
                // Whoever has configured the port since then knows better.
                if (port.Group == group && port.Mode == mode)
                    world.Switch.SetGroup(port, oldGroup, oldMode);
            }
            if (group is { } number && !world.Switch.Members(number).Any() && before.TrueForAll(b => b.Group != number))
                world.Switch.RemoveChannel(number);
        };
    }
}
