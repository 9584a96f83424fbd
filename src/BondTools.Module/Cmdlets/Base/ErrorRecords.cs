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
                    ErrorDetails = known.RecommendedAction is { } action
                        ? new ErrorDetails(known.Message) { RecommendedAction = action }
                        : null,
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
}
