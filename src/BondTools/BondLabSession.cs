namespace BondTools;

/// <summary>A running embedded lab: an emulated Proxmox VE host and a Cisco switch, joined by two cables.</summary>
public sealed class BondLabSession
{
    internal BondLabSession(string name, BondSession host, BondSession ciscoSwitch) => (Name, Host, Switch) = (name, host, ciscoSwitch);

    /// <summary>The lab's name.</summary>
    public string Name { get; }

    /// <summary>The session to the emulated host.</summary>
    public BondSession Host { get; }

    /// <summary>The session to the emulated switch.</summary>
    public BondSession Switch { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
