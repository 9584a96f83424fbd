using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace BondTools.Tests.Planning;

/// <summary>Random interfaces files out of everything that such a file may hold, in every spelling, that still parse.</summary>
internal sealed class InterfacesGenerator(Random random)
{
    private static readonly string[] Nics = ["eno1", "eno2", "eno3", "eno4", "eno5", "eno6"];
    private static readonly string[] Comments =
    [
        "# plain", "#no blank", "#", "   # indented", "\t#\ttabbed \t", "# gr\uDCFCn, in Latin-1", "# grün 東京", "# ends with a backslash \\", "#auto bond9", "# iface bond0 inet manual", "# \u00A0 \uDC85",
    ];

    private static readonly string[] Loose =
    [
        "source /etc/network/interfaces.d/*", "source-directory interfaces.d", "  source   /etc/x  ", "rename eth0=lan", "no-auto-down eno1", "no-scripts lo", "template /etc/x.mako", "%endfor",
        "auto lo eno1 eno2", "auto eno9 \\\n   eno8", "allow-hotplug eno1 eno9", "allow-ovs vmbr9", "allow-auto lo", "auto\teno7 # odd",
    ];

    private static readonly string[] Sections =
    [
        "mapping eth* \n  script /usr/local/map.sh \\\n     --fast\n  map HOME eth0-home", "vlan br.100\n   address 10.9.9.9/24", "iface lo inet loopback\n\tup  echo \"a \\\\ b\"",
        "iface base inet static\n   mtu 1400", "iface lan inet manual inherits base\n hwaddress 00:00:5e:00:53:01 ", "iface tun0 inet6 v4tunnel\n\tendpoint 192.0.2.1\n\n\tlocal 192.0.2.2", "  iface eno1 inet6 auto",
        "iface eno9:1 inet static\n\taddress 192.0.2.9\n\tnetmask 255.255.255.0", "iface wlan0 inet dhcp\n wpa-psk  gr\uDCFCn ",
    ];

    private static readonly string[] Extras =
    [
        "post-up  echo  $IFACE", "up ip route add 198.51.100.0/24 dev $IFACE \\\n      metric 5", "down true", "pre-up /bin/a;  /bin/b", "post-up second line", "hwaddress ether 00:00:5e:00:53:02", "alias gr\uDCFCn", "accept_ra 0",
    ];

    /// <summary>A file with some of bond0 (eno1, eno2), bond1 (eno3, eno4), vmbr0 (eno5) and vmbr1 (bond0), and much else.</summary>
    public string File()
    {
        var parts = new List<string>();
        void Maybe(int percent, Func<string> part)
        {
            if (random.Next(100) < percent)
                parts.Add(part());
        }

        foreach (var nic in Nics)
            Maybe(70, () => Auto(nic) + $"iface {nic} inet manual" + (Chance(3) ? "\n   " + Pick(Extras) : ""));
        Maybe(80, () => Bond("bond0", "eno1", "eno2"));
        Maybe(50, () => Bond("bond1", "eno3", "eno4"));
        Maybe(70, () => Bridge("vmbr0", "eno5", gateway: true));
        if (parts.Exists(part => part.Contains("iface bond0", StringComparison.Ordinal)))
            Maybe(50, () => Bridge("vmbr1", "bond0", gateway: false));
        for (var i = random.Next(6); i > 0; i--)
            parts.Add(Pick(random.Next(3) switch { 0 => Comments, 1 => Loose, _ => Sections }));

        var text = new StringBuilder();
        foreach (var part in parts.OrderBy(_ => random.Next()))
            text.Append(part).Append('\n').Append(Pick("", "\n", "\n", "\n", "  \t\n", "\n\n"));
        return Spoil(text.ToString());
    }

    public T Pick<T>(params T[] choices) => choices[random.Next(choices.Length)];

    public bool Chance(int oneIn) => random.Next(oneIn) == 0;

    private string Auto(string name) => Pick("", $"auto {name}\n", $"auto {name}\n", $"auto eno9 {name}  lan\n", $"allow-hotplug {name}\n", $"auto x1 \\\n  {name}\n");

    private string Bond(string name, string first, string second)
    {
        var options = new List<string>
        {
            Pick($"bond-slaves {first} {second}", $"bond_slaves  {first}\t{second} ", $"slaves {first} {second}", $"bond-slaves {first} \\\n      {second}", $"bond-slaves {first},{second}"),
            Pick("bond-mode 802.3ad", "bond_mode 4", "bond-mode\t802.3ad  "),
            Pick("bond-miimon 100", "bond_miimon  100"),
        };
        Maybe(options, "bond-xmit-hash-policy layer2+3", "bond_xmit_hash_policy 2");
        Maybe(options, "bond-lacp-rate fast", "bond-lacp_rate 1", "bond-lacp-rate \\\n fast");
        Maybe(options, "bond-min-links 1");
        Maybe(options, "mtu 9000", "mtu   1500 ");
        Maybe(options, "bond-updelay 200");
        Maybe(options, "bond_use_carrier 1", "bond-all_slaves-active 0");
        return Stanza(name, options, "");
    }

    private string Bridge(string name, string port, bool gateway)
    {
        var options = new List<string> { Pick($"bridge-ports {port}", $"bridge_ports   {port} ", $"bridge-ports {port} \\\n", $"bridge-ports none\n\tbridge-ports {port}") };
        Maybe(options, "bridge-stp off", "bridge_stp no");
        Maybe(options, "bridge-fd 0", "bridge-fd 15");
        Maybe(options, "bridge-vlan-aware yes\n\tbridge-vids 2-4094");
        Maybe(options, "bridge-ageing 30");
        return Stanza(name, options, gateway ? Pick("address 10.0.0.2/24\n\tgateway  10.0.0.1", "address 10.0.0.2\n   netmask 255.255.255.0", "address 10.0.0.2/24", "") : "");
    }

    private void Maybe(List<string> options, params string[] spellings)
    {
        if (Chance(3))
            options.Add(Pick(spellings));
    }

    private string Stanza(string name, List<string> options, string address)
    {
        while (Chance(3))
            options.Add(Pick(Extras));
        var lines = options.OrderBy(_ => random.Next()).ToList();
        if (address.Length > 0)
            lines.Insert(0, address);
        if (Chance(4))
            lines.Insert(random.Next(lines.Count + 1), Pick(Comments));
        if (Chance(8))
            lines.Insert(random.Next(1, lines.Count), "");
        var indent = Pick("\t", "\t", "    ", " \t", "");
        var method = address.Length > 0 ? "static" : "manual";
        var text = Auto(name) + Pick($"iface {name} inet {method}", $"  iface  {name}\tinet   {method} ", $"iface {name} inet \\\n   {method}") + "\n"
            + string.Join("\n", lines.Select(line => line.Length == 0 || line[0] == '#' ? line : indent + line));
        return text + Pick("", "", "", "\n#about " + name, $"\n\niface {name} inet6 static\n\taddress 2001:db8::{random.Next(1, 99)}/64", $"\niface {name} inet6 manual\n\tup true");
    }

    // What editors and other systems do to files.
    private string Spoil(string text)
    {
        text = Pick("", "", "", "\uFEFF", "\n", "# first\n") + text;
        text = random.Next(4) switch
        {
            0 => text.Replace("\n", "\r\n", StringComparison.Ordinal),
            1 => string.Concat(text.Split('\n').Select(line => line + Pick("\n", "\r\n"))),
            _ => text,
        };
        return random.Next(4) switch
        {
            0 => text.TrimEnd(),
            1 => text.TrimEnd() + Pick(" \t", "\n  "),
            _ => text,
        };
    }
}
