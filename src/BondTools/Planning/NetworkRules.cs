using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using BondTools.Linux;

namespace BondTools.Planning;

/// <summary>What both a bond and a bridge must keep to: the rules of Proxmox VE (PVE::INotify, PVE::API2::Network) and of the file.</summary>
internal static class NetworkRules
{
    private const int SmallestMtu = 1280;
    private const int LargestMtu = 65520;
    private const int UsualMtu = 1500;

    /// <summary>Throws the first problem of a wish that was not there before.</summary>
    /// <param name="problems">What is wrong with the wish.</param>
    /// <param name="before">What was wrong already, which is not the fault of the wish.</param>
    public static void Refuse(IEnumerable<string> problems, IEnumerable<string> before)
    {
        var known = new HashSet<string>(before);
        foreach (var problem in problems)
        {
            if (!known.Contains(problem))
                throw new BondToolsException(BondToolsErrorKind.InvalidConfiguration, problem);
        }
    }

    /// <summary>The problems that concern no bond or bridge in particular.</summary>
    public static IEnumerable<string> Problems(InterfacesFile file, StanzaText text, int? mtu, IReadOnlyList<NamedValue> others, HashSet<string> known)
    {
        if (mtu is < SmallestMtu or > LargestMtu)
            yield return $"The MTU {mtu} of {text.Name} is not between {SmallestMtu} and {LargestMtu}.";
        foreach (var problem in AddressProblems(file, text))
            yield return problem;
        if (text.Comment is { } comment && comment.TrimEnd('\n').Split('\n').Any(line => !PlainText.IsSafe(line)))
            yield return $"The comment of {text.Name} holds a control character or a line that ends with a backslash.";
        foreach (var option in others)
        {
            if (!IsOptionName(option.Name))
                yield return $"'{PlainText.Printable(option.Name)}' is no option name.";
            else if (known.Contains(OptionName.Of(option.Name)))
                yield return $"The option '{option.Name}' of {text.Name} has a parameter of its own.";
            else if (string.IsNullOrWhiteSpace(option.Value) || !PlainText.IsSafe(option.Value))
                yield return $"The option '{option.Name}' of {text.Name} is empty, holds a control character or ends with a backslash.";
        }
    }

    /// <summary>The problem of using an interface below another one, as a slave or as a port; null when there is none.</summary>
    public static string? UseProblem(InterfacesFile file, string user, string name)
    {
        if (InterfaceName.Problem(name) is { } reason)
            return $"'{PlainText.Printable(name)}' is no interface name: {reason}.";
        if (name == user)
            return $"{user} cannot be below itself.";
        if (UserOf(file, name, user) is { } other)
            return $"{name} is already used by {other}.";
        var stanza = file.Find(name);
        if (stanza is null)
            return NetworkInterface.IsPhysicalName(name) ? null : $"{name} is not in the file, and it is not named like a NIC either.";
        return stanza.Addresses.Count > 0 || stanza.Method is "dhcp" or "static"
            ? $"{name} has an address of its own ({(stanza.Addresses.Count > 0 ? string.Join(", ", stanza.Addresses) : stanza.Method)}); take it away first."
            : null;
    }

    /// <summary>The bond or bridge that has an interface below it; null when none has.</summary>
    public static string? UserOf(InterfacesFile file, string name, string? except = null) =>
        file.Interfaces.FirstOrDefault(i => i.Name != except
            && (i.OptionWords("bond-slaves").Contains(name) || i.OptionWords("bridge-ports").Contains(name)
                || i.OptionWords("ovs-bonds").Contains(name) || i.OptionWords("ovs-ports").Contains(name)))?.Name;

    /// <summary>Refuses to remove an interface that others stand on.</summary>
    public static void RefuseUse(InterfacesFile file, string name, string? except = null)
    {
        var vlans = file.Interfaces.Where(i => i.Name.StartsWith(name + ".", StringComparison.Ordinal) || i.Name.StartsWith(name + ":", StringComparison.Ordinal)
            || i.Option("vlan-raw-device") == name).Select(i => i.Name);
        var user = UserOf(file, name, except) ?? vlans.FirstOrDefault()
            ?? file.Interfaces.FirstOrDefault(i => i.OptionWords("bridge-ports").Any(port => port.StartsWith(name + ".", StringComparison.Ordinal)))?.Name;
        if (user is not null)
        {
            throw new BondToolsException(BondToolsErrorKind.InvalidConfiguration, $"{name} is still used by {user}.")
            {
                RecommendedAction = $"Change or remove {user} first.",
            };
        }
    }

    /// <summary>The MTU an interface has by the file.</summary>
    public static int? MtuOf(InterfacesFile file, string name) =>
        file.Find(name) is not { } stanza ? null
        : int.TryParse(stanza.Option("mtu") ?? stanza.Option("ovs-mtu"), NumberStyles.None, CultureInfo.InvariantCulture, out var mtu) ? mtu : UsualMtu;

    /// <summary>The names that a list holds more than once.</summary>
    public static IEnumerable<string> Duplicates(IEnumerable<string> names) => names.GroupBy(name => name).Where(group => group.Count() > 1).Select(group => group.Key);

    private static IEnumerable<string> AddressProblems(InterfacesFile file, StanzaText text)
    {
        foreach (var address in text.Addresses)
        {
            if (!IpNetwork.TryParse(address, out _))
                yield return $"'{PlainText.Printable(address)}' is no address with a prefix length, such as 192.168.1.10/24.";
        }

        foreach (var address in NetworkRules.Duplicates(text.Addresses))
            yield return $"The address {address} is listed twice.";
        if (text.Method is not (null or "manual" or "static" or "dhcp"))
            yield return $"'{PlainText.Printable(text.Method)}' is none of the methods manual, static and dhcp.";
        if (text.Method == "static" && text.Addresses.Count == 0)
            yield return $"{text.Name} is static and has no address.";
        if (text.Method == "dhcp" && text.Addresses.Count > 0)
            yield return $"{text.Name} takes its address from DHCP and has one of its own.";
        foreach (var gateway in text.Gateways)
        {
            if (!text.Addresses.Any(address => IpNetwork.TryParse(address, out var network) && MayReach(network, gateway)))
                yield return $"The gateway {gateway} is in no network of {text.Name}.";
            var other = file.Interfaces.FirstOrDefault(i => i.Name != text.Name && i.GatewayOf(gateway.AddressFamily) is not null);
            if (other is not null)
                yield return $"The default gateway exists already on {other.Name} ({other.GatewayOf(gateway.AddressFamily)}).";
        }
    }

    /// <summary>What is wrong with the families of two gateways.</summary>
    public static IEnumerable<string> GatewayProblems(IPAddress? gateway, IPAddress? gateway6)
    {
        if (gateway is { AddressFamily: not AddressFamily.InterNetwork })
            yield return $"{gateway} is no IPv4 gateway; an IPv6 gateway is a setting of its own (Gateway6).";
        if (gateway6 is { AddressFamily: not AddressFamily.InterNetworkV6 })
            yield return $"{gateway6} is no IPv6 gateway.";
    }

    // A single address reaches its gateway by a host route, and a link-local gateway is on every IPv6 link.
    private static bool MayReach(IpNetwork network, IPAddress gateway) =>
        network.Address.AddressFamily == gateway.AddressFamily
        && (network.Contains(gateway) || gateway.IsIPv6LinkLocal || network.PrefixLength == (gateway.AddressFamily == AddressFamily.InterNetwork ? 32 : 128));

    private static bool IsOptionName(string name) =>
        name.Length is > 0 and <= 64 && name[0] is >= 'a' and <= 'z' && name.All(c => c is >= 'a' and <= 'z' or >= '0' and <= '9' or '-' or '_')
        && name is not ("auto" or "iface" or "mapping" or "vlan" or "source" or "rename" or "template" or "no-auto-down" or "no-scripts")
        && !name.StartsWith("allow-", StringComparison.Ordinal) && !name.StartsWith("source-", StringComparison.Ordinal);
}
