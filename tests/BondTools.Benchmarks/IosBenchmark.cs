using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using BondTools.Lab;
using BondTools.Module.Ios;

namespace BondTools.Benchmarks;

/// <summary>
/// What a command over the IOS terminal costs beside the device's own pace: the emulated switch answers at once, in this
/// process, so all that is left is ours.
/// </summary>
internal static class IosBenchmark
{
    private const int Commands = 200;

    private static readonly string[] Lines = ["show clock", "show etherchannel summary", "show lacp neighbor", "show running-config"];

    public static int Run(string[] args)
    {
        var lab = BondLab.Create(new BondLabOptions { Start = BondLabStart.Article });
        using var session = IosSession.OpenAsync(lab.Switch.OpenTerminal(), new IosSessionOptions(), CancellationToken.None).GetAwaiter().GetResult();
        var report = new StringBuilder("# A command over the IOS terminal\n\nThe emulated switch in the same process, which answers at once; ")
            .Append(CultureInfo.InvariantCulture, $"{Commands} times each.\n\n| command | bytes | median ms | slowest ms | the switch alone ms |\n|---|---:|---:|---:|---:|\n");
        foreach (var line in Lines)
        {
            var (ours, bytes) = Time(() => session.RunAsync(line, CancellationToken.None).GetAwaiter().GetResult().Length);
            var (alone, _) = Time(() => lab.Switch.ExecuteAsync(line, [], CancellationToken.None).GetAwaiter().GetResult().Output.Length);
            report.Append(CultureInfo.InvariantCulture, $"| {line} | {bytes} | {Median(ours):F2} | {ours.Max():F2} | {Median(alone):F2} |\n");
        }
        Console.Write(report);
        if (args.Length > 0)
            File.WriteAllText(args[0], report.ToString());
        return 0;
    }

    private static (double[] Milliseconds, int Bytes) Time(Func<int> run)
    {
        var bytes = run();
        var times = new double[Commands];
        for (var i = 0; i < Commands; i++)
        {
            var watch = Stopwatch.StartNew();
            run();
            times[i] = watch.Elapsed.TotalMilliseconds;
        }
        return (times, bytes);
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
}
