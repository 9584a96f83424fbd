using System;
using System.Linq;
using BondTools.Cisco;
using BondTools.Linux;

namespace BondTools.Analysis;

/// <summary>Reads from LLDP which port of the switch a slave is cabled to.</summary>
internal static class LldpCabling
{
    /// <summary>The port, as either end tells it; null where neither does, or it is not sure that this switch and this host are meant.</summary>
    public static string? PortOf(BondSlave slave, LacpLinkEvidence evidence) =>
        evidence.SwitchLldpNeighbors?.FirstOrDefault(row => IsSlave(row, slave, evidence.HostName))?.Interface
        ?? evidence.LldpNeighbors?.Where(row => row.Interface == slave.Name && IsSwitch(row, evidence))
            .Select(PortName).FirstOrDefault(name => name is not null);

    // Many a host has a NIC of the same name: a name alone counts with the host's own beside it.
    private static bool IsSlave(CiscoLldpNeighbor row, BondSlave slave, string? host) =>
        (MacAddress.TryParse(row.PortId, out var address) && address.Equals(slave.PermanentHardwareAddress))
        || ((row.PortId == slave.Name || row.PortDescription == slave.Name) && SameHost(row.SystemName, host));

    private static bool IsSwitch(LldpNeighbor row, LacpLinkEvidence evidence) =>
        (MacAddress.TryParse(row.ChassisId, out var address) && address.Equals(evidence.SwitchSystemId)) || SameHost(row.ChassisName, evidence.SwitchName);

    private static string? PortName(LldpNeighbor row) =>
        CiscoInterfaceName.TryParse(row.PortId, out _) ? row.PortId
        : CiscoInterfaceName.TryParse(row.PortDescription, out _) ? row.PortDescription
        : null;

    // LLDP may tell the name with its domain, and a session may be to either.
    private static bool SameHost(string? one, string? other) =>
        one is not null && other is not null && string.Equals(one.Split('.')[0], other.Split('.')[0], StringComparison.OrdinalIgnoreCase);
}
