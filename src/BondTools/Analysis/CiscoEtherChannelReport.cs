using System.Collections.Generic;
using BondTools.Cisco;

namespace BondTools.Analysis;

/// <summary>The verdict on a port-channel, as Test-CiscoEtherChannel gives it: which members are bundled, and why the others are not.</summary>
public sealed record CiscoEtherChannelReport
{
    /// <summary>Whether the port-channel is in use and every member is bundled or, as configured, stands by.</summary>
    public required bool Passed { get; init; }
    /// <summary>The switch's name; null for text that came from no switch.</summary>
    public string? SwitchName { get; init; }
    /// <summary>The channel-group number.</summary>
    public required int Group { get; init; }
    /// <summary>The port-channel's name as the switch prints it (<c>Po1</c>).</summary>
    public required string PortChannel { get; init; }
    /// <summary>The port-channel's state.</summary>
    public required EtherChannelState State { get; init; }
    /// <summary>The members in the order the switch prints them.</summary>
    public required IReadOnlyList<CiscoMemberDiagnosis> Members { get; init => field = RecordList.Of(value); }
    /// <summary>What could not be looked at, a sentence each; empty when everything was.</summary>
    public required IReadOnlyList<string> NotExamined { get; init => field = RecordList.Of(value); }
}

/// <summary>A member port of a port-channel, and why it is not bundled.</summary>
public sealed record CiscoMemberDiagnosis
{
    /// <summary>The interface as the switch prints it (<c>Et0/0</c>).</summary>
    public required string Interface { get; init; }
    /// <summary>The letters behind it in <c>show etherchannel summary</c>.</summary>
    public required string Flags { get; init; }
    /// <summary>What the letters mean.</summary>
    public required EtherChannelMemberState State { get; init; }
    /// <summary>Whether the port carries the channel's traffic.</summary>
    public required bool Bundled { get; init; }
    /// <summary>Why it does not, the certain causes first; empty for a bundled member.</summary>
    public required IReadOnlyList<UnbundledCause> Causes { get; init => field = RecordList.Of(value); }
}

/// <summary>A reason why a port is not bundled.</summary>
public sealed record UnbundledCause
{
    /// <summary>The reason.</summary>
    public required UnbundledReason Reason { get; init; }
    /// <summary>Whether what was read proves it; false when it is one of several possibilities.</summary>
    public required bool Certain { get; init; }
    /// <summary>The reason in a sentence, with the values.</summary>
    public required string Message { get; init; }
    /// <summary>The facts it rests on, one a line.</summary>
    public required IReadOnlyList<string> Evidence { get; init => field = RecordList.Of(value); }
    /// <summary>What a person can do about it.</summary>
    public required string Remedy { get; init; }
    /// <summary>The lines that do it on the switch, in configuration mode; empty when it is not the switch's configuration.</summary>
    public required IReadOnlyList<string> Lines { get; init => field = RecordList.Of(value); }

    /// <summary>The reason and the sentence on one line.</summary>
    public override string ToString() => $"{Reason}{(Certain ? "" : " (possible)")}: {Message}";
}

/// <summary>Why a member port is not bundled.</summary>
public enum UnbundledReason
{
    /// <summary>Nothing of what was read explains it.</summary>
    Unknown,
    /// <summary>The port is shut down.</summary>
    AdministrativelyDown,
    /// <summary>The switch has disabled the port for an error.</summary>
    ErrorDisabled,
    /// <summary>The port has no link: the cable, or the port at its other end.</summary>
    NoCarrier,
    /// <summary>The port-channel itself is shut down.</summary>
    PortChannelShutDown,
    /// <summary>No LACPDU comes: nothing at the other end speaks LACP.</summary>
    PartnerSilent,
    /// <summary>Both ends wait for the other to speak first.</summary>
    BothPassive,
    /// <summary>The port's channel mode is of another protocol than the channel's.</summary>
    ProtocolMismatch,
    /// <summary>The partner is another system than that of the bundled members.</summary>
    OtherPartnerSystem,
    /// <summary>The partner is the same system, but another of its aggregators.</summary>
    OtherPartnerKey,
    /// <summary>One is switched and the other is routed.</summary>
    LayerMismatch,
    /// <summary>Trunk or access mode differs from the port-channel's.</summary>
    SwitchportModeMismatch,
    /// <summary>The trunk's encapsulation differs from the port-channel's.</summary>
    EncapsulationMismatch,
    /// <summary>The access VLAN differs from the port-channel's.</summary>
    AccessVlanMismatch,
    /// <summary>The trunk's native VLAN differs from the port-channel's.</summary>
    NativeVlanMismatch,
    /// <summary>The trunk's allowed VLANs differ from the port-channel's.</summary>
    AllowedVlansMismatch,
    /// <summary>The MTU differs from the port-channel's.</summary>
    MtuMismatch,
    /// <summary>The speed differs from the bundled members'.</summary>
    SpeedMismatch,
    /// <summary>The duplex differs from the bundled members'.</summary>
    DuplexMismatch,
    /// <summary>As many members as may be are bundled already.</summary>
    MaxBundleReached,
    /// <summary>Fewer members than required can be bundled.</summary>
    MinimumLinksNotMet,
    /// <summary>LACP is still being negotiated.</summary>
    Negotiating,
}
