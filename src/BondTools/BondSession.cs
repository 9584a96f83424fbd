using System;

namespace BondTools;

/// <summary>An open session to a device, as Connect-PveHost, Connect-CiscoSwitch and Start-BondLab give it.</summary>
public sealed class BondSession
{
    internal BondSession(int id, BondDeviceKind kind, string computerName, int port, string userName) =>
        (Id, Kind, ComputerName, Port, UserName) = (id, kind, computerName, port, userName);

    /// <summary>A number that is unique in this process, from 1.</summary>
    public int Id { get; }

    /// <summary>What is at the other end.</summary>
    public BondDeviceKind Kind { get; }

    /// <summary>The device's name or address, as it was given.</summary>
    public string ComputerName { get; }

    /// <summary>The TCP port; 0 for a device of the embedded lab.</summary>
    public int Port { get; }

    /// <summary>The user who logged in.</summary>
    public string UserName { get; }

    /// <summary>When the session was opened.</summary>
    public DateTimeOffset Opened { get; } = DateTimeOffset.Now;

    /// <summary>Whether the session is open, closed on purpose, or broken.</summary>
    public BondSessionState State { get; internal set; } = BondSessionState.Opened;

    /// <inheritdoc/>
    public override string ToString() => ComputerName;
}

/// <summary>The two kinds of device at the ends of the cable.</summary>
public enum BondDeviceKind
{
    /// <summary>A Proxmox VE host, or another Linux host with bonding and ifupdown2.</summary>
    PveHost,
    /// <summary>A Cisco switch.</summary>
    CiscoSwitch,
}

/// <summary>The state of a session; the words are those of PSSession.</summary>
public enum BondSessionState
{
    /// <summary>Ready for use.</summary>
    Opened,
    /// <summary>Closed by Disconnect-BondSession.</summary>
    Closed,
    /// <summary>The connection was lost.</summary>
    Broken,
}
