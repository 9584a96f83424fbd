using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using BondTools.Linux;
using Xunit;

namespace BondTools.Tests.Linux;

/// <summary>Compares what is read from /proc with what sysfs said at the same moment.</summary>
public class BondStatusOracleTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("bonding-kernel", "*.proc", 90)]
    [InlineData("bonding-kernel", "*.proc.unpriv", 90)]
    [InlineData("bonding-lab", "*proc-net-bonding-*.txt", 130)]
    [InlineData("bonding-other", "*MODE_?.txt", 6)]
    [InlineData("bonding-other", "insights_BONDINFO_1.txt", 1)]
    public void Every_recording_is_read_whole(string folder, string pattern, int atLeast)
    {
        var files = Directory.GetFiles(Corpus.Require(folder), pattern, SearchOption.AllDirectories);
        Assert.True(files.Length >= atLeast, $"{files.Length} files");
        foreach (var file in files)
        {
            var text = File.ReadAllText(file);
            var bond = Assert.Single(BondStatusParser.Parse(text));
            Assert.Empty(bond.OtherFields);
            Assert.All(bond.Slaves, slave => Assert.Empty(slave.OtherFields));
            Assert.Equal(Count(text, "Slave Interface:"), bond.Slaves.Count);
            var collapsed = string.Join("\n", text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0));
            Assert.Equal(RecordText.Of(bond), RecordText.Of(BondStatusParser.Parse(collapsed)[0]));
            if (file.EndsWith("unpriv", StringComparison.Ordinal) && bond.Mode.Equals(BondMode.Lacp))
                Assert.NotEqual(true, bond.Negotiated);
            output.WriteLine($"{Path.GetRelativePath(Corpus.Require("."), file)}: {bond.Mode} {bond.Negotiated?.ToString() ?? "null"}: {bond.Reason}");
        }
    }

    [Theory]
    [InlineData("insights_BONDINFO_CORRUPT.txt")]
    [InlineData("insights_BONDINFO_UNKNOWN_BOND_MODE.txt")]
    public void What_is_no_bond_is_an_error(string file) =>
        Assert.Equal(1, Assert.Throws<UnexpectedOutputException>(() => BondStatusParser.Parse(File.ReadAllText(Corpus.Require("bonding-other/" + file)))).LineNumber);

    [Fact]
    public void The_kernel_recordings_agree_with_sysfs()
    {
        var (files, fields) = (0, 0);
        var differences = new List<string>();
        foreach (var proc in Directory.GetFiles(Corpus.Require("bonding-kernel"), "*.proc", SearchOption.AllDirectories))
        {
            var stem = proc.Substring(0, proc.Length - ".proc".Length);
            if (!File.Exists(stem + ".sysfs"))
                continue;
            files++;
            var bond = BondStatusParser.Parse(File.ReadAllText(proc))[0];
            fields += CompareBond(proc, bond, Pairs(File.ReadLines(stem + ".sysfs")), differences);
            fields += CompareSlaves(proc, bond, Pairs(File.ReadLines(stem + ".slaves.sysfs")), differences);
        }

        Report(files, fields, differences);
        Assert.True(files >= 85 && fields > 1500);
        // Port states that moved between the two reads.
        Assert.True(differences.Count <= 3, string.Join("\n", differences));
    }

    [Fact]
    public void The_lab_recordings_agree_with_sysfs()
    {
        const string bonding = "/sys/class/net/bond0/bonding/";
        var (files, fields) = (0, 0);
        var differences = new List<string>();
        foreach (var sysfs in Directory.GetFiles(Corpus.Require("bonding-lab"), "sysfs-bonding.txt", SearchOption.AllDirectories))
        {
            var proc = Path.Combine(Path.GetDirectoryName(sysfs)!, "proc-net-bonding-bond0.txt");
            files++;
            var values = Pairs(File.ReadLines(sysfs).Where(line => line.StartsWith(bonding, StringComparison.Ordinal)).Select(line => line.Substring(bonding.Length)));
            fields += CompareBond(proc, BondStatusParser.Parse(File.ReadAllText(proc))[0], values, differences);
        }

        Report(files, fields, differences);
        Assert.True(files >= 50 && fields > 500);
        // A port count and a link state that moved between the two reads.
        Assert.True(differences.Count <= 2, string.Join("\n", differences));
    }

    private void Report(int files, int fields, List<string> differences)
    {
        output.WriteLine($"{files} files, {fields} fields compared, {differences.Count} differ");
        foreach (var difference in differences)
            output.WriteLine(difference);
    }

    private static int CompareBond(string file, BondStatus bond, Dictionary<string, string> sysfs, List<string> differences)
    {
        var compared = new List<(string Key, object? Value)>
        {
            ("mode", $"{bond.Mode} {bond.Mode.Number}"),
            ("mii_status", bond.MiiStatus.ToString().ToLowerInvariant()),
            ("miimon", bond.MiiPollingInterval.TotalMilliseconds),
            ("updelay", bond.UpDelay?.TotalMilliseconds),
            ("downdelay", bond.DownDelay?.TotalMilliseconds),
            ("peer_notif_delay", bond.PeerNotificationDelay?.TotalMilliseconds),
            ("slaves", string.Join(" ", bond.Slaves.Select(slave => slave.Name))),
            ("queue_id", string.Join(" ", bond.Slaves.Select(slave => $"{slave.Name}:{slave.QueueId}"))),
            ("ad_aggregator", bond.Mode.Equals(BondMode.Lacp) ? bond.ActiveAggregatorId ?? 0 : null),
            ("ad_num_ports", bond.PortCount),
            ("ad_actor_key", bond.ActorKey),
            ("ad_partner_key", bond.PartnerKey),
            ("ad_partner_mac", bond.PartnerMacAddress),
            // The driver prints 0 here until the first slave comes (the value is set up with it).
            ("ad_actor_sys_prio", bond.Slaves.Count > 0 ? bond.SystemPriority : null),
            ("min_links", bond.MinLinks),
            ("lacp_rate", bond.LacpRate is { } rate ? $"{rate.ToString().ToLowerInvariant()} {(int)rate}" : null),
            ("ad_select", bond.AdSelect is { } select ? $"{select.ToString().ToLowerInvariant()} {(int)select}" : null),
            ("lacp_active", bond.LacpActive is { } active ? (active ? "on 1" : "off 0") : null),
            ("xmit_hash_policy", bond.TransmitHashPolicy is { } policy ? $"{policy} {policy.Number}" : null),
            ("active_slave", bond.CurrentActiveSlave),
            ("primary", bond.PrimarySlave),
            ("arp_interval", bond.ArpPollingInterval?.TotalMilliseconds),
            ("arp_ip_target", bond.ArpPollingInterval is null ? null : string.Join(" ", bond.ArpIpTargets.Where(a => a.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork))),
        };
        return Compare(file, compared.Where(pair => pair.Value is not null && sysfs.ContainsKey(pair.Key)), sysfs, differences);
    }

    private static int CompareSlaves(string file, BondStatus bond, Dictionary<string, string> sysfs, List<string> differences)
    {
        var count = 0;
        foreach (var slave in bond.Slaves)
        {
            var folder = slave.Name + "/bonding_slave/";
            var status = slave.MiiStatus switch { MiiStatus.GoingBack => "going back", MiiStatus.GoingDown => "going down", var s => s.ToString().ToLowerInvariant() };
            var compared = new List<(string Key, object? Value)>
            {
                (folder + "mii_status", status),
                (folder + "link_failure_count", slave.LinkFailureCount),
                (folder + "perm_hwaddr", slave.PermanentHardwareAddress),
                (folder + "queue_id", slave.QueueId),
                (folder + "ad_aggregator_id", slave.AggregatorId?.ToString(CultureInfo.InvariantCulture) ?? "N/A"),
                (folder + "ad_actor_oper_port_state", slave.Actor is { } actor ? (int)actor.State : "N/A"),
                (folder + "ad_partner_oper_port_state", slave.Partner is { } partner ? (int)partner.State : "N/A"),
            };
            count += Compare(file, compared, sysfs, differences);
        }

        return count;
    }

    private static int Compare(string file, IEnumerable<(string Key, object? Value)> compared, Dictionary<string, string> sysfs, List<string> differences)
    {
        var count = 0;
        foreach (var (key, value) in compared)
        {
            count++;
            var text = Convert.ToString(value, CultureInfo.InvariantCulture);
            if (sysfs[key].TrimEnd() != text)
                differences.Add($"{file}: {key}: '{text}', sysfs '{sysfs[key]}'");
        }

        return count;
    }

    private static Dictionary<string, string> Pairs(IEnumerable<string> lines) =>
        lines.Where(line => line.Contains(':', StringComparison.Ordinal))
            .ToDictionary(line => line.Substring(0, line.IndexOf(':', StringComparison.Ordinal)), line => line.Substring(line.IndexOf(':', StringComparison.Ordinal) + 1));

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
