using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using BondTools.Fuzzing;

namespace BondTools.Benchmarks;

/// <summary>Bends texts and captures for a given time and gives them to every parser, to the terminal, and to what reads captures.</summary>
internal static class FuzzRun
{
    private const int Turn = 200;
    private const int MostFailures = 20;

    public static int Run(string[] args)
    {
        var time = TimeSpan.FromSeconds(args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 60);
        var seed = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 1_000_000;
        var samples = FuzzSamples.Read(Path.Combine(Repository.Root, "tests", "BondTools.Tests", "Samples"));
        List<(string Name, Action<int, Stopwatch> Run)> targets =
        [
            .. FuzzTarget.All.Select(target => (target.Name, (Action<int, Stopwatch>)((seed, watch) => RunText(target, seed, samples, watch)))),
            .. CaptureTarget.All.Select(target => (target.Name, (Action<int, Stopwatch>)((seed, watch) => RunCapture(target, seed, watch)))),
        ];
        var inputs = new long[targets.Count];
        var slowest = new double[targets.Count];
        var failures = new List<string>();
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < time && failures.Count < MostFailures)
        {
            for (var t = 0; t < targets.Count; t++)
            {
                for (var i = 0; i < Turn; i++)
                    slowest[t] = Math.Max(slowest[t], Try(targets[t], seed + i, failures));
                inputs[t] += Turn;
            }
            seed += Turn;
        }

        var total = 0L;
        for (var t = 0; t < inputs.Length; t++)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{targets[t].Name,-28} {inputs[t],10} inputs, slowest {slowest[t],7:F1} ms"));
            total += inputs[t];
        }
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{total} inputs in {watch.Elapsed.TotalSeconds:F0} s, {total / watch.Elapsed.TotalSeconds:F0} a second, peak {process.PeakWorkingSet64 >> 20} MB, {failures.Count} failures"));
        failures.ForEach(Console.WriteLine);
        return failures.Count == 0 ? 0 : 1;
    }

    // The watch begins when the input is made.
    private static void RunText(FuzzTarget target, int seed, IReadOnlyList<string> samples, Stopwatch watch)
    {
        var mutator = new Mutator(seed);
        var text = target.Bend(samples, mutator);
        watch.Start();
        target.Run(text, mutator);
    }

    private static void RunCapture(CaptureTarget target, int seed, Stopwatch watch)
    {
        var capture = new CaptureMutator(seed).Mutate(CaptureTarget.Samples);
        watch.Start();
        target.Run(capture);
    }

    private static double Try((string Name, Action<int, Stopwatch> Run) target, int seed, List<string> failures)
    {
        var watch = new Stopwatch();
        try
        {
            target.Run(seed, watch);
        }
#pragma warning disable CA1031 // Whatever comes out is the find.
        catch (Exception error)
        {
            failures.Add($"{target.Name}, seed {seed}: {error}");
        }
#pragma warning restore CA1031
        return watch.Elapsed.TotalMilliseconds;
    }
}
