using System.Collections.Generic;
using System.Linq;
using System.Net;

namespace BondTools.Lab.World;

/// <summary>A bridge of the host.</summary>
internal sealed class Bridge
{
    public required string Name { get; init; }
    public required int Index { get; init; }
    public List<string> Ports { get; } = [];
    public HostAddress? Address { get; set; }
    public IPAddress? Gateway { get; set; }
    public int Mtu { get; set; } = 1500;
    public bool FiltersVlans { get; set; }
    public bool Stp { get; set; }
    public Counters Counters { get; } = new();
}

/// <summary>A VLAN on another interface. It is there to be configured and seen: the lab carries no tagged frames.</summary>
internal sealed record VlanLink(string Name, int Index, string Device, int Id, int Mtu);

/// <summary>An address with its prefix length.</summary>
internal sealed record HostAddress(IPAddress Address, int PrefixLength)
{
    /// <summary>Reads <c>192.168.1.10/24</c>; null when it is not one.</summary>
    public static HostAddress? TryParse(string text)
    {
        var slash = text.IndexOf('/');
        return slash > 0 && IPAddress.TryParse(text.Substring(0, slash), out var address)
            && address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork
            && int.TryParse(text.Substring(slash + 1), out var length) && length is >= 0 and <= 32
            ? new HostAddress(address, length) : null;
    }

    /// <summary>Whether another address is on the same network.</summary>
    public bool Reaches(IPAddress other)
    {
        var mask = PrefixLength == 0 ? 0 : uint.MaxValue << (32 - PrefixLength);
        return ((ToNumber(Address) ^ ToNumber(other)) & mask) == 0;
    }

    public override string ToString() => $"{Address}/{PrefixLength}";

    private static uint ToNumber(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        return ((uint)bytes[0] << 24) | ((uint)bytes[1] << 16) | ((uint)bytes[2] << 8) | bytes[3];
    }
}

/// <summary>A container with one network card.</summary>
internal sealed class Container
{
    public required int Id { get; init; }
    public required string HostName { get; init; }
    public required MacAddress MacAddress { get; set; }
    public required string Bridge { get; set; }
    public HostAddress? Address { get; set; }
    /// <summary>The addresses that it has asked for (ARP).</summary>
    public HashSet<IPAddress> Asked { get; } = [];
    /// <summary>The net0 option as <c>pct config</c> shows it.</summary>
    public required string Net0 { get; set; }
}

/// <summary>The host's interfaces as the kernel has them.</summary>
internal sealed class HostNetwork
{
    private int _lastIndex = 1;

    public List<Nic> Nics { get; } = [];
    public List<BondDevice> Bonds { get; } = [];
    public List<Bridge> Bridges { get; } = [];
    public List<VlanLink> Vlans { get; } = [];
    public List<Container> Containers { get; } = [];
    /// <summary>Every interface's addresses, as configured.</summary>
    public Dictionary<string, IReadOnlyList<string>> Addresses { get; } = [];

    public int NextIndex() => ++_lastIndex;

    public Nic? Nic(string name) => Nics.Find(n => n.Name == name);

    public BondDevice? Bond(string name) => Bonds.Find(b => b.Name == name);

    public Bridge? Bridge(string name) => Bridges.Find(b => b.Name == name);

    /// <summary>The bridge that an interface is a port of.</summary>
    public Bridge? BridgeOf(string port) => Bridges.Find(b => b.Ports.Contains(port));

    /// <summary>The address of a bridge: its first port's that is there, as the kernel gives it.</summary>
    public MacAddress AddressOf(Bridge bridge) =>
        bridge.Ports.Select(p => Bond(p)?.Address ?? Nic(p)?.Address).FirstOrDefault(a => a is { IsZero: false })
        ?? new MacAddress([0x02, 0x42, 0, 0, 0, (byte)bridge.Index]);

    /// <summary>Whether there is an interface that can be a port or carry a VLAN.</summary>
    public bool Exists(string name) => Nic(name) is not null || Bond(name) is not null || Bridge(name) is not null || Vlans.Exists(v => v.Name == name);

    /// <summary>Whether a bridge has a port with a carrier, which is when the kernel calls it UP.</summary>
    public bool HasCarrier(Bridge bridge) => bridge.Ports.Exists(p => Bond(p)?.Carrier ?? Nic(p)?.Carrier ?? false)
        || Containers.Exists(c => c.Bridge == bridge.Name);

    public void Remove(BondDevice bond)
    {
        foreach (var slave in bond.Slaves.ToArray())
            Release(bond, slave.Nic);
        Bonds.Remove(bond);
        foreach (var bridge in Bridges)
            bridge.Ports.Remove(bond.Name);
    }

    /// <summary>The interfaces as the kernel has them before anything is configured.</summary>
    public void Reset()
    {
        foreach (var bond in Bonds.ToArray())
            Remove(bond);
        Bridges.Clear();
        foreach (var nic in Nics)
            nic.AdminUp = nic.Uplink;
    }

    public static void Enslave(BondDevice bond, Nic nic)
    {
        nic.Bond = bond;
        bond.Enslave(nic);
    }

    public static void Release(BondDevice bond, Nic nic)
    {
        bond.Release(nic);
        nic.Bond = null;
    }
}
