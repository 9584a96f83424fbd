namespace BondTools;

/// <summary>A mistake at one of the two cables between host and switch.</summary>
public enum BondLabFault
{
    /// <summary>The cable is out: no carrier at either end.</summary>
    Unplug,
    /// <summary>The switch's port is taken out of its channel-group and is an ordinary port.</summary>
    LacpOff,
    /// <summary>The switch's port is in another channel-group: the same system with another key.</summary>
    WrongKey,
    /// <summary>The cable goes to another switch: another LACP system.</summary>
    OtherSwitch,
    /// <summary>The channel-group is in mode <c>on</c> (static) at the switch; it is the whole channel's, whichever link is named.</summary>
    WrongMode,
    /// <summary>The carrier stands, but every frame is lost, in both directions.</summary>
    SilentLoss,
}
