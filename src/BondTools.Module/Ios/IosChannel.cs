using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace BondTools.Module.Ios;

/// <summary>What a wait for bytes ended with.</summary>
internal enum Arrival
{
    /// <summary>Bytes came and are in the terminal.</summary>
    Data,
    /// <summary>Nothing came in the time given.</summary>
    Quiet,
    /// <summary>Nothing will come any more.</summary>
    End,
}

/// <summary>
/// The stream under a terminal. Every wait ends on time and at once when it is cancelled, whatever the stream makes of
/// that: a read that outlives its wait is kept for the next one.
/// </summary>
internal sealed class IosChannel : IDisposable
{
    private readonly Stream _stream;
    private readonly byte[] _buffer = new byte[16 * 1024];
    private Task<int>? _read;

    public IosChannel(Stream stream) => _stream = stream;

    /// <summary>Why the stream ended, when it did so with an error.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Waits for bytes and gives them to a terminal.</summary>
    public async Task<Arrival> ReceiveAsync(IosTerminal terminal, TimeSpan patience, CancellationToken cancellationToken)
    {
        // Streams that only know how to block would block this thread otherwise.
        _read ??= Task.Run(() => _stream.ReadAsync(_buffer, 0, _buffer.Length, CancellationToken.None), CancellationToken.None);
        if (!await FinishesAsync(_read, patience, cancellationToken).ConfigureAwait(false))
            return Arrival.Quiet;

        var read = _read;
        _read = null;
        int count;
        try
        {
            count = await read.ConfigureAwait(false);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            Failure = error;
            return Arrival.End;
        }
        if (count <= 0)
            return Arrival.End;
        terminal.Receive(_buffer, 0, count);
        return Arrival.Data;
    }

    /// <summary>Writes bytes and flushes.</summary>
    /// <returns>Whether they went out in the time given; if not, the channel is of no more use.</returns>
    public async Task<bool> SendAsync(byte[] bytes, TimeSpan patience, CancellationToken cancellationToken)
    {
        // Not WriteAsync: the one of Stream itself would wait for the read that is always pending.
        var write = Task.Run(() =>
        {
            _stream.Write(bytes, 0, bytes.Length);
            _stream.Flush();
        }, CancellationToken.None);
        try
        {
            if (!await FinishesAsync(write, patience, cancellationToken).ConfigureAwait(false))
                return false;
            await write.ConfigureAwait(false);
            return true;
        }
        catch (Exception error) when (error is not (OutOfMemoryException or OperationCanceledException))
        {
            Failure = error;
            return false;
        }
    }

    /// <summary>Closes the stream, which also ends a read that is still pending.</summary>
    public void Dispose()
    {
        Observe(_read);
        _stream.Dispose();
    }

    private static async Task<bool> FinishesAsync(Task task, TimeSpan patience, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (task.IsCompleted)
            return true;
        if (patience <= TimeSpan.Zero)
            return false;

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // why: no fixed wait but a deadline; the task's own end or the token ends it at once.
        await Task.WhenAny(task, Task.Delay(patience, stop.Token)).ConfigureAwait(false);
#pragma warning disable CA1849 // CancelAsync is not there on netstandard2.0, and nothing slow hangs on this token.
        stop.Cancel();
#pragma warning restore CA1849
        if (!task.IsCompleted)
            Observe(task);
        cancellationToken.ThrowIfCancellationRequested();
        return task.IsCompleted;
    }

    // A task that nobody waits for any more must not end as an unobserved exception.
    private static void Observe(Task? task) =>
        task?.ContinueWith(t => _ = t.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
}
