using System;

namespace BondTools;

/// <summary>
/// An error that BondTools raises on purpose: it has a stable id, says on which command and after which output it
/// happened, and what to do about it.
/// </summary>
/// <remarks>The cmdlets turn it into an ErrorRecord whose error id is <c>BondTools.</c> followed by <see cref="Kind"/>.</remarks>
public class BondToolsException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="kind">What went wrong.</param>
    /// <param name="message">One sentence for a person.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public BondToolsException(BondToolsErrorKind kind, string message, Exception? innerException = null)
        : base(message, innerException) => Kind = kind;

    /// <summary>What went wrong.</summary>
    public BondToolsErrorKind Kind { get; }

    /// <summary>The command that was running, if there was one.</summary>
    public string? Command { get; init; }

    /// <summary>What the device had printed until then, cut to a bounded length.</summary>
    public string? Output { get; init; }

    /// <summary>What a person can do about it.</summary>
    public string? RecommendedAction { get; init; }
}

/// <summary>The kinds of error; each is the last part of an error id (<c>BondTools.HostKeyMismatch</c>).</summary>
public enum BondToolsErrorKind
{
    /// <summary>The host's key is not in known_hosts.</summary>
    HostKeyUnknown,
    /// <summary>The host's key differs from the one in known_hosts.</summary>
    HostKeyMismatch,
    /// <summary>The host's key is marked @revoked in known_hosts.</summary>
    HostKeyRevoked,
    /// <summary>The device refused the user or the secret.</summary>
    AuthenticationFailed,
    /// <summary>No connection could be made.</summary>
    ConnectFailed,
    /// <summary>The connection ended before the answer was complete.</summary>
    ConnectionLost,
    /// <summary>A deadline passed.</summary>
    Timeout,
    /// <summary>A host command ended with an exit code other than zero.</summary>
    CommandFailed,
    /// <summary>The switch rejected a line.</summary>
    CommandRejected,
    /// <summary>Text from a device or a file was not understood.</summary>
    UnexpectedOutput,
    /// <summary>What was asked for is not there.</summary>
    NotFound,
    /// <summary>What was asked for is there already.</summary>
    AlreadyExists,
    /// <summary>A parameter, or a combination of them, makes no valid configuration.</summary>
    InvalidConfiguration,
    /// <summary>Somebody else's pending change is staged on the host.</summary>
    PendingChangeExists,
    /// <summary>Nothing is staged on the host.</summary>
    NoPendingChange,
    /// <summary>The new configuration did not prove itself and the old one was put back.</summary>
    PublishRolledBack,
    /// <summary>No open session fits.</summary>
    NoSession,
}

/// <summary>Text that a parser does not understand, with the line it stopped at.</summary>
public sealed class UnexpectedOutputException : BondToolsException
{
    /// <summary>Creates the error.</summary>
    /// <param name="expected">What the parser reads, such as <c>/proc/net/bonding</c>.</param>
    /// <param name="line">The line it stopped at, or an empty text when the input ended too early.</param>
    /// <param name="lineNumber">Its number, from 1; 0 when the input ended too early.</param>
    /// <param name="reason">What is wrong with it.</param>
    public UnexpectedOutputException(string expected, string line, int lineNumber, string reason)
        : base(BondToolsErrorKind.UnexpectedOutput, Describe(expected, line, lineNumber, reason))
    {
        Line = line;
        LineNumber = lineNumber;
    }

    /// <summary>The line the parser stopped at.</summary>
    public string Line { get; }

    /// <summary>The number of that line, from 1; 0 when the input ended too early.</summary>
    public int LineNumber { get; }

    private static string Describe(string expected, string line, int lineNumber, string reason)
    {
        const int shown = 120;
        var where = lineNumber == 0 ? "at the end of the text" : $"line {lineNumber}: '{(line.Length > shown ? line.Substring(0, shown) + "…" : line)}'";
        return $"This is not understood as {expected}; {where}: {reason}";
    }
}
