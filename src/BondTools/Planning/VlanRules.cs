using System.Collections.Generic;
using System.Linq;
using BondTools.Linux;

namespace BondTools.Planning;

/// <summary>What a VLAN must keep to, by the rules of Proxmox VE and of the kernel.</summary>
internal static class VlanRules
{
    public const int LastVlan = 4094;

    /// <summary>Why a name cannot be a VLAN's; null when it can.</summary>
    public static string? NameProblem(string name)
    {
        if (InterfaceName.Problem(name) is { } reason)
            return $"'{PlainText.Printable(name)}' is no interface name: {reason}.";
        return !InterfaceName.IsProxmoxName(name) || name == "lo" || NetworkInterface.IsPhysicalName(name)
            || NetworkInterface.IsNumbered(name, "bond") || NetworkInterface.IsNumbered(name, "vmbr")
            ? $"Proxmox VE does not take '{name}' for a VLAN; it names VLANs bond0.100, vlan100, or otherwise than NICs, bonds and bridges."
            : null;
    }

    /// <summary>What is wrong with a VLAN.</summary>
    public static IEnumerable<string> Problems(InterfacesFile file, PveVlan vlan) =>
        PlaceProblems(file, vlan).Concat(NetworkRules.GatewayProblems(vlan.Gateway, vlan.Gateway6))
            .Concat(NetworkRules.Problems(file, StanzaText.Of(vlan), vlan.Mtu, vlan.OtherOptions, PveVlan.Known));

    private static IEnumerable<string> PlaceProblems(InterfacesFile file, PveVlan vlan)
    {
        var (device, id) = PveVlan.NameParts(vlan.Name);
        if (vlan.VlanId is not { } number)
            yield return $"{vlan.Name} has no VLAN number, and its name does not tell one.";
        else if (number is < 1 or > LastVlan)
            yield return $"The VLAN {number} of {vlan.Name} is not between 1 and {LastVlan}.";
        else if (id is not null && id != number)
            yield return $"The name {vlan.Name} says VLAN {id}, not {number}.";
        if (vlan.Device is not { } below)
            yield return $"{vlan.Name} is on no interface, and its name does not tell one.";
        else if (device is not null && device != below)
            yield return $"The name {vlan.Name} says that it is on {device}, not on {PlainText.Printable(below)}.";
        else if (file.Find(below) is not { } stanza)
            yield return $"{PlainText.Printable(below)}, which {vlan.Name} is to be on, is not in the file.";
        else if (stanza.Type is not (NetworkInterfaceType.Ethernet or NetworkInterfaceType.Bond or NetworkInterfaceType.Bridge or NetworkInterfaceType.Vlan))
            yield return $"{below} is of type {stanza.Type}; a VLAN can be on a NIC, a bond, a bridge or another VLAN.";
        else if (NetworkRules.UserOf(file, below) is { } user && file.Find(user)!.Type is NetworkInterfaceType.Bond or NetworkInterfaceType.OvsBond)
            yield return $"{below} is a slave of {user}; a VLAN on it would see no traffic.";
        else if (NetworkRules.MtuOf(file, below) is { } mtu && mtu < vlan.Mtu)
            yield return $"The MTU {mtu} of {below} is smaller than that of {vlan.Name} ({vlan.Mtu}).";
        if (vlan.Addresses.Count > 0 && NetworkRules.UserOf(file, vlan.Name) is { } bridge)
            yield return $"{vlan.Name} is a port of {bridge}, which takes the addresses.";
        var twin = file.Interfaces.FirstOrDefault(i => i.Name != vlan.Name && i.Type == NetworkInterfaceType.Vlan && PveVlan.From(i) is var other && other.Device == vlan.Device && other.VlanId == vlan.VlanId);
        if (twin is not null)
            yield return $"{twin.Name} is VLAN {vlan.VlanId} on {vlan.Device} already.";
    }
}
