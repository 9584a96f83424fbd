namespace BondTools.Cisco;

/// <summary>A port of a bundle of IOS XR with both ends' LACP values, from <c>show lacp</c>.</summary>
public sealed record CiscoBundlePort
{
    /// <summary>The router it was read from; null for text that came from no router.</summary>
    public string? ComputerName { get; init; }
    /// <summary>The bundle as printed (<c>Bundle-Ether1</c>).</summary>
    public required string Bundle { get; init; }
    /// <summary>The bundle's number.</summary>
    public required int Group { get; init; }
    /// <summary>The ICCP group of a multi-chassis bundle; null where there is none.</summary>
    public int? IccpGroup { get; init; }
    /// <summary>The port.</summary>
    public required string Interface { get; init; }
    /// <summary>The router's own values.</summary>
    public required CiscoBundleEnd Local { get; init; }
    /// <summary>The partner's values.</summary>
    public required CiscoBundleEnd Partner { get; init; }
    /// <summary>The receive machine's state (<c>Current</c>, <c>Defaulted</c>, <c>Expired</c>, …; IEEE 802.1AX).</summary>
    public required string Receive { get; init; }
    /// <summary>The periodic machine's state (<c>Slow</c>, <c>Fast</c>, …).</summary>
    public required string Period { get; init; }
    /// <summary>The selection logic's answer (<c>Selected</c>, <c>Standby</c>, <c>Unselect</c>).</summary>
    public required string Selection { get; init; }
    /// <summary>The multiplexing machine's state (<c>Distrib</c>, <c>Waiting</c>, …).</summary>
    public required string Mux { get; init; }
    /// <summary>The actor's churn (<c>None</c>, <c>Churn</c>, <c>Monitor</c>).</summary>
    public required string ActorChurn { get; init; }
    /// <summary>The partner's churn.</summary>
    public required string PartnerChurn { get; init; }
}
