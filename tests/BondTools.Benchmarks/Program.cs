using System;
using System.Collections.Generic;

namespace BondTools.Benchmarks;

/// <summary>Picks the measurement that the first argument names.</summary>
internal static class Program
{
    private static readonly Dictionary<string, (string Summary, Func<string[], int> Run)> Commands = new(StringComparer.OrdinalIgnoreCase)
    {
        ["import"] = ("Import-Module in a fresh engine, beside the bare engine", ImportBenchmark.Run),
        ["etherchannel"] = ("Parsing show etherchannel summary beside python3-textfsm, and by the length of the input; [file]", EtherChannelBenchmark.Run),
        ["ios"] = ("A command over the IOS terminal, beside the device's own pace; [file]", IosBenchmark.Run),
        ["capture"] = ("Measuring two captures of a million packets beside tshark's field output, and by their length", CaptureBenchmark.Run),
        ["hash"] = ("Flows resolved to a slave, policy by policy, on one core", HashBenchmark.Run),
        ["fuzz"] = ("Bent texts for every parser and the terminal; [seconds] [seed]", FuzzRun.Run),
        ["fan-out"] = ("100 loopback hosts over a real sshd, cold and warm, beside ssh, pssh and ControlMaster; [rounds] [file]", FanOutBenchmark.Run),
    };

    private static int Main(string[] args)
    {
        if (args.Length > 0 && Commands.TryGetValue(args[0], out var command))
            return command.Run(args[1..]);
        foreach (var (name, (summary, _)) in Commands)
            Console.Error.WriteLine($"{name,-12} {summary}");
        return 64;
    }
}
