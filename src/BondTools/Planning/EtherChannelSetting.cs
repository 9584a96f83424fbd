namespace BondTools.Planning;

/// <summary>The settings of an EtherChannel that can be taken away, so that the platform's default applies again.</summary>
public enum EtherChannelSetting
{
    /// <summary>The port-channel's description.</summary>
    Description,
    /// <summary>Trunk or access.</summary>
    SwitchportMode,
    /// <summary>The restriction of a trunk to some VLANs.</summary>
    AllowedVlans,
    /// <summary>The trunk's untagged VLAN.</summary>
    NativeVlan,
    /// <summary>The VLAN of an access port.</summary>
    AccessVlan,
    /// <summary>The MTU.</summary>
    Mtu,
    /// <summary>How many members must be bundled.</summary>
    MinLinks,
    /// <summary>How many members are bundled at most.</summary>
    MaxBundle,
    /// <summary>The members' LACP rate.</summary>
    LacpRate,
    /// <summary>The members' LACP port priority.</summary>
    PortPriority,
    /// <summary>The switch's LACP system priority.</summary>
    SystemPriority,
}
