namespace BondTools.Cisco;

/// <summary>The layer 2 side of a port, from <c>show interfaces switchport</c>.</summary>
public sealed record CiscoSwitchport
{
    /// <summary>The switch it was read from; null for text that came from no switch.</summary>
    public string? ComputerName { get; init; }
    /// <summary>The port as printed (<c>Gi1/0/1</c>, <c>Po1</c>).</summary>
    public required string Interface { get; init; }
    /// <summary>Whether the port is a switch port and not a routed one.</summary>
    public required bool Enabled { get; init; }
    /// <summary>The mode that was configured (<c>trunk</c>, <c>static access</c>, <c>dynamic auto</c>); null where it is not printed.</summary>
    public string? AdministrativeMode { get; init; }
    /// <summary>The mode it is in (<c>trunk</c>, <c>static access</c>, <c>down</c>).</summary>
    public string? OperationalMode { get; init; }
    /// <summary>The port-channel of which the port is a member (<c>Po1</c>); null where it is none.</summary>
    public string? Bundle { get; init; }
    /// <summary>Whether the port is suspended in <see cref="Bundle"/>.</summary>
    public bool Suspended { get; init; }
    /// <summary>The encapsulation that was configured (<c>dot1q</c>, <c>isl</c>, <c>negotiate</c>).</summary>
    public string? AdministrativeEncapsulation { get; init; }
    /// <summary>The encapsulation in use (<c>dot1q</c>, <c>native</c>).</summary>
    public string? OperationalEncapsulation { get; init; }
    /// <summary>Whether trunking is negotiated (DTP).</summary>
    public bool? NegotiatesTrunking { get; init; }
    /// <summary>The access VLAN, 1 to 4094; null where there is none.</summary>
    public int? AccessVlan { get; init; }
    /// <summary>The native VLAN of a trunk, 1 to 4094, or 0 where the switch prints that; null where there is none.</summary>
    public int? NativeVlan { get; init; }
    /// <summary>The voice VLAN; null where there is none.</summary>
    public int? VoiceVlan { get; init; }
    /// <summary>The VLANs of a trunk: <c>ALL</c>, <c>NONE</c> or a list such as <c>10,20-29</c>, without blanks.</summary>
    public string? TrunkingVlans { get; init; }
}
