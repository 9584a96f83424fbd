using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using BondTools.Fuzzing;
using Xunit;

namespace BondTools.Tests;

/// <summary>A short run of the fuzz; the long one is <c>fuzz</c> of the benchmarks.</summary>
public class FuzzTests
{
    private const int Inputs = 4000;
    private static readonly TimeSpan Slowest = TimeSpan.FromSeconds(1);

    public static TheoryData<string> Targets => [.. FuzzTarget.All.Select(t => t.Name)];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Bent_text_gives_whole_records_or_a_clear_error_in_time(string name)
    {
        var target = FuzzTarget.All.Single(t => t.Name == name);
        var samples = FuzzSamples.Read(Path.Combine(Corpus.RepoRoot, "tests", "BondTools.Tests", "Samples"));
        for (var seed = 0; seed < Inputs; seed++)
        {
            var mutator = new Mutator(seed);
            var text = target.Bend(samples, mutator);
            var watch = Stopwatch.StartNew();
            var error = Record.Exception(() => target.Run(text, mutator));
            Assert.True(error is null, $"seed {seed}: {error}");
            Assert.True(watch.Elapsed < Slowest, $"seed {seed} took {watch.Elapsed}");
        }
    }

    [Fact]
    public void Every_parser_of_the_domain_is_tried() =>
        Assert.True(FuzzTarget.All.Count > 20, string.Join(" ", FuzzTarget.All.Select(t => t.Name)));
}
