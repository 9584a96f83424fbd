using System.IO;

namespace BondTools.Tests;

/// <summary>The outputs under Samples/: the article's, as its web page shows them, with all runs of blanks collapsed.</summary>
internal static class Sample
{
    public static string Read(string name) => File.ReadAllText(Path.Combine(Corpus.RepoRoot, "tests", "BondTools.Tests", "Samples", name));
}
