using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Linux;
using BondTools.Planning;

namespace BondTools.Module.Devices;

/// <summary>
/// Applies what is staged under a dead-man timer on the host: save, arm, one reload, verify over a fresh connection,
/// confirm. If the client dies, the link is cut or the verification fails, the host puts the saved file back by itself.
/// </summary>
/// <remarks>
/// One rename decides who wins: the timer and the client both try to rename the mark ID.armed, and only one of them can.
/// So a confirmation is never half true, and a roll-back never undoes a confirmed change.
/// </remarks>
internal sealed class GuardedPublish(PveHost host, Func<CancellationToken, Task<IDeviceConnection>> openFresh, GuardedPublishOptions options)
{
    private const int AnotherUnderWay = 77;

    // why: the kernel takes two to three seconds to aggregate; asking twice a second costs one short command each time.
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);

    private readonly string _id = DateTime.UtcNow.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture) + "-" + Guid.NewGuid().ToString("N").Substring(0, 6);

    private string Saved => $"{HostPaths.State}/{_id}.interfaces";
    private string Refused => $"{HostPaths.State}/{_id}.refused";
    private string Log => $"{HostPaths.State}/{_id}.log";
    private string Script => $"{HostPaths.State}/{_id}.sh";
    private string Armed => $"{HostPaths.Run}/{_id}.armed";
    private string Confirmed => $"{HostPaths.Run}/{_id}.confirmed";
    private string RolledBack => $"{HostPaths.Run}/{_id}.rolledback";
    private string Unit => $"bondtools-rollback-{_id}";
    private string Seconds => options.RollbackAfter.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);

    /// <exception cref="BondToolsException">PublishRolledBack with the reason, or why nothing was begun.</exception>
    public async Task<NetworkPublication> RunAsync(NetworkChange change, Func<string, Task> report, CancellationToken cancellationToken)
    {
        await report($"Saving the present file as {Saved} and arming the roll-back in {Seconds} s.").ConfigureAwait(false);
        await ArmAsync(change, cancellationToken).ConfigureAwait(false);

        var watch = Stopwatch.StartNew();
        await report("Reloading the network once.").ConfigureAwait(false);
        var failure = await ApplyAsync(change, report, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<string> verified = [];
        if (failure is null)
        {
            await report("Verifying over a fresh connection.").ConfigureAwait(false);
            (failure, verified) = await VerifyAndConfirmAsync(InterfacesFile.Parse(change.Pending!), watch, cancellationToken).ConfigureAwait(false);
        }

        if (failure is not null)
        {
            await report($"Rolling back: {failure}").ConfigureAwait(false);
            var outcome = await RollBackAsync(cancellationToken).ConfigureAwait(false);
            // The answer to a confirmation may have been lost on the way; the mark on the host knows.
            if (outcome != Confirmed)
                throw NotPublished(change, failure, isHealed: outcome == RolledBack);
        }

        return new NetworkPublication
        {
            ComputerName = host.ComputerName,
            Id = _id,
            Difference = change.Difference,
            Verification = options.Verification,
            Verified = verified,
            Duration = watch.Elapsed,
        };
    }

    private async Task ArmAsync(NetworkChange change, CancellationToken cancellationToken)
    {
        // The script is on the host's disk before the timer starts, so the roll-back needs nothing from this side.
        var rollBack =
            $"mv {Armed} {RolledBack} || exit 0\n" +
            $"cp {HostPaths.Interfaces} {Refused}\n" +
            $"cp {Saved} {HostPaths.Interfaces}.bondtools && sync {HostPaths.Interfaces}.bondtools && mv -f {HostPaths.Interfaces}.bondtools {HostPaths.Interfaces}\n" +
            "ifreload -a\n";
        var command =
            $"{HostNetworkFiles.Unchanged(change)} || exit {HostNetworkFiles.Outdated}; " +
            // A second publish would take its own verdict for the first one's.
            $"ls {HostPaths.Run}/*.armed > /dev/null 2>&1 && exit {AnotherUnderWay}; " +
            $"mkdir -p {HostPaths.State} {HostPaths.Run} && cat > {Script} && cp {HostPaths.Interfaces} {Saved} && sync {Saved} && echo {Seconds} > {Armed} && " +
            // Where systemd is not, a detached sleeper does the same.
            $"if command -v systemd-run > /dev/null; then systemd-run --quiet --unit={Unit} --on-active={Seconds} sh {Script}; " +
            $"else setsid nohup sh -c 'sleep {Seconds}; sh {Script}' > /dev/null 2>&1 < /dev/null & fi";
        try
        {
            await new HostNetworkFiles(host).RunLockedAsync(command, Encoding.UTF8.GetBytes(rollBack), cancellationToken).ConfigureAwait(false);
        }
        catch (CommandFailedException e) when (e.ExitStatus == AnotherUnderWay)
        {
            throw new BondToolsException(BondToolsErrorKind.PendingChangeExists, $"Another publish on {host.ComputerName} is waiting for its confirmation; nothing was begun.", e)
            {
                Command = e.Command,
                RecommendedAction = "Wait for it: it is confirmed or taken back within its time.",
            };
        }
    }

    /// <summary>Reloads: by Proxmox itself, whose task log an administrator can read later, or by ifupdown2 alone.</summary>
    /// <returns>Why it certainly failed; null when it succeeded, or when only a fresh connection can tell.</returns>
    private async Task<string?> ApplyAsync(NetworkChange change, Func<string, Task> report, CancellationToken cancellationToken)
    {
        var apply =
            $"{HostNetworkFiles.Unchanged(change)} || exit {HostNetworkFiles.Outdated}; " +
            "if command -v pvesh > /dev/null; then pvesh set /nodes/localhost/network; " +
            $"else mv -f {HostPaths.PendingInterfaces} {HostPaths.Interfaces} && ifreload -a; fi";
        // Into a file: were this connection cut, a reload that prints into it would die half way.
        var command = $"sh -c {ShellWord.Quote(apply)} > {Log} 2>&1 < /dev/null; s=$?; cat {Log}; exit $s";
        try
        {
            await host.RunAsync(command, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (BondToolsException e) when (e.Kind is BondToolsErrorKind.ConnectionLost or BondToolsErrorKind.Timeout)
        {
            await report($"The connection did not outlive the reload ({e.Message}).").ConfigureAwait(false);
            return null;
        }
        catch (CommandFailedException e) when (e.ExitStatus == HostNetworkFiles.Outdated)
        {
            // Nothing was reloaded, so there is nothing to put back; what somebody wrote meanwhile has to stay.
            await host.TryRunAsync($"mv {Armed} {Armed}-not", cancellationToken).ConfigureAwait(false);
            throw HostNetworkFiles.ChangedMeanwhile(host, command);
        }
        catch (CommandFailedException e)
        {
            return $"{e.Message} {e.Output}".TrimEnd();
        }
    }

    /// <summary>Looks at the host through fresh connections until everything is as wished, and confirms; or until half the roll-back time is over.</summary>
    private async Task<(string? Failure, IReadOnlyList<string> Verified)> VerifyAndConfirmAsync(InterfacesFile wish, Stopwatch watch, CancellationToken cancellationToken)
    {
        // The other half is for the roll-back to be asked for before the timer does it.
        var remaining = TimeSpan.FromTicks(options.RollbackAfter.Ticks / 2) - watch.Elapsed;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero);
        var failure = "the host did not answer over a fresh connection.";
        try
        {
            while (true)
            {
                try
                {
                    using var connection = await openFresh(limit.Token).ConfigureAwait(false);
                    var fresh = new PveHost(connection, host.ComputerName);
                    while (true)
                    {
                        var (missing, verified) = await CompareAsync(fresh, wish, limit.Token).ConfigureAwait(false);
                        if (missing is null)
                            return (await ConfirmAsync(fresh, limit.Token).ConfigureAwait(false) ? null : "the host's timer ran out before the confirmation.", verified);
                        failure = missing;
                        await Task.Delay(PollInterval, limit.Token).ConfigureAwait(false); // why: see PollInterval; the limit bounds it.
                    }
                }
                catch (BondToolsException e)
                {
                    // Right after a reload a host may be out of reach for a moment.
                    failure = e.Message;
                }

                await Task.Delay(PollInterval, limit.Token).ConfigureAwait(false); // why: as above.
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (failure, []);
        }
    }

    private async Task<(string? Missing, IReadOnlyList<string> Verified)> CompareAsync(PveHost fresh, InterfacesFile wish, CancellationToken cancellationToken)
    {
        if (options.Verification == PublishVerification.Reachable)
        {
            await fresh.RunAsync("true", cancellationToken).ConfigureAwait(false);
            return (null, ["The host answers."]);
        }

        var present = await fresh.GetBondStatusAsync([], cancellationToken).ConfigureAwait(false);
        var verified = new List<string>();
        foreach (var bond in wish.Bonds.Where(b => b.Auto))
        {
            var status = present.FirstOrDefault(b => b.Name == bond.Name);
            var missing = BondVerification.Missing(bond, status, options.Verification);
            if (missing is not null)
                return (missing, verified);
            verified.Add($"{bond.Name}: {status!.Reason}");
        }

        return (null, verified);
    }

    private async Task<bool> ConfirmAsync(PveHost fresh, CancellationToken cancellationToken)
    {
        var result = await fresh.TryRunAsync($"mv {Armed} {Confirmed} 2> /dev/null || [ -e {Confirmed} ]", cancellationToken).ConfigureAwait(false);
        if (result.ExitStatus != 0)
            return false;
        // The armed mark is gone, so the timer would do nothing; stopping it only tidies up.
        await fresh.TryRunAsync($"systemctl stop {Unit}.timer 2> /dev/null || true", cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>Rolls back without waiting for the timer, if the host can be reached.</summary>
    /// <returns>The mark that is on the host then; an empty text when it cannot be reached.</returns>
    private async Task<string> RollBackAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.RollbackAfter);
        try
        {
            using var connection = await openFresh(limit.Token).ConfigureAwait(false);
            var result = await connection.ExecuteAsync($"sh {Script} > {Log} 2>&1; ls {Confirmed} {RolledBack} 2> /dev/null", null, limit.Token).ConfigureAwait(false);
            return result.Output.Trim();
        }
        catch (Exception e) when (e is BondToolsException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return "";
        }
    }

    private BondToolsException NotPublished(NetworkChange change, string failure, bool isHealed) => new(
        BondToolsErrorKind.PublishRolledBack,
        $"The change on {host.ComputerName} did not prove itself and {(isHealed ? "was taken back" : $"is taken back by the host's own timer, at most {Seconds} s after the reload")}: {failure}")
    {
        Output = change.Difference,
        RecommendedAction = $"The refused file is kept on the host as {Refused}. Where the switch is set up only later, publish with -Verify BondUp.",
    };
}

/// <param name="RollbackAfter">How long the host waits for the confirmation before it puts the old file back.</param>
/// <param name="Verification">What must be true before the change is confirmed.</param>
internal sealed record GuardedPublishOptions(TimeSpan RollbackAfter, PublishVerification Verification);
