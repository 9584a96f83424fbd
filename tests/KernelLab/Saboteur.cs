using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Module.Devices;
using BondTools.Module.Ssh;

namespace BondTools.KernelLab;

/// <summary>When, seen from a command, the client dies.</summary>
public enum Moment
{
    /// <summary>The command is not sent any more.</summary>
    Before,
    /// <summary>The connection breaks while the command runs.</summary>
    During,
    /// <summary>The command ended, but its answer is the last thing that came.</summary>
    After,
}

/// <summary>
/// A client that dies at one of its commands, the n-th over all its connections that holds a text: its connections break and
/// nothing that it wanted to do afterwards happens.
/// </summary>
internal sealed class Saboteur(SshSettings settings, string command, int occurrence, Moment moment) : IDisposable
{
    private readonly CancellationTokenSource _death = new();
    private readonly string _command = command;
    private readonly int _occurrence = occurrence;
    private readonly Moment _moment = moment;
    private int _seen;

    /// <summary>Cancelled when the client dies.</summary>
    public CancellationToken Death => _death.Token;

    /// <summary>Whether it came to the command at which it dies.</summary>
    public bool HasDied { get; private set; }

    /// <summary>Opens a connection of this client.</summary>
    public async Task<IDeviceConnection> OpenAsync(CancellationToken cancellationToken) =>
        new Connection(this, await SshConnection.ConnectAsync(settings, cancellationToken));

    /// <inheritdoc/>
    public void Dispose() => _death.Dispose();

    private sealed class Connection(Saboteur client, SshConnection inner) : IDeviceConnection
    {
        // Long enough for a command to have begun in the emulated guest, shorter than any of those that matter takes.
        private static readonly TimeSpan UnderWay = TimeSpan.FromMilliseconds(250);

        public bool IsConnected => inner.IsConnected;

        public async Task<CommandResult> ExecuteAsync(string command, byte[]? input, CancellationToken cancellationToken)
        {
            client.Death.ThrowIfCancellationRequested();
            if (!command.Contains(client._command, StringComparison.Ordinal) || Interlocked.Increment(ref client._seen) != client._occurrence)
                return await inner.ExecuteAsync(command, input, cancellationToken);
            client.HasDied = true;
            if (client._moment == Moment.After)
                await inner.ExecuteAsync(command, input, cancellationToken);
            else if (client._moment == Moment.During)
                await Task.WhenAny(inner.ExecuteAsync(command, input, cancellationToken), Task.Delay(UnderWay, cancellationToken));
            inner.Dispose();
            await client._death.CancelAsync();
            throw new OperationCanceledException(client.Death);
        }

        public Task<CommandResult> StreamAsync(string command, Action<Stream> read, CancellationToken stop) => inner.StreamAsync(command, read, stop);

        public Task<Stream> OpenTerminalAsync(CancellationToken cancellationToken) => inner.OpenTerminalAsync(cancellationToken);

        public void Dispose() => inner.Dispose();
    }
}
