using System;
using System.Threading;

namespace BondTools.Module.Devices;

/// <summary>A command was given up while it ran.</summary>
/// <remarks>A connection throws it so that who set a deadline can say how far the command had come.</remarks>
internal sealed class CommandCanceledException(string? output, CancellationToken cancellationToken)
    : OperationCanceledException("The command was given up while it ran.", cancellationToken)
{
    /// <summary>What the command had printed, cut to a bounded length.</summary>
    public string? Output { get; } = output;
}
