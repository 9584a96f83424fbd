using System;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Module.Devices;
using Renci.SshNet;
using Renci.SshNet.Common;

namespace BondTools.Module.Ssh;

/// <summary>One command on a channel of its own.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The command is disposed in the background when it has ended: that may block.")]
internal sealed class SshExecution
{
    /// <summary>How much a command may print, in bytes.</summary>
    internal const long OutputLimit = 64L * 1024 * 1024;

    // How much of it an error quotes, in bytes; the end is where a command stopped.
    private const int QuotedOutput = 16 * 1024;

    // How long a process that was told to end may take before it is killed.
    private static readonly TimeSpan EndGrace = TimeSpan.FromSeconds(1);

    // why: the library buffers what arrives and raises no event for it, so the limit is looked at in between.
    private static readonly TimeSpan LimitInterval = TimeSpan.FromMilliseconds(200);

    private readonly SshSettings _settings;
    private readonly SemaphoreSlim _channels;
    private readonly string _text;
    private readonly byte[]? _input;
    private readonly SshCommand _command;

    /// <summary>Prepares a command; nothing is sent yet.</summary>
    /// <param name="client">The connection.</param>
    /// <param name="settings">Names the device in errors.</param>
    /// <param name="channels">Taken while the channel is open.</param>
    /// <param name="text">The command, for a POSIX shell.</param>
    /// <param name="input">Its standard input; null or nothing is an input that ends at once.</param>
    public SshExecution(SshClient client, SshSettings settings, SemaphoreSlim channels, string text, byte[]? input)
    {
        (_settings, _channels, _text, _input) = (settings, channels, text, input);
        try
        {
            // The library announces the end of an input only after some of it, and without an end a reader waits for ever.
            _command = client.CreateCommand(input is { Length: > 0 } ? text : $"{{ {text}\n}} < /dev/null", Encoding.UTF8);
        }
        catch (Exception e) when (IsOfConnection(e))
        {
            throw SshErrors.FromCommand(settings, e, text, output: null);
        }
    }

    /// <summary>Runs it.</summary>
    /// <exception cref="CommandCanceledException">The token was cancelled; the channel is closed in the background.</exception>
    public async Task<CommandResult> RunAsync(CancellationToken cancellationToken)
    {
        await _channels.WaitAsync(cancellationToken).ConfigureAwait(false);
        var execution = OwnThread.RunAsync(Start).Unwrap();
        try
        {
            while (!await EndsSoonAsync(execution, cancellationToken).ConfigureAwait(false))
            {
                if (cancellationToken.IsCancellationRequested)
                    throw new CommandCanceledException(QuoteOutput(), cancellationToken);
                if (_command.OutputStream.Length + _command.ExtendedOutputStream.Length > OutputLimit)
                    throw TooMuch();
            }

            await execution.ConfigureAwait(false);
            var (output, error) = (ReadAll(_command.OutputStream), ReadAll(_command.ExtendedOutputStream));
            if (output.Length + error.Length > OutputLimit)
                throw TooMuch();
            return new CommandResult(_command.ExitStatus ?? -1, ByteText.Decode(output), ByteText.Decode(error));
        }
        catch (Exception e) when (IsOfConnection(e))
        {
            throw SshErrors.FromCommand(_settings, e, _text, QuoteOutput());
        }
        finally
        {
            CleanUp(execution);
        }
    }

    private static bool IsOfConnection(Exception error) => error is SshException or IOException or ObjectDisposedException or InvalidOperationException;

    private static async Task<bool> EndsSoonAsync(Task execution, CancellationToken cancellationToken)
    {
        using var interval = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        interval.CancelAfter(LimitInterval);
        return await OwnThread.EndsBeforeAsync(execution, interval.Token).ConfigureAwait(false);
    }

    private Task Start()
    {
        var execution = _command.ExecuteAsync(CancellationToken.None);
        // Apart from the command itself: one that ends early leaves the writer waiting for room that never comes.
        if (_input is { Length: > 0 } input)
            OwnThread.Forget(() => WriteInput(input));
        return execution;
    }

    private void WriteInput(byte[] input)
    {
        // Its errors are of no interest: how the command ended is in its exit status, or in the connection's own error.
        using var stream = _command.CreateInputStream();
        stream.Write(input, 0, input.Length);
    }

    /// <summary>Gives the command back, and ends it on the host when it still runs there.</summary>
    /// <remarks>
    /// Nothing in SSH obliges a server to end a command whose channel is closed, and sshd does not: it passes on the
    /// signals SIGTERM and SIGKILL, but refuses both where root is logged in (it then runs without privilege separation)
    /// and under ForceCommand. There a command runs on until it writes to its closed output or ends by itself.
    /// </remarks>
    private void CleanUp(Task execution)
    {
        if (execution.IsCompleted)
        {
            OwnThread.Observe(execution);
            _command.Dispose();
            _channels.Release();
            return;
        }

        OwnThread.Forget(() =>
        {
            try
            {
                // Each call returns when the command has ended or the time is over, and the end of the first closes the channel.
                OwnThread.Forget(() => _command.CancelAsync(forceKill: false, (int)(2 * EndGrace.TotalMilliseconds)));
                if (Task.WaitAny([execution], EndGrace) < 0)
                    _command.CancelAsync(forceKill: true, (int)EndGrace.TotalMilliseconds);
                _command.Dispose();
            }
            finally
            {
                OwnThread.Observe(execution);
                _channels.Release();
            }
        });
    }

    private BondToolsException TooMuch() =>
        new(BondToolsErrorKind.UnexpectedOutput, string.Format(CultureInfo.InvariantCulture, "{0} printed more than {1} MiB.", _settings.Host, OutputLimit / 1024 / 1024))
        {
            Command = _text,
            Output = QuoteOutput(),
        };

    /// <summary>The end of what has come so far.</summary>
    private string QuoteOutput()
    {
        var bytes = ReadAll(_command.OutputStream);
        var from = Math.Max(0, bytes.Length - QuotedOutput);
        return (from > 0 ? "…" : "") + Encoding.UTF8.GetString(bytes, from, bytes.Length - from);
    }

    /// <summary>Reads what is there without waiting for more.</summary>
    internal static byte[] ReadAll(Stream stream)
    {
        var bytes = new byte[stream.Length];
        var read = 0;
        while (read < bytes.Length)
            read += stream.Read(bytes, read, bytes.Length - read);
        return bytes;
    }
}
