using System;
using System.Net;

namespace BondTools.Planning;

/// <summary>What a host remembers of one publication: who, when, how it ended, and both files.</summary>
public sealed record NetworkPublicationRecord
{
    /// <summary>The host.</summary>
    public required string ComputerName { get; init; }
    /// <summary>The publication's id; Restore-PveNetwork takes it.</summary>
    public required string Id { get; init; }
    /// <summary>When it was armed, by the host's clock.</summary>
    public required DateTimeOffset Time { get; init; }
    /// <summary>How it ended, or how far it is.</summary>
    public required PublicationOutcome Outcome { get; init; }
    /// <summary>When it ended, by the host's clock; null while it has not, and where the host had no room to note it.</summary>
    public required DateTimeOffset? EndTime { get; init; }
    /// <summary>The user who was logged in on the host.</summary>
    public required string User { get; init; }
    /// <summary>The address that the user came from; null when it was not an SSH login.</summary>
    public required IPAddress? From { get; init; }
    /// <summary>The user and the machine that ran the cmdlet, as that machine calls them.</summary>
    public required string Client { get; init; }
    /// <summary>How long the host would have waited for a confirmation.</summary>
    public required TimeSpan RollbackAfter { get; init; }
    /// <summary>The file as it was before, byte for byte.</summary>
    public required string Before { get; init; }
    /// <summary>The file that was published, byte for byte.</summary>
    public required string After { get; init; }
    /// <summary>What was to be changed, in unified form.</summary>
    public string Difference => TextDifference.Unified(Before, After, HostPaths.Interfaces, HostPaths.PendingInterfaces);
}

/// <summary>How a publication ended, or how far it is. Each is named by the mark that the host keeps.</summary>
public enum PublicationOutcome
{
    /// <summary>Prepared, and nothing applied yet.</summary>
    Armed,
    /// <summary>Applied, and waiting for its confirmation.</summary>
    Applied,
    /// <summary>Being taken back.</summary>
    Restoring,
    /// <summary>Verified and confirmed: the new file stays.</summary>
    Confirmed,
    /// <summary>Taken back, by the client that was not satisfied or by the host's timer.</summary>
    RolledBack,
    /// <summary>Taken back while the host started, because it had stopped before the confirmation.</summary>
    Healed,
    /// <summary>Given up before anything was applied.</summary>
    Disarmed,
}
