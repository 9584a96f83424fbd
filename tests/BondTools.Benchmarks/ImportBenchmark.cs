using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;

namespace BondTools.Benchmarks;

/// <summary>What importing the module costs: whole child processes of the shell, with and without it.</summary>
internal static class ImportBenchmark
{
    private const int Rounds = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public static int Run(string[] args)
    {
        var manifest = Path.Combine(Repository.Root, "out", "BondTools", "BondTools.psd1").Replace("'", "''", StringComparison.Ordinal);
        var timed = $"$w = [Diagnostics.Stopwatch]::StartNew(); Import-Module '{manifest}'; $w.Elapsed.TotalMilliseconds.ToString([cultureinfo]::InvariantCulture)";
        var bare = new double[Rounds];
        var with = new double[Rounds];
        var import = new double[Rounds];
        // Taken in turn, so that a busy spell of the machine hits all three alike.
        for (var round = 0; round < Rounds; round++)
        {
            bare[round] = RunShell("$null").Milliseconds;
            with[round] = RunShell($"Import-Module '{manifest}'").Milliseconds;
            import[round] = double.Parse(RunShell(timed).Output, CultureInfo.InvariantCulture);
        }
        Console.WriteLine($"bare engine, process            {Median(bare),7:F0} ms");
        Console.WriteLine($"engine with BondTools, process  {Median(with),7:F0} ms");
        Console.WriteLine($"difference                      {Median(with) - Median(bare),7:F0} ms");
        Console.WriteLine($"Import-Module alone             {Median(import),7:F0} ms   (medians of {Rounds})");
        return 0;
    }

    private static (double Milliseconds, string Output) RunShell(string command)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (var argument in new[] { Repository.Shell, "-NoModule", "-Command", command })
            start.ArgumentList.Add(argument);
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        if (!process.WaitForExit(Patience) || process.ExitCode != 0)
            throw new InvalidOperationException($"The shell did not run '{command}'.");
        return (watch.Elapsed.TotalMilliseconds, output.Trim());
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
}
