using System.Globalization;

namespace BondTools.Hashing;

/// <summary>The link that a frame or a flow takes at one end of a bond, as Resolve-BondLink gives it.</summary>
public sealed record BondLinkChoice
{
    /// <summary>The frame's number in its capture, from 1; null for a flow that was described.</summary>
    public long? FrameNumber { get; init; }
    /// <summary>Whose choice it is: the host's, for what it sends, or the switch's.</summary>
    public required BondLinkEnd End { get; init; }
    /// <summary>The link's name at that end: the slave or the member port; null where it is not known.</summary>
    public string? Link { get; init; }
    /// <summary>The link's place, from 0, among those that are in use: the slaves in enslave order, or the ports; null where it cannot be told.</summary>
    public int? SlaveIndex { get; init; }
    /// <summary>The hash that the place is computed from: the kernel's 32 bits, or the switch's bucket; null where there is none.</summary>
    public long? Hash { get; init; }
    /// <summary>How sure the answer is.</summary>
    public required LinkCertainty Certainty { get; init; }
    /// <summary>Why it is this link, or why none can be told.</summary>
    public required string Reason { get; init; }
    /// <summary>The flow as it was hashed; null for a frame whose headers could not be read.</summary>
    public Flow? Flow { get; init; }

    /// <summary>The link and the reason on one line.</summary>
    public override string ToString() => $"{Link ?? SlaveIndex?.ToString(CultureInfo.InvariantCulture) ?? "?"} ({Certainty}): {Reason}";
}

/// <summary>The end that picks a link.</summary>
public enum BondLinkEnd
{
    /// <summary>The host, for frames that it sends.</summary>
    Host,
    /// <summary>The switch, for frames that it sends to the host.</summary>
    Switch,
}

/// <summary>How sure it is which link is taken.</summary>
public enum LinkCertainty
{
    /// <summary>It cannot be told; the reason says why.</summary>
    Unknown,
    /// <summary>What Cisco documents for small switches; a real switch may choose otherwise.</summary>
    Forecast,
    /// <summary>The switch's own answer.</summary>
    Answered,
    /// <summary>Computed as the kernel computes it.</summary>
    Exact,
}

/// <summary>How a frame comes to the bond; it decides where its VLAN tag is, and whether a socket's own hash goes with it.</summary>
public enum BondIngress
{
    /// <summary>From a program on the host, with the frame's bytes as they are: a VLAN tag in them is payload.</summary>
    Local,
    /// <summary>Through a bridge (a container, a virtual machine) or a VLAN interface: the first VLAN tag goes beside the frame.</summary>
    Bridge,
}
