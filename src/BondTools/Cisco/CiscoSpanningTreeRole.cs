namespace BondTools.Cisco;

/// <summary>What a port is in a spanning tree (IEEE 802.1D, 802.1Q).</summary>
public enum CiscoSpanningTreeRole
{
    /// <summary>It leads to the root (<c>Root</c>).</summary>
    Root,
    /// <summary>It leads away from the root (<c>Desg</c>).</summary>
    Designated,
    /// <summary>Another way to the root (<c>Altn</c>).</summary>
    Alternate,
    /// <summary>Another way to a segment that this switch serves already (<c>Back</c>).</summary>
    Backup,
    /// <summary>The way out of a region of MST (<c>Mstr</c>).</summary>
    Master,
    /// <summary>It takes no part (<c>Disa</c>).</summary>
    Disabled,
}
