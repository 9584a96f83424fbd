using System;
using System.IO;

namespace BondTools.Module.Tests;

/// <summary>A folder that goes with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("bondtools-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
