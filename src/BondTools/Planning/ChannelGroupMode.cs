namespace BondTools.Planning;

/// <summary>How a switch port joins its channel-group: the last word of <c>channel-group N mode …</c>.</summary>
public enum ChannelGroupMode
{
    /// <summary>LACP that speaks first: what a Linux 802.3ad bond wants to meet.</summary>
    Active,
    /// <summary>LACP that answers only.</summary>
    Passive,
    /// <summary>No protocol: both ends must be configured alike, and nothing notices when they are not.</summary>
    On,
    /// <summary>PAgP that speaks first; Linux does not know PAgP.</summary>
    Desirable,
    /// <summary>PAgP that answers only.</summary>
    Auto,
}

/// <summary>What a layer-2 port carries.</summary>
public enum CiscoSwitchportMode
{
    /// <summary>Several VLANs, tagged.</summary>
    Trunk,
    /// <summary>One VLAN, untagged.</summary>
    Access,
}

/// <summary>How often the switch asks its partner for LACPDUs (<c>lacp rate</c>).</summary>
public enum CiscoLacpRate
{
    /// <summary>Every 30 seconds.</summary>
    Normal,
    /// <summary>Every second.</summary>
    Fast,
}
