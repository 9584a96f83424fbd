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

    public static TheoryData<string> CaptureTargets => [.. CaptureTarget.All.Select(t => t.Name)];

    [Theory]
    [MemberData(nameof(CaptureTargets))]
    public void A_bent_capture_gives_what_can_be_read_of_it_or_a_clear_error_in_time(string name)
    {
        var target = CaptureTarget.All.Single(t => t.Name == name);
        Assert.All(CaptureTarget.Samples, sample => Assert.True(target.Run(sample)));
        var whole = 0;
        for (var seed = 0; seed < Inputs; seed++)
        {
            var capture = new CaptureMutator(seed).Mutate(CaptureTarget.Samples);
            var watch = Stopwatch.StartNew();
            var error = Record.Exception(() => whole += target.Run(capture) ? 1 : 0);
            Assert.True(error is null, $"seed {seed}: {error}");
            Assert.True(watch.Elapsed < Slowest, $"seed {seed} took {watch.Elapsed}");
        }
        // The bending is worth something where some captures are still read to their end and some are not.
        Assert.InRange(whole, Inputs / 10, Inputs * 9 / 10);
    }

    [Fact]
    public void Every_parser_of_the_domain_is_tried() =>
        Assert.True(FuzzTarget.All.Count > 20, string.Join(" ", FuzzTarget.All.Select(t => t.Name)));
}
