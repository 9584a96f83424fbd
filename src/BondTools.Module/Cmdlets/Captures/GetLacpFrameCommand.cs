using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using BondTools.Lacp;

namespace BondTools.Module.Cmdlets;

/// <summary>Gets the LACPDUs and markers of capture files in the order of time, or what they tell of each port.</summary>
[Cmdlet(VerbsCommon.Get, "LacpFrame", DefaultParameterSetName = "Path")]
[OutputType(typeof(LacpFrame), typeof(LacpStateChange))]
public sealed class GetLacpFrameCommand : CaptureFileCmdlet
{
    /// <summary>Writes what happened instead of the frames: states, partners and rates that changed, silence, and where links or ends diverged.</summary>
    [Parameter]
    public SwitchParameter Timeline { get; set; }

    private protected override void Read(IReadOnlyList<string> files)
    {
        var timeline = new LacpTimeline();
        foreach (var frame in LacpFrameMerge.InOrderOfTime(files.Select(ReadFile)))
        {
            if (Timeline)
                timeline.Add(frame);
            else
                WriteObject(frame);
        }
        if (Timeline)
            WriteObject(timeline.Complete(), enumerateCollection: true);
    }

    private IEnumerable<LacpFrame> ReadFile(string file)
    {
        using var reader = CaptureInput.Open(this, file);
        if (reader is null)
            yield break;
        var origin = new LacpOrigin(System.IO.Path.GetFileNameWithoutExtension(file), file);
        while (!IsStopping && reader.Read())
        {
            if (LacpFrameReader.TryDecode(reader, origin) is { } frame)
                yield return frame;
        }
        CaptureInput.WarnOfDefect(this, reader, file);
    }
}
