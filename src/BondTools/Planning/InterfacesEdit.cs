using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Sockets;
using BondTools.Linux;

namespace BondTools.Planning;

/// <summary>
/// Changes to /etc/network/interfaces. Each gives a new file in which every byte is kept that it was not asked to change; a
/// wish that Proxmox VE or the bonding driver would not take is refused before anything is produced.
/// </summary>
public static partial class InterfacesEdit
{
    private static readonly TimeSpan UsualPollingInterval = TimeSpan.FromMilliseconds(100);
    private const string EveryVlan = "2-4094";

    /// <summary>Adds a bond, and for each slave the stanza and the <c>auto</c> that it lacks.</summary>
    /// <param name="file">The file.</param>
    /// <param name="wish">The bond; without a polling interval it gets 100 ms, as Proxmox VE writes, or 0 beside the ARP monitor.</param>
    /// <returns>The new file.</returns>
    /// <exception cref="BondToolsException">AlreadyExists or InvalidConfiguration, with the reason.</exception>
    public static InterfacesFile AddBond(InterfacesFile file, PveBond wish)
    {
        RequireBondName(wish.Name);
        RefuseExisting(file, wish.Name);
        var bond = wish with { MiiPollingInterval = wish.MiiPollingInterval ?? (wish.ArpPollingInterval is { Ticks: > 0 } ? TimeSpan.Zero : UsualPollingInterval) };
        NetworkRules.Refuse(BondRules.Problems(file, bond), []);

        var editor = new InterfacesEditor(file);
        AddSlaves(file, editor, bond.Slaves);
        editor.Append(StanzaText.Of(bond).Lines());
        return editor.ToFile();
    }

    /// <summary>Changes a bond; new slaves get the stanza and the <c>auto</c> that they lack.</summary>
    /// <param name="file">The file.</param>
    /// <param name="name">The bond's name.</param>
    /// <param name="change">What to change; null leaves a setting as it is.</param>
    /// <returns>The new file.</returns>
    /// <exception cref="BondToolsException">NotFound or InvalidConfiguration, with the reason.</exception>
    public static InterfacesFile SetBond(InterfacesFile file, string name, PveBondChange change)
    {
        var old = FindBond(file, name);
        var bond = WithMethod(change.ApplyTo(old), old.Addresses);
        NetworkRules.Refuse(BondRules.Problems(file, bond), BondRules.Problems(file, old));

        var editor = new InterfacesEditor(file);
        AddSlaves(file, editor, bond.Slaves.Except(old.Slaves));
        var text = StanzaText.Of(bond);
        Write(editor, StanzaText.Of(old), text);
        foreach (var option in BondOption.All)
        {
            // An option that is asked for again gets the command that a hand-written stanza lacks.
            if (option.Companion is not null && (option.Text(bond) != option.Text(old) || change.Names(option.Property)))
                editor.SetCompanion(name, option, text.Companions.FirstOrDefault(companion => companion.Option == option).Command);
        }

        return editor.ToFile();
    }

    /// <summary>Removes a bond; its slaves' stanzas stay.</summary>
    /// <param name="file">The file.</param>
    /// <param name="name">The bond's name.</param>
    /// <returns>The new file.</returns>
    /// <exception cref="BondToolsException">NotFound, or InvalidConfiguration when something still stands on it.</exception>
    public static InterfacesFile RemoveBond(InterfacesFile file, string name)
    {
        FindBond(file, name);
        return Remove(file, name);
    }

    /// <summary>Adds a bridge.</summary>
    /// <param name="file">The file.</param>
    /// <param name="wish">
    /// The bridge; as Proxmox VE writes it, it has no spanning tree protocol and a forward delay of 0 unless the wish says
    /// otherwise, and when it is VLAN aware the VLANs 2 to 4094.
    /// </param>
    /// <returns>The new file.</returns>
    /// <exception cref="BondToolsException">AlreadyExists or InvalidConfiguration, with the reason.</exception>
    public static InterfacesFile AddBridge(InterfacesFile file, PveBridge wish)
    {
        if (BridgeRules.NameProblem(wish.Name) is { } problem)
            throw new BondToolsException(BondToolsErrorKind.InvalidConfiguration, problem);
        RefuseExisting(file, wish.Name);
        var bridge = wish with
        {
            Stp = wish.Stp ?? false,
            ForwardDelay = wish.ForwardDelay ?? (wish.Stp == true ? null : TimeSpan.Zero),
            VlanIds = wish.VlanIds ?? (wish.VlanAware ? EveryVlan : null),
        };
        NetworkRules.Refuse(BridgeRules.Problems(file, bridge), []);

        var editor = new InterfacesEditor(file);
        editor.Append(StanzaText.Of(bridge).Lines());
        return editor.ToFile();
    }

    /// <summary>Changes a bridge.</summary>
    /// <param name="file">The file.</param>
    /// <param name="name">The bridge's name.</param>
    /// <param name="change">What to change; null leaves a setting as it is.</param>
    /// <returns>The new file.</returns>
    /// <exception cref="BondToolsException">NotFound or InvalidConfiguration, with the reason.</exception>
    public static InterfacesFile SetBridge(InterfacesFile file, string name, PveBridgeChange change)
    {
        var old = FindBridge(file, name);
        var bridge = WithMethod(change.ApplyTo(old), old.Addresses);
        if (change.VlanAware == true && bridge.VlanIds is null)
            bridge = bridge with { VlanIds = EveryVlan };
        NetworkRules.Refuse(BridgeRules.Problems(file, bridge), BridgeRules.Problems(file, old));

        var editor = new InterfacesEditor(file);
        Write(editor, StanzaText.Of(old), StanzaText.Of(bridge));
        return editor.ToFile();
    }

    /// <summary>Removes a bridge.</summary>
    /// <param name="file">The file.</param>
    /// <param name="name">The bridge's name.</param>
    /// <returns>The new file.</returns>
    /// <exception cref="BondToolsException">NotFound, or InvalidConfiguration when something still stands on it.</exception>
    public static InterfacesFile RemoveBridge(InterfacesFile file, string name)
    {
        FindBridge(file, name);
        return Remove(file, name);
    }

    /// <summary>
    /// The slaves in the order that Proxmox VE will give them: it sorts them by name whenever it writes the file. The order is
    /// the one that the transmit hash indexes.
    /// </summary>
    /// <param name="slaves">The slaves.</param>
    public static IReadOnlyList<string> ProxmoxSlaveOrder(IEnumerable<string> slaves) => [.. slaves.OrderBy(slave => slave, StringComparer.Ordinal)];

    private static void AddSlaves(InterfacesFile file, InterfacesEditor editor, IEnumerable<string> slaves)
    {
        foreach (var slave in slaves)
        {
            if (file.Find(slave) is null)
                editor.Append(AutoIsThere(file, slave) ? [$"iface {slave} inet manual"] : [$"auto {slave}", $"iface {slave} inet manual"]);
            else
                editor.SetAuto(slave, true);
        }
    }

    private static bool AutoIsThere(InterfacesFile file, string name) =>
        file.Lines.Any(line => line.Kind == InterfacesLineKind.Auto && line.Words.Contains(name));

    private static void Write(InterfacesEditor editor, StanzaText old, StanzaText wish)
    {
        if (wish.Auto != old.Auto)
            editor.SetAuto(wish.Name, wish.Auto);
        foreach (var family in new[] { AddressFamily.InterNetwork, AddressFamily.InterNetworkV6 })
        {
            if (!wish.AddressesOf(family).SequenceEqual(old.AddressesOf(family)))
                editor.SetAddresses(wish, family);
            if (!Equals(wish.GatewayOf(family), old.GatewayOf(family)))
                editor.SetGateway(wish, family);
        }

        foreach (var option in wish.Options.Concat(old.Options).GroupBy(option => OptionName.Of(option.Name)))
        {
            var values = ValuesOf(wish, option.Key);
            if (!values.SequenceEqual(ValuesOf(old, option.Key)))
                editor.SetOption(wish.Name, option.First().Name, values);
        }

        if (wish.Comment != old.Comment)
            editor.SetComment(wish.Name, wish.Comment);
    }

    private static List<string> ValuesOf(StanzaText text, string option) =>
        [.. text.Options.Where(o => OptionName.Of(o.Name) == option).Select(o => o.Value).OfType<string>()];

    // The method follows the addresses where they come or go.
    private static PveBond WithMethod(PveBond bond, IReadOnlyList<string> old) =>
        bond with { Method = MethodFor(bond.Method, bond.Addresses, old) };

    private static PveBridge WithMethod(PveBridge bridge, IReadOnlyList<string> old) =>
        bridge with { Method = MethodFor(bridge.Method, bridge.Addresses, old) };

    private static string? MethodFor(string? method, IReadOnlyList<string> addresses, IReadOnlyList<string> old) =>
        addresses.SequenceEqual(old) || method is null ? method : addresses.Count > 0 ? "static" : "manual";

    private static InterfacesFile Remove(InterfacesFile file, string name)
    {
        NetworkRules.RefuseUse(file, name);
        var editor = new InterfacesEditor(file);
        editor.RemoveInterface(name);
        return editor.ToFile();
    }

    private static void RequireBondName(string name)
    {
        if (!BondRules.IsBondName(name))
        {
            throw new BondToolsException(BondToolsErrorKind.InvalidConfiguration, $"'{PlainText.Printable(name)}' is no name for a bond: Proxmox VE knows a bond only by the name 'bond' and a number.")
            {
                RecommendedAction = "Name it bond0, bond1, …",
            };
        }
    }

    private static void RefuseExisting(InterfacesFile file, string name)
    {
        if (file.Find(name) is not null)
            throw new BondToolsException(BondToolsErrorKind.AlreadyExists, $"{name} is in the file already.");
    }

    private static PveBond FindBond(InterfacesFile file, string name) =>
        file.Find(name) is { Type: NetworkInterfaceType.Bond } stanza ? PveBond.From(stanza)
        : throw new BondToolsException(BondToolsErrorKind.NotFound, $"There is no bond '{PlainText.Printable(name)}' in the file.");

    private static PveBridge FindBridge(InterfacesFile file, string name) =>
        file.Find(name) is { Type: NetworkInterfaceType.Bridge } stanza ? PveBridge.From(stanza)
        : throw new BondToolsException(BondToolsErrorKind.NotFound, $"There is no bridge '{PlainText.Printable(name)}' in the file.");
}
