using System.Collections.Generic;

namespace BondTools.Linux;

/// <summary>A network interface of a Proxmox VE container (pct.conf(5), net[n]).</summary>
public sealed record ContainerNetwork
{
    /// <summary>The host it was read from; null for text that came from no host.</summary>
    public string? ComputerName { get; init; }
    /// <summary>The container's number.</summary>
    public required int ContainerId { get; init; }
    /// <summary>The container's host name.</summary>
    public string? HostName { get; init; }
    /// <summary>The setting's name: <c>net0</c> to <c>net31</c>.</summary>
    public required string Id { get; init; }
    /// <summary>The interface's name in the container: <c>eth0</c>.</summary>
    public required string Name { get; init; }
    /// <summary>The bridge it is plugged into.</summary>
    public string? Bridge { get; init; }
    /// <summary>Its MAC address.</summary>
    public MacAddress? HardwareAddress { get; init; }
    /// <summary>The IPv4 address with its prefix length, <c>dhcp</c> or <c>manual</c>.</summary>
    public string? IPv4 { get; init; }
    /// <summary>The IPv4 gateway.</summary>
    public string? Gateway { get; init; }
    /// <summary>The IPv6 address with its prefix length, <c>auto</c>, <c>dhcp</c> or <c>manual</c>.</summary>
    public string? IPv6 { get; init; }
    /// <summary>The IPv6 gateway.</summary>
    public string? Gateway6 { get; init; }
    /// <summary>The VLAN tag, 1 to 4094.</summary>
    public int? VlanTag { get; init; }
    /// <summary>The MTU in bytes.</summary>
    public int? Mtu { get; init; }
    /// <summary>Whether the firewall filters it.</summary>
    public bool Firewall { get; init; }
    /// <summary>Whether its link is taken down on purpose.</summary>
    public bool LinkDown { get; init; }
    /// <summary>The other options (<c>type</c>, <c>rate</c>, <c>trunks</c>…).</summary>
    public IReadOnlyList<NamedValue> OtherOptions { get; init => field = RecordList.Of(value); } = [];

    /// <summary>The keys in the order they were read, so that a change moves none.</summary>
    internal IReadOnlyList<string> Order { get; init; } = [];

    /// <summary>The value as <c>pct set ID -net0 VALUE</c> takes it: what was read stays in its order, what is new follows.</summary>
    /// <exception cref="BondToolsException">InvalidConfiguration: an address, a gateway, a name or another value is none.</exception>
    public string ToOption() => ContainerConfig.Render(this);
}
