using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Module.Ssh;
using BondTools.Module.Tests;
using BondTools.Module.Tests.Ssh;
using Xunit;

namespace BondTools.KernelLab;

/// <summary>The tests on a guest run one after another, each from a saved state of it.</summary>
[CollectionDefinition(Name)]
public sealed class OnTheGuest : ICollectionFixture<KernelGuest>
{
    public const string Name = "Kernel guest";
}

/// <summary>A second guest, beside the first: most of its tests wait for timers to run out.</summary>
[CollectionDefinition(Name)]
public sealed class OnAnotherGuest : ICollectionFixture<KernelGuest>
{
    public const string Name = "Another kernel guest";
}

/// <summary>A guest with a real bonding driver, built when it is not in the cache, and started for these tests.</summary>
public sealed class KernelGuest : IAsyncLifetime
{
    /// <summary>The guest as it was built: no bond, the switch's ports not joined.</summary>
    public const string Bare = "bare";

    // Building takes a minute on two cores; a busy machine is three to four times slower.
    private static readonly TimeSpan BuildDeadline = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan CommandDeadline = TimeSpan.FromMinutes(2);
    private static readonly string Script = Path.Combine(Repository.Root, "tests", "KernelLab", "kernel-lab");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("kernel-lab-");
    private readonly HashSet<string> _saved = new(StringComparer.Ordinal);
    private bool _isUp;

    /// <summary>Why there can be no guest here; null when there can.</summary>
    public string? Lacking { get; } = FindLacking();

    /// <summary>What the cmdlets need to log in.</summary>
    public string Login => $"-ComputerName 127.0.0.1 -Port {Port} -UserName root -KeyFilePath '{Path.Combine(Cache, "id_ed25519")}' -KnownHostsPath '{KnownHosts}'";

    /// <summary>The same for a connection of one's own.</summary>
    internal SshSettings Settings() => new()
    {
        Host = "127.0.0.1",
        Port = int.Parse(Port, CultureInfo.InvariantCulture),
        UserName = "root",
        Keys = new SshKeyRing(Path.Combine(Cache, "id_ed25519"), null, null),
        KnownHostsPath = KnownHosts,
        ConnectTimeout = TimeSpan.FromSeconds(10),
    };

    /// <summary>What the faults did, for the table at the end.</summary>
    internal FaultTable Faults { get; } = new();

    /// <summary>What a reader of the tests' output should see of times, a line each.</summary>
    internal List<string> Timings { get; } = [];

    private string Cache { get; set; } = "";

    private string Port => File.ReadAllText(Path.Combine(_folder.FullName, "port")).Trim();

    private string KnownHosts => Path.Combine(_folder.FullName, "known_hosts");

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        if (Lacking is not null)
            return;
        Cache = Path.GetFullPath((await LabAsync(BuildDeadline, null, "build")).Trim().Split('\n')[^1]);
        var watch = Stopwatch.StartNew();
        await LabAsync(BuildDeadline, null, "start", _folder.FullName);
        _isUp = true;
        Timings.Add($"the guest's build, once: {string.Join("; ", await File.ReadAllLinesAsync(Path.Combine(Cache, "timings")))}");
        Timings.Add(string.Create(CultureInfo.InvariantCulture, $"a guest from its saved state: {watch.Elapsed.TotalSeconds:0.0} s until ssh answers"));
        var key = File.ReadAllText(Path.Combine(Cache, "known_hosts")).Trim().Split(' ', 2)[1];
        await File.WriteAllTextAsync(KnownHosts, $"[127.0.0.1]:{Port} {key}\n");
        await SaveAsync(Bare);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Faults.Write();
        await File.AppendAllLinesAsync(Path.Combine(Directory.CreateDirectory(Path.Combine(Repository.Root, "out", "kernel-lab")).FullName, "timings.txt"), Timings);
        if (_isUp)
            await LabAsync(CommandDeadline, null, "stop", _folder.FullName);
        _folder.Delete(recursive: true);
    }

    /// <summary>Skips the test, by the name of what is missing, where there is no guest.</summary>
    public void Require() => Assert.SkipWhen(Lacking is not null, Lacking ?? "");

    /// <summary>Runs a script in the guest, over OpenSSH's own client: what it says does not pass through the product.</summary>
    /// <returns>What it printed.</returns>
    public Task<string> RunAsync(string script) => LabAsync(CommandDeadline, script, "ssh", _folder.FullName, "sh -s");

    /// <summary>Gives an order to QEMU's monitor, such as <c>set_link enp0s8 off</c>.</summary>
    public Task<string> MonitorAsync(string order) => LabAsync(CommandDeadline, null, "qmp", _folder.FullName, order);

    /// <summary>Keeps the guest's present state under a name.</summary>
    public async Task SaveAsync(string name)
    {
        await MonitorAsync("savevm " + name);
        _saved.Add(name);
    }

    /// <summary>Puts the guest, its memory and its disk back to a state; a state that is not there yet is made from the bare one.</summary>
    /// <param name="name">The state.</param>
    /// <param name="make">Makes it.</param>
    public async Task LoadAsync(string name, Func<Task>? make = null)
    {
        Require();
        if (_saved.Contains(name))
        {
            await MonitorAsync("loadvm " + name);
            return;
        }

        await MonitorAsync("loadvm " + Bare);
        await make!();
        await SaveAsync(name);
    }

    /// <summary>Waits until the guest answers; it may be starting, or out of reach for a while.</summary>
    /// <exception cref="TimeoutException">It did not.</exception>
    public async Task ReachAsync(int seconds)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await LabAsync(CommandDeadline, "true", "ssh", _folder.FullName, "sh -s");
                return;
            }
            catch (InvalidOperationException) when (watch.Elapsed.TotalSeconds < seconds)
            {
                // why: nothing tells when a host will answer again; each try waits for the answer itself.
                await Task.Delay(TimeSpan.FromMilliseconds(300));
            }
            catch (InvalidOperationException e)
            {
                throw new TimeoutException($"The guest did not answer within {seconds} s.", e);
            }
        }
    }

    /// <summary>Waits until a command of the guest succeeds.</summary>
    public async Task WaitAsync(string condition, int seconds)
    {
        var script = $"for i in $(seq {seconds * 5}); do if {condition}; then exit 0; fi; sleep 0.2; done; exit 1";
        try
        {
            await RunAsync(script);
        }
        catch (InvalidOperationException)
        {
            Assert.Fail($"Not within {seconds} s: {condition}\n{await RunAsync("cat /proc/net/bonding/* 2> /dev/null; ip -br link; true")}");
        }
    }

    private static string? FindLacking()
    {
        if (!OperatingSystem.IsLinux())
            return "The kernel lab needs Linux.";
        var missing = Tool.RunOrFail("sh", null, Script, "missing").Trim();
        return missing.Length == 0 ? null : $"The kernel lab needs these Debian packages: {missing}.";
    }

    private static async Task<string> LabAsync(TimeSpan deadline, string? input, params string[] arguments)
    {
        var start = new ProcessStartInfo("sh") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments.Prepend(Script))
            start.ArgumentList.Add(argument);
        start.Environment["KERNEL_LAB_LIFE"] = "1h";
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(deadline);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"kernel-lab {string.Join(" ", arguments)} did not end within {deadline}.\n{input}");
        }

        return process.ExitCode == 0
            ? await output
            : throw new InvalidOperationException($"kernel-lab {string.Join(" ", arguments)} ended with {process.ExitCode}.\n{input}\n{await output}{await error}");
    }
}
