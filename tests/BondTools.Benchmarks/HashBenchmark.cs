using System;
using System.Diagnostics;
using System.Linq;
using BondTools.Hashing;
using BondTools.Linux;

namespace BondTools.Benchmarks;

/// <summary>How many flows a second one core resolves to a slave, policy by policy.</summary>
internal static class HashBenchmark
{
    private const int Flows = 1 << 16, Rounds = 5, PerRound = 200;

    public static int Run(string[] _)
    {
        var random = new Random(1);
        var keys = Enumerable.Range(0, Flows).Select(i => new FlowKey
        {
            Kind = FlowKind.IP,
            EtherType = i % 4 == 0 ? Flow.IPv6 : Flow.IPv4,
            SourceMac = (ulong)random.NextInt64(1L << 48),
            DestinationMac = (ulong)random.NextInt64(1L << 48),
            Source0 = (ulong)random.NextInt64(),
            Destination0 = (ulong)random.NextInt64(),
            Layer4 = (uint)random.NextInt64(),
            Protocol = 6,
        }).ToArray();

        Console.WriteLine($"{Flows:N0} flows in memory, 3 slaves, one thread, median of {Rounds}.");
        Console.WriteLine("| policy | million flows/s |");
        Console.WriteLine("|---|---:|");
        foreach (var policy in TransmitHashPolicy.All)
        {
            var hasher = new TransmitHasher(policy, TransmitHashGeneration.Linux61);
            Resolve(hasher, keys);
            var rates = Enumerable.Range(0, Rounds).Select(_ =>
            {
                var watch = Stopwatch.StartNew();
                for (var i = 0; i < PerRound; i++)
                    Resolve(hasher, keys);
                return PerRound * (double)Flows / watch.Elapsed.TotalSeconds / 1e6;
            }).Order().ToList();
            Console.WriteLine(FormattableString.Invariant($"| {policy} | {rates[Rounds / 2]:0} |"));
        }
        return 0;
    }

    // The counts are used, or the compiler would leave the work out.
    private static long Resolve(TransmitHasher hasher, FlowKey[] keys)
    {
        Span<long> slaves = stackalloc long[3];
        for (var i = 0; i < keys.Length; i++)
            slaves[(int)(hasher.Hash(keys[i]) % 3)]++;
        return slaves[0] + (2 * slaves[1]);
    }
}
