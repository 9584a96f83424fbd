using System;
using System.IO;

namespace BondTools.Module.Tests;

/// <summary>Where the packed module and the shell are.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The packed module's folder.</summary>
    public static string Module { get; } = Path.Combine(Root, "out", "BondTools");

    public static string Manifest { get; } = Path.Combine(Module, "BondTools.psd1");

    /// <summary>The shell's assembly, of the same configuration as the tests.</summary>
    public static string Shell { get; } = Path.Combine(
        Root, "src", "BondTools.Shell", "bin",
        AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}Release{Path.DirectorySeparatorChar}", StringComparison.Ordinal) ? "Release" : "Debug",
        "net10.0", "BondTools.Shell.dll");

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "BondTools.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run outside the project.");
        return folder;
    }
}
