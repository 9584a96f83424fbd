using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.Sockets;

namespace BondTools.Linux;

/// <summary>An <c>iface</c> stanza of /etc/network/interfaces (interfaces(5), ifupdown2).</summary>
public sealed record NetworkInterface
{
    /// <summary>The interface's name.</summary>
    public required string Name { get; init; }
    /// <summary>The host the file was read from; null for text that came from no host.</summary>
    public string? ComputerName { get; init; }
    /// <summary>What kind of interface it is, from its name and options.</summary>
    public required NetworkInterfaceType Type { get; init; }
    /// <summary>Whether it is brought up at boot (<c>auto</c>).</summary>
    public bool Auto { get; init; }
    /// <summary>Whether it is brought up when it appears (<c>allow-hotplug</c>).</summary>
    public bool AllowHotplug { get; init; }
    /// <summary>The address family: <c>inet</c>, <c>inet6</c>…; null where the stanza names none, which ifupdown2 allows.</summary>
    public string? Family { get; init; }
    /// <summary>The method: <c>static</c>, <c>manual</c>, <c>dhcp</c>, <c>loopback</c>…; null where the stanza names none.</summary>
    public string? Method { get; init; }
    /// <summary>The stanza whose options this one takes over (<c>inherits</c>).</summary>
    public string? Inherits { get; init; }
    /// <summary>The addresses with their prefix length, address and netmask joined; as written where they are no addresses.</summary>
    public IReadOnlyList<string> Addresses { get; init => field = RecordList.Of(value); } = [];
    /// <summary>The default gateway; null when there is none or it is no address (see <see cref="Options"/>).</summary>
    public IPAddress? Gateway { get; init; }
    /// <summary>Every option in the order of the file, as written.</summary>
    public IReadOnlyList<NamedValue> Options { get; init => field = RecordList.Of(value); } = [];
    /// <summary>The comment inside the stanza, as Proxmox VE shows it; null when there is none.</summary>
    public string? Comment { get; init; }
    /// <summary>The line of the stanza's beginning, from 1.</summary>
    public int LineNumber { get; init; }

    /// <summary>The value of an option under any of its spellings (<c>bond-mode</c>, <c>bond_mode</c>); the last one counts, as Proxmox VE reads it.</summary>
    internal string? Option(string name) => Options.LastOrDefault(option => OptionName.Of(option.Name) == name)?.Value;

    /// <summary>The words of every option of a name; <c>none</c> is no word.</summary>
    internal IReadOnlyList<string> OptionWords(string name) =>
        [.. Options.Where(option => OptionName.Of(option.Name) == name)
            .SelectMany(option => option.Value.Split([' ', '\t', ',', ';'], StringSplitOptions.RemoveEmptyEntries))
            .Where(word => word != "none")];

    /// <summary>The default gateway of a family, in whichever of a name's stanzas it stands; the last one counts.</summary>
    internal IPAddress? GatewayOf(AddressFamily family) => Options.Where(option => option.Name == "gateway")
        .Select(option => IPAddress.TryParse(option.Value, out var address) ? address : null).LastOrDefault(address => address?.AddressFamily == family);

    internal static NetworkInterfaceType TypeOf(string name, IReadOnlyCollection<NamedValue> options)
    {
        bool Has(string option) => options.Any(o => OptionName.Of(o.Name) == option);

        if (name == "lo")
            return NetworkInterfaceType.Loopback;
        switch (options.LastOrDefault(option => OptionName.Of(option.Name) == "ovs-type")?.Value)
        {
            case "OVSBridge": return NetworkInterfaceType.OvsBridge;
            case "OVSBond": return NetworkInterfaceType.OvsBond;
            case "OVSPort": return NetworkInterfaceType.OvsPort;
            case "OVSIntPort": return NetworkInterfaceType.OvsIntPort;
        }

        if (name.IndexOf(':') >= 0)
            return NetworkInterfaceType.Alias;
        if (IsNumbered(name, "bond") || Has("bond-slaves"))
            return NetworkInterfaceType.Bond;
        if (IsNumbered(name, "vmbr") || Has("bridge-ports"))
            return NetworkInterfaceType.Bridge;
        var dot = name.LastIndexOf('.');
        if (IsNumbered(name, "vlan") || (dot > 0 && IsDigits(name, dot + 1)) || Has("vlan-raw-device"))
            return NetworkInterfaceType.Vlan;
        return IsPhysicalName(name) ? NetworkInterfaceType.Ethernet : NetworkInterfaceType.Unknown;
    }

    /// <summary>Whether Proxmox VE takes the name for a NIC: <c>eth0</c>, <c>enp0s8</c>, <c>ibs1</c>, <c>nic0</c> (pinned).</summary>
    internal static bool IsPhysicalName(string name) =>
        name.IndexOfAny([':', '.']) < 0
        && (IsNumbered(name, "eth") || IsNumbered(name, "nic") || (name.Length > 2 && name.Substring(0, 2) is "en" or "ib" or "wl"));

    internal static bool IsNumbered(string name, string prefix) => name.StartsWith(prefix, StringComparison.Ordinal) && IsDigits(name, prefix.Length);

    internal static IReadOnlyList<string> AddressesOf(IEnumerable<NamedValue> options)
    {
        var addresses = new List<string>();
        int? prefix = null;
        foreach (var option in options)
        {
            if (option.Name == "address")
                addresses.Add(option.Value);
            else if (option.Name == "netmask")
                prefix = PrefixOf(option.Value);
        }

        // A netmask is for the addresses that have no prefix length of their own.
        return addresses.ConvertAll(address => prefix is null || address.IndexOf('/') >= 0
            ? address
            : address + "/" + prefix.Value.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>The prefix length of <c>255.255.255.0</c> or <c>24</c>; null when it is neither.</summary>
    private static int? PrefixOf(string netmask)
    {
        if (int.TryParse(netmask, NumberStyles.None, CultureInfo.InvariantCulture, out var length))
            return length <= 128 ? length : null;
        if (!IPAddress.TryParse(netmask, out var mask) || mask.AddressFamily != AddressFamily.InterNetwork)
            return null;
        var bits = mask.GetAddressBytes().Aggregate(0u, (sum, part) => (sum << 8) | part);
        length = 0;
        for (; (bits & 0x8000_0000u) != 0; bits <<= 1)
            length++;
        return bits == 0 ? length : null;
    }

    private static bool IsDigits(string text, int start)
    {
        for (var i = start; i < text.Length; i++)
        {
            if (text[i] is < '0' or > '9')
                return false;
        }

        return start < text.Length;
    }
}

/// <summary>The kinds of interface that Proxmox VE tells apart.</summary>
public enum NetworkInterfaceType
{
    /// <summary>None of the others.</summary>
    Unknown,
    /// <summary>The loopback.</summary>
    Loopback,
    /// <summary>A NIC.</summary>
    Ethernet,
    /// <summary>A bond of the kernel's driver: by its name (bondN, all that Proxmox VE goes by) or because it has slaves.</summary>
    Bond,
    /// <summary>A bridge of the kernel.</summary>
    Bridge,
    /// <summary>A VLAN on another interface.</summary>
    Vlan,
    /// <summary>A bond of Open vSwitch.</summary>
    OvsBond,
    /// <summary>A bridge of Open vSwitch.</summary>
    OvsBridge,
    /// <summary>A port of an Open vSwitch bridge.</summary>
    OvsPort,
    /// <summary>An internal port of an Open vSwitch bridge, which takes addresses.</summary>
    OvsIntPort,
    /// <summary>A second address in the old manner (<c>eth0:1</c>).</summary>
    Alias,
}

/// <summary>The spellings of an option's name.</summary>
internal static class OptionName
{
    /// <summary>The name as ifupdown2 spells it: <c>bond_mode</c> is <c>bond-mode</c>, <c>slaves</c> is <c>bond-slaves</c>.</summary>
    public static string Of(string name) => name == "slaves" ? "bond-slaves" : name.Replace('_', '-');
}
