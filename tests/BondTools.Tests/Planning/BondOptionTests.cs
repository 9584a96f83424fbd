using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using BondTools.Linux;
using BondTools.Planning;
using Xunit;

namespace BondTools.Tests.Planning;

/// <summary>Every option of a bond: the lines it gives, that clearing takes them away, and what is refused before anything is written.</summary>
public class BondOptionTests
{
    private const string Folder = "/sys/class/net/bond0/bonding/";

    private static readonly string[] Slaves = ["eno1", "eno2"];

    private static InterfacesFile Bond(BondMode mode, bool arp = false) => InterfacesEdit.AddBond(InterfacesFile.Parse("auto lo\niface lo inet loopback\n"), new PveBond
    {
        Name = "bond0", Slaves = Slaves, Mode = mode,
        ArpPollingInterval = arp ? TimeSpan.FromSeconds(1) : null,
        ArpIpTargets = arp ? [IPAddress.Parse("10.0.0.1")] : [],
    });

    private static string Anytime(string option, string value) => $"f={Folder}{option}; [ ! -w $f ] || grep -qwF {value} $f || echo {value} > $f";

    private static string BondDown(string option, string value) =>
        $"f={Folder}{option}; [ ! -w $f ] || grep -qwF {value} $f || echo {value} 2> /dev/null > $f || {{ ip link set dev bond0 down; echo {value} > $f; ip link set dev bond0 up; }}";

    private static string WithoutSlaves(string option, string value) =>
        $"f={Folder}{option}; [ ! -w $f ] || grep -qwF {value} $f || {{ s=$(cat {Folder}slaves); for i in $s; do ip link set dev $i nomaster; done; "
        + $"ip link set dev bond0 down; echo {value} > $f; for i in $s; do ip link set dev $i master bond0; done; ip link set dev bond0 up; }}";

    public static TheoryData<string, PveBondChange, string[]> Options => new()
    {
        { "802.3ad", new() { LacpRate = LacpRate.Fast }, ["bond-lacp-rate fast"] },
        { "802.3ad", new() { LacpActive = false }, ["bond-lacp-active off", "pre-up " + BondDown("lacp_active", "0")] },
        { "802.3ad", new() { MinLinks = 2 }, ["bond-min-links 2"] },
        { "802.3ad", new() { AdSelect = AdSelect.Bandwidth }, ["bond-ad-select bandwidth", "pre-up " + BondDown("ad_select", "bandwidth")] },
        { "802.3ad", new() { SystemPriority = 1 }, ["bond-ad-actor-sys-prio 1"] },
        { "802.3ad", new() { SystemMacAddress = MacAddress.Parse("02:00:00:00:00:01") }, ["bond-ad-actor-system 02:00:00:00:00:01"] },
        { "802.3ad", new() { UserPortKey = 1023 }, ["bond-ad-user-port-key 1023", "pre-up " + WithoutSlaves("ad_user_port_key", "1023")] },
        { "802.3ad", new() { TransmitHashPolicy = TransmitHashPolicy.Encap34 }, ["bond-xmit-hash-policy encap3+4"] },
        { "balance-xor", new() { TransmitHashPolicy = TransmitHashPolicy.VlanSrcMac }, ["bond-xmit-hash-policy vlan+srcmac", "pre-up " + Anytime("xmit_hash_policy", "vlan+srcmac")] },
        { "balance-rr", new() { UpDelay = TimeSpan.FromMilliseconds(200), DownDelay = TimeSpan.FromMilliseconds(400) }, ["bond-updelay 200", "bond-downdelay 400"] },
        { "active-backup", new() { PeerNotificationCount = 255 }, ["bond-num-grat-arp 255"] },
        { "active-backup", new() { PeerNotificationDelay = TimeSpan.FromMilliseconds(300) }, ["bond-peer-notif-delay 300", "pre-up " + Anytime("peer_notif_delay", "300")] },
        { "active-backup", new() { UseCarrier = false }, ["bond-use-carrier 0"] },
        { "active-backup", new() { PrimarySlave = "eno2", PrimaryReselect = PrimaryReselect.Better }, ["bond-primary eno2", "bond-primary-reselect better", "pre-up " + Anytime("primary", "eno2")] },
        { "active-backup", new() { FailOverMac = FailOverMac.Follow }, ["bond-fail-over-mac follow", "pre-up " + WithoutSlaves("fail_over_mac", "follow")] },
        { "arp", new() { ArpValidate = ArpValidate.FilterActive }, ["bond-arp-validate filter_active", "pre-up " + Anytime("arp_validate", "filter_active")] },
        { "arp", new() { ArpAllTargets = ArpAllTargets.All }, ["bond-arp-all-targets all", "pre-up " + Anytime("arp_all_targets", "all")] },
        { "arp", new() { ArpMissedMax = 5 }, ["bond-arp-missed-max 5", "pre-up " + Anytime("arp_missed_max", "5")] },
        { "balance-rr", new() { PacketsPerSlave = 0 }, ["bond-packets-per-slave 0", "pre-up " + Anytime("packets_per_slave", "0")] },
        { "balance-alb", new() { ResendIgmp = 3 }, ["bond-resend-igmp 3", "pre-up " + Anytime("resend_igmp", "3")] },
        { "broadcast", new() { AllSlavesActive = true }, ["bond-all-slaves-active 1", "pre-up " + Anytime("all_slaves_active", "1")] },
        { "balance-alb", new() { LearningPacketInterval = TimeSpan.FromSeconds(2) }, ["bond-lp-interval 2", "pre-up " + Anytime("lp_interval", "2")] },
        { "balance-tlb", new() { DynamicLoadBalancing = false }, ["bond-tlb-dynamic-lb 0", "pre-up " + BondDown("tlb_dynamic_lb", "0")] },
    };

    [Theory]
    [MemberData(nameof(Options))]
    public void An_option_gives_its_lines_and_clearing_it_takes_them_away(string mode, PveBondChange change, string[] lines)
    {
        var file = mode == "arp" ? Bond(BondMode.ActiveBackup, arp: true) : Bond(BondMode.Parse(mode));
        var changed = InterfacesEdit.SetBond(file, "bond0", change);
        var added = changed.ToString().Split('\n').Except(file.ToString().Split('\n')).Select(line => line.TrimStart('\t'));
        Assert.Equal(lines.Order(), added.Order());

        // The companions are no options of their own, and the values read back.
        var bond = Assert.Single(changed.Bonds);
        Assert.Empty(bond.OtherOptions);
        foreach (var property in Named(change))
            Assert.Equal(RecordText.Of(typeof(PveBondChange).GetProperty(property)!.GetValue(change)), RecordText.Of(typeof(PveBond).GetProperty(property)!.GetValue(bond)));

        Assert.Equal(changed.ToString(), InterfacesEdit.SetBond(changed, "bond0", change).ToString());
        Assert.Equal(file.ToString(), InterfacesEdit.SetBond(changed, "bond0", new PveBondChange { Clear = Named(change) }).ToString());
    }

    [Fact]
    public void Every_option_of_the_driver_is_among_those_tried()
    {
        var tried = Options.SelectMany(row => Named(row.Data.Item2))
            .Concat([nameof(PveBond.Mode), nameof(PveBond.MiiPollingInterval), nameof(PveBond.ArpPollingInterval), nameof(PveBond.ArpIpTargets)]);
        Assert.Empty(BondOption.All.Select(option => option.Property).Except(tried));
    }

    [Fact]
    public void The_ARP_monitor_takes_the_place_of_the_MII_monitor()
    {
        var wish = new PveBond
        {
            Name = "bond0", Slaves = Slaves, Mode = BondMode.BalanceXor, ArpPollingInterval = TimeSpan.FromMilliseconds(500),
            ArpIpTargets = [IPAddress.Parse("10.0.0.1"), IPAddress.Parse("2001:db8::1"), IPAddress.Parse("10.0.0.2"), IPAddress.Parse("2001:db8::2")],
        };
        var file = InterfacesEdit.AddBond(InterfacesFile.Parse(""), wish);
        Assert.EndsWith(
            "\tbond-slaves eno1 eno2\n\tbond-miimon 0\n\tbond-mode balance-xor\n\tbond-arp-ip-target 10.0.0.1 10.0.0.2\n\tbond-ns-ip6-target 2001:db8::1 2001:db8::2\n\tbond-arp-interval 500\n"
            + $"\tpre-up f={Folder}arp_ip_target; t='10.0.0.1 10.0.0.2'; [ ! -w $f ] || [ \"$(cat $f)\" = \"$t\" ] || {{ for i in $(cat $f); do echo -$i > $f; done; for i in $t; do echo +$i > $f; done; }}\n"
            + "\tpre-up t=2001:db8::1,2001:db8::2; [ ! -e /sys/class/net/bond0/bonding ] || ip -d link show dev bond0 | grep -qF \"ns_ip6_target $t \" || ip link set dev bond0 type bond ns_ip6_target $t\n"
            + $"\tpre-up {Anytime("arp_interval", "500")}\n",
            file.ToString(), StringComparison.Ordinal);
        var bond = Assert.Single(file.Bonds);
        Assert.Equal(["10.0.0.1", "10.0.0.2", "2001:db8::1", "2001:db8::2"], bond.ArpIpTargets.Select(target => target.ToString()));
        Assert.Empty(bond.OtherOptions);

        var back = InterfacesEdit.SetBond(file, "bond0", new PveBondChange { Clear = ["ArpPollingInterval", "ArpIpTargets"], MiiPollingInterval = TimeSpan.FromMilliseconds(100) });
        Assert.EndsWith("\tbond-miimon 100\n\tbond-mode balance-xor\n", back.ToString(), StringComparison.Ordinal);
    }

    public static TheoryData<string, string, Func<PveBond, PveBond>> Refused => new()
    {
        { "active-backup", "only 802.3ad has one", bond => bond with { LacpRate = LacpRate.Slow } },
        { "balance-xor", "only 802.3ad sends any", bond => bond with { LacpActive = true } },
        { "balance-rr", "only 802.3ad has one", bond => bond with { AdSelect = AdSelect.Stable } },
        { "balance-rr", "only 802.3ad heeds it", bond => bond with { MinLinks = 1 } },
        { "balance-tlb", "only 802.3ad has one", bond => bond with { SystemPriority = 1 } },
        { "balance-tlb", "only 802.3ad has one", bond => bond with { SystemMacAddress = MacAddress.Parse("02:00:00:00:00:01") } },
        { "balance-tlb", "only 802.3ad has one", bond => bond with { UserPortKey = 1 } },
        { "802.3ad", "the driver takes 1 to 65535", bond => bond with { SystemPriority = 0 } },
        { "802.3ad", "the driver takes 1 to 65535", bond => bond with { SystemPriority = 65536 } },
        { "802.3ad", "the driver takes 0 to 1023", bond => bond with { UserPortKey = 1024 } },
        { "802.3ad", "no unicast address", bond => bond with { SystemMacAddress = MacAddress.Zero } },
        { "802.3ad", "no unicast address", bond => bond with { SystemMacAddress = MacAddress.Parse("01:80:c2:00:00:02") } },
        { "802.3ad", "does not fit the mode 802.3ad; active-backup", bond => bond with { PrimaryReselect = PrimaryReselect.Failure } },
        { "802.3ad", "only active-backup has one", bond => bond with { FailOverMac = FailOverMac.Active } },
        { "802.3ad", "the driver takes 0 to 255", bond => bond with { PeerNotificationCount = 256 } },
        { "802.3ad", "no multiple", bond => bond with { PeerNotificationDelay = TimeSpan.FromMilliseconds(150) } },
        { "802.3ad", "the driver takes 0 to 300000", bond => bond with { PeerNotificationDelay = TimeSpan.FromSeconds(301) } },
        { "802.3ad", "only balance-rr takes turns", bond => bond with { PacketsPerSlave = 2 } },
        { "balance-rr", "the driver takes 0 to 65535", bond => bond with { PacketsPerSlave = 65536 } },
        { "802.3ad", "send them", bond => bond with { ResendIgmp = 1 } },
        { "balance-rr", "the driver takes 0 to 255", bond => bond with { ResendIgmp = 256 } },
        { "active-backup", "send them", bond => bond with { LearningPacketInterval = TimeSpan.FromSeconds(1) } },
        { "balance-tlb", "the driver takes 1 to", bond => bond with { LearningPacketInterval = TimeSpan.Zero } },
        { "balance-tlb", "no whole number of seconds", bond => bond with { LearningPacketInterval = TimeSpan.FromMilliseconds(1500) } },
        { "balance-xor", "balance-tlb and balance-alb do", bond => bond with { DynamicLoadBalancing = true } },
        { "active-backup", "does not hash", bond => bond with { TransmitHashPolicy = TransmitHashPolicy.Layer2 } },
        { "802.3ad", "has no ARP monitor", bond => Arp(bond) },
        { "balance-tlb", "has no ARP monitor", bond => Arp(bond) },
        { "balance-alb", "has no ARP monitor", bond => Arp(bond) },
        { "balance-rr", "needs a polling interval (MiiPollingInterval) of 0", bond => Arp(bond) with { MiiPollingInterval = TimeSpan.FromMilliseconds(100) } },
        { "balance-rr", "no multiple", bond => Arp(bond) with { UpDelay = TimeSpan.FromMilliseconds(100) } },
        { "balance-rr", "has no targets", bond => Arp(bond) with { ArpIpTargets = [] } },
        { "balance-rr", "16 at most", bond => Arp(bond) with { ArpIpTargets = [.. Enumerable.Range(1, 17).Select(i => IPAddress.Parse($"10.0.0.{i}"))] } },
        { "balance-rr", "listed twice", bond => Arp(bond) with { ArpIpTargets = [IPAddress.Parse("10.0.0.1"), IPAddress.Parse("10.0.0.1")] } },
        { "balance-rr", "could answer", bond => Arp(bond) with { ArpIpTargets = [IPAddress.Parse("0.0.0.1")] } },
        { "balance-rr", "could answer", bond => Arp(bond) with { ArpIpTargets = [IPAddress.Broadcast] } },
        { "balance-rr", "could answer", bond => Arp(bond) with { ArpIpTargets = [IPAddress.Parse("ff02::1")] } },
        { "balance-rr", "could answer", bond => Arp(bond) with { ArpIpTargets = [IPAddress.Parse("fe80::1%3")] } },
        { "balance-rr", "no effect without an ARP", bond => bond with { ArpIpTargets = [IPAddress.Parse("10.0.0.1")] } },
        { "balance-rr", "no effect without an ARP", bond => bond with { ArpValidate = ArpValidate.All } },
        { "balance-rr", "no whole number of milliseconds", bond => Arp(bond) with { ArpPollingInterval = TimeSpan.FromTicks(1) } },
        { "active-backup", "the driver takes 1 to 255", bond => Arp(bond) with { ArpMissedMax = 0 } },
        { "balance-alb", "parameter of its own", bond => bond with { OtherOptions = [new NamedValue { Name = "bond_resend_igmp", Value = "1" }] } },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_the_driver_would_not_take_is_refused_with_the_reason(string mode, string reason, Func<PveBond, PveBond> change)
    {
        var wish = change(new PveBond { Name = "bond0", Slaves = Slaves, Mode = BondMode.Parse(mode) });
        var error = Assert.Throws<BondToolsException>(() => InterfacesEdit.AddBond(InterfacesFile.Parse(""), wish));
        Assert.Equal(BondToolsErrorKind.InvalidConfiguration, error.Kind);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_fit_the_modes_that_the_drivers_table_names()
    {
        string[] Modes(string name) => [.. BondOption.All.Single(option => option.Name == name).Modes.Select(mode => mode.Name)];
        // bond_options.c, unsuppmodes.
        Assert.Equal(["balance-rr"], Modes("bond-packets-per-slave"));
        Assert.Equal(["balance-rr", "active-backup", "balance-xor", "broadcast"], Modes("bond-arp-interval"));
        Assert.Equal(["802.3ad"], Modes("bond-lacp-active"));
        Assert.Equal(["active-backup", "balance-tlb", "balance-alb"], Modes("bond-primary"));
        Assert.Equal(["balance-tlb", "balance-alb"], Modes("bond-tlb-dynamic-lb"));
    }

    [Fact]
    public void A_companion_is_told_from_a_users_own_command()
    {
        var companion = "\tpre-up " + BondDown("ad_select", "bandwidth");
        var text = "iface bond0 inet manual\n\tbond-slaves eno1\n\tbond-mode 802.3ad\n\tbond-miimon 100\n\tpre-up modprobe bonding\n"
            + $"\tbond_ad_select 1\n{companion}\n\tpre-up echo bandwidth > {Folder}ad_select\n{companion}; true\n{companion.Replace("bond0", "bond1", StringComparison.Ordinal)}\n";
        var file = InterfacesFile.Parse(text);
        Assert.Equal(["modprobe bonding", $"echo bandwidth > {Folder}ad_select"], file.Bonds[0].OtherOptions.Take(2).Select(option => option.Value));
        Assert.Equal(4, file.Bonds[0].OtherOptions.Count);

        var count = InterfacesEdit.SetBond(file, "bond0", new PveBondChange { AdSelect = AdSelect.Count });
        Assert.Equal(text.Replace("bond_ad_select 1", "bond_ad_select count", StringComparison.Ordinal).Replace(companion + "\n", "\tpre-up " + BondDown("ad_select", "count") + "\n", StringComparison.Ordinal), count.ToString());
        var none = InterfacesEdit.SetBond(file, "bond0", new PveBondChange { Clear = ["AdSelect"] });
        Assert.Equal(text.Replace($"\tbond_ad_select 1\n{companion}\n", "", StringComparison.Ordinal), none.ToString());
        var quiet = InterfacesEdit.SetBond(file, "bond0", new PveBondChange { Clear = ["pre-up"] });
        Assert.Contains(companion + "\n", quiet.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("modprobe", quiet.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_option_written_by_hand_gets_its_companion_when_it_is_asked_for_again()
    {
        var file = InterfacesFile.Parse("iface bond0 inet manual\n\tbond-slaves eno1\n\tbond-mode 802.3ad\n\tbond-ad-select count\n");
        Assert.DoesNotContain("pre-up", InterfacesEdit.SetBond(file, "bond0", new PveBondChange { Mtu = 9000 }).ToString(), StringComparison.Ordinal);
        Assert.Contains("pre-up " + BondDown("ad_select", "count"), InterfacesEdit.SetBond(file, "bond0", new PveBondChange { AdSelect = AdSelect.Count }).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bond-slaves", "bond-mode", "bond-miimon")]
    [InlineData("bond_slaves", "bond_mode", "bond_miimon")]
    [InlineData("slaves", "bond_mode", "bond-miimon")]
    public void Every_spelling_is_read_and_kept(string slaves, string mode, string miimon)
    {
        var text = $"auto eno1\niface eno1 inet manual\n\nauto eno2\niface eno2 inet manual\n\niface bond0 inet manual\n\t{slaves} eno1\n\t{mode} 1\n\t{miimon} 100\n\tbond_primary eno1\n";
        var bond = InterfacesFile.Parse(text).Bonds[0];
        Assert.Equal((BondMode.ActiveBackup, "eno1", 100.0), (bond.Mode, bond.PrimarySlave, bond.MiiPollingInterval!.Value.TotalMilliseconds));
        var changed = InterfacesEdit.SetBond(InterfacesFile.Parse(text), "bond0", new PveBondChange
        {
            Slaves = ["eno2"], Mode = BondMode.BalanceAlb, MiiPollingInterval = TimeSpan.FromMilliseconds(50), PrimarySlave = "eno2",
        });
        Assert.Equal(text.Replace($"{slaves} eno1", $"{slaves} eno2", StringComparison.Ordinal).Replace($"{mode} 1", $"{mode} balance-alb", StringComparison.Ordinal)
            .Replace($"{miimon} 100", $"{miimon} 50", StringComparison.Ordinal).Replace("bond_primary eno1", "bond_primary eno2", StringComparison.Ordinal) + $"\tpre-up {Anytime("primary", "eno2")}\n", changed.ToString());
    }

    [Fact]
    public void No_line_holds_what_the_engines_template_language_takes_for_its_own()
    {
        foreach (var row in Options)
        {
            foreach (var line in row.Data.Item3)
                Assert.DoesNotMatch(@"\$\{|^\s*%|##|<%|\\$", line);
        }
    }

    private static PveBond Arp(PveBond bond) => bond with { ArpPollingInterval = TimeSpan.FromSeconds(1), ArpIpTargets = [IPAddress.Parse("10.0.0.1")] };

    private static List<string> Named(PveBondChange change) =>
        [.. typeof(PveBondChange).GetProperties().Where(property => property.Name != "Clear" && property.GetValue(change) is not null).Select(property => property.Name)];
}
