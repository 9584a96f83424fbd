namespace BondTools.Capture;

/// <summary>Which way a frame went, as the interface that captured it saw it.</summary>
public enum FrameDirection
{
    /// <summary>The capture does not tell.</summary>
    Unknown,
    /// <summary>It came in.</summary>
    Received,
    /// <summary>It went out.</summary>
    Sent,
}
