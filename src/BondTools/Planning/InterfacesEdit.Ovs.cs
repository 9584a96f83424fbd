using System.Collections.Generic;
using System.Linq;
using BondTools.Linux;

namespace BondTools.Planning;

public static partial class InterfacesEdit
{
    private const string OvsPorts = "ovs_ports";

    /// <summary>Adds an Open vSwitch bond, and puts it among the ports of its bridge.</summary>
    /// <param name="file">The file.</param>
    /// <param name="wish">The bond; without a mode it is active-backup, as Proxmox VE writes.</param>
    /// <returns>The new file.</returns>
    /// <exception cref="BondToolsException">AlreadyExists or InvalidConfiguration, with the reason.</exception>
    public static InterfacesFile AddOvsBond(InterfacesFile file, PveOvsBond wish)
    {
        RequireBondName(wish.Name);
        RefuseExisting(file, wish.Name);
        var bond = wish with { Mode = wish.Mode ?? OvsBondMode.ActiveBackup };
        NetworkRules.Refuse(OvsRules.Problems(file, bond), []);

        var editor = new InterfacesEditor(file);
        AddSlaves(file, editor, bond.Slaves);
        editor.Append(StanzaText.Of(bond).Lines());
        SetPort(file, editor, bond.Bridge!, bond.Name, isPort: true);
        return editor.ToFile();
    }

    /// <summary>Changes an Open vSwitch bond, and the ports of its bridges where it moves.</summary>
    /// <param name="file">The file.</param>
    /// <param name="name">The bond's name.</param>
    /// <param name="change">What to change; null leaves a setting as it is.</param>
    /// <returns>The new file.</returns>
    /// <exception cref="BondToolsException">NotFound or InvalidConfiguration, with the reason.</exception>
    public static InterfacesFile SetOvsBond(InterfacesFile file, string name, PveOvsBondChange change)
    {
        var old = FindOvsBond(file, name);
        var bond = change.ApplyTo(old);
        NetworkRules.Refuse(OvsRules.Problems(file, bond), OvsRules.Problems(file, old));

        var editor = new InterfacesEditor(file);
        if (!bond.Slaves.SequenceEqual(old.Slaves))
            AddSlaves(file, editor, bond.Slaves);
        Write(editor, StanzaText.Of(old), StanzaText.Of(bond));
        if (bond.Bridge != old.Bridge)
        {
            if (old.Bridge is not null)
                SetPort(file, editor, old.Bridge, name, isPort: false);
            SetPort(file, editor, bond.Bridge!, name, isPort: true);
        }

        return editor.ToFile();
    }

    /// <summary>Removes an Open vSwitch bond, also from the ports of its bridge; its slaves' stanzas stay.</summary>
    /// <param name="file">The file.</param>
    /// <param name="name">The bond's name.</param>
    /// <returns>The new file.</returns>
    /// <exception cref="BondToolsException">NotFound, or InvalidConfiguration when something still stands on it.</exception>
    public static InterfacesFile RemoveOvsBond(InterfacesFile file, string name)
    {
        var bond = FindOvsBond(file, name);
        NetworkRules.RefuseUse(file, name, except: bond.Bridge);
        var editor = new InterfacesEditor(file);
        if (bond.Bridge is not null)
            SetPort(file, editor, bond.Bridge, name, isPort: false);
        editor.RemoveInterface(name);
        return editor.ToFile();
    }

    /// <summary>Adds an Open vSwitch bridge; the NICs among its ports become ports of Open vSwitch.</summary>
    /// <param name="file">The file.</param>
    /// <param name="wish">The bridge.</param>
    /// <returns>The new file.</returns>
    /// <exception cref="BondToolsException">AlreadyExists or InvalidConfiguration, with the reason.</exception>
    public static InterfacesFile AddOvsBridge(InterfacesFile file, PveOvsBridge wish)
    {
        if (!NetworkInterface.IsNumbered(wish.Name, "vmbr") || InterfaceName.Problem(wish.Name) is not null)
            throw new BondToolsException(BondToolsErrorKind.InvalidConfiguration, $"Proxmox VE does not take '{PlainText.Printable(wish.Name)}' for an Open vSwitch bridge; it goes by the name 'vmbr' and a number.");
        RefuseExisting(file, wish.Name);
        NetworkRules.Refuse(OvsRules.Problems(file, wish), []);

        var editor = new InterfacesEditor(file);
        SetNicPorts(file, editor, wish.Name, wish.Ports, []);
        editor.Append(StanzaText.Of(wish).Lines());
        return editor.ToFile();
    }

    /// <summary>Changes an Open vSwitch bridge.</summary>
    /// <param name="file">The file.</param>
    /// <param name="name">The bridge's name.</param>
    /// <param name="change">What to change; null leaves a setting as it is.</param>
    /// <returns>The new file.</returns>
    /// <exception cref="BondToolsException">NotFound or InvalidConfiguration, with the reason.</exception>
    public static InterfacesFile SetOvsBridge(InterfacesFile file, string name, PveOvsBridgeChange change)
    {
        var old = FindOvsBridge(file, name);
        var bridge = change.ApplyTo(old);
        bridge = bridge with { Method = MethodFor(bridge.Method, bridge.Addresses, old.Addresses) };
        NetworkRules.Refuse(OvsRules.Problems(file, bridge), OvsRules.Problems(file, old));

        var editor = new InterfacesEditor(file);
        SetNicPorts(file, editor, name, [.. bridge.Ports.Except(old.Ports)], [.. old.Ports.Except(bridge.Ports)]);
        Write(editor, StanzaText.Of(old), StanzaText.Of(bridge));
        return editor.ToFile();
    }

    /// <summary>Removes an Open vSwitch bridge; the NICs among its ports are plain NICs again.</summary>
    /// <param name="file">The file.</param>
    /// <param name="name">The bridge's name.</param>
    /// <returns>The new file.</returns>
    /// <exception cref="BondToolsException">NotFound, or InvalidConfiguration when a bond or something else still stands on it.</exception>
    public static InterfacesFile RemoveOvsBridge(InterfacesFile file, string name)
    {
        var bridge = FindOvsBridge(file, name);
        NetworkRules.Refuse(OvsRules.Problems(file, bridge with { Ports = [] }), OvsRules.Problems(file, bridge));
        NetworkRules.RefuseUse(file, name);
        var editor = new InterfacesEditor(file);
        SetNicPorts(file, editor, name, [], bridge.Ports);
        editor.RemoveInterface(name);
        return editor.ToFile();
    }

    // ifupdown2 goes by the port's own stanza, Proxmox VE by the bridge's list too: both must say it.
    private static void SetPort(InterfacesFile file, InterfacesEditor editor, string bridge, string port, bool isPort)
    {
        if (file.Find(bridge) is not { } stanza)
            return;
        var ports = stanza.OptionWords("ovs-ports").Where(other => other != port).ToList();
        if (isPort)
            ports.Add(port);
        editor.SetOption(bridge, OvsPorts, ports.Count == 0 ? [] : [string.Join(" ", ports)]);
    }

    private static void SetNicPorts(InterfacesFile file, InterfacesEditor editor, string bridge, IReadOnlyList<string> added, IReadOnlyList<string> removed)
    {
        foreach (var nic in added)
        {
            string[] lines = ["\tovs_type OVSPort", "\tovs_bridge " + bridge];
            if (file.Find(nic) is null)
                editor.Append([.. AutoIsThere(file, nic) ? [] : new[] { $"auto {nic}" }, $"iface {nic} inet manual", .. lines]);
            else
            {
                editor.SetAuto(nic, true);
                editor.SetOption(nic, "ovs_type", ["OVSPort"]);
                editor.SetOption(nic, "ovs_bridge", [bridge]);
            }
        }

        foreach (var nic in removed.Where(port => file.Find(port)?.Type == NetworkInterfaceType.OvsPort))
        {
            editor.SetOption(nic, "ovs_type", []);
            editor.SetOption(nic, "ovs_bridge", []);
            editor.SetOption(nic, "ovs_options", []);
        }
    }

    private static PveOvsBond FindOvsBond(InterfacesFile file, string name) =>
        file.Find(name) is { Type: NetworkInterfaceType.OvsBond } stanza ? PveOvsBond.From(stanza)
        : throw new BondToolsException(BondToolsErrorKind.NotFound, $"There is no Open vSwitch bond '{PlainText.Printable(name)}' in the file.");

    private static PveOvsBridge FindOvsBridge(InterfacesFile file, string name) =>
        file.Find(name) is { Type: NetworkInterfaceType.OvsBridge } stanza ? PveOvsBridge.From(stanza)
        : throw new BondToolsException(BondToolsErrorKind.NotFound, $"There is no Open vSwitch bridge '{PlainText.Printable(name)}' in the file.");
}
