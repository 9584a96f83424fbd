using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace BondTools.Tests.Planning;

/// <summary>
/// What Proxmox VE reads of /etc/network/interfaces and what it writes back (pve-common, PVE::INotify,
/// __read_etc_network_interfaces and __interface_to_string), for the types that BondTools writes. Its own recordings check it.
/// </summary>
internal sealed class ProxmoxFile
{
    private static readonly string[] Simple =
    [
        "mtu", "ovs_type", "ovs_options", "ovs_bridge", "ovs_bonds", "ovs_ports", "bridge_fd", "bridge_vids", "bridge-access", "bridge-learning", "bridge-arp-nd-suppress",
        "bridge-unicast-flood", "bridge-multicast-flood", "bond_miimon", "bond_xmit_hash_policy", "bond-primary", "uplink-id", "vlan-protocol", "vlan-raw-device", "vlan-id",
        "vxlan-id", "vxlan-svcnodeip", "vxlan-physdev", "vxlan-local-tunnelip",
    ];

    private static readonly Dictionary<string, string> Alternatives = new()
    {
        ["ovs_mtu"] = "mtu", ["bond-slaves"] = "slaves", ["bond_slaves"] = "slaves", ["bond-xmit-hash-policy"] = "bond_xmit_hash_policy", ["bond-mode"] = "bond_mode",
        ["bond-miimon"] = "bond_miimon", ["bridge-vlan-aware"] = "bridge_vlan_aware", ["bridge-fd"] = "bridge_fd", ["bridge-stp"] = "bridge_stp",
        ["bridge-ports"] = "bridge_ports", ["bridge-vids"] = "bridge_vids",
    };

    private static readonly string[] Modes = ["balance-rr", "active-backup", "balance-xor", "broadcast", "802.3ad", "balance-tlb", "balance-alb"];

    /// <summary>The interfaces in the order of the file.</summary>
    public List<Interface> Interfaces { get; } = [];

    public static ProxmoxFile Read(string text)
    {
        var file = new ProxmoxFile();
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length;)
        {
            var line = lines[i].TrimEnd();
            if (Regex.Match(line, @"^\s*(auto|allow-ovs)\s+(.*)$") is { Success: true } auto)
            {
                foreach (var name in auto.Groups[2].Value.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
                    file.Of(name).Auto = true;
            }
            else if (Regex.Match(line, @"^\s*iface\s+(\S+)(?:\s+(inet6?)\s+(\S+))?\s*$") is { Success: true } iface)
            {
                i = ReadStanza(lines, i + 1, file.Of(iface.Groups[1].Value), iface.Groups[2].Value.Replace("inet", "", StringComparison.Ordinal), iface.Groups[3].Value is { Length: > 0 } method ? method : "manual");
                continue;
            }
            i++;
        }
        return file;
    }

    public string Write()
    {
        var text = new StringBuilder();
        foreach (var i in Interfaces.Where(i => i.Methods.Count > 0))
        {
            if (i.Auto || i.Type is "OVSBond" or "OVSPort")
                text.Append($"auto {i.Name}\n");
            for (var family = 0; family < i.Methods.Count; family++)
                Write(text, i, i.Methods[family].Suffix, i.Methods[family].Method, family == 0);
        }
        return text.ToString();
    }

    private static void Write(StringBuilder text, Interface i, string suffix, string method, bool first)
    {
        text.Append($"iface {i.Name} inet{suffix} {method}\n");
        foreach (var key in new[] { "address", "gateway" })
        {
            if (i.Values.TryGetValue(key + suffix, out var value))
                text.Append($"\t{key} {value}\n");
        }
        if (first)
        {
            string Take(string key, string otherwise) => i.Values.TryGetValue(key, out var value) ? value : otherwise;
            var done = new HashSet<string> { "mtu" };
            void Line(string name, string? value, params string[] keys)
            {
                if (value is not null)
                    text.Append($"\t{name} {value}\n");
                done.UnionWith(keys);
            }
            var mode = Take("bond_mode", "balance-rr");
            switch (i.Type)
            {
                case "bond":
                    Line("bond-slaves", Take("slaves", "none"), "slaves");
                    Line("bond-miimon", Take("bond_miimon", "100"), "bond_miimon");
                    Line("bond-mode", mode, "bond_mode");
                    Line("bond-xmit-hash-policy", mode is "balance-xor" or "802.3ad" ? i.Values.GetValueOrDefault("bond_xmit_hash_policy") : null, "bond_xmit_hash_policy");
                    Line("bond-primary", mode == "active-backup" ? i.Values.GetValueOrDefault("bond-primary") : null, "bond-primary");
                    break;
                case "bridge":
                    Line("bridge-ports", Take("bridge_ports", "none") is { Length: > 0 } ports ? ports : "none", "bridge_ports");
                    Line("bridge-stp", Take("bridge_stp", "off"), "bridge_stp");
                    Line("bridge-fd", Take("bridge_fd", "0"), "bridge_fd");
                    Line("bridge-vlan-aware", i.Values.ContainsKey("bridge_vlan_aware") ? "yes" : null, "bridge_vlan_aware");
                    Line("bridge-vids", i.Values.ContainsKey("bridge_vlan_aware") ? Take("bridge_vids", "2-4094") : null, "bridge_vids");
                    break;
                case "OVSBridge" or "OVSPort":
                    Line("ovs_type", i.Type, "ovs_type");
                    Line("ovs_ports", i.Values.GetValueOrDefault("ovs_ports"), "ovs_ports");
                    break;
                case "OVSBond":
                    Line("ovs_bonds", i.Values.GetValueOrDefault("ovs_bonds"), "ovs_bonds");
                    Line("ovs_type", i.Type, "ovs_type");
                    break;
            }
            Line(i.Type.StartsWith("OVS", StringComparison.Ordinal) ? "ovs_mtu" : "mtu", i.Values.GetValueOrDefault("mtu"));
            foreach (var (key, value) in i.Values.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                if (!done.Contains(key) && !Regex.IsMatch(key, "^(address|netmask|gateway|broadcast)6?$"))
                    text.Append($"\t{key} {value}\n");
            }
        }
        foreach (var option in i.Options.Where(option => option.Suffix == suffix))
            text.Append($"\t{option.Line}\n");
        foreach (var comment in i.Comments.Where(comment => comment.Suffix == suffix))
            text.Append($"#{comment.Line}\n");
        text.Append('\n');
    }

    private static int ReadStanza(string[] lines, int i, Interface iface, string suffix, string method)
    {
        iface.Methods.Add((suffix, method));
        // A later stanza of the same family takes the place of what the earlier one said.
        var earlier = iface.Options.Where(option => option.Suffix == suffix).ToList();
        var next = ReadLines(lines, i, iface, suffix);
        if (iface.Options.Count(option => option.Suffix == suffix) > earlier.Count)
            earlier.ForEach(option => iface.Options.Remove(option));
        return next;
    }

    private static int ReadLines(string[] lines, int i, Interface iface, string suffix)
    {
        for (; i < lines.Length; i++)
        {
            var line = lines[i].TrimEnd();
            if (Regex.Match(line, @"^\s*#(.*?)\s*$") is { Success: true } comment)
                iface.Comments.Add((suffix, comment.Groups[1].Value));
            else if (Regex.IsMatch(line, @"^\s*(?:iface\s|mapping\s|auto\s|allow-|source\s|source-directory\s)"))
                return i;
            else if (Regex.Match(line, @"^\s*((\S+)\s+(.+))$") is { Success: true } option)
                Add(iface, suffix, option.Groups[1].Value, option.Groups[2].Value, option.Groups[3].Value);
            else
                return i;
        }
        return i;
    }

    private static void Add(Interface iface, string suffix, string line, string id, string value)
    {
        id = Alternatives.GetValueOrDefault(id, id);
        switch (id)
        {
            case "address" or "netmask" or "broadcast" or "gateway":
                iface.Values[id + suffix] = value;
                break;
            case "slaves" or "bridge_ports":
                var devices = string.Join(" ", value.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries).Where(d => d != "none").Distinct().Order(StringComparer.Ordinal));
                iface.Values[id] = iface.Values.TryGetValue(id, out var there) && there.Length > 0 ? there + " " + devices : devices;
                break;
            case "bridge_stp":
                iface.Values[id] = Regex.IsMatch(value, @"^\s*(on|yes)\s*$", RegexOptions.IgnoreCase) ? "on" : "off";
                break;
            case "bridge_vlan_aware":
                iface.Values[id] = "1";
                break;
            case "bond_mode":
                iface.Values[id] = value.Length == 1 && char.IsDigit(value[0]) && value[0] < '7' ? Modes[value[0] - '0'] : value;
                break;
            default:
                if (Simple.Contains(id))
                    iface.Values[id] = value;
                else
                    iface.Options.Add((suffix, line));
                break;
        }
    }

    private Interface Of(string name)
    {
        var found = Interfaces.Find(i => i.Name == name);
        if (found is null)
            Interfaces.Add(found = new Interface(name));
        return found;
    }

    internal sealed class Interface(string name)
    {
        public string Name { get; } = name;
        public bool Auto { get; set; }
        public List<(string Suffix, string Method)> Methods { get; } = [];
        public Dictionary<string, string> Values { get; } = [];
        public List<(string Suffix, string Line)> Options { get; } = [];
        public List<(string Suffix, string Line)> Comments { get; } = [];

        public string Type => Regex.IsMatch(Name, @"^bond\d+$") ? Values.GetValueOrDefault("ovs_type") ?? "bond"
            : Regex.IsMatch(Name, @"^vmbr\d+$") ? Values.GetValueOrDefault("ovs_type") ?? "bridge"
            : Regex.IsMatch(Name, @"^\S+\.\d+$") || Values.ContainsKey("vlan-raw-device") ? "vlan"
            : Values.GetValueOrDefault("ovs_type") ?? (Name == "lo" ? "loopback" : Regex.IsMatch(Name, @"^(eth\d+|en\S+|nic\d+)$") ? "eth" : "unknown");
    }
}
