using System;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Linux;
using BondTools.Planning;

namespace BondTools.Module.Devices;

/// <summary>The staging of a host's interfaces file: read, edit, write interfaces.new whole, take it back.</summary>
/// <remarks>
/// A staged file is ours as long as its SHA-256 is the one that the host keeps in our record; a change by the web
/// interface or by hand makes it somebody else's, and is refused unless forced. Every write happens under PVE's own lock
/// and only if both files still are what the edit was made from.
/// </remarks>
internal sealed class HostNetworkFiles(PveHost host)
{
    private const string Record = HostPaths.State + "/staged.sha256";
    private const int LockSeconds = 10;
    private const int LockTimedOut = 75;
    public const int Outdated = 76;

    /// <summary>Reads the present file, the staged one, and whose it is.</summary>
    public async Task<NetworkChange> ReadAsync(CancellationToken cancellationToken)
    {
        var current = await host.RunAsync($"cat {HostPaths.Interfaces}", cancellationToken).ConfigureAwait(false);
        var pending = await ReadIfThereAsync(HostPaths.PendingInterfaces, cancellationToken).ConfigureAwait(false);
        var record = pending is null ? null : await ReadIfThereAsync(Record, cancellationToken).ConfigureAwait(false);
        return new NetworkChange
        {
            ComputerName = host.ComputerName,
            Current = current,
            Pending = pending,
            IsOwn = pending is not null && record?.Trim() == Sha256(pending),
        };
    }

    /// <summary>Works out what an edit would stage, without touching the host.</summary>
    /// <exception cref="BondToolsException">PendingChangeExists, or whatever the edit refuses.</exception>
    public async Task<NetworkEdit> PlanAsync(Func<InterfacesFile, InterfacesFile> edit, bool force, CancellationToken cancellationToken)
    {
        var before = await ReadAsync(cancellationToken).ConfigureAwait(false);
        RequireOwn(before, force);
        var text = edit(InterfacesFile.Parse(before.Pending ?? before.Current)).ToString();
        return new NetworkEdit(before, text);
    }

    /// <summary>Writes the planned file as interfaces.new.</summary>
    public Task StageAsync(NetworkEdit edit, CancellationToken cancellationToken)
    {
        const string temporary = HostPaths.PendingInterfaces + ".bondtools";
        var bytes = ByteText.Encode(edit.Text);
        return RunLockedAsync(
            $"{Unchanged(edit.Before)} || exit {Outdated}; " +
            $"mkdir -p {HostPaths.State} && cat > {temporary} && sync {temporary} && echo {Sha256(edit.Text)} > {Record} && mv -f {temporary} {HostPaths.PendingInterfaces} " +
            $"|| {{ rm -f {temporary}; exit 1; }}",
            bytes,
            cancellationToken);
    }

    /// <summary>Takes the staged file back.</summary>
    public Task UndoAsync(NetworkChange change, CancellationToken cancellationToken) =>
        RunLockedAsync($"{Unchanged(change)} || exit {Outdated}; rm -f {HostPaths.PendingInterfaces} {Record}", null, cancellationToken);

    public static void RequirePending(NetworkChange change)
    {
        if (!change.IsPending)
            throw new BondToolsException(BondToolsErrorKind.NoPendingChange, $"Nothing is staged on {change.ComputerName}.");
    }

    public static void RequireOwn(NetworkChange change, bool force)
    {
        if (change.IsPending && !change.IsOwn && !force)
        {
            throw new BondToolsException(
                BondToolsErrorKind.PendingChangeExists,
                $"{change.ComputerName} has a pending network change that BondTools did not stage: {HostPaths.PendingInterfaces}.")
            {
                Output = change.Difference,
                RecommendedAction = "Look at it with Get-PveNetworkChange; apply or revert it in the Proxmox web interface, or use -Force to build on it.",
            };
        }
    }

    public static string Sha256(string text)
    {
        var bytes = ByteText.Encode(text);
#if NET
        var hash = SHA256.HashData(bytes);
#else
        using var algorithm = SHA256.Create();
        var hash = algorithm.ComputeHash(bytes);
#endif
        return string.Concat(hash.Select(b => b.ToString("x2", CultureInfo.InvariantCulture)));
    }

    /// <summary>A shell condition: both files still are what was read.</summary>
    public static string Unchanged(NetworkChange seen) =>
        HasHash(HostPaths.Interfaces, seen.Current) + " && " +
        (seen.Pending is null ? $"[ ! -e {HostPaths.PendingInterfaces} ]" : HasHash(HostPaths.PendingInterfaces, seen.Pending));

    private static string HasHash(string path, string text) => $"echo \"{Sha256(text)}  {path}\" | sha256sum -c --status";

    /// <summary>Runs a script under the lock that Proxmox itself takes for this file.</summary>
    public async Task RunLockedAsync(string script, byte[]? input, CancellationToken cancellationToken)
    {
        // -o: what the script leaves running must not hold the lock.
        var command = $"flock -o -w {LockSeconds} -E {LockTimedOut} {HostPaths.InterfacesLock} sh -c {ShellWord.Quote(script)}";
        var result = await host.TryRunAsync(command, cancellationToken, input).ConfigureAwait(false);
        if (result.ExitStatus == 0)
            return;

        throw result.ExitStatus switch
        {
            LockTimedOut => new BondToolsException(BondToolsErrorKind.Timeout, $"Another program on {host.ComputerName} has held {HostPaths.InterfacesLock} for {LockSeconds} seconds.") { Command = command },
            Outdated => ChangedMeanwhile(host, command),
            _ => new CommandFailedException(command, result),
        };
    }

    public static BondToolsException ChangedMeanwhile(PveHost host, string command) =>
        new(BondToolsErrorKind.PendingChangeExists, $"Someone else changed the network configuration of {host.ComputerName} in this moment; nothing was written.")
        {
            Command = command,
            RecommendedAction = "Run the command again: it will start from the new state.",
        };

    private async Task<string?> ReadIfThereAsync(string path, CancellationToken cancellationToken)
    {
        var output = await host.RunAsync($"[ ! -e {path} ] || cat {path}", cancellationToken).ConfigureAwait(false);
        return output.Length == 0 ? null : output;
    }
}

/// <summary>A planned interfaces file and the state it was made from.</summary>
/// <param name="Before">What was on the host when the plan was made.</param>
/// <param name="Text">The file to stage, byte for byte.</param>
internal sealed record NetworkEdit(NetworkChange Before, string Text)
{
    /// <summary>What this edit alone changes, in unified form.</summary>
    public string Difference => TextDifference.Unified(Before.Pending ?? Before.Current, Text, HostPaths.Interfaces, HostPaths.PendingInterfaces);
}
