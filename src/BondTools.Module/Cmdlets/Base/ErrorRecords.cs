using System;
using System.Management.Automation;

namespace BondTools.Module.Cmdlets;

/// <summary>The one place where an exception becomes an ErrorRecord.</summary>
internal static class ErrorRecords
{
    /// <summary>Makes the record.</summary>
    /// <param name="exception">What went wrong.</param>
    /// <param name="target">The device's name, or whatever the error is about.</param>
    public static ErrorRecord From(Exception exception, object? target)
    {
        while (exception is AggregateException { InnerExceptions.Count: 1 } aggregate)
            exception = aggregate.InnerExceptions[0];
        switch (exception)
        {
            case BondToolsException known:
                return new ErrorRecord(known, "BondTools." + known.Kind, CategoryOf(known.Kind), target)
                {
                    ErrorDetails = new ErrorDetails(known.Message) { RecommendedAction = known.RecommendedAction ?? ActionFor(known.Kind) },
                };
            case FormatException or ArgumentException:
                return new ErrorRecord(exception, "BondTools.InvalidArgument", ErrorCategory.InvalidArgument, target);
            case OperationCanceledException:
                return new ErrorRecord(exception, "BondTools.Canceled", ErrorCategory.OperationStopped, target);
            default:
                return new ErrorRecord(exception, "BondTools." + exception.GetType().Name, ErrorCategory.NotSpecified, target);
        }
    }

    private static ErrorCategory CategoryOf(BondToolsErrorKind kind) => kind switch
    {
        BondToolsErrorKind.HostKeyUnknown or BondToolsErrorKind.HostKeyMismatch or BondToolsErrorKind.HostKeyRevoked =>
            ErrorCategory.SecurityError,
        BondToolsErrorKind.AuthenticationFailed => ErrorCategory.AuthenticationError,
        BondToolsErrorKind.ConnectFailed or BondToolsErrorKind.ConnectionLost => ErrorCategory.ConnectionError,
        BondToolsErrorKind.Timeout => ErrorCategory.OperationTimeout,
        BondToolsErrorKind.UnexpectedOutput => ErrorCategory.ParserError,
        BondToolsErrorKind.NotFound or BondToolsErrorKind.NoSession => ErrorCategory.ObjectNotFound,
        BondToolsErrorKind.AlreadyExists or BondToolsErrorKind.PendingChangeExists => ErrorCategory.ResourceExists,
        BondToolsErrorKind.InvalidConfiguration => ErrorCategory.InvalidArgument,
        BondToolsErrorKind.NoPendingChange => ErrorCategory.InvalidOperation,
        BondToolsErrorKind.CommandFailed or BondToolsErrorKind.CommandRejected or BondToolsErrorKind.PublishRolledBack =>
            ErrorCategory.InvalidResult,
        _ => ErrorCategory.NotSpecified,
    };

    /// <summary>What to do about a kind of error where the one who raised it had nothing closer to say.</summary>
    private static string ActionFor(BondToolsErrorKind kind) => kind switch
    {
        BondToolsErrorKind.UnexpectedOutput =>
            "Look at the line that is named: the text must be the whole output of that one command. What is read wrongly is worth an issue, with that line in it.",
        BondToolsErrorKind.NoPendingChange => "Stage a change first, for example with New-PveBond.",
        BondToolsErrorKind.PendingChangeExists => "Look at it with Get-PveNetworkChange; publish it, undo it, or build on it with -Force.",
        BondToolsErrorKind.InvalidConfiguration => "Correct the parameters; nothing was changed.",
        BondToolsErrorKind.AlreadyExists => "Change what is there with the Set cmdlet, or choose another name.",
        BondToolsErrorKind.NotFound => "List what is there by leaving the name out.",
        BondToolsErrorKind.NoSession => "Connect with Connect-PveHost or Connect-CiscoSwitch.",
        BondToolsErrorKind.Timeout => "Check that the device answers, or allow it more time with -TimeoutSec.",
        BondToolsErrorKind.ConnectFailed or BondToolsErrorKind.ConnectionLost => "Check the name, the port and the way to the device, then connect again.",
        BondToolsErrorKind.AuthenticationFailed => "Check -Credential, -UserName and -KeyFilePath.",
        BondToolsErrorKind.HostKeyUnknown or BondToolsErrorKind.HostKeyMismatch or BondToolsErrorKind.HostKeyRevoked =>
            "Compare the fingerprint with the device's own, on a way that you trust, before you change known_hosts.",
        BondToolsErrorKind.PublishRolledBack => "The old configuration is back: find out why the new one did not work, then stage it again.",
        _ => "The exception's Command and Output say what was run and what it printed.",
    };
}
