using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Text.Json;
using BondTools.Linux;
using Xunit;

namespace BondTools.Tests.Linux;

public class InterfacesFileTests(ITestOutputHelper output)
{
    private static readonly string Article = Sample.Read("article-interfaces.txt");

    [Fact]
    public void Reads_the_articles_configuration()
    {
        var file = InterfacesFile.Parse(Article, "pve");

        Assert.Equal(["lo", "nic0", "enp0s8", "enp0s9", "enp0s10", "bond0", "vmbr0", "vmbr1"], file.Interfaces.Select(i => i.Name));
        Assert.Equal([NetworkInterfaceType.Loopback, NetworkInterfaceType.Ethernet, NetworkInterfaceType.Ethernet, NetworkInterfaceType.Ethernet,
            NetworkInterfaceType.Ethernet, NetworkInterfaceType.Bond, NetworkInterfaceType.Bridge, NetworkInterfaceType.Bridge], file.Interfaces.Select(i => i.Type));
        Assert.Equal([true, false, true, true, false, true, true, true], file.Interfaces.Select(i => i.Auto));
        Assert.All(file.Interfaces, i => Assert.Equal("pve", i.ComputerName));

        var bond = Assert.Single(file.Bonds);
        Assert.Equal(("bond0", "pve", BondMode.Lacp, TransmitHashPolicy.Layer23), (bond.Name, bond.ComputerName, bond.Mode, bond.TransmitHashPolicy));
        Assert.Equal(["enp0s8", "enp0s9"], bond.Slaves);
        Assert.Equal(TimeSpan.FromMilliseconds(100), bond.MiiPollingInterval);
        Assert.Equal(("manual", true, null, null), (bond.Method, bond.Auto, bond.LacpRate, bond.Gateway));
        Assert.Empty(bond.OtherOptions);

        Assert.Equal(["vmbr0", "vmbr1"], file.Bridges.Select(bridge => bridge.Name));
        Assert.Equal(["192.168.10.73/24"], file.Bridges[0].Addresses);
        Assert.Equal((IPAddress.Parse("192.168.10.1"), "static"), (file.Bridges[0].Gateway, file.Bridges[0].Method));
        Assert.Equal(["bond0"], file.Bridges[1].Ports);
        Assert.Equal((false, TimeSpan.Zero, false), (file.Bridges[1].Stp, file.Bridges[1].ForwardDelay, file.Bridges[1].VlanAware));
    }

    [Fact]
    public void Finds_the_configuration_in_the_whole_article()
    {
        var path = Path.Combine(Corpus.RepoRoot, "..", "shared", "seed", "article.txt");
        Assert.SkipUnless(File.Exists(path), "The article is not beside the project.");
        Assert.Equal(Article, InterfacesFile.ParseExcerpt(File.ReadAllText(path)).ToString());
    }

    [Theory]
    [InlineData("It looks like this.\n# cat /etc/network/interfaces\n", "\nThe containers only get\naddresses.\n# ip -s link\n")]
    [InlineData("interface Port-channel1\nduplex auto\n", "コンテナ\n固定IPアドレス設定をするのみ。\n")]
    [InlineData("source of all that is good: the net\r\nauto parts, anyone?\r\n", "bridge built.\r\niface to face\r\n")]
    public void An_excerpt_loses_the_prose_and_nothing_else(string before, string after) =>
        Assert.Equal(Article, InterfacesFile.ParseExcerpt(before + Article + after).ToString());

    [Fact]
    public void An_excerpt_without_any_stanza_is_an_error() =>
        Assert.Equal(2, Assert.Throws<UnexpectedOutputException>(() => InterfacesFile.ParseExcerpt("\nNothing here.\n")).LineNumber);

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("# only a comment")]
    [InlineData("auto lo\r\niface lo inet loopback\r\n\r\n\tiface  bond0\tinet manual\r\n\t  bond_slaves eno1 eno2\r\n")]
    [InlineData("iface bond0 inet manual\n bond-slaves eno1 \\\n   eno2\n\tmtu 9000")]
    [InlineData("iface bond0 inet manual\n bond-slaves eno1 \\")]
    [InlineData("# a comment ends here \\\niface eth0 inet dhcp\n\n   up echo hi   \n \t \n# about eth1\niface eth1 inet6 auto\n")]
    [InlineData("source interfaces.d/*\nsource-directory x\nmapping eth0\n\tscript map.sh\nno-auto-down eth0\nrename eth0=lan\n")]
    [InlineData("iface base inet static\n mtu 1400\niface eth0 inet static inherits base\n address 10.0.0.1/8\n")]
    [InlineData("\uFEFF# with a mark\nauto lo\r\rx\niface lo inet loopback\n")]
    public void Gives_every_byte_back(string text) => Assert.Equal(text, InterfacesFile.Parse(text).ToString());

    [Fact]
    public void Gives_every_byte_of_odd_files_back()
    {
        string[] parts = ["auto lo", "iface eth0 inet dhcp", "\tmtu 9000", "  up echo \\", "# x \\", "", " \t", "mapping eth*", " script x", "source a", "%for x:", "allow-hotplug eth1", "iface vmbr0", "vlan br.1"];
        string[] endings = ["\n", "\r\n", " \n", "\n\n"];
        var random = new Random(802);
        for (var round = 0; round < 500; round++)
        {
            var text = "iface x inet manual\n" + string.Concat(Enumerable.Range(0, random.Next(30)).Select(_ => parts[random.Next(parts.Length)] + endings[random.Next(endings.Length)]));
            if (random.Next(2) == 0)
                text = text.TrimEnd('\n');
            string? read = null;
            try
            {
                read = InterfacesFile.Parse(text).ToString();
            }
            catch (UnexpectedOutputException e)
            {
                // An option after "auto" or "source" belongs nowhere.
                Assert.Contains("outside", e.Message, StringComparison.Ordinal);
            }

            Assert.Equal(text, read ?? text);
        }
    }

    [Theory]
    [InlineData("auto lo\nbond-slaves eno1\n", 2)]
    [InlineData("nonsense\n", 1)]
    [InlineData("auto lo\niface lo inet loopback\nsource x\n\nmtu 1500\n", 5)]
    [InlineData("iface\n", 1)]
    public void A_line_where_it_may_not_stand_is_an_error(string text, int line) =>
        Assert.Equal(line, Assert.Throws<UnexpectedOutputException>(() => InterfacesFile.Parse(text)).LineNumber);

    [Theory]
    [InlineData("bond-slaves")]
    [InlineData("bond_slaves")]
    [InlineData("slaves")]
    public void Every_spelling_of_an_option_is_read(string slaves)
    {
        var bond = Assert.Single(InterfacesFile.Parse($"iface lag inet manual\n {slaves} eno2 \\\n   eno1\n bond_mode 4\n bond-lacp-rate 1\n bond_ad_select actor_port_prio\n"
            + " bond-updelay 200\n bond-use-carrier yes\n bond-lacp-bypass-allow yes\n").Bonds);
        Assert.Equal(["eno2", "eno1"], bond.Slaves);
        Assert.Equal((BondMode.Lacp, LacpRate.Fast, AdSelect.ActorPortPriority, TimeSpan.FromMilliseconds(200)), (bond.Mode, bond.LacpRate, bond.AdSelect, bond.UpDelay));
        Assert.True(bond.UseCarrier);
        Assert.Equal("bond-lacp-bypass-allow yes", Assert.Single(bond.OtherOptions).ToString());
        Assert.False(bond.Auto);
    }

    [Theory]
    [InlineData("bond-mode sorcery")]
    [InlineData("bond-lacp-rate 7")]
    [InlineData("bond-lacp-rate slow,fast")]
    [InlineData("bond-miimon -1")]
    [InlineData("mtu big")]
    public void A_value_that_the_driver_does_not_take_is_an_error_with_its_line(string option)
    {
        var file = InterfacesFile.Parse("auto bond0\niface bond0 inet manual\n\t" + option + "\n");
        var error = Assert.Throws<UnexpectedOutputException>(() => file.Bonds);
        Assert.Equal((3, option), (error.LineNumber, error.Line));
    }

    [Fact]
    public void Stanzas_of_one_name_are_one_bridge()
    {
        var file = InterfacesFile.Parse("iface vmbr0 inet static\n\taddress 10.0.0.2\n\tnetmask 255.255.255.0\n\tgateway 10.0.0.1\n\tbridge-ports none\n\tbridge-vlan-aware yes\n\tbridge-vids 2-4094\n#uplink\n#of all\n\n"
            + "# next\niface vmbr0 inet6 static\n\taddress 2001:db8::2/64\n");
        Assert.Equal(2, file.Interfaces.Count);
        Assert.All(file.Interfaces, i => Assert.Equal(NetworkInterfaceType.Bridge, i.Type));
        var bridge = Assert.Single(file.Bridges);
        Assert.Equal(["10.0.0.2/24", "2001:db8::2/64"], bridge.Addresses);
        Assert.Equal(("uplink\nof all", true, "2-4094"), (bridge.Comment, bridge.VlanAware, bridge.VlanIds));
        Assert.Empty(bridge.Ports);
    }

    [Theory]
    [InlineData("iface bond0.10 inet manual", NetworkInterfaceType.Vlan)]
    [InlineData("iface vlan7 inet manual", NetworkInterfaceType.Vlan)]
    [InlineData("iface eth0:1 inet static", NetworkInterfaceType.Alias)]
    [InlineData("iface vmbr0 inet manual\n ovs_type OVSBridge", NetworkInterfaceType.OvsBridge)]
    [InlineData("iface bond0 inet manual\n ovs_type OVSBond", NetworkInterfaceType.OvsBond)]
    [InlineData("iface x inet manual\n ovs_type OVSIntPort", NetworkInterfaceType.OvsIntPort)]
    [InlineData("iface enx080027 inet manual", NetworkInterfaceType.Ethernet)]
    [InlineData("iface bond0", NetworkInterfaceType.Bond)]
    [InlineData("iface bonding inet manual", NetworkInterfaceType.Unknown)]
    public void The_type_comes_from_the_name_and_the_options(string text, NetworkInterfaceType type) =>
        Assert.Equal(type, Assert.Single(InterfacesFile.Parse(text).Interfaces).Type);

    [Fact]
    public void Files_of_others_come_back_whole_and_agree_with_proxmox()
    {
        var files = Directory.GetFiles(Corpus.Require("interfaces"), "*.eni");
        var (compared, differences) = (0, new List<string>());
        foreach (var path in files)
        {
            var text = File.ReadAllText(path);
            var file = InterfacesFile.Parse(text);
            Assert.Equal(text, file.ToString());
            Assert.Equal(RecordText.Of(file.Bonds), RecordText.Of(InterfacesFile.ParseExcerpt(text).Bonds));
            using var json = JsonDocument.Parse(File.ReadAllText(Path.ChangeExtension(path, ".pve.json")));
            foreach (var property in json.RootElement.GetProperty("ifaces").EnumerateObject())
            {
                if (file.Find(property.Name) is { } stanza)
                    Compare(Path.GetFileName(path), stanza, property.Value, ref compared, differences);
                else if (property.Value.TryGetProperty("priority", out _) && property.Name != "lo")
                    differences.Add($"{Path.GetFileName(path)}: {property.Name} is missing");
            }
        }

        output.WriteLine($"{files.Length} files, {compared} values compared, {differences.Count} differ");
        differences.ForEach(output.WriteLine);
        Assert.True(files.Length >= 20 && compared > 200);
        // Proxmox took swpN for NICs because they existed where it ran, has a type for VXLAN, knows a bond by its name only, and
        // sorts ports.
        Assert.All(differences, difference => Assert.Matches("(swp_.._: type is 'unknown'|vxlan.*: type is 'unknown'|(up|peer|down)link1?: type is 'bond'|bridge: bridge_ports is)", difference));
    }

    private static void Compare(string file, NetworkInterface stanza, JsonElement pve, ref int compared, List<string> differences)
    {
        var type = stanza.Type switch { NetworkInterfaceType.Ethernet => "eth", var t => t.ToString().ToLowerInvariant() };
        var values = new (string Key, string? Value)[]
        {
            ("type", type),
            ("autostart", stanza.Auto ? "1" : null),
            ("cidr", stanza.Addresses.LastOrDefault(address => !address.Contains("::", StringComparison.Ordinal))),
            ("gateway", stanza.Gateway?.ToString()),
            ("method", stanza.Family == "inet6" ? "manual" : stanza.Method ?? "manual"),
            ("slaves", stanza.Option("bond-slaves")),
            ("bond_mode", stanza.Option("bond-mode")),
            ("bond_miimon", stanza.Option("bond-miimon")),
            ("bond_xmit_hash_policy", stanza.Option("bond-xmit-hash-policy")),
            ("bridge_ports", stanza.Options.Any(option => OptionName.Of(option.Name) == "bridge-ports") ? string.Join(" ", stanza.OptionWords("bridge-ports")) : null),
            ("bridge_vids", stanza.Option("bridge-vids")),
        };
        foreach (var (key, value) in values)
        {
            compared++;
            var expected = pve.TryGetProperty(key, out var element) ? element.ToString() : null;
            if (expected != value)
                differences.Add($"{file}: {stanza.Name}: {key} is '{value}', Proxmox '{expected}'");
        }
    }
}
