using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.Sockets;
using BondTools.Planning;

namespace BondTools.Linux;

/// <summary>Reads and writes the network settings of a container, as <c>pct config</c> prints and <c>pct set</c> takes them.</summary>
public static class ContainerConfig
{
    private const string Expected = "the output of 'pct config'";
    private const int SmallestMtu = 64;
    private const int LargestMtu = 65535;
    private const int LastVlan = 4094;

    private static readonly string[] UsualOrder =
        ["name", "bridge", "firewall", "gw", "gw6", "hwaddr", "ip", "ip6", "link_down", "mtu", "tag"];

    /// <summary>Reads the network interfaces of a container.</summary>
    /// <param name="pctConfig">The output of <c>pct config ID</c>.</param>
    /// <param name="id">The container's number.</param>
    /// <param name="computerName">The host it was read from.</param>
    /// <returns>The interfaces by number; empty for a container without any.</returns>
    /// <exception cref="UnexpectedOutputException">A line is no setting, or a network setting is not understood.</exception>
    public static IReadOnlyList<ContainerNetwork> Parse(string pctConfig, int id, string? computerName = null)
    {
        string? hostName = null;
        var settings = new List<(TextLine Line, string Key, string Value)>();
        var any = false;
        foreach (var line in TextLine.Split(pctConfig))
        {
            if (line.Text.Length == 0 || line.Text[0] == '#' || line.Text.StartsWith("lxc.", StringComparison.Ordinal))
                continue;
            // In the file itself snapshots follow, each with settings of its own.
            if (line.Text[0] == '[')
                break;
            var colon = line.Text.IndexOf(':');
            if (colon <= 0 || line.Text.IndexOf(' ') is >= 0 and var blank && blank < colon)
                throw new UnexpectedOutputException(Expected, line.Text, line.Number, "a line is a key, a colon and a value.");
            any = true;
            var (key, value) = (line.Text.Substring(0, colon), line.Text.Substring(colon + 1).Trim());
            if (key == "hostname")
                hostName = value;
            else if (NetworkInterface.IsNumbered(key, "net"))
                settings.Add((line, key, value));
        }

        if (!any)
            throw new UnexpectedOutputException(Expected, "", 0, "there is no setting at all.");
        return [.. settings.Select(setting => Read(setting.Line, setting.Key, setting.Value, id) with { HostName = hostName, ComputerName = computerName })
            .OrderBy(network => network.Id.Length).ThenBy(network => network.Id, StringComparer.Ordinal)];
    }

    /// <summary>Writes a setting.</summary>
    internal static string Render(ContainerNetwork network)
    {
        Validate(network);
        var values = new Dictionary<string, string?>
        {
            ["name"] = network.Name,
            ["bridge"] = network.Bridge,
            ["firewall"] = Flag(network.Firewall, network.Order.Contains("firewall")),
            ["gw"] = network.Gateway,
            ["gw6"] = network.Gateway6,
            ["hwaddr"] = network.HardwareAddress?.ToString().ToUpperInvariant(),
            ["ip"] = network.IPv4,
            ["ip6"] = network.IPv6,
            ["link_down"] = Flag(network.LinkDown, network.Order.Contains("link_down")),
            ["mtu"] = network.Mtu?.ToString(CultureInfo.InvariantCulture),
            ["tag"] = network.VlanTag?.ToString(CultureInfo.InvariantCulture),
        };
        foreach (var option in network.OtherOptions)
            values[option.Name] = option.Value;
        return string.Join(",", network.Order.Concat(UsualOrder).Concat(network.OtherOptions.Select(option => option.Name)).Distinct()
            .Where(key => values.TryGetValue(key, out var value) && value is not null).Select(key => $"{key}={values[key]}"));
    }

    private static string? Flag(bool value, bool wasThere) => value ? "1" : wasThere ? "0" : null;

    private static ContainerNetwork Read(TextLine line, string id, string value, int container)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        var order = new List<string>();
        foreach (var part in value.Split(','))
        {
            var equals = part.IndexOf('=');
            if (equals <= 0)
                throw NotUnderstood($"'{part}' is no key=value.");
            var key = part.Substring(0, equals).Trim();
            if (fields.ContainsKey(key))
                throw NotUnderstood($"'{key}' stands twice.");
            fields.Add(key, part.Substring(equals + 1).Trim());
            order.Add(key);
        }

        return new ContainerNetwork
        {
            ContainerId = container,
            Id = id,
            Name = Take("name") ?? throw NotUnderstood("there is no name."),
            Bridge = Take("bridge"),
            HardwareAddress = Take("hwaddr") is not { } mac ? null : MacAddress.TryParse(mac, out var address) ? address : throw NotUnderstood($"'{mac}' is no MAC address."),
            IPv4 = Take("ip"),
            Gateway = Take("gw"),
            IPv6 = Take("ip6"),
            Gateway6 = Take("gw6"),
            VlanTag = Number("tag"),
            Mtu = Number("mtu"),
            Firewall = Bit("firewall"),
            LinkDown = Bit("link_down"),
            OtherOptions = [.. order.Where(fields.ContainsKey).Select(key => new NamedValue { Name = key, Value = fields[key], LineNumber = line.Number })],
            Order = order,
        };

        string? Take(string key)
        {
            if (!fields.TryGetValue(key, out var text))
                return null;
            fields.Remove(key);
            return text;
        }

        int? Number(string key) => Take(key) is not { } text ? null
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw NotUnderstood($"'{key}' is no number.");

        bool Bit(string key) => Take(key) switch { null or "0" => false, "1" => true, _ => throw NotUnderstood($"'{key}' is neither 0 nor 1.") };

        UnexpectedOutputException NotUnderstood(string reason) => new(Expected, line.Text, line.Number, reason);
    }

    private static void Validate(ContainerNetwork network)
    {
        InterfaceName.Validate(network.Name);
        if (network.Bridge is { } bridge)
            InterfaceName.Validate(bridge);
        RequireAddress(network.IPv4, AddressFamily.InterNetwork, ["dhcp", "manual"], "192.168.1.10/24, dhcp or manual");
        RequireAddress(network.IPv6, AddressFamily.InterNetworkV6, ["auto", "dhcp", "manual"], "2001:db8::10/64, auto, dhcp or manual");
        RequireGateway(network.Gateway, AddressFamily.InterNetwork);
        RequireGateway(network.Gateway6, AddressFamily.InterNetworkV6);
        if (network.VlanTag is < 1 or > LastVlan)
            throw Invalid($"The VLAN tag {network.VlanTag} is not between 1 and {LastVlan}.");
        if (network.Mtu is < SmallestMtu or > LargestMtu)
            throw Invalid($"The MTU {network.Mtu} is not between {SmallestMtu} and {LargestMtu}.");
        // A comma would begin another option, an equals sign another key.
        foreach (var key in network.OtherOptions.Select(option => option.Name).Concat([network.Name, network.Bridge ?? ""]))
            RequireWord(key, [',', '=']);
        foreach (var option in network.OtherOptions)
            RequireWord(option.Value, [',']);
    }

    private static void RequireWord(string text, char[] refused)
    {
        if (text.IndexOfAny(refused) >= 0 || !PlainText.IsSafe(text))
            throw Invalid($"'{PlainText.Printable(text)}' holds a comma, an equals sign or a control character.");
    }

    private static void RequireAddress(string? text, AddressFamily family, string[] words, string forms)
    {
        if (text is not null && !words.Contains(text) && !(IpNetwork.TryParse(text, out var network) && network.Address.AddressFamily == family))
            throw Invalid($"'{PlainText.Printable(text)}' is none of {forms}.");
    }

    // Proxmox VE reaches a gateway outside the container's network too, so that is no error.
    private static void RequireGateway(string? text, AddressFamily family)
    {
        if (text is not null && !(IpNetwork.TryParseAddress(text, out var gateway) && gateway.AddressFamily == family))
            throw Invalid($"'{PlainText.Printable(text)}' is no address of a gateway.");
    }

    private static BondToolsException Invalid(string message) => new(BondToolsErrorKind.InvalidConfiguration, message);
}
