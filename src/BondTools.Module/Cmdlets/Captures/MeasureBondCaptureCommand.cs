using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using BondTools.Capture;

namespace BondTools.Module.Cmdlets;

/// <summary>Counts what the captures of a bond's links hold: packets and bytes of each link and flow, which link requests and replies took, LACP's intervals, duplicates and reordering.</summary>
/// <remarks>The captures are gone through once, together, in the order of time; the memory that takes does not grow with them.</remarks>
[Cmdlet(VerbsDiagnostic.Measure, "BondCapture", DefaultParameterSetName = "Path")]
[OutputType(typeof(CaptureReport))]
public sealed class MeasureBondCaptureCommand : CaptureFileCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    /// <summary>How many flows are listed, the largest; all are counted.</summary>
    [Parameter]
    [ValidateRange(0, 65536)]
    public int Top { get; set; } = 100;

    /// <summary>MAC addresses on the host's side (its own, its containers'): they tell what was sent where the captures do not.</summary>
    [Parameter]
    [ValidateNotNull]
    public MacAddress[] HostMacAddress { get; set; } = [];

    /// <summary>Ends what still runs.</summary>
    public void Dispose() => _stop.Dispose();

    /// <inheritdoc/>
    protected override void StopProcessing()
    {
        base.StopProcessing();
        _stop.Cancel();
    }

    private protected override void Read(IReadOnlyList<string> files)
    {
        if (CaptureInput.Measure(this, files, Top, HostMacAddress, _stop.Token) is { } report)
            WriteObject(report);
    }
}
