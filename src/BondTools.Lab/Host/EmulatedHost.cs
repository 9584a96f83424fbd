using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Lab.World;

namespace BondTools.Lab.Host;

/// <summary>The emulated Proxmox VE host.</summary>
internal sealed class EmulatedHost : IEmulatedDevice
{
    private const string WantedAtStart = "/etc/systemd/system/sysinit.target.wants";
    public const string KernelRelease = "6.17.2-1-pve";
    private readonly Dictionary<int, CancellationTokenSource> _jobs = [];
    private readonly Dictionary<string, object> _units = new(StringComparer.Ordinal);
    private readonly HashSet<string> _locks = new(StringComparer.Ordinal);
    private int _lastJob = 4200, _lastTemporary;

    public EmulatedHost(LabWorld world, string name)
    {
        (World, Name) = (world, name);
        Files = new HostFiles(world, "v" + KernelRelease);
        Commands = new CommandTable();
        Files.Write("/etc/hostname", name + "\n");
        Files.MakeFolder($"/etc/pve/nodes/{name}");
        Files.MakeFolder($"/etc/pve/nodes/{name}/lxc");
    }

    public string Name { get; }
    public LabWorld World { get; }
    public HostFiles Files { get; }
    public CommandTable Commands { get; }

    /// <inheritdoc/>
    public Task<EmulatedResult> ExecuteAsync(string command, byte[] input, CancellationToken cancellationToken, Action<string>? show = null) =>
        ExecuteAsync(command, new Lazy<string>(() => ByteText.Decode(input)), cancellationToken, show);

    /// <summary>Runs a command line whose standard input is read only when it asks for it.</summary>
    public async Task<EmulatedResult> ExecuteAsync(string command, Lazy<string> input, CancellationToken cancellationToken, Action<string>? show = null)
    {
        var output = new StringBuilder();
        var error = new StringBuilder();
        var shell = new Shell(this, cancellationToken) { Name = "sh" };
        lock (World.Gate)
            World.Advance();
        var status = await shell.RunAsync(command, new ShellStreams(input, output, error) { Show = show }).ConfigureAwait(false);
        return new EmulatedResult(status & 0xff, output.ToString(), error.ToString());
    }

    /// <inheritdoc/>
    public Stream OpenTerminal() => new HostTerminal(this).Stream;

    /// <summary>Starts something beside the session and gives its process id, and its status when it has ended.</summary>
    public (int Id, Task<int> Status) StartJob(Func<CancellationToken, Task<int>> run)
    {
        var id = Interlocked.Increment(ref _lastJob);
        var cancel = new CancellationTokenSource();
        lock (_jobs)
            _jobs[id] = cancel;
        var status = Task.Run(
            async () =>
            {
                try
                {
                    return await run(cancel.Token).ConfigureAwait(false);
                }
                catch (Exception e) when (e is OperationCanceledException or ShellTimeoutException)
                {
                    // SIGTERM.
                    return 128 + 15;
                }
                finally
                {
                    lock (_jobs)
                        _jobs.Remove(id);
                    cancel.Dispose();
                }
            },
            CancellationToken.None);
        return (id, status);
    }

    /// <summary>Ends a job, or only asks whether it runs.</summary>
    public bool SignalJob(int id, bool kill)
    {
        lock (_jobs)
        {
            if (!_jobs.TryGetValue(id, out var job))
                return false;
            if (kill)
                job.Cancel();
            return true;
        }
    }

    /// <summary>Runs a command line once, later in the world's time, as a transient systemd timer does.</summary>
    public void StartTimer(string unit, TimeSpan after, IReadOnlyList<string> command)
    {
        lock (World.Gate)
        {
            World.Advance();
            _units[unit] = World.Schedule(after, () =>
            {
                _units.Remove(unit);
                // Nobody waits for it, as nobody waits for a unit of systemd.
                _ = new Shell(this, CancellationToken.None)
                    .ExecuteAsync(command, new ShellStreams("", new StringBuilder(), new StringBuilder()));
            });
        }
    }

    public bool IsActive(string unit)
    {
        lock (World.Gate)
        {
            World.Advance();
            return _units.ContainsKey(unit);
        }
    }

    public bool StopUnit(string unit)
    {
        lock (World.Gate)
        {
            World.Advance();
            if (!_units.TryGetValue(unit, out var timer))
                return false;
            World.Cancel(timer);
            return _units.Remove(unit);
        }
    }

    /// <summary>Restarts the host: what was in memory is gone, and the units that are wanted at a start run before the network.</summary>
    public async Task RestartAsync()
    {
        lock (_jobs)
        {
            foreach (var job in _jobs.Values.ToArray())
                job.Cancel();
        }
        lock (_locks)
            _locks.Clear();
        lock (World.Gate)
        {
            World.Advance();
            foreach (var timer in _units.Values)
                World.Cancel(timer);
            _units.Clear();
            Files.Restart();
            World.Network.Reset();
        }

        foreach (var unit in Files.Match(WantedAtStart + "/*"))
        {
            foreach (var line in Files.Read(unit)!.Split('\n').Where(l => l.StartsWith("ExecStart=", StringComparison.Ordinal)))
            {
                await new Shell(this, CancellationToken.None)
                    .ExecuteAsync(line.Substring("ExecStart=".Length).Split(' '), new ShellStreams("", new StringBuilder(), new StringBuilder()))
                    .ConfigureAwait(false);
            }
        }

        lock (World.Gate)
        {
            // Proxmox's pvenetcommit.
            if (Files.Read(ProxmoxCommands.Pending) is { } pending)
            {
                Files.Write(ProxmoxCommands.Interfaces, pending);
                Files.Remove(ProxmoxCommands.Pending);
            }
        }

        await NetworkReload.RunAsync(this, new StringBuilder(), CancellationToken.None).ConfigureAwait(false);
    }

    public bool TryLock(string path)
    {
        lock (_locks)
            return _locks.Add(path);
    }

    public void ReleaseLocks(List<string> paths)
    {
        lock (_locks)
        {
            foreach (var path in paths)
                _locks.Remove(path);
        }
        paths.Clear();
    }

    public string NextTemporaryName(string template)
    {
        var x = template.TrimEnd('X');
        var unique = (++_lastTemporary).ToString(System.Globalization.CultureInfo.InvariantCulture).PadLeft(template.Length - x.Length, 'a');
        return x + unique;
    }
}
