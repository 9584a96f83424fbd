using System;
using System.Globalization;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;

namespace BondTools.Module.Cmdlets;

/// <summary>
/// How far a cmdlet is that works on several devices: a parent record with the share of devices that are done, and a child
/// record for each device that is being worked on. With one device nothing is shown.
/// </summary>
/// <param name="activity">The cmdlet's name.</param>
internal sealed class DeviceProgress(string activity)
{
    // The engine tells the records of different cmdlets apart by itself, so small numbers of our own do.
    private const int ParentId = 0;

    private int _expected;
    private int _done;
    private int _lastId = ParentId;

    private bool IsShown => Volatile.Read(ref _expected) > 1;

    /// <summary>Announces devices before the work on them begins.</summary>
    /// <returns>The parent record to write; null while there is one device only.</returns>
    public ProgressRecord? Expect(int devices)
    {
        Interlocked.Add(ref _expected, devices);
        return IsShown ? Parent(Volatile.Read(ref _done)) : null;
    }

    /// <summary>The record that ends the parent, to be written last; null when nothing was shown.</summary>
    public ProgressRecord? Complete()
    {
        if (!IsShown)
            return null;
        var parent = Parent(_done);
        parent.RecordType = ProgressRecordType.Completed;
        return parent;
    }

    /// <summary>Works on one device, with its child record around the work.</summary>
    public async Task RunAsync(string name, IPipelineOutput output, Func<Task> work)
    {
        var child = IsShown ? new ProgressRecord(Interlocked.Increment(ref _lastId), name, activity) { ParentActivityId = ParentId } : null;
        if (child is not null)
            await output.WriteProgressAsync(child).ConfigureAwait(false);
        try
        {
            await work().ConfigureAwait(false);
        }
        finally
        {
            var done = Interlocked.Increment(ref _done);
            if (child is not null)
            {
                // A record of its own: the first one may still be on its way through the pipeline.
                await output.WriteProgressAsync(new ProgressRecord(child.ActivityId, name, activity)
                {
                    ParentActivityId = ParentId,
                    RecordType = ProgressRecordType.Completed,
                }).ConfigureAwait(false);
                await output.WriteProgressAsync(Parent(done)).ConfigureAwait(false);
            }
        }
    }

    private ProgressRecord Parent(int done)
    {
        var expected = Volatile.Read(ref _expected);
        return new ProgressRecord(ParentId, activity, string.Format(CultureInfo.InvariantCulture, "{0} of {1} devices", done, expected))
        {
            PercentComplete = (int)(100L * done / expected),
        };
    }
}
