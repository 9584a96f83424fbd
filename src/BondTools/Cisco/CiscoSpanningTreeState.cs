namespace BondTools.Cisco;

/// <summary>Whether a port forwards in a spanning tree.</summary>
public enum CiscoSpanningTreeState
{
    /// <summary>It forwards (<c>FWD</c>).</summary>
    Forwarding,
    /// <summary>It learns addresses and does not forward yet (<c>LRN</c>).</summary>
    Learning,
    /// <summary>It listens only (<c>LIS</c>).</summary>
    Listening,
    /// <summary>It is blocked (<c>BLK</c>).</summary>
    Blocking,
    /// <summary>It is blocked because of an inconsistency (<c>BKN*</c>).</summary>
    Broken,
    /// <summary>It is disabled (<c>DIS</c>).</summary>
    Disabled,
}
