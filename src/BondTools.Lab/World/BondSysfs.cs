using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using BondTools.Linux;

namespace BondTools.Lab.World;

/// <summary>
/// The files of /sys/class/net/NAME/bonding (drivers/net/bonding/bond_sysfs.c) and what the driver asks of those who write them
/// (bond_options.c). It is apart from the domain's table of options on purpose, so that each is the other's check.
/// </summary>
internal static class BondSysfs
{
    /// <summary>Numbers with their range, the driver's name for each, and where they are kept.</summary>
    private static readonly Number[] Numbers =
    [
        new("miimon", 0, int.MaxValue, o => o.Miimon, (o, v) => o with { Miimon = v, ArpInterval = v > 0 ? 0 : o.ArpInterval }),
        new("updelay", 0, int.MaxValue, o => o.UpDelay, (o, v) => o with { UpDelay = v }),
        new("downdelay", 0, int.MaxValue, o => o.DownDelay, (o, v) => o with { DownDelay = v }),
        new("peer_notif_delay", 0, 300_000, o => o.PeerNotificationDelay, (o, v) => o with { PeerNotificationDelay = v }),
        new("min_links", 0, int.MaxValue, o => o.MinLinks, (o, v) => o with { MinLinks = v }),
        new("num_grat_arp", 0, 255, o => o.PeerNotifications, (o, v) => o with { PeerNotifications = v }),
        new("num_unsol_na", 0, 255, o => o.PeerNotifications, (o, v) => o with { PeerNotifications = v }),
        new("use_carrier", 0, 1, o => o.UseCarrier, (o, v) => o with { UseCarrier = v }),
        new("arp_interval", 0, int.MaxValue, o => o.ArpInterval, (o, v) => o with { ArpInterval = v, Miimon = v > 0 ? 0 : o.Miimon }) { Modes = [0, 1, 2, 3] },
        new("arp_missed_max", 1, 255, o => o.ArpMissedMax, (o, v) => o with { ArpMissedMax = v }) { Modes = [0, 1, 2, 3] },
        new("packets_per_slave", 0, 65535, o => o.PacketsPerSlave, (o, v) => o with { PacketsPerSlave = v }) { Modes = [0] },
        new("resend_igmp", 0, 255, o => o.ResendIgmp, (o, v) => o with { ResendIgmp = v }),
        new("all_slaves_active", 0, 1, o => o.AllSlavesActive, (o, v) => o with { AllSlavesActive = v }),
        new("lp_interval", 1, int.MaxValue, o => o.LearningPacketInterval, (o, v) => o with { LearningPacketInterval = v }),
        new("tlb_dynamic_lb", 0, 1, o => o.DynamicLoadBalancing, (o, v) => o with { DynamicLoadBalancing = v }) { Modes = [5, 6], NeedsDown = true },
        new("ad_actor_sys_prio", 1, 65535, o => o.SystemPriority, (o, v) => o with { SystemPriority = v }) { Modes = [4] },
        new("ad_user_port_key", 0, 1023, o => o.UserKey, (o, v) => o with { UserKey = v }) { Modes = [4], NeedsDown = true },
    ];

    private static readonly Choice[] Choices =
    [
        new("lacp_rate", ["slow", "fast"], o => (int)o.LacpRate, (o, v) => o with { LacpRate = (LacpRate)v }) { Modes = [4], NeedsDown = true },
        new("lacp_active", ["off", "on"], o => o.LacpActive ? 1 : 0, (o, v) => o with { LacpActive = v == 1 }) { Modes = [4], NeedsDown = true },
        new("ad_select", ["stable", "bandwidth", "count"], o => (int)o.AdSelect, (o, v) => o with { AdSelect = (AdSelect)v }) { NeedsDown = true },
        new("xmit_hash_policy", [.. TransmitHashPolicy.All.Select(p => p.Name)], o => o.Policy.Number, (o, v) => o with { Policy = TransmitHashPolicy.All[v] }),
        new("primary_reselect", ["always", "better", "failure"], o => o.Reselect, (o, v) => o with { Reselect = v }),
        new("fail_over_mac", ["none", "active", "follow"], o => o.MacPolicy, (o, v) => o with { MacPolicy = v }) { NeedsNoSlaves = true },
        new("arp_validate", ["none", "active", "backup", "all", "filter", "filter_active", "filter_backup"], o => o.ArpValidate, (o, v) => o with { ArpValidate = v }) { Modes = [0, 1, 2, 3] },
        new("arp_all_targets", ["any", "all"], o => o.ArpAllTargets, (o, v) => o with { ArpAllTargets = v }),
    ];

    private static readonly string[] Others =
        ["mode", "slaves", "mii_status", "active_slave", "primary", "queue_id", "arp_ip_target", "ad_actor_system", "ad_aggregator", "ad_num_ports", "ad_actor_key", "ad_partner_key", "ad_partner_mac"];

    /// <summary>The names of the files.</summary>
    public static IReadOnlyList<string> Files { get; } = [.. Numbers.Select(n => n.Name).Concat(Choices.Select(c => c.Name)).Concat(Others).OrderBy(name => name, StringComparer.Ordinal)];

    /// <summary>What a file holds, without its line end; null when there is no such file.</summary>
    public static string? Read(BondDevice bond, string name)
    {
        var options = bond.Options;
        var active = bond.Lacp?.ActiveAggregator;
        if (Numbers.FirstOrDefault(n => n.Name == name) is { } number)
            return name == "miimon" ? Text(bond.Miimon) : options.IsLacp || !name.StartsWith("ad_", StringComparison.Ordinal) ? Text(number.Get(options)) : "";
        if (Choices.FirstOrDefault(c => c.Name == name) is { } choice)
            return $"{choice.Words[choice.Get(options)]} {Text(choice.Get(options))}";
        return name switch
        {
            "mode" => $"{options.Mode.Name} {options.Mode.Number}",
            "slaves" => string.Join(" ", bond.Slaves.Select(s => s.Nic.Name)),
            "mii_status" => bond.Carrier ? "up" : "down",
            "active_slave" => bond.Current?.Nic.Name ?? "",
            "primary" => bond.Slaves.Any(s => s.Nic.Name == options.Primary) ? options.Primary! : "",
            "queue_id" => string.Join(" ", bond.Slaves.Select(s => s.Nic.Name + ":0")),
            "arp_ip_target" => options.ArpTargets,
            "ad_actor_system" => options.IsLacp ? options.ActorSystem.ToString() : "",
            "ad_aggregator" => active is null ? "" : Text(active.Id),
            "ad_num_ports" => active is null ? "" : Text(active.EnabledPorts),
            "ad_actor_key" => active is null ? "" : Text(active.ActorKey),
            "ad_partner_key" => active is null ? "" : Text(active.PartnerKey),
            "ad_partner_mac" => active is null ? "" : active.PartnerMacAddress.ToString(),
            _ => null,
        };
    }

    /// <summary>Writes a file.</summary>
    /// <returns>What a shell says of it when the driver refuses; null when it was written.</returns>
    public static string? Write(BondDevice bond, string name, string text)
    {
        text = text.TrimEnd('\n');
        var setting = (Setting?)Numbers.FirstOrDefault(n => n.Name == name) ?? Choices.FirstOrDefault(c => c.Name == name);
        if (setting is not null && !setting.Modes.Contains(bond.Options.Mode.Number))
            return "Permission denied";
        if (setting is { NeedsNoSlaves: true } && bond.Slaves.Count > 0)
            return "Directory not empty";
        if (setting is { NeedsDown: true } && bond.AdminUp)
            return "Device or resource busy";
        var changed = name switch
        {
            "primary" => bond.Options.UsesPrimary ? bond.Options with { Primary = text.Length == 0 ? null : text } : null,
            "arp_ip_target" => WithTarget(bond.Options, text),
            _ => setting?.Set(bond.Options, text),
        };
        if (changed is null)
            return setting is null && !Others.Contains(name) ? "Permission denied" : "Invalid argument";
        bond.Change(changed);
        return null;
    }

    private static BondOptions? WithTarget(BondOptions options, string text)
    {
        var targets = options.ArpTargets.Split([' '], StringSplitOptions.RemoveEmptyEntries).ToList();
        if (text.Length < 2 || !IPAddress.TryParse(text.Substring(1), out _) || text[0] == '+' == targets.Contains(text.Substring(1)) || targets.Count == 16)
            return null;
        if (text[0] == '+')
            targets.Add(text.Substring(1));
        else if (text[0] != '-' || !targets.Remove(text.Substring(1)))
            return null;
        return options with { ArpTargets = string.Join(" ", targets) };
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private abstract class Setting(string name)
    {
        public string Name { get; } = name;
        public int[] Modes { get; init; } = [0, 1, 2, 3, 4, 5, 6];
        public bool NeedsDown { get; init; }
        public bool NeedsNoSlaves { get; init; }

        public abstract BondOptions? Set(BondOptions options, string text);
    }

    private sealed class Number(string name, int least, int most, Func<BondOptions, int> get, Func<BondOptions, int, BondOptions> set) : Setting(name)
    {
        public int Get(BondOptions options) => get(options);

        public override BondOptions? Set(BondOptions options, string text) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most ? set(options, value) : null;
    }

    private sealed class Choice(string name, string[] words, Func<BondOptions, int> get, Func<BondOptions, int, BondOptions> set) : Setting(name)
    {
        public string[] Words { get; } = words;

        public int Get(BondOptions options) => get(options);

        public override BondOptions? Set(BondOptions options, string text)
        {
            var index = Array.IndexOf(Words, text);
            if (index < 0 && !(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out index) && index < Words.Length))
                return null;
            return set(options, index);
        }
    }
}
