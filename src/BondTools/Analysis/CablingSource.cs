namespace BondTools.Analysis;

/// <summary>What tells which slave and which port of the switch are the two ends of a cable.</summary>
public enum CablingSource
{
    /// <summary>The switch hears the slave: the address and port number in <c>show lacp neighbor</c> are the slave's own.</summary>
    LacpNeighbor,
    /// <summary>The host hears the port: the partner's port number is a port's own in <c>show lacp internal</c>.</summary>
    LacpInternal,
    /// <summary>LLDP, at either end.</summary>
    Lldp,
}
