namespace BondTools.Linux;

/// <summary>Which slaves must hear answers of their own to the ARP probes (bonding.rst, "arp_validate").</summary>
public enum ArpValidate
{
    /// <summary>Any frame counts as an answer.</summary>
    None = 0,
    /// <summary>Answers are looked at on the active slave.</summary>
    Active = 1,
    /// <summary>Answers are looked at on the backup slaves.</summary>
    Backup = 2,
    /// <summary>Answers are looked at on all slaves.</summary>
    All = 3,
    /// <summary>Only ARP frames count, whatever they say.</summary>
    Filter = 4,
    /// <summary>Only ARP frames count, and on the active slave they are looked at.</summary>
    FilterActive = 5,
    /// <summary>Only ARP frames count, and on the backup slaves they are looked at.</summary>
    FilterBackup = 6,
}

/// <summary>How many targets of the ARP monitor must answer (bonding.rst, "arp_all_targets").</summary>
public enum ArpAllTargets
{
    /// <summary>One of them.</summary>
    Any = 0,
    /// <summary>All of them.</summary>
    All = 1,
}

/// <summary>What becomes of the MAC addresses in active-backup (bonding.rst, "fail_over_mac").</summary>
public enum FailOverMac
{
    /// <summary>All slaves have the bond's address.</summary>
    None = 0,
    /// <summary>The bond takes the active slave's address.</summary>
    Active = 1,
    /// <summary>The bond keeps its address and hands it to the slave that becomes active.</summary>
    Follow = 2,
}

/// <summary>When the primary slave takes over again (bonding.rst, "primary_reselect").</summary>
public enum PrimaryReselect
{
    /// <summary>As soon as it is back.</summary>
    Always = 0,
    /// <summary>When it is faster than the active one.</summary>
    Better = 1,
    /// <summary>Only when the active one fails.</summary>
    Failure = 2,
}
