using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using BondTools.Linux;

namespace BondTools.Analysis;

/// <summary>What the host says of a bond beyond /proc: its stanzas in the interfaces file and its links in the kernel.</summary>
internal sealed class HostCase(LacpLinkEvidence evidence)
{
    private string? Bond => evidence.Bond.Name;

    /// <summary>The bond's stanza; null where it has none.</summary>
    public NetworkInterface? Stanza { get; } = evidence.NetworkInterfaces?.FirstOrDefault(stanza => stanza.Name == evidence.Bond.Name && stanza.Type == NetworkInterfaceType.Bond);

    /// <summary>The slaves that the stanza names and the bond does not have.</summary>
    public IReadOnlyList<string> MissingSlaves => Stanza is null
        ? []
        : [.. Stanza.OptionWords("bond-slaves").Except(evidence.Bond.Slaves.Select(slave => slave.Name))];

    /// <summary>The stanzas of the bridges that have the bond, or a VLAN of it, as a port.</summary>
    public IEnumerable<NetworkInterface> Bridges => (evidence.NetworkInterfaces ?? [])
        .Where(stanza => stanza.Type == NetworkInterfaceType.Bridge && stanza.OptionWords("bridge-ports").Any(port => port == Bond || DeviceOf(port) == Bond));

    /// <summary>Those of them that take tagged frames from the bond itself.</summary>
    public IEnumerable<NetworkInterface> VlanAwareBridges => Bridges
        .Where(bridge => bridge.Option("bridge-vlan-aware") is "yes" or "1" or "on" or "true" && bridge.OptionWords("bridge-ports").Contains(Bond));

    /// <summary>The VLANs of which an interface stands on the bond or on such a bridge, each with that interface's name.</summary>
    public IReadOnlyList<(int VlanId, string Name)> VlanInterfaces
    {
        get
        {
            var carriers = VlanAwareBridges.Select(bridge => bridge.Name).Append(Bond).ToList();
            var stanzas = (evidence.NetworkInterfaces ?? []).Where(stanza => stanza.Type == NetworkInterfaceType.Vlan)
                .Select(stanza => (Device: DeviceOf(stanza.Name) ?? stanza.Option("vlan-raw-device"), Id: PveVlan.NameParts(stanza.Name).VlanId ?? Number(stanza.Option("vlan-id")), stanza.Name));
            // Bridges in the old manner have the VLAN of the bond as their port, with no stanza of its own.
            var ports = Bridges.SelectMany(bridge => bridge.OptionWords("bridge-ports")).Select(port => (Device: DeviceOf(port), Id: PveVlan.NameParts(port).VlanId, Name: port));
            return [.. stanzas.Concat(ports).Where(vlan => vlan.Id is not null && carriers.Contains(vlan.Device)).Select(vlan => (vlan.Id!.Value, vlan.Name)).Distinct()];
        }
    }

    /// <summary>The link of a name in the kernel; null where it has none, or was not asked.</summary>
    public LinkCounter? Link(string? name) => evidence.LinkCounters?.FirstOrDefault(link => link.Interface == name);

    /// <summary>The MTU in bytes that the kernel has, or else that the interfaces file wishes.</summary>
    public int? Mtu(string? name) =>
        Link(name)?.Mtu ?? Number(evidence.NetworkInterfaces?.FirstOrDefault(stanza => stanza.Name == name)?.Option("mtu"));

    /// <summary>The bond's present address.</summary>
    public MacAddress? MacAddress => Link(Bond)?.MacAddress ?? (Stanza?.Option("bond-ad-actor-system") is null ? evidence.Bond.SystemMacAddress : null);

    /// <summary>The address that the stanza gives the bond (<c>hwaddress</c>, with or without <c>ether</c>); null where it gives none.</summary>
    public MacAddress? PinnedAddress =>
        Stanza?.OptionWords("hwaddress") is { Count: > 0 } words && BondTools.MacAddress.TryParse(words[words.Count - 1], out var address) ? address : null;

    /// <summary>Reads a number of an option.</summary>
    public static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string? DeviceOf(string name) => PveVlan.NameParts(name).Device;
}
