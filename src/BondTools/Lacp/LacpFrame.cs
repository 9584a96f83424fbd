using System;
using System.Collections.Generic;
using BondTools.Capture;

namespace BondTools.Lacp;

/// <summary>A LACPDU or a Marker PDU out of a capture (IEEE 802.1AX-2020, 6.4.2.3 and 6.5.3.3).</summary>
/// <remarks>What a frame does not hold is null. One that breaks the rules gives what was read until there, and <see cref="Malformed"/> says why.</remarks>
public sealed record LacpFrame
{
    /// <summary>The host that captured it; null where it comes from a file.</summary>
    public string? ComputerName { get; init; }

    /// <summary>The file that it is in; null where it came straight from a host.</summary>
    public string? Path { get; init; }

    /// <summary>The interface that captured it: its name where the capture tells it, else the file's name without its ending.</summary>
    public required string Interface { get; init; }

    /// <summary>The number of that interface on its host, where the capture was taken on several at once (Linux cooked, version 2).</summary>
    public int? InterfaceIndex { get; init; }

    /// <summary>Its number in the capture, from 1, as Wireshark counts.</summary>
    public required long FrameNumber { get; init; }

    /// <summary>When it was captured, to 100 ns; null where the capture does not tell.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>Which way it went, where the capture tells.</summary>
    public FrameDirection Direction { get; init; }

    /// <summary>Who sent it: the port's own address, not the system's.</summary>
    public MacAddress? SourceMacAddress { get; init; }

    /// <summary>The VLANs of its tags, the outer one first.</summary>
    public IReadOnlyList<int> VlanIds { get; init => field = RecordList.Of(value); } = [];

    /// <summary>What it is.</summary>
    public required LacpSubtype Subtype { get; init; }

    /// <summary>The version of the protocol: 1, or 2 with the TLVs of conversation-sensitive collection and distribution.</summary>
    public int? Version { get; init; }

    /// <summary>What the sender says of itself.</summary>
    public LacpPort? Actor { get; init; }

    /// <summary>What the sender knows of its partner.</summary>
    public LacpPort? Partner { get; init; }

    /// <summary>How long the sender's collector may hold a frame back; it is sent in tens of microseconds.</summary>
    public TimeSpan? CollectorMaxDelay { get; init; }

    /// <summary>What a version 2 LACPDU says of the conversations.</summary>
    public LacpConversations? Conversations { get; init; }

    /// <summary>The question or answer of a Marker PDU.</summary>
    public LacpMarker? Marker { get; init; }

    /// <summary>Every TLV in order, known or not, without the terminator.</summary>
    public IReadOnlyList<LacpTlv> Tlvs { get; init => field = RecordList.Of(value); } = [];

    /// <summary>What is wrong with the frame; null when it is well formed.</summary>
    public string? Malformed { get; init; }
}

/// <summary>The Slow Protocols subtypes that link aggregation uses (IEEE 802.3, 57A.4).</summary>
public enum LacpSubtype
{
    /// <summary>A LACPDU.</summary>
    Lacp = 1,
    /// <summary>A Marker PDU or the response to one.</summary>
    Marker = 2,
}
