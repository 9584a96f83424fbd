using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Analysis;
using BondTools.Module.Devices;

namespace BondTools.Module.Cmdlets;

/// <summary>Watches what a bond's slaves carry, and says when a port leaves or joins, a link fails, the partner changes or the traffic goes over to another slave.</summary>
/// <remarks>
/// On a console it draws a table with bars, again and again in the same place. In a pipeline, without a console, or with -PassThru
/// it writes samples and events. Each sample is one command over one connection. Without -Count and -DurationSec it goes on until
/// Ctrl+C.
/// </remarks>
[Cmdlet(VerbsCommon.Watch, "LacpBalance", DefaultParameterSetName = SessionSet)]
[OutputType(typeof(LacpBalanceSample), typeof(LacpBalanceEvent))]
public sealed class WatchLacpBalanceCommand : PveCmdlet
{
    private LiveTable? _table;

    /// <summary>The bond.</summary>
    [Parameter(Position = 0)]
    [Alias("Name")]
    [ValidateInterfaceName]
    public string Bond { get; set; } = "bond0";

    /// <summary>The time from sample to sample, in seconds.</summary>
    [Parameter]
    [ValidateRange(0.1, 3600.0)]
    public double IntervalSec { get; set; } = 2;

    /// <summary>How many samples; without end unless given.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? Count { get; set; }

    /// <summary>How long, in seconds; without end unless given.</summary>
    [Parameter]
    [ValidateRange(1, 31536000)]
    public int? DurationSec { get; set; }

    /// <summary>Writes samples and events also on a console, instead of the table.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        var isLast = MyInvocation.PipelinePosition == MyInvocation.PipelineLength;
        _table = isLast && !PassThru ? LiveTable.On(Host) : null;
    }

    private protected override async Task ProcessAsync(PveHost host, IPipelineOutput output, CancellationToken cancellationToken)
    {
        var probe = new BalanceProbe(host, Bond);
        var previous = await probe.ReadHostAsync(cancellationToken).ConfigureAwait(false);
        var watch = Stopwatch.StartNew();
        var (interval, due) = (TimeSpan.FromSeconds(IntervalSec), TimeSpan.Zero);
        for (var sample = 1; sample <= (Count ?? int.MaxValue); sample++)
        {
            // A sample that took longer than the interval delays the next; none is made up for.
            due = due + interval > watch.Elapsed ? due + interval : watch.Elapsed;
            if (DurationSec is { } seconds && due > TimeSpan.FromSeconds(seconds))
                return;
            if (due > watch.Elapsed)
                await Task.Delay(due - watch.Elapsed, cancellationToken).ConfigureAwait(false); // why: the time between samples is what was asked for.
            var next = await probe.LookAtHostAsync(cancellationToken).ConfigureAwait(false);
            await WriteAsync(BondWatcher.Sample(previous, next), BondWatcher.Events(previous, next), output).ConfigureAwait(false);
            previous = next;
        }
    }

    private async Task WriteAsync(LacpBalanceSample sample, IReadOnlyList<LacpBalanceEvent> events, IPipelineOutput output)
    {
        if (_table is { } table)
        {
            await output.ShowAsync(() => table.Show(sample, events)).ConfigureAwait(false);
            return;
        }
        foreach (var item in events)
            await output.WriteObjectAsync(item).ConfigureAwait(false);
        await output.WriteObjectAsync(sample).ConfigureAwait(false);
    }
}
