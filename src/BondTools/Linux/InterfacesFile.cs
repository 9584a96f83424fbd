using System.Collections.Generic;
using System.Linq;
using System.Net;

namespace BondTools.Linux;

/// <summary>
/// /etc/network/interfaces, without loss: <see cref="ToString"/> gives every byte back, and an edit
/// (BondTools.Planning.InterfacesEdit) changes those it was asked to.
/// </summary>
/// <remarks>
/// The syntax is that of interfaces(5) and ifupdown2: a stanza goes on over blank lines and comments. Proxmox VE's own parser
/// ends it at the first blank line and does not know the backslash at the end of a line.
/// </remarks>
public sealed class InterfacesFile
{
    private const string Expected = "/etc/network/interfaces";

    private readonly List<InterfacesLine> _lines;
    private readonly List<InterfacesStanza> _stanzas;
    private readonly ILookup<string, NetworkInterface> _byName;

    private InterfacesFile(List<InterfacesLine> lines, string? computerName)
    {
        _lines = lines;
        ComputerName = computerName;
        _stanzas = InterfacesStanza.Find(lines);
        Interfaces = ReadInterfaces();
        _byName = Interfaces.ToLookup(i => i.Name);
    }

    /// <summary>The host the file was read from; null for text that came from no host.</summary>
    public string? ComputerName { get; }

    /// <summary>The interface stanzas in the order of the file; a name may have several.</summary>
    public IReadOnlyList<NetworkInterface> Interfaces { get; }

    /// <summary>The kernel's bonds, each once.</summary>
    /// <exception cref="UnexpectedOutputException">An option of a bond is not understood.</exception>
    public IReadOnlyList<PveBond> Bonds => [.. NamesOf(NetworkInterfaceType.Bond).Select(name => PveBond.From(Find(name)!))];

    /// <summary>The kernel's bridges, each once.</summary>
    /// <exception cref="UnexpectedOutputException">An option of a bridge is not understood.</exception>
    public IReadOnlyList<PveBridge> Bridges => [.. NamesOf(NetworkInterfaceType.Bridge).Select(name => PveBridge.From(Find(name)!))];

    /// <summary>The VLANs, each once.</summary>
    /// <exception cref="UnexpectedOutputException">An option of a VLAN is not understood.</exception>
    public IReadOnlyList<PveVlan> Vlans => [.. NamesOf(NetworkInterfaceType.Vlan).Select(name => PveVlan.From(Find(name)!))];

    /// <summary>The bonds of Open vSwitch, each once.</summary>
    /// <exception cref="UnexpectedOutputException">An option of a bond is not understood.</exception>
    public IReadOnlyList<PveOvsBond> OvsBonds => [.. NamesOf(NetworkInterfaceType.OvsBond).Select(name => PveOvsBond.From(Find(name)!))];

    /// <summary>The bridges of Open vSwitch, each once.</summary>
    /// <exception cref="UnexpectedOutputException">An option of a bridge is not understood.</exception>
    public IReadOnlyList<PveOvsBridge> OvsBridges => [.. NamesOf(NetworkInterfaceType.OvsBridge).Select(name => PveOvsBridge.From(Find(name)!))];

    /// <summary>The lines, for those who edit.</summary>
    internal IReadOnlyList<InterfacesLine> Lines => _lines;

    /// <summary>The stanzas of interfaces, for those who edit; in the order of <see cref="Interfaces"/>.</summary>
    internal IReadOnlyList<InterfacesStanza> Stanzas => _stanzas;

    /// <summary>Reads a whole file.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="computerName">The host it was read from.</param>
    /// <exception cref="UnexpectedOutputException">A line stands where it may not.</exception>
    public static InterfacesFile Parse(string text, string? computerName = null)
    {
        var lines = InterfacesLine.Split(text).ToList();
        var open = false;
        foreach (var line in lines)
        {
            switch (line.Kind)
            {
                case InterfacesLineKind.Blank or InterfacesLineKind.Comment:
                    continue;
                case InterfacesLineKind.Option when !open:
                    throw NotUnderstood(line, $"'{line.Keyword}' stands outside any stanza.");
                case InterfacesLineKind.Iface when line.Words.Length == 0:
                    throw NotUnderstood(line, "the stanza names no interface.");
            }

            open = line.Kind is InterfacesLineKind.Iface or InterfacesLineKind.Section or InterfacesLineKind.Option;
        }

        return new InterfacesFile(lines, computerName);
    }

    /// <summary>Reads the stanzas out of a page that quotes them, with prose around and without indentation.</summary>
    /// <param name="text">The page's text.</param>
    /// <param name="computerName">The host they belong to.</param>
    /// <exception cref="UnexpectedOutputException">There is no stanza in the text.</exception>
    public static InterfacesFile ParseExcerpt(string text, string? computerName = null)
    {
        var lines = InterfacesExcerpt.Find(text);
        if (!lines.Any(line => line.Kind == InterfacesLineKind.Iface))
        {
            var first = TextLine.FirstOf(text);
            throw new UnexpectedOutputException(Expected, first.Text, first.Number, "no line of the text begins a stanza ('iface bond0 inet manual').");
        }

        return new InterfacesFile(lines, computerName);
    }

    /// <summary>The stanzas of a name as one; null when there is none.</summary>
    /// <param name="name">The interface's name.</param>
    public NetworkInterface? Find(string name)
    {
        var stanzas = _byName[name].ToList();
        return stanzas.Count < 2 ? stanzas.FirstOrDefault() : stanzas[0] with
        {
            Addresses = [.. stanzas.SelectMany(stanza => stanza.Addresses)],
            Gateway = stanzas.Find(stanza => stanza.Gateway is not null)?.Gateway,
            Options = [.. stanzas.SelectMany(stanza => stanza.Options)],
            Comment = stanzas.Find(stanza => stanza.Comment is not null)?.Comment,
        };
    }

    /// <summary>The file's text, byte for byte.</summary>
    public override string ToString() => string.Concat(_lines.Select(line => line.Raw));

    private IEnumerable<string> NamesOf(NetworkInterfaceType type) =>
        Interfaces.Where(i => i.Type == type).Select(i => i.Name).Distinct();

    private List<NetworkInterface> ReadInterfaces()
    {
        var auto = NamesIn(InterfacesLineKind.Auto, null);
        var hotplug = NamesIn(InterfacesLineKind.Allow, "allow-hotplug");
        // All stanzas of a name are one interface, so they are of one type.
        var types = _stanzas.ToLookup(stanza => stanza.Name)
            .ToDictionary(same => same.Key, same => NetworkInterface.TypeOf(same.Key, [.. same.SelectMany(stanza => stanza.Options)]));
        return _stanzas.ConvertAll(stanza => new NetworkInterface
        {
            Name = stanza.Name,
            ComputerName = ComputerName,
            Type = stanza.Method == "loopback" ? NetworkInterfaceType.Loopback : types[stanza.Name],
            Auto = auto.Contains(stanza.Name),
            AllowHotplug = hotplug.Contains(stanza.Name),
            Family = stanza.Family,
            Method = stanza.Method,
            Inherits = stanza.Inherits,
            Addresses = NetworkInterface.AddressesOf(stanza.Options),
            Gateway = stanza.Options.LastOrDefault(option => option.Name == "gateway") is { } gateway && IPAddress.TryParse(gateway.Value, out var address) ? address : null,
            Options = stanza.Options,
            Comment = stanza.Comment,
            LineNumber = stanza.LineNumber,
        });
    }

    private HashSet<string> NamesIn(InterfacesLineKind kind, string? keyword) =>
        [.. _lines.Where(line => line.Kind == kind && (keyword is null || line.Keyword == keyword)).SelectMany(line => line.Words)];

    private static UnexpectedOutputException NotUnderstood(InterfacesLine line, string reason) =>
        new(Expected, line.Shown, line.Number, reason);
}
