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
    private const int NotThere = 66, NotRoot = 71;

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
            IsOwn = pending is not null && record?.Split('\n').Contains(Sha256(pending)) == true,
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
    /// <remarks>
    /// The record names the staged file before and after, so that whatever stops this between the two renames, the file
    /// that is there is known as ours; with no room on the disk, both stay as they were.
    /// </remarks>
    public async Task StageAsync(NetworkEdit edit, CancellationToken cancellationToken)
    {
        const string temporary = HostPaths.PendingInterfaces + ".bondtools", newRecord = Record + ".new";
        var hashes = edit.Before is { IsOwn: true, Pending: { } earlier } ? $"{Sha256(earlier)} {Sha256(edit.Text)}" : Sha256(edit.Text);
        await RequireChangeableAsync(cancellationToken).ConfigureAwait(false);
        await RunLockedAsync(
            $"{Unchanged(edit.Before)} || exit {GuardScript.Outdated}; " +
            $"mkdir -p {HostPaths.State} && cat > {temporary} && printf '%s\\n' {hashes} > {newRecord} && sync {temporary} {newRecord} && " +
            $"mv -f {newRecord} {Record} && sync {HostPaths.State} && mv -f {temporary} {HostPaths.PendingInterfaces} && sync {HostPaths.Folder} " +
            $"|| {{ rm -f {temporary} {newRecord}; exit 1; }}",
            ByteText.Encode(edit.Text),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes the staged file back.</summary>
    public async Task UndoAsync(NetworkChange change, CancellationToken cancellationToken)
    {
        await RequireChangeableAsync(cancellationToken).ConfigureAwait(false);
        await RunLockedAsync(
            $"{Unchanged(change)} || exit {GuardScript.Outdated}; rm -f {HostPaths.PendingInterfaces} {Record} && sync {HostPaths.Folder}",
            null,
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Checks, before anything is written, that the login may write and that the host has what that takes.</summary>
    /// <exception cref="BondToolsException">CommandFailed when it may not, or has not.</exception>
    public async Task RequireChangeableAsync(CancellationToken cancellationToken)
    {
        var command =
            $"[ \"$(id -u)\" = 0 ] || exit {NotRoot}; " +
            $"for tool in flock sha256sum; do if ! command -v $tool > /dev/null; then echo $tool; exit {GuardScript.Missing}; fi; done";
        var result = await host.TryRunAsync(command, cancellationToken).ConfigureAwait(false);
        if (result.ExitStatus == 0)
            return;

        throw result.ExitStatus switch
        {
            NotRoot => new BondToolsException(BondToolsErrorKind.CommandFailed, $"The login on {host.ComputerName} is not root's, and only root may change the network; nothing was written.")
            {
                Command = command,
                RecommendedAction = "Connect as root.",
            },
            GuardScript.Missing => new BondToolsException(BondToolsErrorKind.CommandFailed, $"{host.ComputerName} has no {result.Output.Trim()}, without which nothing can be staged safely; nothing was written.")
            {
                Command = command,
                RecommendedAction = "Install it: flock is in util-linux, sha256sum in coreutils.",
            },
            _ => new CommandFailedException(command, result),
        };
    }

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
    private static string Unchanged(NetworkChange seen) =>
        HasHash(HostPaths.Interfaces, seen.Current) + " && " +
        (seen.Pending is null ? $"[ ! -e {HostPaths.PendingInterfaces} ]" : HasHash(HostPaths.PendingInterfaces, seen.Pending));

    private static string HasHash(string path, string text) => $"echo \"{Sha256(text)}  {path}\" | sha256sum -c --status";

    /// <summary>Runs a script under the lock that Proxmox itself takes for this file.</summary>
    private async Task RunLockedAsync(string script, byte[]? input, CancellationToken cancellationToken)
    {
        // -o: what the script leaves running must not hold the lock.
        var command = $"flock -o -w {LockSeconds} -E {GuardScript.LockTimedOut} {HostPaths.InterfacesLock} sh -c {ShellWord.Quote(script)}";
        var result = await host.TryRunAsync(command, cancellationToken, input).ConfigureAwait(false);
        if (result.ExitStatus == 0)
            return;

        throw result.ExitStatus switch
        {
            GuardScript.LockTimedOut => LockTimedOut(host, command),
            GuardScript.Outdated => ChangedMeanwhile(host, command),
            _ => new CommandFailedException(command, result),
        };
    }

    public static BondToolsException LockTimedOut(PveHost host, string command) =>
        new(BondToolsErrorKind.Timeout, $"Another program on {host.ComputerName} has held {HostPaths.InterfacesLock} for {LockSeconds} seconds; nothing was written.")
        {
            Command = command,
            RecommendedAction = "Find out which with 'fuser -v' there, then run the command again.",
        };

    public static BondToolsException ChangedMeanwhile(PveHost host, string command) =>
        new(BondToolsErrorKind.PendingChangeExists, $"Someone else changed the network configuration of {host.ComputerName} in this moment; nothing was written.")
        {
            Command = command,
            RecommendedAction = "Run the command again: it will start from the new state.",
        };

    private async Task<string?> ReadIfThereAsync(string path, CancellationToken cancellationToken)
    {
        // An empty file is there all the same.
        var command = $"[ -e {path} ] || exit {NotThere}; cat {path}";
        var result = await host.TryRunAsync(command, cancellationToken).ConfigureAwait(false);
        return result.ExitStatus switch
        {
            0 => result.Output,
            NotThere => null,
            _ => throw new CommandFailedException(command, result),
        };
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
