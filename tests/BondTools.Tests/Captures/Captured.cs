using System.Collections.Generic;
using System.IO;
using System.Linq;
using BondTools.Capture;
using BondTools.Lacp;

namespace BondTools.Tests.Captures;

/// <summary>Reads LACP frames from captures in memory.</summary>
internal static class Captured
{
    public static List<LacpFrame> Frames(byte[] capture) => Frames(capture, out _);

    public static List<LacpFrame> Frames(byte[] capture, out string? defect)
    {
        using var reader = CaptureReader.Open(new MemoryStream(capture), "a capture");
        var frames = LacpFrameReader.Read(reader, new LacpOrigin("enp0s8")).ToList();
        defect = reader.Defect;
        return frames;
    }
}
