using System;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;

namespace BondTools.Module.Cmdlets;

/// <summary>
/// A cmdlet whose work is asynchronous. The work runs on the thread pool and reaches the pipeline through
/// an output that it is given; Ctrl+C returns at once and cancels the work.
/// </summary>
public abstract class AsyncCmdlet : PSCmdlet, IDisposable
{
    private readonly PipelinePump _pump;

    /// <summary>Creates the cmdlet.</summary>
    protected AsyncCmdlet() => _pump = new PipelinePump(this);

    /// <summary>The bridge to the pipeline thread.</summary>
    private protected PipelinePump Pump => _pump;

    /// <summary>What an error of the whole cmdlet is about.</summary>
    private protected virtual object? ErrorTarget => null;

    /// <summary>Cancels what still runs.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Cancels what still runs.</summary>
    /// <param name="disposing">Whether it is called by <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
            _pump.Stop();
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Run(ProcessRecordAsync);

    /// <inheritdoc/>
    protected override void EndProcessing() => Run(EndProcessingAsync);

    /// <inheritdoc/>
    protected override void StopProcessing() => _pump.Stop();

    /// <summary>The work for one pipeline record. An error it throws is written as a non-terminating error.</summary>
    private protected virtual Task ProcessRecordAsync(IPipelineOutput output, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    /// <summary>The work after the last record.</summary>
    private protected virtual Task EndProcessingAsync(IPipelineOutput output, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    private void Run(Func<IPipelineOutput, CancellationToken, Task> work)
    {
        _pump.Start(work, ErrorTarget);
        _pump.PumpUntilDone();
    }
}
