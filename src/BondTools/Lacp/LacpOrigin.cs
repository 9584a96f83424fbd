namespace BondTools.Lacp;

/// <summary>Where a capture comes from.</summary>
/// <param name="Interface">What to call the interface where the capture does not name it.</param>
/// <param name="Path">The file.</param>
/// <param name="ComputerName">The host.</param>
internal sealed record LacpOrigin(string Interface, string? Path = null, string? ComputerName = null);
