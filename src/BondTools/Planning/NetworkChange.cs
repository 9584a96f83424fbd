using System;
using System.Collections.Generic;

namespace BondTools.Planning;

/// <summary>What is staged on a Proxmox VE host: /etc/network/interfaces.new beside /etc/network/interfaces.</summary>
public sealed record NetworkChange
{
    /// <summary>The host.</summary>
    public required string ComputerName { get; init; }
    /// <summary>Whether anything is staged.</summary>
    public bool IsPending => Pending is not null;
    /// <summary>Whether BondTools staged it; false when nothing is staged, or when someone else wrote or changed the staged file.</summary>
    public required bool IsOwn { get; init; }
    /// <summary>The present file, byte for byte.</summary>
    public required string Current { get; init; }
    /// <summary>The staged file, byte for byte; null when nothing is staged.</summary>
    public required string? Pending { get; init; }
    /// <summary>The difference from the present to the staged file in unified form; empty when there is none.</summary>
    public string Difference => Pending is null ? "" : TextDifference.Unified(Current, Pending, HostPaths.Interfaces, HostPaths.PendingInterfaces);
}

/// <summary>A change that was applied under guard and confirmed.</summary>
public sealed record NetworkPublication
{
    /// <summary>The host.</summary>
    public required string ComputerName { get; init; }
    /// <summary>The id under which the host keeps both files and a record (/var/lib/bondtools/ID); Restore-PveNetwork takes it.</summary>
    public required string Id { get; init; }
    /// <summary>What was changed, in unified form.</summary>
    public required string Difference { get; init; }
    /// <summary>What had to be true before the change was confirmed.</summary>
    public required PublishVerification Verification { get; init; }
    /// <summary>What was seen over the fresh connection, one sentence for each bond.</summary>
    public required IReadOnlyList<string> Verified { get; init => field = RecordList.Of(value); }
    /// <summary>Ports of containers and machines that the reload threw off their bridge, and that the host put back.</summary>
    public required IReadOnlyList<string> ReattachedPorts { get; init => field = RecordList.Of(value); }
    /// <summary>The time from the reload to the confirmation.</summary>
    public required TimeSpan Duration { get; init; }
}

/// <summary>What must be true, seen over a fresh connection, before a published change is confirmed.</summary>
public enum PublishVerification
{
    /// <summary>The host answers.</summary>
    Reachable,
    /// <summary>Also: every bond of the file is up, with the mode and the slaves that the file asks for.</summary>
    BondUp,
    /// <summary>Also: every 802.3ad bond has a real partner and every port of it carries traffic.</summary>
    Negotiated,
}

/// <summary>Where a Proxmox VE host keeps its network configuration (PVE::INotify, ifupdown2).</summary>
internal static class HostPaths
{
    public const string Folder = "/etc/network";
    public const string Interfaces = "/etc/network/interfaces";
    public const string PendingInterfaces = "/etc/network/interfaces.new";
    public const string InterfacesLock = "/etc/network/.pve-interfaces.lock";
    public const string Bonding = "/proc/net/bonding";
    /// <summary>BondTools' own record on the host; a folder for each publication, which outlives a restart of the host.</summary>
    public const string State = "/var/lib/bondtools";
}
