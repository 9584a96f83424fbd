using System;
using System.Collections.Generic;
using System.Linq;

namespace BondTools.Linux;

/// <summary>Finds the lines of /etc/network/interfaces in a page whose prose surrounds them.</summary>
internal static class InterfacesExcerpt
{
    private static readonly HashSet<string> Families = ["inet", "inet6", "ipx", "can"];

    // An option that has lost its indentation is told from prose by its name.
    private static readonly HashSet<string> Options = new(StringComparer.Ordinal)
    {
        "address", "netmask", "gateway", "broadcast", "network", "pointopoint", "metric", "mtu", "hwaddress", "hostname", "scope",
        "up", "down", "slaves", "accept_ra", "autoconf", "privext", "vrf", "alias", "mstpctl", "local", "remote", "ttl",
    };

    private static readonly string[] Prefixes =
        ["bond-", "bond_", "bridge-", "bridge_", "ovs_", "ovs-", "vlan-", "vlan_", "vxlan-", "vrf-", "dns-", "wpa-", "link-", "ethtool-", "address-", "pre-", "post-", "mstpctl-"];

    /// <summary>The lines from each stanza's beginning to its last option, with the comments and blank lines between them.</summary>
    public static List<InterfacesLine> Find(string text)
    {
        var found = new List<InterfacesLine>();
        var pending = new List<InterfacesLine>();
        var (inside, open) = (false, false);
        foreach (var line in InterfacesLine.Split(text))
        {
            if (line.Kind is InterfacesLineKind.Blank or InterfacesLineKind.Comment)
            {
                if (inside)
                    pending.Add(line);
                continue;
            }

            var begins = IsBeginning(line);
            inside = begins || (open && IsOption(line));
            open = inside && line.Kind != InterfacesLineKind.Auto && line.Kind != InterfacesLineKind.Allow;
            if (inside)
            {
                found.AddRange(pending);
                found.Add(line);
            }

            pending.Clear();
        }

        return found;
    }

    private static bool IsBeginning(InterfacesLine line)
    {
        var words = line.Words;
        return line.Kind switch
        {
            InterfacesLineKind.Auto => words.Length > 0 && words.All(IsName),
            InterfacesLineKind.Allow => line.Keyword == "allow-hotplug" && words.Length > 0 && words.All(IsName),
            InterfacesLineKind.Iface => (words.Length == 1 || (words.Length >= 3 && Families.Contains(words[1]))) && IsName(words[0]),
            _ => false,
        };
    }

    private static bool IsOption(InterfacesLine line) =>
        line.Kind == InterfacesLineKind.Option && line.Value.Length > 0
        && (line.IsIndented || Options.Contains(line.Keyword) || Prefixes.Any(prefix => line.Keyword.StartsWith(prefix, StringComparison.Ordinal)));

    private static bool IsName(string word) =>
        word.Length <= 20 && word.All(c => c is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' or '.' or ':' or '_' or '-');
}
