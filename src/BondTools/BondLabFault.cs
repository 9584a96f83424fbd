namespace BondTools;

/// <summary>A mistake at one of the two cables between host and switch. What a command makes, such as a port that is shut down, is made by that command.</summary>
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
    /// <summary>The carrier stands, but what the switch sends does not reach the host.</summary>
    LossToHost,
    /// <summary>The carrier stands, but what the host sends does not reach the switch.</summary>
    LossToSwitch,
    /// <summary>The cable has a loose contact: every 30 seconds the carrier is gone for three.</summary>
    FlappingCable,
    /// <summary>Some of the cable's wires are broken: its link comes up at 100 Mbit/s at both ends.</summary>
    SpeedMismatch,
    /// <summary>The host's two cards are cabled to each other, and nothing to the switch; both links' cables are concerned, whichever is named.</summary>
    Loop,
    /// <summary>There is another host with a bond in channel-group 2, and this cable and one of its have changed places.</summary>
    SwappedCables,
    /// <summary>Another host, whose bond has the same MAC address, is cabled to channel-group 2; it is the whole host's, whichever link is named.</summary>
    DuplicateSystem,
    /// <summary>The host has been restarted and its card has another name since, so that the bond does not find it.</summary>
    NicRenamed,
}
