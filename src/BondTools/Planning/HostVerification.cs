using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using BondTools.Linux;

namespace BondTools.Planning;

/// <summary>
/// Compares everything that the file says of its interfaces with what the kernel has. ifupdown2 passes over what it does not know
/// and ends well when it could not do something, so its exit status proves nothing.
/// </summary>
internal static class HostVerification
{
    /// <summary>What is not as the file wishes it, a sentence each; empty when everything is.</summary>
    /// <param name="wish">The file that was applied.</param>
    /// <param name="kernel">The kernel's interfaces after the reload.</param>
    /// <param name="before">The file before: an interface that the change did not touch has to be no better than it was.</param>
    /// <param name="kernelBefore">The kernel's interfaces before the reload; without it nothing is asked of untouched interfaces.</param>
    public static IReadOnlyList<string> Problems(InterfacesFile wish, KernelNetwork kernel, InterfacesFile? before = null, KernelNetwork? kernelBefore = null)
    {
        var known = before is null || kernelBefore is null ? [] : new HashSet<string>(Problems(before, kernelBefore));
        var problems = new List<string>();
        foreach (var name in wish.Interfaces.Where(i => i.Auto).Select(i => i.Name).Distinct())
        {
            if (before is not null && kernelBefore is null && IsUntouched(before, wish, name))
                continue;
            problems.AddRange(ProblemsOf(wish, wish.Find(name)!, kernel).Where(problem => !known.Contains(problem)));
        }

        if (before is not null)
            problems.AddRange(Leftovers(before, wish, kernel));
        return problems;
    }

    // What was taken out of the file and is still there; a NIC always is.
    private static IEnumerable<string> Leftovers(InterfacesFile before, InterfacesFile wish, KernelNetwork kernel) =>
        before.Interfaces.Where(i => i.Auto && i.Type is NetworkInterfaceType.Bond or NetworkInterfaceType.Bridge or NetworkInterfaceType.Vlan).Select(i => i.Name).Distinct()
            .Where(name => wish.Find(name) is null && kernel.Find(name) is not null && !IsImplied(wish, name))
            .Select(name => $"{name} is still in the kernel, and in the file no more.");

    // A port such as bond0.100 needs no stanza of its own.
    private static bool IsImplied(InterfacesFile file, string name) => NetworkRules.UserOf(file, name) is not null;

    private static List<string> ProblemsOf(InterfacesFile wish, NetworkInterface stanza, KernelNetwork kernel)
    {
        if (stanza.Type is NetworkInterfaceType.Loopback or NetworkInterfaceType.Alias)
            return [];
        if (stanza.Type == NetworkInterfaceType.OvsBond)
            return [.. OvsBondProblems(PveOvsBond.From(stanza), kernel)];
        if (kernel.Find(stanza.Name) is not { } link)
            return [$"{stanza.Name} does not exist in the kernel."];
        try
        {
            IEnumerable<string> own = stanza.Type switch
            {
                NetworkInterfaceType.Bond => BondProblems(PveBond.From(stanza), link, kernel),
                NetworkInterfaceType.Bridge => BridgeProblems(PveBridge.From(stanza), link, kernel).Concat(PortVlanProblems(PveBridge.From(stanza), wish, kernel)),
                NetworkInterfaceType.Vlan => VlanProblems(PveVlan.From(stanza), link),
                NetworkInterfaceType.OvsBridge => PveOvsBridge.From(stanza).Ports.Where(port => !kernel.OvsPorts.TryGetValue(port, out var there) || there.Bridge != stanza.Name)
                    .Select(port => $"{stanza.Name} lacks its port {port}."),
                _ => [],
            };
            return [.. own.Concat(LinkProblems(stanza, link))];
        }
        catch (UnexpectedOutputException e)
        {
            // What the driver does not take cannot have arrived.
            return [$"{stanza.Name} cannot be compared: '{PlainText.Printable(e.Line)}' is not understood."];
        }
    }

    private static IEnumerable<string> BondProblems(PveBond bond, KernelLink link, KernelNetwork kernel)
    {
        if (link.Bond is not { } files)
        {
            yield return $"{bond.Name} is no bond in the kernel.";
            yield break;
        }

        foreach (var option in BondOption.All)
        {
            if (option.KernelValue(bond) is not { } value)
                continue;
            // The kernel's file holds a word and its number ("bandwidth 1"), a number, or a list; one without a value is empty.
            if (!files.TryGetValue(option.Sysfs, out var shown))
                yield return $"{bond.Name}: {option.Sysfs} has no value in the kernel, and is {option.Text(bond)} in the file.";
            else if (shown != value && !shown.Split(' ').Contains(value))
                yield return $"{bond.Name}: {option.Sysfs} is {(value.IndexOf(' ') < 0 ? shown.Split(' ')[0] : shown)} in the kernel, not {option.Text(bond)} as the file says.";
        }

        foreach (var slave in bond.Slaves.Where(slave => kernel.Find(slave)?.Master != bond.Name))
            yield return $"{bond.Name} lacks its slave {slave}.";
        foreach (var other in kernel.Links.Where(other => other.Master == bond.Name && !bond.Slaves.Contains(other.Name)))
            yield return $"{bond.Name} has the slave {other.Name}, which the file does not name.";
    }

    private static IEnumerable<string> BridgeProblems(PveBridge bridge, KernelLink link, KernelNetwork kernel)
    {
        if (link.VlanFiltering is not { } filtering)
        {
            yield return $"{bridge.Name} is no bridge in the kernel.";
            yield break;
        }

        foreach (var port in bridge.Ports.Where(port => kernel.Find(port)?.Master != bridge.Name))
            yield return $"{bridge.Name} lacks its port {port}.";
        if (filtering != bridge.VlanAware)
            yield return $"{bridge.Name} {(filtering ? "filters" : "does not filter")} VLANs in the kernel, unlike in the file.";
        if (bridge.Stp is { } stp && stp != link.Stp)
            yield return $"{bridge.Name} {(stp ? "does not speak" : "speaks")} the spanning tree protocol in the kernel, unlike in the file.";
    }

    // The VLANs of a bridge are its ports'. A port whose own stanza says something of them has those instead.
    private static IEnumerable<string> PortVlanProblems(PveBridge bridge, InterfacesFile wish, KernelNetwork kernel)
    {
        foreach (var port in bridge.VlanAware ? bridge.Ports : [])
        {
            if (kernel.Find(port)?.PortVlans is not { } vlans || wish.Find(port) is { } own && (own.Option("bridge-vids") ?? own.Option("bridge-pvid") ?? own.Option("bridge-access")) is not null)
                continue;
            foreach (var (first, last) in bridge.VlanIds is { } list ? BridgeRules.VlanRanges(list) ?? [] : [])
            {
                if (Enumerable.Range(first, last - first + 1).Any(id => !vlans.Any(vlan => vlan.First <= id && id <= vlan.Last)))
                    yield return $"{port} is not in every VLAN from {first} to {last} in the kernel, as {bridge.Name} says in the file.";
            }

            if (bridge.DefaultVlanId is { } wished && !vlans.Any(vlan => vlan.IsDefault && vlan.First == wished))
                yield return $"{port} does not put untagged frames into VLAN {wished} in the kernel, as {bridge.Name} says in the file.";
        }
    }

    private static IEnumerable<string> VlanProblems(PveVlan vlan, KernelLink link)
    {
        if (link.VlanId is null)
            yield return $"{vlan.Name} is no VLAN in the kernel.";
        else if (link.VlanId != vlan.VlanId || link.VlanDevice != vlan.Device)
            yield return $"{vlan.Name} is VLAN {link.VlanId} on {link.VlanDevice} in the kernel, not VLAN {vlan.VlanId} on {vlan.Device} as the file says.";
    }

    // An Open vSwitch bond is a port of its bridge, and no interface of the kernel that would show its options.
    private static IEnumerable<string> OvsBondProblems(PveOvsBond bond, KernelNetwork kernel)
    {
        if (!kernel.OvsPorts.TryGetValue(bond.Name, out var port))
        {
            yield return $"{bond.Name} is no port of Open vSwitch.";
            yield break;
        }

        var wished = new (string What, string? Wish, string There)[]
        {
            ("bridge", bond.Bridge, port.Bridge),
            ("bond_mode", bond.Mode?.BondMode, port.BondMode),
            ("lacp", bond.Mode is { SpeaksLacp: true } ? "active" : null, port.Lacp),
            ("tag", bond.VlanTag?.ToString(CultureInfo.InvariantCulture), port.Tag),
            ("lacp-time", bond.LacpRate is { } rate ? KernelWords.Of(rate) : null, port.OtherConfig.LastOrDefault(word => word.StartsWith("lacp-time=", StringComparison.Ordinal))?.Split('=')[1] ?? ""),
        };
        foreach (var (what, wish, there) in wished)
        {
            if (wish is not null && wish != there)
                yield return $"{bond.Name}: {what} is {(there.Length == 0 ? "not set" : there)} in Open vSwitch, not {wish} as the file says.";
        }

        foreach (var slave in bond.Slaves.Except(port.Members))
            yield return $"{bond.Name} lacks its slave {slave}.";
        foreach (var other in port.Members.Except(bond.Slaves))
            yield return $"{bond.Name} has the slave {other}, which the file does not name.";
    }

    private static IEnumerable<string> LinkProblems(NetworkInterface stanza, KernelLink link)
    {
        if (int.TryParse(stanza.Option("mtu") ?? stanza.Option("ovs-mtu"), NumberStyles.None, CultureInfo.InvariantCulture, out var mtu) && mtu != link.Mtu)
            yield return $"{stanza.Name}: the MTU is {link.Mtu} in the kernel, not {mtu} as the file says.";
        foreach (var address in stanza.Addresses.Where(address => !link.Addresses.Any(present => IsSame(address, present))))
            yield return $"{stanza.Name} lacks the address {address}.";
    }

    // An address without a length is the file's business: whatever length the kernel gave it.
    private static bool IsSame(string wished, string present) =>
        IpNetwork.TryParse(present, out var there)
        && (IpNetwork.TryParse(wished, out var network)
            ? network.Address.Equals(there.Address) && network.PrefixLength == there.PrefixLength
            : IpNetwork.TryParseAddress(wished, out var address) && address.Equals(there.Address));

    /// <summary>Whether both files say the same of an interface.</summary>
    public static bool IsUntouched(InterfacesFile before, InterfacesFile wish, string name) => IsSame(wish.Find(name), before.Find(name));

    private static bool IsSame(NetworkInterface? stanza, NetworkInterface? before) =>
        stanza is not null && before is not null && stanza.Auto == before.Auto && stanza.Method == before.Method
        && stanza.Options.Select(option => option.ToString()).SequenceEqual(before.Options.Select(option => option.ToString()), StringComparer.Ordinal);
}
