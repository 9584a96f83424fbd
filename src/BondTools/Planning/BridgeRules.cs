using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using BondTools.Linux;

namespace BondTools.Planning;

/// <summary>What a bridge must keep to, by the rules of Proxmox VE.</summary>
internal static class BridgeRules
{
    private const int FirstVlan = 2;
    private const int LastVlan = 4094;

    /// <summary>Why a name cannot be a bridge's; null when it can.</summary>
    public static string? NameProblem(string name)
    {
        if (InterfaceName.Problem(name) is { } reason)
            return $"'{PlainText.Printable(name)}' is no interface name: {reason}.";
        return !InterfaceName.IsProxmoxName(name) || name.IndexOf('.') >= 0 || name == "lo" || NetworkInterface.IsPhysicalName(name)
            || NetworkInterface.IsNumbered(name, "bond") || NetworkInterface.IsNumbered(name, "vlan")
            ? $"Proxmox VE does not take '{name}' for a bridge; it names bridges vmbr0, vmbr1…"
            : null;
    }

    /// <summary>What is wrong with a bridge.</summary>
    public static IEnumerable<string> Problems(InterfacesFile file, PveBridge bridge) =>
        PortProblems(file, bridge).Concat(OptionProblems(bridge)).Concat(NetworkRules.GatewayProblems(bridge.Gateway, bridge.Gateway6))
            .Concat(NetworkRules.Problems(file, StanzaText.Of(bridge), bridge.Mtu, bridge.OtherOptions, PveBridge.Known));

    private static IEnumerable<string> PortProblems(InterfacesFile file, PveBridge bridge)
    {
        foreach (var port in NetworkRules.Duplicates(bridge.Ports))
            yield return $"The port {PlainText.Printable(port)} is listed twice.";
        foreach (var port in bridge.Ports)
        {
            var dot = port.LastIndexOf('.');
            // A VLAN on an interface of the file needs no stanza of its own.
            var vlan = dot > 0 && file.Find(port) is null && InterfaceName.Problem(port) is null && file.Find(port.Substring(0, dot)) is not null;
            if (!vlan && NetworkRules.UseProblem(file, bridge.Name, port) is { } problem)
                yield return problem;
            else if (vlan && NetworkRules.UserOf(file, port, bridge.Name) is { } user)
                yield return $"{port} is already used by {user}.";
            else if (file.Find(port)?.Type is NetworkInterfaceType.Bridge or NetworkInterfaceType.Loopback or NetworkInterfaceType.Alias)
                yield return $"{port} cannot be a port of a bridge.";
            else if (bridge.VlanAware && (vlan || file.Find(port)?.Type == NetworkInterfaceType.Vlan))
                yield return $"{port} is a VLAN, which ifupdown2 does not take as a port of a VLAN-aware bridge.";
            else if (NetworkRules.MtuOf(file, port) is { } mtu && mtu < bridge.Mtu)
                yield return $"The MTU {mtu} of the port {port} is smaller than that of {bridge.Name} ({bridge.Mtu}).";
        }
    }

    private static IEnumerable<string> OptionProblems(PveBridge bridge)
    {
        if (bridge.VlanIds is not null && !bridge.VlanAware)
            yield return $"{bridge.Name} is not VLAN aware, so it takes no list of VLANs.";
        if (bridge.VlanIds is not null && VlanRanges(bridge.VlanIds) is null)
            yield return $"'{PlainText.Printable(bridge.VlanIds)}' is no list of VLANs such as '2 4 100-200' between {FirstVlan} and {LastVlan}.";
        if (bridge.DefaultVlanId is not null && !bridge.VlanAware)
            yield return $"{bridge.Name} is not VLAN aware, so it has no VLAN for what has no tag.";
        if (bridge.DefaultVlanId is < 1 or > LastVlan)
            yield return $"The VLAN {bridge.DefaultVlanId} for what has no tag is not between 1 and {LastVlan}.";
        if (bridge.ForwardDelay is { } delay && (delay < TimeSpan.Zero || delay.TotalSeconds > 30 || delay.Ticks % TimeSpan.TicksPerSecond != 0))
            yield return $"The forward delay {delay} of {bridge.Name} is no whole number of seconds from 0 to 30.";
        if (bridge.Stp == true && bridge.ForwardDelay is { TotalSeconds: < 2 })
            yield return $"With the spanning tree protocol the forward delay of {bridge.Name} is 2 seconds at least.";
    }

    /// <summary>The ranges of a list of VLANs such as <c>2 4 100-200</c>; null when it is none.</summary>
    public static IReadOnlyList<(int First, int Last)>? VlanRanges(string text)
    {
        var ranges = text.Split([' '], StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('-'))
            .Select(ends => ends.Length <= 2 ? (First: Number(ends[0]), Last: Number(ends[ends.Length - 1])) : (First: -1, Last: -1)).ToList();
        return ranges.Count > 0 && ranges.TrueForAll(range => range.First >= FirstVlan && range.First <= range.Last && range.Last <= LastVlan) ? ranges : null;
    }

    private static int Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
}
