using System;
using System.Globalization;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Module.Cmdlets;

namespace BondTools.Module.Devices;

/// <summary>A connection as one cmdlet sees it: each command has that cmdlet's deadline and shows in its debug stream.</summary>
/// <remarks>Standard input may carry a secret, so only its length is shown. The connection itself stays with its owner.</remarks>
internal sealed class CmdletConnection(IDeviceConnection connection, string computerName, IPipelineOutput output, TimeSpan timeout) : IDeviceConnection
{
    /// <inheritdoc/>
    public bool IsConnected => connection.IsConnected;

    /// <inheritdoc/>
    public async Task<CommandResult> ExecuteAsync(string command, byte[]? input, CancellationToken cancellationToken)
    {
        await output.WriteDebugAsync($"{computerName}> {command}{DescribeInput(input)}").ConfigureAwait(false);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(timeout);
        CommandResult result;
        try
        {
            result = await connection.ExecuteAsync(command, input, deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException canceled) when (!cancellationToken.IsCancellationRequested)
        {
            throw TimedOut(command, (canceled as CommandCanceledException)?.Output, canceled);
        }

        await output.WriteDebugAsync(string.Format(
            CultureInfo.InvariantCulture,
            "{0}< exit status {1}, {2} characters, {3} of errors",
            computerName,
            result.ExitStatus,
            result.Output.Length,
            result.Error.Length)).ConfigureAwait(false);
        return result;
    }

    /// <inheritdoc/>
    public async Task<CommandResult> StreamAsync(string command, Action<Stream> read, CancellationToken stop)
    {
        await output.WriteDebugAsync($"{computerName}> {command}").ConfigureAwait(false);
        return await connection.StreamAsync(command, read, stop).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<Stream> OpenTerminalAsync(CancellationToken cancellationToken) => connection.OpenTerminalAsync(cancellationToken);

    /// <summary>Leaves the connection open; it belongs to the session.</summary>
    public void Dispose()
    {
    }

    private static string DescribeInput(byte[]? input) =>
        input is null ? "" : string.Format(CultureInfo.InvariantCulture, " ({0} bytes of input)", input.Length);

    private BondToolsException TimedOut(string command, string? printed, Exception cause)
    {
        var seconds = timeout.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture);
        return new BondToolsException(BondToolsErrorKind.Timeout, $"{computerName} did not finish a command within {seconds} s.", cause)
        {
            Command = command,
            Output = printed,
            RecommendedAction = "Allow more time with -TimeoutSec, or look at what the device is doing.",
        };
    }
}
