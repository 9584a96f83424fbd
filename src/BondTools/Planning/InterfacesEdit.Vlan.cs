using BondTools.Linux;

namespace BondTools.Planning;

public static partial class InterfacesEdit
{
    /// <summary>Adds a VLAN on another interface.</summary>
    /// <param name="file">The file.</param>
    /// <param name="wish">The VLAN; what its name tells (<c>bond0.100</c>, <c>vlan100</c>) need not be said again.</param>
    /// <returns>The new file.</returns>
    /// <exception cref="BondToolsException">AlreadyExists or InvalidConfiguration, with the reason.</exception>
    public static InterfacesFile AddVlan(InterfacesFile file, PveVlan wish)
    {
        if (VlanRules.NameProblem(wish.Name) is { } problem)
            throw new BondToolsException(BondToolsErrorKind.InvalidConfiguration, problem);
        RefuseExisting(file, wish.Name);
        var (device, id) = PveVlan.NameParts(wish.Name);
        var vlan = wish with { Device = wish.Device ?? device, VlanId = wish.VlanId ?? id };
        NetworkRules.Refuse(VlanRules.Problems(file, vlan), []);

        var editor = new InterfacesEditor(file);
        editor.Append(StanzaText.Of(vlan).Lines());
        return editor.ToFile();
    }

    /// <summary>Changes a VLAN.</summary>
    /// <param name="file">The file.</param>
    /// <param name="name">The VLAN's name.</param>
    /// <param name="change">What to change; null leaves a setting as it is.</param>
    /// <returns>The new file.</returns>
    /// <exception cref="BondToolsException">NotFound or InvalidConfiguration, with the reason.</exception>
    public static InterfacesFile SetVlan(InterfacesFile file, string name, PveVlanChange change)
    {
        var old = FindVlan(file, name);
        var vlan = change.ApplyTo(old);
        vlan = vlan with { Method = MethodFor(vlan.Method, vlan.Addresses, old.Addresses) };
        NetworkRules.Refuse(VlanRules.Problems(file, vlan), VlanRules.Problems(file, old));

        var editor = new InterfacesEditor(file);
        Write(editor, StanzaText.Of(old), StanzaText.Of(vlan));
        return editor.ToFile();
    }

    /// <summary>Removes a VLAN.</summary>
    /// <param name="file">The file.</param>
    /// <param name="name">The VLAN's name.</param>
    /// <returns>The new file.</returns>
    /// <exception cref="BondToolsException">NotFound, or InvalidConfiguration when something still stands on it.</exception>
    public static InterfacesFile RemoveVlan(InterfacesFile file, string name)
    {
        FindVlan(file, name);
        return Remove(file, name);
    }

    private static PveVlan FindVlan(InterfacesFile file, string name) =>
        file.Find(name) is { Type: NetworkInterfaceType.Vlan } stanza ? PveVlan.From(stanza)
        : throw new BondToolsException(BondToolsErrorKind.NotFound, $"There is no VLAN '{PlainText.Printable(name)}' in the file.");
}
