using System;
using System.Collections.Generic;
using System.Linq;

namespace BondTools.Linux;

/// <summary>An interface as the kernel has it (/sys/class/net/NAME).</summary>
internal sealed record KernelLink
{
    /// <summary>The interface's name.</summary>
    public required string Name { get; init; }
    /// <summary>The MTU in bytes.</summary>
    public int? Mtu { get; init; }
    /// <summary>The bond, bridge or other interface it is below.</summary>
    public string? Master { get; init; }
    /// <summary>The addresses with their prefix length.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];
    /// <summary>The files of a bond by their name (/sys/class/net/NAME/bonding); null when it is none.</summary>
    public IReadOnlyDictionary<string, string>? Bond { get; init; }
    /// <summary>Whether a bridge filters VLANs; null when it is none.</summary>
    public bool? VlanFiltering { get; init; }
    /// <summary>Whether a bridge speaks the spanning tree protocol; null when it is none.</summary>
    public bool? Stp { get; init; }
    /// <summary>The VLANs of a bridge's port; null when it is none, or when the host does not tell.</summary>
    public IReadOnlyList<KernelPortVlan>? PortVlans { get; init; }
    /// <summary>The VLAN's number; null when it is none.</summary>
    public int? VlanId { get; init; }
    /// <summary>The interface that a VLAN is on.</summary>
    public string? VlanDevice { get; init; }
}

/// <summary>A host's interfaces as the kernel has them.</summary>
internal sealed class KernelNetwork
{
    private readonly Dictionary<string, KernelLink> _links;

    /// <summary>Makes a network of its links.</summary>
    public KernelNetwork(IEnumerable<KernelLink> links) => _links = links.ToDictionary(link => link.Name, StringComparer.Ordinal);

    /// <summary>The ports of Open vSwitch by their name.</summary>
    public IReadOnlyDictionary<string, KernelOvsPort> OvsPorts { get; init; } = new Dictionary<string, KernelOvsPort>();

    /// <summary>The links.</summary>
    public IReadOnlyCollection<KernelLink> Links => _links.Values;

    /// <summary>A link by its name; null when there is none.</summary>
    public KernelLink? Find(string name) => _links.TryGetValue(name, out var link) ? link : null;
}

/// <summary>VLANs of a bridge's port (<c>bridge vlan show</c>).</summary>
/// <param name="First">The first of the range.</param>
/// <param name="Last">The last of the range.</param>
/// <param name="IsDefault">Whether untagged frames are put into it (PVID).</param>
internal readonly record struct KernelPortVlan(int First, int Last, bool IsDefault);
