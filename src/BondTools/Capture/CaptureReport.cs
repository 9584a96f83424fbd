using System;
using System.Collections.Generic;
using BondTools.Hashing;
using BondTools.Lacp;

namespace BondTools.Capture;

/// <summary>What the captures of a bond's links hold, link by link and flow by flow, as Measure-BondCapture gives it.</summary>
public sealed record CaptureReport
{
    /// <summary>The links: one for each file, or for each interface of a file that holds several.</summary>
    public required IReadOnlyList<CaptureLink> Links { get; init => field = RecordList.Of(value); }
    /// <summary>The flows with the most bytes, the largest first; how many is up to who asks.</summary>
    public required IReadOnlyList<CaptureFlow> Flows { get; init => field = RecordList.Of(value); }
    /// <summary>How many flows there were in all, both directions counted as one.</summary>
    public required long FlowCount { get; init; }
    /// <summary>Packets of flows that are counted with their link only, because there were too many flows to follow.</summary>
    public required long UnfollowedPackets { get; init; }
    /// <summary>Flows whose replies came on another link than their requests went.</summary>
    public required long AsymmetricFlows { get; init; }
    /// <summary>Flows of which one direction used more than one link.</summary>
    public required long SplitFlows { get; init; }
    /// <summary>Frames that were seen on two links: a loop, or a mode that sends everything twice.</summary>
    public required long Duplicates { get; init; }
    /// <summary>Packets that came, within 3 ms and on another link, after a later one of their direction (by TCP's, ESP's and AH's sequence numbers, and those of pings).</summary>
    public required long Reordered { get; init; }
    /// <summary>The time of the first frame; null when no frame has one.</summary>
    public DateTimeOffset? Start { get; init; }
    /// <summary>The time of the last frame.</summary>
    public DateTimeOffset? End { get; init; }
    /// <summary>What happened to LACP meanwhile: states and partners that changed, partners that fell silent, links that diverged.</summary>
    public required IReadOnlyList<LacpStateChange> LacpChanges { get; init => field = RecordList.Of(value); }
    /// <summary>Whether a capture was cut off or damaged, so that the figures are those of its good part.</summary>
    public required bool IsPartial { get; init; }
}

/// <summary>One link of a bond in a capture.</summary>
public sealed record CaptureLink
{
    /// <summary>The interface's name where the capture tells it, else the file's name without its ending.</summary>
    public required string Name { get; init; }
    /// <summary>The file.</summary>
    public string? Path { get; init; }
    /// <summary>Frames.</summary>
    public required long Packets { get; init; }
    /// <summary>Their bytes as they were on the wire, Ethernet header included.</summary>
    public required long Bytes { get; init; }
    /// <summary>Frames that the host sent; null where neither the capture nor -HostMacAddress tells directions.</summary>
    public long? SentPackets { get; init; }
    /// <summary>Bytes that the host sent; null likewise.</summary>
    public long? SentBytes { get; init; }
    /// <summary>Flows that used the link in either direction.</summary>
    public required long Flows { get; init; }
    /// <summary>Who sent LACPDUs on the link, and how often.</summary>
    public required IReadOnlyList<CaptureLacpSender> LacpSenders { get; init => field = RecordList.Of(value); }
    /// <summary>Why its capture could be read no further; null when it was read to its end.</summary>
    public string? Defect { get; init; }
}

/// <summary>A sender of LACPDUs on a link.</summary>
public sealed record CaptureLacpSender
{
    /// <summary>The system that the port belongs to.</summary>
    public required MacAddress SystemMacAddress { get; init; }
    /// <summary>Its port.</summary>
    public required int PortNumber { get; init; }
    /// <summary>How many LACPDUs it sent.</summary>
    public required int Count { get; init; }
    /// <summary>The mean time between two; null for fewer than two.</summary>
    public TimeSpan? MeanInterval { get; init; }
    /// <summary>The longest time between two.</summary>
    public TimeSpan? LongestInterval { get; init; }
}

/// <summary>A flow: the packets between two ends in both directions. The one that was seen first is the request.</summary>
public sealed record CaptureFlow
{
    /// <summary>The request's direction, as it hashes.</summary>
    public required Flow Flow { get; init; }
    /// <summary>The protocol by name, or number: <c>tcp</c>, <c>icmp</c>, <c>arp</c>.</summary>
    public required string Protocol { get; init; }
    /// <summary>The link that most of the requests took.</summary>
    public string? RequestLink { get; init; }
    /// <summary>The link that most of the replies took; null when there was none.</summary>
    public string? ReplyLink { get; init; }
    /// <summary>Whether requests and replies took different links. That is lawful, as each end picks links by itself.</summary>
    public bool Asymmetric => RequestLink is not null && ReplyLink is not null && RequestLink != ReplyLink;
    /// <summary>Packets in the request's direction.</summary>
    public required long RequestPackets { get; init; }
    /// <summary>Bytes in the request's direction.</summary>
    public required long RequestBytes { get; init; }
    /// <summary>Packets in the reply's direction.</summary>
    public required long ReplyPackets { get; init; }
    /// <summary>Bytes in the reply's direction.</summary>
    public required long ReplyBytes { get; init; }
    /// <summary>Packets and bytes of each direction on each link.</summary>
    public required IReadOnlyList<CaptureFlowLink> Links { get; init => field = RecordList.Of(value); }
    /// <summary>Frames of the flow that were seen on two links.</summary>
    public required int Duplicates { get; init; }
    /// <summary>Packets that came after a later one of their direction, on another link.</summary>
    public required int Reordered { get; init; }
}

/// <summary>A flow's packets in one direction on one link.</summary>
public sealed record CaptureFlowLink
{
    /// <summary>The link.</summary>
    public required string Link { get; init; }
    /// <summary>Whether it is the direction of the replies.</summary>
    public required bool IsReply { get; init; }
    /// <summary>Packets.</summary>
    public required long Packets { get; init; }
    /// <summary>Bytes.</summary>
    public required long Bytes { get; init; }
}
