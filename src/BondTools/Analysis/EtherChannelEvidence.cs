using System.Collections.Generic;
using BondTools.Cisco;

namespace BondTools.Analysis;

/// <summary>What was read of a port-channel at the switch. What is null was not read, and the report says so.</summary>
public sealed record EtherChannelEvidence
{
    /// <summary>Its row of <c>show etherchannel summary</c>.</summary>
    public required CiscoEtherChannel Channel { get; init; }
    /// <summary>The switch's LACP partners (<c>show lacp neighbor</c>); those of other groups are passed over.</summary>
    public IReadOnlyList<CiscoLacpNeighbor>? Neighbors { get; init; }
    /// <summary>The running configuration of the port-channel and its members; others are passed over.</summary>
    public IReadOnlyList<CiscoInterfaceConfiguration>? Configuration { get; init; }
    /// <summary>The ports' state (<c>show interfaces status</c>); other ports are passed over.</summary>
    public IReadOnlyList<CiscoInterfaceStatus>? Ports { get; init; }
}
