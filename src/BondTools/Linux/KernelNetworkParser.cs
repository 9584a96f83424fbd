using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace BondTools.Linux;

/// <summary>Reads what <see cref="Command"/> prints: the kernel's own files, each line behind its path, and then the addresses.</summary>
internal static class KernelNetworkParser
{
    /// <summary>
    /// One command for all of it: grep prints the path of a file before each line of it, and passes over the files that are not
    /// there. The neighbour targets of a bond are in no file of sysfs, and a VLAN's number is in /proc only.
    /// </summary>
    public const string Command = "n=/sys/class/net; grep -sH '' $n/*/mtu $n/*/ifindex $n/*/master/ifindex $n/*/bonding/* $n/*/bridge/vlan_filtering $n/*/bridge/stp_state; "
        + "grep -sH 'NS IPv6 target' /proc/net/bonding/*; grep -sH '|' /proc/net/vlan/config; "
        + "if command -v bridge > /dev/null; then bridge -compressvlans vlan show | sed 's/^/port-vlan:/'; fi; " + KernelOvsReader.Command + "; ip -br addr";

    private const string Expected = "the kernel's network files";
    private const string Links = "/sys/class/net/";
    private const string Bonding = "/proc/net/bonding/";
    private const string Vlans = "/proc/net/vlan/config:";
    private const string PortVlans = "port-vlan:";

    /// <summary>The name under which a bond's neighbour targets are kept, as sysfs would call them.</summary>
    public const string NeighbourTargets = "ns_ip6_target";

    /// <summary>Reads the output.</summary>
    /// <exception cref="UnexpectedOutputException">A line is not understood, or there is none.</exception>
    public static KernelNetwork Parse(string text)
    {
        var files = new Dictionary<string, Dictionary<string, string>>(StringComparer.Ordinal);
        var addresses = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        var vlans = new Dictionary<string, (int Id, string Device)>(StringComparer.Ordinal);
        var ports = new Dictionary<string, List<KernelPortVlan>>(StringComparer.Ordinal);
        string? port = null;
        var ovs = new KernelOvsReader();
        foreach (var line in TextLine.Split(text))
        {
            if (line.Text.Length == 0 || ovs.TryRead(line.Text))
                continue;
            if (line.Text.StartsWith(Links, StringComparison.Ordinal))
                ReadFile(line, files);
            else if (line.Text.StartsWith(PortVlans, StringComparison.Ordinal))
                port = ReadPortVlan(line.Text.Substring(PortVlans.Length), port, ports);
            else if (line.Text.StartsWith(Vlans, StringComparison.Ordinal))
                ReadVlan(line.Text.Substring(Vlans.Length), vlans);
            else if (line.Text.StartsWith(Bonding, StringComparison.Ordinal))
                ReadTargets(line, files);
            else
                ReadAddresses(line, addresses);
        }

        if (files.Count == 0)
            throw new UnexpectedOutputException(Expected, TextLine.FirstOf(text).Text, 0, "there is no interface at all.");
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in files)
        {
            if (pair.Value.TryGetValue("ifindex", out var index))
                names[index] = pair.Key;
        }
        return new KernelNetwork(files.Select(pair => Link(pair.Key, pair.Value, names, addresses, vlans) with { PortVlans = ports.TryGetValue(pair.Key, out var of) ? of : null })) { OvsPorts = ovs.Ports };
    }

    private static KernelLink Link(string name, Dictionary<string, string> files, Dictionary<string, string> names, Dictionary<string, List<string>> addresses, Dictionary<string, (int Id, string Device)> vlans)
    {
        const string bonding = "bonding/";
        var bond = files.Where(file => file.Key.StartsWith(bonding, StringComparison.Ordinal)).ToDictionary(file => file.Key.Substring(bonding.Length), file => file.Value, StringComparer.Ordinal);
        var vlan = vlans.TryGetValue(name, out var found);
        return new KernelLink
        {
            Name = name,
            Mtu = files.TryGetValue("mtu", out var mtu) && int.TryParse(mtu, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) ? bytes : null,
            Master = files.TryGetValue("master/ifindex", out var index) && names.TryGetValue(index, out var master) ? master : null,
            Addresses = addresses.TryGetValue(name, out var list) ? list : [],
            Bond = bond.Count > 0 ? bond : null,
            VlanFiltering = files.TryGetValue("bridge/vlan_filtering", out var filtering) ? filtering != "0" : null,
            Stp = files.TryGetValue("bridge/stp_state", out var stp) ? stp != "0" : null,
            VlanId = vlan ? found.Id : null,
            VlanDevice = vlan ? found.Device : null,
        };
    }

    // "/sys/class/net/bond0/bonding/mode:802.3ad 4"
    private static void ReadFile(TextLine line, Dictionary<string, Dictionary<string, string>> files)
    {
        var path = line.Text.Substring(Links.Length);
        var slash = path.IndexOf('/');
        var colon = slash < 1 ? -1 : path.IndexOf(':', slash);
        if (colon < 0)
            throw new UnexpectedOutputException(Expected, line.Text, line.Number, "a line of a file stands behind its path and a colon.");
        Add(files, path.Substring(0, slash), path.Substring(slash + 1, colon - slash - 1), path.Substring(colon + 1).Trim());
    }

    private static void Add(Dictionary<string, Dictionary<string, string>> files, string name, string file, string value)
    {
        if (!files.TryGetValue(name, out var of))
            files.Add(name, of = new Dictionary<string, string>(StringComparer.Ordinal));
        of[file] = value;
    }

    // "/proc/net/bonding/bond0:NS IPv6 target/s (xx::xx form): 2001:db8::1, 2001:db8::2"
    private static void ReadTargets(TextLine line, Dictionary<string, Dictionary<string, string>> files)
    {
        var colon = line.Text.IndexOf(':', Bonding.Length);
        if (colon <= Bonding.Length)
            throw new UnexpectedOutputException(Expected, line.Text, line.Number, "a line of a bond stands behind its path and a colon.");
        var targets = line.Text.IndexOf("): ", StringComparison.Ordinal) is >= 0 and var end ? line.Text.Substring(end + 3) : "";
        Add(files, line.Text.Substring(Bonding.Length, colon - Bonding.Length), "bonding/" + NeighbourTargets, targets.Replace(",", "").Trim());
    }

    // "bond0.100      | 100  | bond0", below a heading
    private static void ReadVlan(string text, Dictionary<string, (int Id, string Device)> vlans)
    {
        var parts = text.Split('|');
        if (parts.Length == 3 && int.TryParse(parts[1].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            vlans[parts[0].Trim()] = (id, parts[2].Trim());
    }

    // "bond0             1 PVID Egress Untagged", and below it "                  2-10": VLANs of the same port.
    private static string? ReadPortVlan(string text, string? port, Dictionary<string, List<KernelPortVlan>> ports)
    {
        var words = text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length > 0 && !char.IsWhiteSpace(text[0]))
        {
            port = words[0];
            words = [.. words.Skip(1)];
        }

        var ends = words.Length > 0 ? words[0].Split('-') : [];
        // What has no number is the heading.
        if (port is null || ends.Length == 0 || !int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            || !int.TryParse(ends[ends.Length - 1], NumberStyles.None, CultureInfo.InvariantCulture, out var last))
            return port;
        if (!ports.TryGetValue(port, out var list))
            ports.Add(port, list = []);
        list.Add(new KernelPortVlan(first, last, words.Contains("PVID")));
        return port;
    }

    // "bond0.100@bond0  UP             10.0.0.1/24 fe80::1/64"
    private static void ReadAddresses(TextLine line, Dictionary<string, List<string>> addresses)
    {
        var words = line.Text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 2)
            throw new UnexpectedOutputException(Expected, line.Text, line.Number, "it is neither a file's line nor an interface with its addresses.");
        addresses[words[0].Split('@')[0]] = [.. words.Skip(2).Where(word => word.IndexOf('/') > 0)];
    }
}
