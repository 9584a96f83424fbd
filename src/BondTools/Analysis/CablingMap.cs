using System;
using System.Collections.Generic;
using System.Linq;
using BondTools.Cisco;
using BondTools.Linux;

namespace BondTools.Analysis;

/// <summary>Deduces from the port numbers that the ends tell each other which slave is cabled to which port of the switch.</summary>
internal sealed class CablingMap
{
    private readonly Dictionary<string, (string Port, CablingSource Source)> _ports = [];
    private readonly Dictionary<string, CiscoLacpNeighbor> _neighbors = [];

    public CablingMap(LacpLinkEvidence evidence)
    {
        Neighbors = evidence.Neighbors ?? Details(evidence, port => port.Partner);
        Internal = evidence.LacpInternal ?? Details(evidence, port => port.Local);
        foreach (var slave in evidence.Bond.Slaves)
        {
            if (Hearing(slave) is { } neighbor)
            {
                _neighbors[slave.Name] = neighbor;
                _ports[slave.Name] = (neighbor.Interface, CablingSource.LacpNeighbor);
            }
        }
        // The other direction: a link on which only the host hears the other end, or did before it went down.
        foreach (var slave in evidence.Bond.Slaves.Where(slave => !_ports.ContainsKey(slave.Name)))
        {
            if (Heard(slave, evidence.SwitchSystemId) is { } port)
                Add(slave, port, CablingSource.LacpInternal);
            else if (LldpCabling.PortOf(slave, evidence) is { } told)
                Add(slave, told, CablingSource.Lldp);
        }
    }

    /// <summary>The partners that the switch hears; null when it was not asked.</summary>
    public IReadOnlyList<CiscoLacpNeighbor>? Neighbors { get; }

    /// <summary>The switch's own side of its LACP ports; null when it was not asked.</summary>
    public IReadOnlyList<CiscoLacpInternal>? Internal { get; }

    /// <summary>The port that a slave is cabled to; null where nothing tells it.</summary>
    public (string Port, CablingSource Source)? PortOf(string slave) => _ports.TryGetValue(slave, out var port) ? port : null;

    /// <summary>The switch's row for a slave that it hears.</summary>
    public CiscoLacpNeighbor? NeighborOf(string slave) => _neighbors.TryGetValue(slave, out var neighbor) ? neighbor : null;

    /// <summary>The switch's own side of a port; null where it was not asked, or the port speaks no LACP.</summary>
    public CiscoLacpInternal? InternalOf(string port) => Internal?.FirstOrDefault(row => CiscoInterfaceName.Same(row.Interface, port));

    // One port has one cable: what would give it a second one is the memory of an earlier cabling.
    private void Add(BondSlave slave, string port, CablingSource source)
    {
        if (_ports.Values.All(taken => !CiscoInterfaceName.Same(taken.Port, port)))
            _ports[slave.Name] = (port, source);
    }

    private static IReadOnlyList<T>? Details<T>(LacpLinkEvidence evidence, Func<CiscoEtherChannelPort, T?> of)
        where T : class =>
        evidence.EtherChannelDetails is { } groups ? [.. groups.SelectMany(group => group.Ports).Select(of).OfType<T>()] : null;

    private CiscoLacpNeighbor? Hearing(BondSlave slave)
    {
        if (slave.Actor is null || Neighbors is null)
            return null;
        var rows = Neighbors.Where(row => row.PortNumber == slave.Actor.PortNumber && row.DeviceId.Equals(slave.Actor.SystemMacAddress)).ToList();
        // Two hosts with one address look alike to the switch; the port that this slave hears is then the one.
        return rows.Count < 2 || slave.Partner is null
            ? rows.FirstOrDefault()
            : rows.Find(row => InternalOf(row.Interface)?.PortNumber == slave.Partner.PortNumber)
                ?? rows.Find(row => row.Group == slave.Partner.Key)
                ?? rows[0];
    }

    private string? Heard(BondSlave slave, MacAddress? system)
    {
        if (slave.Partner is not { SystemMacAddress.IsZero: false } partner || Internal is null
            || (system is not null && !system.Equals(partner.SystemMacAddress)))
            return null;
        var rows = Internal.Where(row => row.PortNumber == partner.PortNumber
            && (row.SystemMacAddress is null || row.SystemMacAddress.Equals(partner.SystemMacAddress))).ToList();
        return rows.Count == 1 ? rows[0].Interface : null;
    }
}
