using System;
using System.Collections.Generic;
using System.Linq;

namespace BondTools.Linux;

/// <summary>What it takes to set an option of a bond that exists (bond_options.c, BOND_OPTFLAG_IFDOWN and _NOSLAVES).</summary>
internal enum BondCompanionShape
{
    /// <summary>It can be set at any time.</summary>
    Anytime,
    /// <summary>The bond must be down.</summary>
    BondDown,
    /// <summary>The bond must be down and without slaves.</summary>
    WithoutSlaves,
    /// <summary>A list of IPv4 addresses, added and removed one by one.</summary>
    ArpTargets,
    /// <summary>A list of IPv6 addresses, which is in no file of sysfs.</summary>
    NeighbourTargets,
}

/// <summary>
/// The command beside an option that ifupdown2 passes over: a <c>pre-up</c> line, which ifupdown2 runs when it has made the bond
/// and given it its slaves, at boot and at every reload. It does nothing where the kernel has the value already, so that a
/// reload does not shake the link, and nothing where there is no such bond yet: ifenslave runs later and sets the option itself.
/// </summary>
/// <remarks>
/// ifupdown2 puts the whole file through a template engine, so no command holds <c>${</c>. The old value is found as a word,
/// because most files of sysfs hold the kernel's word and its number (<c>bandwidth 1</c>).
/// </remarks>
internal static class BondCompanion
{
    /// <summary>The option of the stanza that holds the command.</summary>
    public const string Keyword = "pre-up";

    private const string Value = "\u0001";

    /// <summary>The commands of a bond, by option.</summary>
    public static IEnumerable<(BondOption Option, string Command)> Of(PveBond bond) =>
        BondOption.All.Where(option => option.NeedsCompanion(bond)).Select(option => (option, Command(bond.Name, option, option.KernelValue(bond)!)));

    /// <summary>The option that a line of a bond's stanza is the companion of, whatever its value; null for a line of somebody else's.</summary>
    public static BondOption? OptionOf(string bond, string keyword, string line) =>
        keyword == Keyword ? BondOption.All.FirstOrDefault(option => option.Companion is not null && IsCommand(bond, option, line)) : null;

    /// <summary>
    /// The commands that give the kernel's bonds the driver's own values for what one file says and another does no more: ifupdown2
    /// forgets such an option, the kernel does not. (Its table has defaults for most of those that it sets, not for all.)
    /// </summary>
    /// <param name="from">The file that was in force.</param>
    /// <param name="to">The file that is in force now.</param>
    public static IReadOnlyList<string> Resets(InterfacesFile from, InterfacesFile to)
    {
        var commands = new List<string>();
        foreach (var stanza in from.Interfaces.Where(i => i.Type == NetworkInterfaceType.Bond && i.Auto))
        {
            var lasting = stanza.Options.Select(line => OptionOf(stanza.Name, line.Name, line.Value)).OfType<BondOption>()
                .Concat(BondOption.All.Where(option => option.Reset is not null && stanza.Option(option.Name) is not null));
            if (to.Find(stanza.Name) is { Type: NetworkInterfaceType.Bond } other)
                commands.AddRange(lasting.Where(option => other.Option(option.Name) is null).Select(option => Reset(stanza.Name, option)));
        }

        return commands;
    }

    private static string Reset(string bond, BondOption option) => option switch
    {
        { Companion: BondCompanionShape.NeighbourTargets } => $"[ ! -e /sys/class/net/{bond}/bonding ] || ip link set dev {bond} type bond ns_ip6_target ''",
        { Companion: BondCompanionShape.Anytime, Default: "" } => $"f=/sys/class/net/{bond}/bonding/{option.Sysfs}; [ ! -w $f ] || echo > $f",
        _ => Command(bond, option, option.Default),
    };

    private static bool IsCommand(string bond, BondOption option, string line)
    {
        var parts = Command(bond, option, Value).Split(Value[0]);
        if (!line.StartsWith(parts[0], StringComparison.Ordinal))
            return false;
        var end = line.IndexOf(parts[1], parts[0].Length, StringComparison.Ordinal);
        return end > parts[0].Length && line == Command(bond, option, line.Substring(parts[0].Length, end - parts[0].Length));
    }

    /// <summary>The command that gives an option a value.</summary>
    public static string Command(string bond, BondOption option, string value)
    {
        var file = $"/sys/class/net/{bond}/bonding/{option.Sysfs}";
        var unlessThere = $"f={file}; [ ! -w $f ] || grep -qwF {value} $f ||";
        return (option.Companion ?? option.Reset) switch
        {
            BondCompanionShape.Anytime => $"{unlessThere} echo {value} > $f",
            // A bond that is still down, as when it is made, is left so.
            BondCompanionShape.BondDown => $"{unlessThere} echo {value} 2> /dev/null > $f || {{ ip link set dev {bond} down; echo {value} > $f; ip link set dev {bond} up; }}",
            BondCompanionShape.WithoutSlaves => $"{unlessThere} {{ s=$(cat /sys/class/net/{bond}/bonding/slaves); for i in $s; do ip link set dev $i nomaster; done; "
                + $"ip link set dev {bond} down; echo {value} > $f; for i in $s; do ip link set dev $i master {bond}; done; ip link set dev {bond} up; }}",
            BondCompanionShape.ArpTargets => $"f={file}; t='{value}'; [ ! -w $f ] || [ \"$(cat $f)\" = \"$t\" ] || {{ for i in $(cat $f); do echo -$i > $f; done; for i in $t; do echo +$i > $f; done; }}",
            _ => $"t={value.Replace(' ', ',')}; [ ! -e /sys/class/net/{bond}/bonding ] || ip -d link show dev {bond} | grep -qF \"ns_ip6_target $t \" || ip link set dev {bond} type bond ns_ip6_target $t",
        };
    }
}
