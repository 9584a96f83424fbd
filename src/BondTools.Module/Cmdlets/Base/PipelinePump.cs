using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;

namespace BondTools.Module.Cmdlets;

/// <summary>
/// Carries actions from work on the thread pool to the pipeline thread, which pumps them. The queue is bounded, so a
/// producer waits for the pipeline and stops with it.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Work that outlives the cmdlet still waits on both; neither holds more than memory.")]
internal sealed class PipelinePump : IPipelineOutput
{
    /// <summary>How far producers may run ahead of the pipeline, in actions.</summary>
    internal const int Capacity = 16;

    private readonly Cmdlet _cmdlet;
    private readonly object _gate = new();
    private readonly Queue<Action> _actions = new();
    private readonly SemaphoreSlim _space = new(Capacity, Capacity);
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationToken _token;
    private int _running;
    private bool _stopped;

    public PipelinePump(Cmdlet cmdlet)
    {
        _cmdlet = cmdlet;
        _token = _stopping.Token;
    }

    /// <summary>Cancelled when the pipeline stops, for whatever reason.</summary>
    public CancellationToken Token => _token;

    /// <summary>Starts work on the thread pool. An error that it lets escape becomes a non-terminating error.</summary>
    public void Start(Func<IPipelineOutput, CancellationToken, Task> work, object? errorTarget)
    {
        lock (_gate)
            _running++;
        // Never awaited: it ends itself, observes every error and reports through the queue.
        _ = Task.Run(() => RunAsync(work, errorTarget), CancellationToken.None);
    }

    /// <summary>Carries out what is waiting and returns. Called on the pipeline thread.</summary>
    public void PumpAvailable()
    {
        while (TryTake(wait: false, out var action))
            Carry(action);
    }

    /// <summary>Carries out actions until all work has ended. Called on the pipeline thread.</summary>
    /// <exception cref="PipelineStoppedException">The pipeline was stopped; the work ends behind it.</exception>
    public void PumpUntilDone()
    {
        while (TryTake(wait: true, out var action))
            Carry(action);
    }

    /// <summary>Ends the pump at once and cancels the work. Safe from any thread, any number of times.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            if (_stopped)
                return;
            _stopped = true;
            Monitor.PulseAll(_gate);
        }
        // Not on this thread: what is registered on the token may block, and Ctrl+C must not.
        _ = Task.Run(_stopping.Cancel);
    }

    public Task WriteObjectAsync(object value) => PostAsync(() => _cmdlet.WriteObject(value));

    public Task WriteErrorAsync(ErrorRecord error) => PostAsync(() => _cmdlet.WriteError(error));

    public Task WriteWarningAsync(string text) => PostAsync(() => _cmdlet.WriteWarning(text));

    public Task WriteVerboseAsync(string text) => PostAsync(() => _cmdlet.WriteVerbose(text));

    public Task WriteDebugAsync(string text) => PostAsync(() => _cmdlet.WriteDebug(text));

    public Task WriteProgressAsync(ProgressRecord progress) => PostAsync(() => _cmdlet.WriteProgress(progress));

    public Task ShowAsync(Action draw) => PostAsync(draw);

    public Task<bool> ShouldProcessAsync(string target, string action) =>
        AskAsync(() => _cmdlet.ShouldProcess(target, action));

    public Task<bool> ShouldProcessAsync(string description, string question, string caption) =>
        AskAsync(() => _cmdlet.ShouldProcess(description, question, caption));

    private async Task RunAsync(Func<IPipelineOutput, CancellationToken, Task> work, object? errorTarget)
    {
        try
        {
            await work(this, _token).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            await ReportAsync(error, errorTarget).ConfigureAwait(false);
        }
        finally
        {
            lock (_gate)
            {
                _running--;
                Monitor.PulseAll(_gate);
            }
        }
    }

    private async Task ReportAsync(Exception error, object? target)
    {
        try
        {
            if (!_token.IsCancellationRequested)
                await WriteErrorAsync(ErrorRecords.From(error, target)).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The pipeline stopped meanwhile; nobody is left to be told.
        }
    }

    private async Task PostAsync(Action action)
    {
        await _space.WaitAsync(_token).ConfigureAwait(false);
        lock (_gate)
        {
            _actions.Enqueue(action);
            Monitor.PulseAll(_gate);
        }
    }

    private async Task<bool> AskAsync(Func<bool> question)
    {
        var answer = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using (_token.Register(() => answer.TrySetCanceled()))
        {
            await PostAsync(() => answer.TrySetResult(question())).ConfigureAwait(false);
            return await answer.Task.ConfigureAwait(false);
        }
    }

    private bool TryTake(bool wait, out Action action)
    {
        lock (_gate)
        {
            while (true)
            {
                if (_stopped)
                    throw new PipelineStoppedException();
                if (_actions.Count > 0)
                {
                    action = _actions.Dequeue();
                    return true;
                }
                if (!wait || _running == 0)
                {
                    action = null!;
                    return false;
                }
                // why: no deadline of its own, because the work's end, each action and Stop all pulse it.
                Monitor.Wait(_gate);
            }
        }
    }

    private void Carry(Action action)
    {
        try
        {
            action();
        }
        catch
        {
            // Select-Object -First, -ErrorAction Stop or a stopped pipeline: nobody wants the rest.
            Stop();
            throw;
        }
        _space.Release();
    }
}
