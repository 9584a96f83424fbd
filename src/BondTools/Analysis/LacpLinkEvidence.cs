using System.Collections.Generic;
using BondTools.Cisco;
using BondTools.Linux;

namespace BondTools.Analysis;

/// <summary>What both ends said, for <see cref="LacpLinkAnalyzer"/>. What was not asked or not answered is null.</summary>
public sealed record LacpLinkEvidence
{
    /// <summary>The bond, from /proc/net/bonding.</summary>
    public required BondStatus Bond { get; init; }
    /// <summary>The switch's port-channels, from <c>show etherchannel summary</c>.</summary>
    public IReadOnlyList<CiscoEtherChannel>? EtherChannels { get; init; }
    /// <summary>The switch's partners, from <c>show lacp neighbor</c>; they make the cabling map.</summary>
    public IReadOnlyList<CiscoLacpNeighbor>? Neighbors { get; init; }
    /// <summary>The switch's own LACP system address, from <c>show lacp sys-id</c>.</summary>
    public MacAddress? SwitchSystemId { get; init; }
    /// <summary>The host's name, for the report.</summary>
    public string? HostName { get; init; }
    /// <summary>The switch's name, for the report.</summary>
    public string? SwitchName { get; init; }
    /// <summary>The channel-group that the bond should be cabled to; null: the one it is.</summary>
    public int? Group { get; init; }
}
