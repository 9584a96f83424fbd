using System;
using System.Diagnostics.CodeAnalysis;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Renci.SshNet;
using Renci.SshNet.Common;

namespace BondTools.Module.Ssh;

/// <summary>A terminal's two directions. Reading waits without a thread and can be cancelled.</summary>
[SuppressMessage("Performance", "CA1844", Justification = "The library has no memory-based calls to pass them to, and netstandard2.0 has none at all.")]
internal sealed class SshTerminalStream : Stream
{
    // What a device may print without anybody reading it, in bytes.
    private const long UnreadLimit = 16L * 1024 * 1024;

    private readonly ShellStream _shell;
    private readonly CancellationToken _ended;
    private readonly CancellationTokenRegistration _onEnded;
    private readonly SemaphoreSlim _news = new(0, 1);
    private volatile bool _closed;

    /// <summary>Takes ownership of the shell.</summary>
    /// <param name="shell">The library's terminal.</param>
    /// <param name="ended">Cancelled when the connection ends.</param>
    public SshTerminalStream(ShellStream shell, CancellationToken ended)
    {
        (_shell, _ended) = (shell, ended);
        _shell.DataReceived += OnData;
        _shell.Closed += OnClosed;
        _onEnded = ended.Register(Wake);
    }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => !_closed;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        while (true)
        {
            // Asked before the data: what arrived before the end is still there.
            var ended = _closed || _ended.IsCancellationRequested || !_shell.CanWrite;
            if (_shell.DataAvailable)
                return _shell.Read(buffer, offset, count);
            if (ended)
                return 0;
            await _news.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer, offset, count, CancellationToken.None).GetAwaiter().GetResult();

    /// <inheritdoc/>
    public override async Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        var writing = Task.Run(() => Write(buffer, offset, count), CancellationToken.None);
        if (!await OwnThread.EndsBeforeAsync(writing, cancellationToken).ConfigureAwait(false))
        {
            OwnThread.Observe(writing);
            throw new OperationCanceledException(cancellationToken);
        }

        await writing.ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count)
    {
        // The library drops what is written to a channel that is closed.
        if (_closed || _ended.IsCancellationRequested || !_shell.CanWrite)
            throw new BondToolsException(BondToolsErrorKind.ConnectionLost, "The terminal was closed.");
        try
        {
            _shell.Write(buffer, offset, count);
            _shell.Flush();
        }
        catch (Exception e) when (e is SshException or ObjectDisposedException or InvalidOperationException)
        {
            throw new BondToolsException(BondToolsErrorKind.ConnectionLost, $"The terminal was closed: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && !_closed)
        {
            _closed = true;
            _onEnded.Dispose();
            _shell.DataReceived -= OnData;
            _shell.Closed -= OnClosed;
            Wake();
            // Closing the channel waits for the device's answer.
            OwnThread.Forget(_shell.Dispose);
        }

        base.Dispose(disposing);
    }

    private void OnData(object? sender, ShellDataEventArgs e)
    {
        if (_shell.Length > UnreadLimit)
            Dispose();
        else
            Wake();
    }

    private void OnClosed(object? sender, EventArgs e) => Wake();

    private void Wake()
    {
        try
        {
            if (_news.CurrentCount == 0)
                _news.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody else woke the reader in between.
        }
    }
}
