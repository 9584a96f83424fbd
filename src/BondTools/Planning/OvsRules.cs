using System.Collections.Generic;
using System.Linq;
using BondTools.Linux;

namespace BondTools.Planning;

/// <summary>What bonds and bridges of Open vSwitch must keep to (PVE::INotify, ovs-vsctl(8)).</summary>
internal static class OvsRules
{
    /// <summary>What is wrong with a bond.</summary>
    public static IEnumerable<string> Problems(InterfacesFile file, PveOvsBond bond) =>
        OwnProblems(file, bond).Concat(BondRules.SlaveProblems(file, bond.Name, bond.Slaves, bond.Mtu))
            .Concat(NetworkRules.Problems(file, StanzaText.Of(bond), bond.Mtu, bond.OtherOptions, PveOvsBond.Known));

    /// <summary>What is wrong with a bridge.</summary>
    public static IEnumerable<string> Problems(InterfacesFile file, PveOvsBridge bridge) =>
        PortProblems(file, bridge).Concat(NetworkRules.GatewayProblems(bridge.Gateway, bridge.Gateway6))
            .Concat(NetworkRules.Problems(file, StanzaText.Of(bridge), bridge.Mtu, bridge.OtherOptions, PveOvsBridge.Known));

    /// <summary>The settings of the kernel's bonds that a change names and Open vSwitch has not.</summary>
    public static IEnumerable<string> Foreign(PveBondChange change) =>
        BondOption.All.Select(option => option.Property).Concat([nameof(change.Addresses), nameof(change.Gateway), nameof(change.Gateway6)]).Distinct()
            .Where(property => property != nameof(change.LacpRate) && change.Names(property));

    /// <summary>The settings of the kernel's bridges that a change names and Open vSwitch has not.</summary>
    public static IEnumerable<string> Foreign(PveBridgeChange change) =>
        new (string Name, object? Value)[]
        {
            (nameof(change.VlanAware), change.VlanAware), (nameof(change.VlanIds), change.VlanIds), (nameof(change.DefaultVlanId), change.DefaultVlanId),
            (nameof(change.Stp), change.Stp), (nameof(change.ForwardDelay), change.ForwardDelay),
        }.Where(setting => setting.Value is not null).Select(setting => setting.Name);

    /// <summary>What ifupdown2 would not do of a change (addons/openvswitch_port.py: <c>--may-exist add-bond</c>).</summary>
    public static IEnumerable<string> Cautions(InterfacesFile before, InterfacesFile after, string name)
    {
        if (before.Find(name) is { Type: NetworkInterfaceType.OvsBond } old && after.Find(name) is { Type: NetworkInterfaceType.OvsBond } wish
            && !old.OptionWords("ovs-bonds").SequenceEqual(wish.OptionWords("ovs-bonds")))
            yield return $"ifupdown2 does not give {name} other slaves once Open vSwitch has it: remove it, publish, and add it again.";
    }

    private static IEnumerable<string> OwnProblems(InterfacesFile file, PveOvsBond bond)
    {
        if (bond.Bridge is null)
            yield return $"{bond.Name} is on no Open vSwitch bridge.";
        else if (file.Find(bond.Bridge)?.Type != NetworkInterfaceType.OvsBridge)
            yield return $"{PlainText.Printable(bond.Bridge)} is no Open vSwitch bridge in the file.";
        if (bond.Slaves.Count == 1)
            yield return $"{bond.Name} has one slave; ovs-vsctl makes a bond of two at least.";
        if (bond.Mode is null)
            yield return $"{bond.Name} has no mode; the modes are {string.Join(", ", OvsBondMode.All)}.";
        else if (bond.LacpRate is not null && !bond.Mode.SpeaksLacp)
            yield return $"The LACP rate does not fit the mode {bond.Mode}, which speaks no LACP.";
        if (bond.VlanTag is < 1 or > VlanRules.LastVlan)
            yield return $"The VLAN tag {bond.VlanTag} of {bond.Name} is not between 1 and {VlanRules.LastVlan}.";
    }

    private static IEnumerable<string> PortProblems(InterfacesFile file, PveOvsBridge bridge)
    {
        foreach (var port in NetworkRules.Duplicates(bridge.Ports))
            yield return $"The port {PlainText.Printable(port)} is listed twice.";
        var before = file.Find(bridge.Name) is { Type: NetworkInterfaceType.OvsBridge } stanza ? PveOvsBridge.From(stanza).Ports : [];
        foreach (var port in bridge.Ports)
        {
            if (NetworkRules.UseProblem(file, bridge.Name, port) is { } problem)
                yield return problem;
            else if (!before.Contains(port) && file.Find(port) is { } there && there.Type is not (NetworkInterfaceType.Ethernet or NetworkInterfaceType.Unknown))
                yield return $"{port} is of type {there.Type}; only NICs become ports this way, and an Open vSwitch bond by naming its bridge.";
        }

        foreach (var gone in before.Except(bridge.Ports).Where(port => file.Find(port)?.Type is NetworkInterfaceType.OvsBond or NetworkInterfaceType.OvsIntPort))
            yield return $"{gone} is still a port of {bridge.Name}; change or remove it first.";
    }
}
