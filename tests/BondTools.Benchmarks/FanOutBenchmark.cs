using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Module.Ssh;

namespace BondTools.Benchmarks;

/// <summary>
/// Reads one file from 100 hosts, 32 at a time. All of them are one sshd on loopback, whose work is the same for
/// everybody; ratios count, seconds do not.
/// </summary>
internal static class FanOutBenchmark
{
    private const int Hosts = 100;
    private const int AtOnce = 32;
    private const int LinesOfFile = 77;
    private const string Curve = "-o KexAlgorithms=curve25519-sha256";

    public static int Run(string[] args)
    {
        if (!BenchmarkSshd.IsAvailable)
        {
            Console.Error.WriteLine("Not run: OpenSSH's server and ssh-keygen are not installed here.");
            return 0;
        }

        var rounds = args.Length > 0 ? int.Parse(args[0], NumberStyles.None, CultureInfo.InvariantCulture) : 5;
        using var sshd = new BenchmarkSshd();
        var contenders = new List<Contender>();
        var absent = new List<string>();
        AddOurs(contenders, sshd, out var connections, out var threads);
        AddPeers(contenders, absent, sshd);
        try
        {
            Measure(contenders, rounds);
        }
        finally
        {
            foreach (var connection in connections)
                connection.Dispose();
            foreach (var contender in contenders)
                contender.CleanUp?.Invoke();
        }

        var report = Report(contenders, absent, rounds, threads.Most);
        Console.Write(report);
        if (args.Length > 1)
            File.WriteAllText(args[1], report);
        return 0;
    }

    private static void AddOurs(List<Contender> contenders, BenchmarkSshd sshd, out List<SshConnection> connections, out ThreadMeter threads)
    {
        var settings = new SshSettings
        {
            Host = "127.0.0.1",
            Port = sshd.Port,
            UserName = Environment.UserName,
            Keys = new SshKeyRing(sshd.KeyPath, null, null),
            KnownHostsPath = sshd.KnownHostsPath,
        };
        var command = "cat " + sshd.BondFile;
        var meter = threads = new ThreadMeter();
        contenders.Add(new Contender("BondTools", Warm: false, () => Count(meter.Watch(FanOutAsync(async _ =>
        {
            using var connection = await SshConnection.ConnectAsync(settings, CancellationToken.None).ConfigureAwait(false);
            return (await connection.ExecuteAsync(command, null, CancellationToken.None).ConfigureAwait(false)).Output;
        })))));
        var open = connections = [.. FanOutAsync(_ => SshConnection.ConnectAsync(settings, CancellationToken.None)).GetAwaiter().GetResult()];
        contenders.Add(new Contender("BondTools", Warm: true, () => Count(FanOutAsync(async i =>
            (await open[i].ExecuteAsync(command, null, CancellationToken.None).ConfigureAwait(false)).Output))));
    }

    private static void AddPeers(List<Contender> contenders, List<string> absent, BenchmarkSshd sshd)
    {
        var names = Path.Combine(sshd.Folder, "names");
        File.WriteAllLines(names, Enumerable.Range(1, Hosts).Select(i => string.Create(CultureInfo.InvariantCulture, $"h{i}")));
        if (!Programs.Exists("ssh") || !Programs.Exists("xargs"))
        {
            absent.Add("ssh under xargs, ControlMaster");
        }
        else
        {
            string EachHost(string ssh) => $"xargs -P {AtOnce} -I @ {ssh} < {names}";
            var ssh = $"ssh -F {sshd.SshConfig}";
            contenders.Add(new Contender("ssh under xargs, curve25519", false, () => Programs.Shell(EachHost($"{ssh} {Curve} @ cat {sshd.BondFile}"))));
            contenders.Add(new Contender("ssh under xargs, its own key exchange", false, () => Programs.Shell(EachHost($"{ssh} @ cat {sshd.BondFile}"))));
            var shared = $"{ssh} -o ControlPath={sshd.Folder}/m-%n";
            Programs.Shell(EachHost($"{shared} -o ControlMaster=yes -o ControlPersist=600 @ true"));
            contenders.Add(new Contender("ssh with ControlMaster under xargs", true, () => Programs.Shell(EachHost($"{shared} @ cat {sshd.BondFile}")))
            {
                CleanUp = () => Programs.Shell(EachHost($"{shared} -O exit @ 2>&1")),
            });
        }

        if (Programs.Exists("parallel-ssh"))
            contenders.Add(new Contender("pssh, curve25519", false, () => Programs.Shell($"parallel-ssh -h {names} -p {AtOnce} -t 60 -x '-F {sshd.SshConfig} {Curve}' -P cat {sshd.BondFile} | grep 'of the bond'")));
        else
            absent.Add("pssh");
    }

    private static void Measure(List<Contender> contenders, int rounds)
    {
        // Round 0 is thrown away: it compiles and fills caches. In turn, so that a busy spell hits all alike.
        for (var round = 0; round <= rounds; round++)
        {
            foreach (var contender in contenders)
            {
                var watch = Stopwatch.StartNew();
                var lines = contender.Run();
                if (lines != Hosts * LinesOfFile)
                    throw new InvalidOperationException($"{contender.Name} brought {lines} lines.");
                if (round > 0)
                    contender.Seconds.Add(watch.Elapsed.TotalSeconds);
            }
        }
    }

    private static string Report(List<Contender> contenders, List<string> absent, int rounds, int threads)
    {
        var text = new StringBuilder("# Fan-out\n\n");
        text.Append(CultureInfo.InvariantCulture, $"`cat` of {LinesOfFile} lines from {Hosts} loopback hosts, {AtOnce} at a time, {Environment.ProcessorCount} cores, medians of {rounds}. ");
        text.Append(CultureInfo.InvariantCulture, $"Ratios are to ssh under xargs; more than 1 is slower. BondTools runs in a warmed-up process and had {threads} threads at most.\n\n");
        text.Append("| | | seconds | ratio |\n|---|---|---:|---:|\n");
        var unit = contenders.Find(c => c.Name.StartsWith("ssh under xargs", StringComparison.Ordinal))?.Median;
        foreach (var contender in contenders.OrderBy(c => c.Warm).ThenBy(c => c.Median))
        {
            var ratio = unit is { } u ? (contender.Median / u).ToString("0.00", CultureInfo.InvariantCulture) : "";
            text.Append(CultureInfo.InvariantCulture, $"| {contender.Name} | {(contender.Warm ? "warm" : "cold")} | {contender.Median:0.00} | {ratio} |\n");
        }

        foreach (var name in absent)
            text.Append(CultureInfo.InvariantCulture, $"\nNot installed here: {name}.\n");
        return text.ToString();
    }

    private static async Task<T[]> FanOutAsync<T>(Func<int, Task<T>> work)
    {
        using var places = new SemaphoreSlim(AtOnce, AtOnce);
        return await Task.WhenAll(Enumerable.Range(0, Hosts).Select(async i =>
        {
            await places.WaitAsync().ConfigureAwait(false);
            try
            {
                return await work(i).ConfigureAwait(false);
            }
            finally
            {
                places.Release();
            }
        })).ConfigureAwait(false);
    }

    private static int Count(Task<string[]> outputs) => outputs.GetAwaiter().GetResult().Sum(o => o.Count(c => c == '\n'));

    private sealed record Contender(string Name, bool Warm, Func<int> Run)
    {
        public List<double> Seconds { get; } = [];

        public double Median => Seconds.Order().ElementAt(Seconds.Count / 2);

        public Action? CleanUp { get; init; }
    }

    /// <summary>Looks at how many threads the process has while something runs.</summary>
    private sealed class ThreadMeter
    {
        public int Most { get; private set; }

        public async Task<T> Watch<T>(Task<T> task)
        {
            while (await Task.WhenAny(task, Task.Delay(100)).ConfigureAwait(false) != task)
            {
                // why: the process has no event for it; ten looks a second cost nothing beside a hundred connections.
                using var self = Process.GetCurrentProcess();
                Most = Math.Max(Most, self.Threads.Count);
            }

            return await task.ConfigureAwait(false);
        }
    }
}
