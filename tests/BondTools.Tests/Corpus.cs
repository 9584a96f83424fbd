using System;
using System.IO;
using Xunit;

namespace BondTools.Tests;

/// <summary>Finds the recordings beside the project; tests that need them skip, by name, where they are absent.</summary>
internal static class Corpus
{
    public static string RepoRoot { get; } = FindRoot();

    private static readonly string Root = Path.GetFullPath(Path.Combine(RepoRoot, "..", "shared", "corpus"));

    /// <summary>The full path of a file or folder in the corpus; skips the test where there is no corpus.</summary>
    public static string Require(string relative)
    {
        Assert.SkipUnless(Directory.Exists(Root), $"The corpus is not at {Root}.");
        return Path.Combine(Root, relative);
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "BondTools.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run outside the project.");
        return folder;
    }
}
