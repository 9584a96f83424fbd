using System;
using System.Threading;
using System.Threading.Tasks;

namespace BondTools.Module.Ssh;

/// <summary>For calls of the SSH library that block: each gets a thread of its own, so that the thread pool never starves.</summary>
internal static class OwnThread
{
    /// <summary>Runs a blocking call.</summary>
    public static Task<T> RunAsync<T>(Func<T> call) =>
        Task.Factory.StartNew(call, CancellationToken.None, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);

    /// <summary>Runs a blocking call.</summary>
    public static Task RunAsync(Action call) =>
        RunAsync(() =>
        {
            call();
            return true;
        });

    /// <summary>Runs a clean-up that nobody waits for; there is nobody left to be told of its errors.</summary>
    public static void Forget(Action call) => Observe(RunAsync(call));

    /// <summary>Marks the error of a task that nobody waits for as seen.</summary>
    public static void Observe(Task task) =>
        task.ContinueWith(
            t => _ = t.Exception,
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);

    /// <summary>Waits for a task or for the token, whichever comes first.</summary>
    /// <returns>Whether the task ended; it may have failed.</returns>
    public static async Task<bool> EndsBeforeAsync(Task task, CancellationToken cancellationToken)
    {
        var canceled = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using (cancellationToken.Register(() => canceled.TrySetResult(true)))
            await Task.WhenAny(task, canceled.Task).ConfigureAwait(false);
        return task.IsCompleted;
    }
}
