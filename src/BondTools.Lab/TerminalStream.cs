using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace BondTools.Lab;

/// <summary>A person's end of an emulated terminal: writing types, reading shows; it reads 0 bytes once the device has closed it.</summary>
internal sealed class TerminalStream : Stream
{
    private readonly Queue<byte> _shown = new();
    private readonly SemaphoreSlim _signal = new(0);
    private readonly Action<string> _typed;
    private bool _closed;

    public TerminalStream(Action<string> typed) => _typed = typed;

    /// <summary>Raised once when either end closes.</summary>
    public event Action? Closed;

    /// <summary>What the device does about the end of the typing, where hanging up at once would lose something.</summary>
    public Action? InputEnded { get; set; }

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Shows text, with the line ends of a terminal.</summary>
    public void Show(string text)
    {
        lock (_shown)
        {
            if (_closed)
                return;
            foreach (var b in Encoding.UTF8.GetBytes(text.Replace("\r\n", "\n").Replace("\n", "\r\n")))
                _shown.Enqueue(b);
        }
        _signal.Release();
    }

    /// <summary>Says that nobody types any more; the device hangs up when it has done what was typed.</summary>
    public void EndInput()
    {
        if (InputEnded is { } finish)
            finish();
        else
            Hangup();
    }

    /// <summary>Closes the device's end; what was shown can still be read.</summary>
    public void Hangup()
    {
        lock (_shown)
        {
            if (_closed)
                return;
            _closed = true;
        }
        _signal.Release();
        Closed?.Invoke();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        while (true)
        {
            if (Take(buffer, offset, count) is { } taken)
                return taken;
            _signal.Wait();
        }
    }

    public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (Take(buffer, offset, count) is { } taken)
                return taken;
            await _signal.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        lock (_shown)
        {
            if (_closed)
                throw new IOException("The emulated terminal is closed.");
        }
        _typed(Encoding.UTF8.GetString(buffer, offset, count));
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Write(buffer, offset, count);
        return Task.CompletedTask;
    }

#if NET
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var bytes = new byte[buffer.Length];
        var count = await ReadAsync(bytes, 0, bytes.Length, cancellationToken).ConfigureAwait(false);
        bytes.AsSpan(0, count).CopyTo(buffer.Span);
        return count;
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        new(WriteAsync(buffer.ToArray(), 0, buffer.Length, cancellationToken));
#endif

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Hangup();
        base.Dispose(disposing);
    }

    private int? Take(byte[] buffer, int offset, int count)
    {
        lock (_shown)
        {
            var taken = 0;
            while (taken < count && _shown.Count > 0)
                buffer[offset + taken++] = _shown.Dequeue();
            return taken > 0 || _closed || count == 0 ? taken : null;
        }
    }
}
