using System;
using System.IO;
using System.IO.Pipes;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Lab;
using BondTools.Module.Ssh;

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
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var writer = new AnonymousPipeServerStream(PipeDirection.Out);
        var reader = new AnonymousPipeClientStream(PipeDirection.In, writer.ClientSafePipeHandle);
        var reading = OwnThread.RunAsync(() =>
        {
            // Who reads no more ends the command, as a closed channel does.
            try
            {
                read(reader);
            }
            finally
            {
                reader.Dispose();
                end.Cancel();
            }
        });
        try
        {
            var result = await Task.Run(() => device.ExecuteAsync(command, [], end.Token, Show), CancellationToken.None).ConfigureAwait(false);
            Show(result.Output);
            return new CommandResult(result.ExitStatus, "", result.Error);
        }
        finally
        {
            writer.Dispose();
            await reading.ConfigureAwait(false);
        }

        void Show(string text)
        {
            var bytes = ByteText.Encode(text);
            try
            {
                writer.Write(bytes, 0, bytes.Length);
            }
            catch (IOException)
            {
                // Nobody reads it.
            }
        }
    }

    /// <inheritdoc/>
    public Task<Stream> OpenTerminalAsync(CancellationToken cancellationToken) => Task.FromResult(device.OpenTerminal());

    /// <inheritdoc/>
    public void Dispose() => _closed = true;
}
