using System;
using System.Collections.Generic;
using System.Linq;
using BondTools.Cisco;
using BondTools.Linux;

namespace BondTools.Analysis;

/// <summary>Two readings of both ends' counters, and what was counted between them.</summary>
internal sealed class CounterReadings(BalanceReading before, BalanceReading after, IReadOnlyList<LacpLink>? cabling = null)
{
    /// <summary>The time between them: by the host's own clock where it was read, else by the clock of whoever read.</summary>
    public TimeSpan? Duration { get; } =
        after.HostUptime - before.HostUptime is { } uptime && uptime >= TimeSpan.Zero ? uptime
        : after.Host.Select(counter => counter.Time).FirstOrDefault() - before.Host.Select(counter => counter.Time).FirstOrDefault();

    /// <summary>What each slave carried, in enslave order.</summary>
    /// <param name="bond">The bond.</param>
    /// <param name="findings">Is told of the slaves that are left out.</param>
    public List<LacpBalanceLink> Measure(BondStatus bond, List<Finding> findings)
    {
        if (after.HostUptime < before.HostUptime)
            findings.Add(BalanceFindings.HostRestarted(before.HostUptime!.Value, after.HostUptime!.Value));
        var links = new List<LacpBalanceLink>(bond.Slaves.Count);
        foreach (var slave in bond.Slaves)
        {
            var first = before.Host.FirstOrDefault(counter => counter.Interface == slave.Name);
            var last = after.Host.FirstOrDefault(counter => counter.Interface == slave.Name);
            if (first is null || last is null)
                findings.Add(BalanceFindings.CountersMissing(slave.Name, first is not null));
            else if (Subtract(first, last) is not { } link)
                findings.Add(BalanceFindings.CountersReset(first, last));
            else
                links.Add(Join(link) with { InUse = BondWatcher.IsInUse(bond, slave) });
        }

        double sent = links.Sum(link => link.TxBytes!.Value), received = links.Sum(link => link.RxBytes!.Value);
        return [.. links.Select(link => Rate(link) with
        {
            TxShare = sent > 0 ? link.TxBytes / sent : null,
            RxShare = received > 0 ? link.RxBytes / received : null,
        })];
    }

    private LacpBalanceLink Rate(LacpBalanceLink link)
    {
        if (Duration is not { TotalSeconds: > 0 and var seconds })
            return link;
        return link with
        {
            TxBitsPerSecond = link.TxBytes * 8 / seconds,
            RxBitsPerSecond = link.RxBytes * 8 / seconds,
            TxPacketsPerSecond = link.TxPackets / seconds,
            RxPacketsPerSecond = link.RxPackets / seconds,
        };
    }

    /// <summary>Adds what the switch's port at the other end counted.</summary>
    private LacpBalanceLink Join(LacpBalanceLink link)
    {
        if (cabling?.FirstOrDefault(cable => cable.HostInterface == link.Interface)?.SwitchInterface is not { } port)
            return link;
        link = link with { SwitchInterface = port };
        return Find(before.Switch, port) is { } first && Find(after.Switch, port) is { } last
            ? link with
            {
                SwitchTxPackets = Forward(last.TxPackets - first.TxPackets),
                SwitchRxPackets = Forward(last.RxPackets - first.RxPackets),
                SwitchErrors = Forward(last.TxErrors - first.TxErrors + last.RxErrors - first.RxErrors),
                SwitchDropped = Forward(last.TxDropped - first.TxDropped + last.RxDropped - first.RxDropped),
            }
            : link;
    }

    // The switch's counters are cleared by hand now and then; what went backwards tells nothing.
    private static long? Forward(long? difference) => difference >= 0 ? difference : null;

    private static CiscoLinkCounter? Find(IReadOnlyList<CiscoLinkCounter>? counters, string port) =>
        counters?.FirstOrDefault(counter => CiscoInterfaceName.Same(counter.Interface, port));

    /// <summary>What the host counted between two readings; null when a counter went backwards.</summary>
    private static LacpBalanceLink? Subtract(LinkCounter first, LinkCounter last)
    {
        var link = new LacpBalanceLink
        {
            Interface = last.Interface,
            TxBytes = last.TxBytes - first.TxBytes,
            RxBytes = last.RxBytes - first.RxBytes,
            TxPackets = last.TxPackets - first.TxPackets,
            RxPackets = last.RxPackets - first.RxPackets,
            TxErrors = last.TxErrors - first.TxErrors,
            RxErrors = last.RxErrors - first.RxErrors,
            TxDropped = last.TxDropped - first.TxDropped,
            RxDropped = last.RxDropped - first.RxDropped,
        };
        return link is { TxBytes: >= 0, RxBytes: >= 0, TxPackets: >= 0, RxPackets: >= 0, TxErrors: >= 0, RxErrors: >= 0, TxDropped: >= 0, RxDropped: >= 0 }
            ? link
            : null;
    }
}
