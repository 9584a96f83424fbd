using System.Collections.Generic;
using System.Linq;
using BondTools.Hashing;
using BondTools.Lacp;
using BondTools.Linux;

namespace BondTools.Analysis;

/// <summary>Tells from two readings of a bond, one after the other, what it carried and what happened between them.</summary>
public static class BondWatcher
{
    /// <summary>What the slaves carried between two readings; no slave where the bond is gone.</summary>
    /// <param name="previous">The earlier reading.</param>
    /// <param name="next">The later one.</param>
    public static LacpBalanceSample Sample(BondSnapshot previous, BondSnapshot next)
    {
        var bond = next.Bond;
        var restarted = next.Uptime < previous.Uptime;
        var readings = new CounterReadings(
            new BalanceReading { Host = restarted ? [] : previous.Counters, HostUptime = previous.Uptime },
            new BalanceReading { Host = next.Counters, HostUptime = next.Uptime });
        var measured = bond is null ? [] : readings.Measure(bond, findings: []).ToDictionary(link => link.Interface);
        return new LacpBalanceSample
        {
            ComputerName = next.ComputerName,
            Bond = next.Name,
            Time = next.Time,
            Interval = restarted ? null : readings.Duration,
            Links = bond is null ? [] : [.. bond.Slaves.Select(slave =>
                measured.TryGetValue(slave.Name, out var link) ? link : new LacpBalanceLink { Interface = slave.Name, InUse = IsInUse(bond, slave) })],
            Fairness = new LacpFairness
            {
                Transmit = LacpFairness.Index(measured.Values.Select(link => (double)link.TxBytes!.Value)),
                Receive = LacpFairness.Index(measured.Values.Select(link => (double)link.RxBytes!.Value)),
            },
        };
    }

    /// <summary>What happened between two readings: of each slave first what happened to its cable, then what the bond made of it.</summary>
    /// <param name="previous">The earlier reading.</param>
    /// <param name="next">The later one.</param>
    public static IReadOnlyList<LacpBalanceEvent> Events(BondSnapshot previous, BondSnapshot next)
    {
        var events = new List<(BondEventKind Kind, string Link, string Message)>();
        switch (previous.Bond, next.Bond)
        {
            case ({ } before, null):
                events.AddRange(before.Slaves.Select(slave => (BondEventKind.PortLeft, slave.Name, $"{next.Name} is gone, and {slave.Name} with it.")));
                break;
            case (null, { } after):
                events.AddRange(after.Slaves.Select(slave => (BondEventKind.PortJoined, slave.Name, $"{next.Name} is there again, with {slave.Name}.")));
                break;
            case ({ } before, { } after):
                foreach (var slave in before.Slaves.Select(slave => slave.Name).Union(after.Slaves.Select(slave => slave.Name)))
                    Compare(before, after, slave, events);
                CompareBonds(before, after, next.Name, events);
                break;
        }
        return [.. events.Select(item => new LacpBalanceEvent
        {
            ComputerName = next.ComputerName,
            Bond = next.Name,
            Time = next.Time,
            Kind = item.Kind,
            Link = item.Link,
            Message = item.Message,
        })];
    }

    private static void Compare(BondStatus previous, BondStatus next, string name, List<(BondEventKind, string, string)> events)
    {
        var before = previous.Slaves.FirstOrDefault(slave => slave.Name == name);
        var after = next.Slaves.FirstOrDefault(slave => slave.Name == name);
        if (before is null || after is null)
        {
            events.Add(after is null
                ? (BondEventKind.PortLeft, name, $"{name} was taken out of the bond.")
                : (BondEventKind.PortJoined, name, $"{name} was put into the bond."));
            return;
        }

        bool wasUp = IsUp(before), isUp = IsUp(after);
        if (wasUp && !isUp)
            events.Add((BondEventKind.LinkDown, name, $"The link of {name} failed."));
        else if (!wasUp && isUp)
            events.Add((BondEventKind.LinkUp, name, $"The link of {name} is up."));
        else if (isUp && after.LinkFailureCount > before.LinkFailureCount)
        {
            events.Add((BondEventKind.LinkDown, name, $"The link of {name} failed meanwhile ({after.LinkFailureCount - before.LinkFailureCount} times)."));
            events.Add((BondEventKind.LinkUp, name, $"The link of {name} is up again."));
        }
        // A cable that is out has no partner; that needs no saying.
        if (isUp && HasChanged(before.Partner, after.Partner))
            events.Add((BondEventKind.PartnerChanged, name, $"The partner of {name} is {Name(after.Partner!)}; it was {Name(before.Partner!)}."));
        if (IsInUse(previous, before) is { } was && IsInUse(next, after) is { } isInUse && was != isInUse)
        {
            events.Add(isInUse
                ? (BondEventKind.PortJoined, name, $"The bond sends on {name}.")
                : (BondEventKind.PortLeft, name, $"The bond no longer sends on {name}."));
        }
    }

    private static void CompareBonds(BondStatus previous, BondStatus next, string name, List<(BondEventKind, string, string)> events)
    {
        if (previous.CurrentActiveSlave != next.CurrentActiveSlave)
            events.Add((BondEventKind.Failover, next.CurrentActiveSlave ?? name, $"The traffic goes over {next.CurrentActiveSlave ?? "no slave"}; it went over {previous.CurrentActiveSlave ?? "none"}."));
        if (previous.ActiveAggregatorId is { } old && next.ActiveAggregatorId is { } id && old != id)
            events.Add((BondEventKind.Failover, name, $"The active aggregator is {id}; it was {old}."));
        if ((previous.MiiStatus == MiiStatus.Up) != (next.MiiStatus == MiiStatus.Up))
        {
            events.Add(next.MiiStatus == MiiStatus.Up
                ? (BondEventKind.LinkUp, name, $"{name} is up.")
                : (BondEventKind.LinkDown, name, $"{name} is down."));
        }
    }

    // Between the loss of a carrier and the end of downdelay (or updelay) a link is used as before.
    private static bool IsUp(BondSlave slave) => slave.MiiStatus is MiiStatus.Up or MiiStatus.GoingDown;

    // The first word of a partner tells itself, as a port that joins.
    private static bool HasChanged(LacpPort? before, LacpPort? after) =>
        before is { SystemMacAddress: { IsZero: false } } && after is not null
        && (!before.SystemMacAddress.Equals(after.SystemMacAddress) || before.Key != after.Key);

    private static string Name(LacpPort partner) =>
        partner.SystemMacAddress is { IsZero: false } system ? $"{system} key {partner.Key}" : "nobody";

    /// <summary>Whether the bond sends on a slave; null where the text does not tell.</summary>
    internal static bool? IsInUse(BondStatus bond, BondSlave slave)
    {
        if (bond.CurrentActiveSlave is { } active && bond.Mode.Equals(BondMode.ActiveBackup))
            return active == slave.Name;
        return LinuxTransmitHash.UsableSlaves(bond)?.Any(usable => usable.Name == slave.Name);
    }
}
