using System.Collections.Generic;
using BondTools.Lacp;
using BondTools.Linux;

namespace BondTools.Analysis;

/// <summary>The verdict on a bond and the port-channel at its other end, as Test-LacpLink gives it.</summary>
public sealed record LacpLinkReport
{
    /// <summary>Whether there is no finding of severity Error and at least one link is bundled.</summary>
    public required bool Passed { get; init; }
    /// <summary>The bond's name; null when the text does not tell it.</summary>
    public string? Bond { get; init; }
    /// <summary>The port-channel at the other end (several are separated by commas); null when it is not known.</summary>
    public string? PortChannel { get; init; }
    /// <summary>The host's name; null for text that came from no host.</summary>
    public string? HostName { get; init; }
    /// <summary>The switch's name; null for text that came from no switch.</summary>
    public string? SwitchName { get; init; }
    /// <summary>The cabling map: a link for each slave, in enslave order.</summary>
    public required IReadOnlyList<LacpLink> Links { get; init => field = RecordList.Of(value); }
    /// <summary>What was found, the worst first.</summary>
    public required IReadOnlyList<Finding> Findings { get; init => field = RecordList.Of(value); }
}

/// <summary>A cable between a slave of the bond and a port of the switch, with each end's view of it.</summary>
public sealed record LacpLink
{
    /// <summary>The slave's name.</summary>
    public required string HostInterface { get; init; }
    /// <summary>The switch's port as the switch prints it; null when nothing tells it.</summary>
    public string? SwitchInterface { get; init; }
    /// <summary>How <see cref="SwitchInterface"/> is known; null where it is not.</summary>
    public CablingSource? MappedBy { get; init; }
    /// <summary>Whether the link carries the bond's traffic by all that is known: each end that could be read says so, and one did.</summary>
    public bool Bundled => (HostBundled ?? true) && (SwitchBundled ?? true) && (HostBundled ?? SwitchBundled) is not null;
    /// <summary>
    /// Whether the host has it in use: up, on the active aggregator, with a partner, both states in sync, collecting and
    /// distributing. Null for an unprivileged read.
    /// </summary>
    public bool? HostBundled { get; init; }
    /// <summary>Whether the switch has it bundled (flag P); null when the port or its state is not known.</summary>
    public bool? SwitchBundled { get; init; }
    /// <summary>The slave's link state.</summary>
    public required MiiStatus MiiStatus { get; init; }
    /// <summary>The host's LACP port number, which the switch shows as its partner's.</summary>
    public int? ActorPortNumber { get; init; }
    /// <summary>The switch's LACP port number; null while no partner is heard.</summary>
    public int? PartnerPortNumber { get; init; }
    /// <summary>The host's port state.</summary>
    public LacpPortState? ActorState { get; init; }
    /// <summary>The switch's port state, as the host last heard it; null while no partner is heard.</summary>
    public LacpPortState? PartnerState { get; init; }
    /// <summary>The host's aggregator that the port is on.</summary>
    public int? AggregatorId { get; init; }
    /// <summary>The port-channel that the switch's port belongs to (<c>Po1</c>).</summary>
    public string? PortChannel { get; init; }
    /// <summary>The letters behind the port in <c>show etherchannel summary</c>.</summary>
    public string? SwitchFlags { get; init; }
}
