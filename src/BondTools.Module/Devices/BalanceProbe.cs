using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Analysis;
using BondTools.Cisco;
using BondTools.Linux;

namespace BondTools.Module.Devices;

/// <summary>Reads a bond's counters, and those of the switch's ports at the other end where a switch is given.</summary>
internal sealed class BalanceProbe(PveHost host, string bond, CiscoSwitch? device = null)
{
    private readonly List<CiscoInterfaceName> _ports = [];

    /// <summary>The cabling; null without a switch, or where it does not tell.</summary>
    public IReadOnlyList<LacpLink>? Cabling { get; private set; }

    /// <summary>The switch's load-balance method; null without a switch, or where it does not tell.</summary>
    public string? LoadBalanceMethod { get; private set; }

    /// <summary>Reads the bond and all counters of the host, in one round trip.</summary>
    /// <exception cref="BondToolsException">NotFound when the bond is not there.</exception>
    public async Task<BondSnapshot> ReadHostAsync(CancellationToken cancellationToken)
    {
        var snapshot = await LookAtHostAsync(cancellationToken).ConfigureAwait(false);
        host.RequireAll([bond], [snapshot.Bond?.Name], "bond");
        return snapshot;
    }

    /// <summary>The same, where the bond may have gone.</summary>
    public async Task<BondSnapshot> LookAtHostAsync(CancellationToken cancellationToken)
    {
        var text = await host.RunAsync(BondSnapshotParser.Command(bond), cancellationToken).ConfigureAwait(false);
        return BondSnapshotParser.Parse(text, bond, host.ComputerName, DateTimeOffset.Now);
    }

    /// <summary>Learns which ports of the switch the bond is cabled to, and what the switch hashes.</summary>
    public async Task<BondStatus> LearnAsync(CancellationToken cancellationToken)
    {
        var snapshot = await ReadHostAsync(cancellationToken).ConfigureAwait(false);
        if (device is null)
            return snapshot.Bond!;
        var evidence = new LacpLinkEvidence
        {
            Bond = snapshot.Bond!,
            HostName = host.ComputerName,
            SwitchName = device.ComputerName,
            Neighbors = await CiscoSwitch.UnlessRejectedAsync(() => device.GetLacpNeighborsAsync(cancellationToken)).ConfigureAwait(false),
        };
        Cabling = [.. LacpLinkAnalyzer.Analyze(evidence).Links.Where(link => link.SwitchInterface is not null)];
        _ports.AddRange(Cabling.Select(link => CiscoInterfaceName.Parse(link.SwitchInterface!)));
        if (_ports.Count > 0)
            LoadBalanceMethod = (await CiscoSwitch.UnlessRejectedAsync(() => device.GetLoadBalanceAsync(cancellationToken)).ConfigureAwait(false))?[0].Method;
        return snapshot.Bond!;
    }

    /// <summary>Reads the counters of both ends; the host first, each time, so that both readings are equally far apart at either end.</summary>
    public async Task<BalanceReading> ReadAsync(CancellationToken cancellationToken)
    {
        var snapshot = await ReadHostAsync(cancellationToken).ConfigureAwait(false);
        var ports = new List<CiscoLinkCounter>();
        foreach (var port in _ports)
            ports.AddRange(await CiscoSwitch.UnlessRejectedAsync(() => device!.GetLinkCountersAsync(port, cancellationToken)).ConfigureAwait(false) ?? []);
        return new BalanceReading { Host = snapshot.Counters, HostUptime = snapshot.Uptime, Switch = _ports.Count > 0 ? ports : null };
    }
}
