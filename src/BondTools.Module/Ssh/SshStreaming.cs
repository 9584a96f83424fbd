using System;
using System.Diagnostics.CodeAnalysis;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Module.Devices;
using Renci.SshNet;
using Renci.SshNet.Common;

namespace BondTools.Module.Ssh;

/// <summary>One command on a channel of its own whose output is read while it runs.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The command is disposed in the background when it has ended: that may block.")]
internal sealed class SshStreaming
{
    // How long a command that was told to end may take before its channel is cut.
    private static readonly TimeSpan EndGrace = TimeSpan.FromSeconds(5);

    private readonly SshSettings _settings;
    private readonly SemaphoreSlim _channels;
    private readonly string _text;
    private readonly SshCommand _command;
    private Stream? _input;

    /// <summary>Prepares a command; nothing is sent yet.</summary>
    /// <remarks>
    /// sshd passes no signal on where root is logged in. But whenever the channel ends, for whatever reason, so does the standard
    /// input of what runs on it: a second job there waits for that and ends the command.
    /// </remarks>
    public SshStreaming(SshClient client, SshSettings settings, SemaphoreSlim channels, string text)
    {
        (_settings, _channels, _text) = (settings, channels, text);
        try
        {
            _command = client.CreateCommand(
                $"exec 3<&0\n(exec {text}) 3<&- < /dev/null & p=$!\n{{ while read -r x; do :; done; kill $p; }} <&3 > /dev/null 2>&1 & w=$!\nexec 3<&-\nwait $p; s=$?; kill $w 2> /dev/null; exit $s",
                Encoding.UTF8);
        }
        catch (Exception e) when (IsOfConnection(e))
        {
            throw SshErrors.FromCommand(settings, e, text, output: null);
        }
    }

    /// <summary>Runs it until it ends, <paramref name="read"/> returns, or <paramref name="stop"/> is cancelled.</summary>
    public async Task<CommandResult> RunAsync(Action<Stream> read, CancellationToken stop)
    {
        await _channels.WaitAsync(stop).ConfigureAwait(false);
        var execution = OwnThread.RunAsync(Start).Unwrap();
        var reading = OwnThread.RunAsync(() => read(_command.OutputStream));
        try
        {
            await OwnThread.EndsBeforeAsync(Task.WhenAny(execution, reading), stop).ConfigureAwait(false);
            // The library keeps what nobody reads.
            if (reading.IsCompleted)
                OwnThread.Forget(() => _command.OutputStream.CopyTo(Stream.Null));
            await EndAsync(execution).ConfigureAwait(false);
            await reading.ConfigureAwait(false);
            if (!execution.IsCompleted)
                return new CommandResult(-1, "", "");
            await execution.ConfigureAwait(false);
            return new CommandResult(_command.ExitStatus ?? -1, "", ByteText.Decode(SshExecution.ReadAll(_command.ExtendedOutputStream)));
        }
        catch (Exception e) when (IsOfConnection(e) && execution.IsFaulted)
        {
            throw SshErrors.FromCommand(_settings, execution.Exception!.GetBaseException(), _text, output: null);
        }
        finally
        {
            OwnThread.Observe(execution);
            OwnThread.Observe(reading);
            _channels.Release();
            OwnThread.Forget(_command.Dispose);
        }
    }

    private static bool IsOfConnection(Exception error) => error is SshException or IOException or ObjectDisposedException or InvalidOperationException;

    private Task Start()
    {
        var execution = _command.ExecuteAsync(CancellationToken.None);
        _input = _command.CreateInputStream();
        // The library announces the end of an input only after some of it.
        _input.WriteByte((byte)'\n');
        _input.Flush();
        return execution;
    }

    /// <summary>Ends the command where it still runs, and the stream behind its last byte.</summary>
    private async Task EndAsync(Task execution)
    {
        if (!execution.IsCompleted)
        {
            OwnThread.Forget(() => _input?.Dispose());
            using var grace = new CancellationTokenSource(EndGrace);
            await OwnThread.EndsBeforeAsync(execution, grace.Token).ConfigureAwait(false);
        }
        // A connection that broke, or a command that does not end, leaves a reader that waits for ever.
        if (execution.Status != TaskStatus.RanToCompletion)
            _command.OutputStream.Dispose();
    }
}
