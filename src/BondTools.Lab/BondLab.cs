using System;
using System.Collections.Generic;
using System.Linq;
using BondTools.Lab.Host;
using BondTools.Lab.Switch;
using BondTools.Lab.World;

namespace BondTools.Lab;

/// <summary>How a lab begins.</summary>
public enum BondLabStart
{
    /// <summary>The host has its cards and vmbr0, but no bond0 and no vmbr1; the switch has no port-channel.</summary>
    Bare,
    /// <summary>Everything is configured as in the article, and LACP has long converged.</summary>
    Article,
}

/// <summary>A fault that is set.</summary>
/// <param name="Fault">What is wrong.</param>
/// <param name="Link">The link, 1 or 2.</param>
public sealed record BondLabFaultState(BondLabFault Fault, int Link);

/// <summary>What a lab is made with.</summary>
public sealed class BondLabOptions
{
    /// <summary>How it begins.</summary>
    public BondLabStart Start { get; init; }

    /// <summary>The time it lives in; the machine's own when null.</summary>
    public ILabClock? Clock { get; init; }

    /// <summary>A name for the lab, to tell several apart.</summary>
    public string Name { get; init; } = "lab";

    /// <summary>The secret that <c>enable</c> asks for; when null, the switch's terminal begins privileged.</summary>
    public string? EnableSecret { get; init; }

    /// <summary>Whether the switch has an archive, and with it a revert timer for configurations.</summary>
    public bool SwitchArchive { get; init; } = true;
}

/// <summary>
/// A Proxmox VE host and a Cisco switch in the article's topology, emulated: link 1 is enp0s8 to Ethernet0/0, link 2 is
/// enp0s9 to Ethernet0/1; two containers on the host, two PCs behind the switch.
/// </summary>
public sealed class BondLab
{
    private readonly LabWorld _world;
    private readonly List<(BondLabFaultState State, Action Undo)> _faults = [];

    private BondLab(BondLabOptions options)
    {
        Name = options.Name;
        _world = new LabWorld(options.Clock ?? new SystemLabClock());
        Topology.Build(_world);
        if (!options.SwitchArchive)
            _world.Switch.ArchivePath = null;
        var host = new EmulatedHost(_world, "pve");
        var device = new EmulatedSwitch(_world, "L2SW", options.EnableSecret);
        (Host, Switch) = (host, device);
        var isBare = options.Start == BondLabStart.Bare;
        host.Files.Write("/etc/network/interfaces", isBare ? Topology.BareInterfaces : Topology.ArticleInterfaces);
        // The host was switched on a while ago. Its file has no commands to wait for.
        NetworkReload.RunAsync(host, new System.Text.StringBuilder(), default).GetAwaiter().GetResult();
        lock (_world.Gate)
        {
            if (!isBare)
                Topology.ConfigureArticle(_world);
            _world.Settle(TimeSpan.FromSeconds(isBare ? 5 : 90));
        }
        device.SaveConfiguration();
    }

    /// <summary>The lab's name.</summary>
    public string Name { get; }

    /// <summary>The Proxmox VE host, pve.</summary>
    public IEmulatedDevice Host { get; }

    /// <summary>The switch, L2SW.</summary>
    public IEmulatedDevice Switch { get; }

    /// <summary>The faults that are set, in the order they were set.</summary>
    public IReadOnlyList<BondLabFaultState> Faults
    {
        get
        {
            lock (_world.Gate)
                return _faults.Select(f => f.State).ToList();
        }
    }

    /// <summary>Builds a lab.</summary>
    /// <param name="options">What it is made with; the defaults when null.</param>
    public static BondLab Create(BondLabOptions? options = null) => new(options ?? new BondLabOptions());

    /// <summary>Sets a fault; setting the same one twice changes nothing.</summary>
    /// <param name="fault">What shall be wrong.</param>
    /// <param name="link">The link, 1 or 2.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such link or fault.</exception>
    public void SetFault(BondLabFault fault, int link)
    {
        if (link is not (1 or 2))
            throw new ArgumentOutOfRangeException(nameof(link), link, "The lab has the links 1 and 2.");
        var state = new BondLabFaultState(fault, link);
        lock (_world.Gate)
        {
            _world.Advance();
            if (!_faults.Exists(f => f.State == state))
                _faults.Add((state, LabFaults.Apply(_world, fault, _world.Cables[link - 1])));
        }
    }

    /// <summary>Puts everything right again, the last fault first.</summary>
    public void ClearFaults()
    {
        lock (_world.Gate)
        {
            _world.Advance();
            for (var i = _faults.Count - 1; i >= 0; i--)
                _faults[i].Undo();
            _faults.Clear();
        }
    }
}
