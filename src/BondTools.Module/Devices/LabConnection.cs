using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Lab;

namespace BondTools.Module.Devices;

/// <summary>A connection to a device of the embedded lab.</summary>
internal sealed class LabConnection(IEmulatedDevice device) : IDeviceConnection
{
    private bool _closed;

    /// <inheritdoc/>
    public bool IsConnected => !_closed;

    /// <inheritdoc/>
    public async Task<CommandResult> ExecuteAsync(string command, byte[]? input, CancellationToken cancellationToken)
    {
        // The emulator answers in the caller's thread; an SSH channel would not.
        var result = await Task.Run(() => device.ExecuteAsync(command, input ?? [], cancellationToken), cancellationToken).ConfigureAwait(false);
        return new CommandResult(result.ExitStatus, result.Output, result.Error);
    }

    /// <inheritdoc/>
    public async Task<CommandResult> StreamAsync(string command, Action<Stream> read, CancellationToken stop)
    {
        // An emulated command has printed everything by the time that it shows it.
        var result = await ExecuteAsync(command, null, stop).ConfigureAwait(false);
        read(new MemoryStream(ByteText.Encode(result.Output)));
        return result with { Output = "" };
    }

    /// <inheritdoc/>
    public Task<Stream> OpenTerminalAsync(CancellationToken cancellationToken) => Task.FromResult(device.OpenTerminal());

    /// <inheritdoc/>
    public void Dispose() => _closed = true;
}
