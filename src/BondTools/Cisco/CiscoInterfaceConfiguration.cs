using System.Collections.Generic;
using BondTools.Planning;

namespace BondTools.Cisco;

/// <summary>One interface as <c>show running-config</c> has it. What no line says is null: the platform's default applies.</summary>
public sealed record CiscoInterfaceConfiguration
{
    /// <summary>The switch it was read from; null for text that came from no switch.</summary>
    public string? ComputerName { get; init; }

    /// <summary>The interface, as the switch spells it (<c>GigabitEthernet1/0/1</c>, <c>Port-channel1</c>).</summary>
    public required string Interface { get; init; }

    /// <summary>Its description.</summary>
    public string? Description { get; init; }

    /// <summary>Whether it is shut down.</summary>
    public bool Shutdown { get; init; }

    /// <summary>True after <c>switchport</c>, false after <c>no switchport</c>; null when no line says, and then it is as the platform's ports are by default.</summary>
    public bool? Switchport { get; init; }

    /// <summary>Trunk or access; null when no line says, or for a mode of another kind (<c>dynamic auto</c>), which <see cref="Lines"/> has.</summary>
    public CiscoSwitchportMode? SwitchportMode { get; init; }

    /// <summary>The trunk's encapsulation, on platforms that know several (<c>dot1q</c>, <c>isl</c>, <c>negotiate</c>).</summary>
    public string? Encapsulation { get; init; }

    /// <summary>The VLAN of an access port, 1 to 4094.</summary>
    public int? AccessVlan { get; init; }

    /// <summary>The trunk's untagged VLAN, 1 to 4094.</summary>
    public int? NativeVlan { get; init; }

    /// <summary>The VLANs that the trunk carries, of all lines together, sorted: <c>10,20-29</c>, <c>all</c> or <c>none</c>.</summary>
    public string? AllowedVlans { get; init; }

    /// <summary>The channel-group it is a member of (IOS XR: its bundle).</summary>
    public int? Group { get; init; }

    /// <summary>How it joins its channel-group.</summary>
    public ChannelGroupMode? Mode { get; init; }

    /// <summary>How often it asks its LACP partner for frames.</summary>
    public CiscoLacpRate? LacpRate { get; init; }

    /// <summary>Its LACP port priority, 0 to 65535; the lowest are bundled first.</summary>
    public int? PortPriority { get; init; }

    /// <summary>How many members must be bundled before the port-channel is up.</summary>
    public int? MinLinks { get; init; }

    /// <summary>How many members are bundled at most; the others stand by.</summary>
    public int? MaxBundle { get; init; }

    /// <summary>Its MTU in bytes.</summary>
    public int? Mtu { get; init; }

    /// <summary>Its speed, as the switch spells it (<c>1000</c>, <c>auto</c>, <c>nonegotiate</c>).</summary>
    public string? Speed { get; init; }

    /// <summary>Its duplex, as the switch spells it (<c>full</c>, <c>half</c>, <c>auto</c>).</summary>
    public string? Duplex { get; init; }

    /// <summary>All lines below the interface's, trimmed; also those that no other property has.</summary>
    public IReadOnlyList<string> Lines { get; init => field = RecordList.Of(value); } = [];
}
