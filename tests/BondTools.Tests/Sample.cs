using System.IO;

namespace BondTools.Tests;

/// <summary>The outputs under Samples/: the article's, as its web page shows them, with all runs of blanks collapsed; and recordings of a Debian 12 host with Linux 6.1 and ifupdown2 3.0.0.</summary>
internal static class Sample
{
    public static string Read(string name) => File.ReadAllText(Path.Combine(Corpus.RepoRoot, "tests", "BondTools.Tests", "Samples", name));
}
