using System;
using System.Threading;
using System.Threading.Tasks;

namespace BondTools.Lab;

/// <summary>The time a lab lives in.</summary>
public interface ILabClock
{
    /// <summary>The present moment; it never goes back.</summary>
    DateTimeOffset Now { get; }

    /// <summary>Waits until the time has passed on this clock.</summary>
    /// <param name="duration">How long; zero or less returns at once.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task Delay(TimeSpan duration, CancellationToken cancellationToken);
}

/// <summary>A clock that a test turns by hand: whoever waits on it moves it, so nothing ever sleeps.</summary>
public sealed class ManualLabClock : ILabClock
{
    private readonly object _gate = new();
    private DateTimeOffset _now = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    /// <inheritdoc/>
    public DateTimeOffset Now
    {
        get
        {
            lock (_gate)
                return _now;
        }
    }

    /// <summary>Moves the clock forward.</summary>
    /// <param name="duration">By how much; not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">The duration is negative.</exception>
    public void Advance(TimeSpan duration)
    {
        if (duration < TimeSpan.Zero)
            throw new ArgumentOutOfRangeException(nameof(duration), "A lab's clock does not go back.");
        lock (_gate)
            _now += duration;
    }

    /// <inheritdoc/>
    public Task Delay(TimeSpan duration, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (duration > TimeSpan.Zero)
            Advance(duration);
        return Task.CompletedTask;
    }
}

/// <summary>The machine's own clock, made monotonic.</summary>
internal sealed class SystemLabClock : ILabClock
{
    private readonly DateTimeOffset _start = DateTimeOffset.Now;
    private readonly System.Diagnostics.Stopwatch _watch = System.Diagnostics.Stopwatch.StartNew();

    public DateTimeOffset Now => _start + _watch.Elapsed;

    // why: a lab command that takes its time, such as sleep or ping, takes it here; the token ends it.
    public Task Delay(TimeSpan duration, CancellationToken cancellationToken) =>
        duration > TimeSpan.Zero ? Task.Delay(duration, cancellationToken) : Task.CompletedTask;
}
