using System;
using System.IO;

namespace BondTools.Benchmarks;

/// <summary>Finds what the measurements start as programs of their own.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The shell, built in the same configuration as this program.</summary>
    public static string Shell { get; } = Path.Combine(
        Root, "src", "BondTools.Shell", "bin",
        AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}Release{Path.DirectorySeparatorChar}", StringComparison.Ordinal) ? "Release" : "Debug",
        "net10.0", "BondTools.Shell.dll");

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "BondTools.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The benchmarks run outside the project.");
        return folder;
    }
}
