using System;
using System.IO;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Module.Devices;
using Renci.SshNet;
using Renci.SshNet.Common;

namespace BondTools.Module.Ssh;

/// <summary>A connection over SSH, logged in. Safe to use from several threads.</summary>
internal sealed class SshConnection : IDeviceConnection
{
    // Two below OpenSSH's own MaxSessions: it counts a channel until it has seen the answer to its close. More commands wait.
    private const int MaxChannels = 8;
    private const int TerminalColumns = 512;
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(30);

    private readonly SshClient _client;
    private readonly SshSettings _settings;
    private readonly SemaphoreSlim _channels = new(MaxChannels, MaxChannels);
    private readonly CancellationTokenSource _ended = new();
    private int _disposed;

    private SshConnection(SshClient client, SshSettings settings)
    {
        (_client, _settings) = (client, settings);
        _client.ErrorOccurred += OnError;
    }

    /// <inheritdoc/>
    public bool IsConnected => !_ended.IsCancellationRequested && _client.IsConnected;

    /// <summary>Connects and logs in, within <see cref="SshSettings.ConnectTimeout"/> of wall-clock time.</summary>
    /// <exception cref="BondToolsException">ConnectFailed, AuthenticationFailed, Timeout, or one of the host-key errors.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; what had begun ends in the background without logging in.</exception>
    public static async Task<SshConnection> ConnectAsync(SshSettings settings, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(settings.ConnectTimeout);
        var token = deadline.Token;

        // Reading keys and known_hosts, DNS, TCP and the key exchange all block in the library.
        var hostKey = new HostKeyCheck(settings);
        var connecting = OwnThread.RunAsync(() => Connect(settings, hostKey, token));
        if (!await OwnThread.EndsBeforeAsync(connecting, token).ConfigureAwait(false))
        {
            DisposeWhenDone(connecting);
            cancellationToken.ThrowIfCancellationRequested();
            throw SshErrors.TimedOut(settings);
        }

        try
        {
            return new SshConnection(await connecting.ConfigureAwait(false), settings);
        }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw SshErrors.TimedOut(settings);
        }
        catch (Exception e)
        {
            throw hostKey.Refusal ?? SshErrors.FromConnect(settings, e);
        }
    }

    /// <inheritdoc/>
    public Task<CommandResult> ExecuteAsync(string command, byte[]? input, CancellationToken cancellationToken) =>
        new SshExecution(_client, _settings, _channels, command, input).RunAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<CommandResult> StreamAsync(string command, Action<Stream> read, CancellationToken stop) =>
        new SshStreaming(_client, _settings, _channels, command).RunAsync(read, stop);

    /// <inheritdoc/>
    public async Task<Stream> OpenTerminalAsync(CancellationToken cancellationToken)
    {
        // No height: the device then has no reason to page, and what it assumes instead is set by who reads the terminal.
        var opening = OwnThread.RunAsync(() => _client.CreateShellStream("vt100", TerminalColumns, 0, 0, 0, -1));
        if (!await OwnThread.EndsBeforeAsync(opening, cancellationToken).ConfigureAwait(false))
        {
            DisposeWhenDone(opening);
            throw new OperationCanceledException(cancellationToken);
        }

        try
        {
            return new SshTerminalStream(await opening.ConfigureAwait(false), _ended.Token);
        }
        catch (Exception e) when (e is SshException or ObjectDisposedException or InvalidOperationException)
        {
            throw SshErrors.FromCommand(_settings, e, "(terminal)", output: null);
        }
    }

    /// <summary>Closes the connection in the background.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        _client.ErrorOccurred -= OnError;
        OwnThread.Forget(() =>
        {
            _ended.Cancel();
            _client.Dispose();
        });
    }

    private static SshClient Connect(SshSettings settings, HostKeyCheck hostKey, CancellationToken token)
    {
        var info = new ConnectionInfo(settings.Host, settings.Port, settings.UserName, SshLogin.GetMethods(settings, token))
        {
            Timeout = settings.ConnectTimeout,
        };
        SshAlgorithms.Apply(info, settings.LegacyAlgorithms, hostKey.KnownKeyTypes);
        var client = new SshClient(info) { KeepAliveInterval = KeepAlive };
        client.HostKeyReceived += (_, shown) => shown.CanTrust = hostKey.IsTrusted(shown.HostKey, token);
        try
        {
            client.Connect();
            return client;
        }
        catch
        {
            OwnThread.Forget(client.Dispose);
            throw;
        }
    }

    /// <summary>Cleans up behind a call that was given up; its error, if it has one, is of no interest any more.</summary>
    private static void DisposeWhenDone<T>(Task<T> task)
        where T : IDisposable =>
        _ = task.ContinueWith(t => OwnThread.Forget(() => t.Result.Dispose()), TaskScheduler.Default);

    private void OnError(object? sender, ExceptionEventArgs e)
    {
        if (e.Exception is SshConnectionException or SocketException or ObjectDisposedException)
            OwnThread.Forget(_ended.Cancel);
    }
}
