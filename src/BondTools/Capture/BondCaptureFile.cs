using System;

namespace BondTools.Capture;

/// <summary>A file that holds what was captured on one link of a bond.</summary>
public sealed record BondCaptureFile
{
    /// <summary>The host.</summary>
    public required string ComputerName { get; init; }

    /// <summary>The bond.</summary>
    public required string Bond { get; init; }

    /// <summary>The slave.</summary>
    public required string Interface { get; init; }

    /// <summary>The file's full path; cmdlets that read captures take it from the pipeline.</summary>
    public required string FullName { get; init; }

    /// <summary>The file's length, in bytes.</summary>
    public required long Length { get; init; }

    /// <summary>How many frames it holds.</summary>
    public required long FrameCount { get; init; }

    /// <summary>When its first frame was captured; null when it holds none.</summary>
    public DateTimeOffset? FirstTime { get; init; }

    /// <summary>When its last frame was captured; null when it holds none.</summary>
    public DateTimeOffset? LastTime { get; init; }

    /// <summary>How many frames the host could not keep up with during the whole capture of the link, as tcpdump says at its end; null when it did not say.</summary>
    public long? DroppedFrames { get; init; }
}
