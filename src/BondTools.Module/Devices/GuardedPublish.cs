using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Planning;

namespace BondTools.Module.Devices;

/// <summary>
/// Applies what is staged under a dead-man timer on the host: save, arm, one reload, verify over a fresh connection,
/// confirm. If the client dies, the link is cut, the verification fails or the host restarts, the host puts the saved
/// file back by itself.
/// </summary>
/// <remarks>
/// This side only asks; guard.sh on the host decides, by renames of which exactly one succeeds. So a confirmation is
/// never half true, and a roll-back never undoes a confirmed change.
/// </remarks>
internal sealed class GuardedPublish(PveHost host, Func<CancellationToken, Task<IDeviceConnection>> openFresh, GuardedPublishOptions options)
{
    // why: the kernel takes two to three seconds to aggregate; asking twice a second costs one short command each time.
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);

    private readonly GuardScript _guard = new();

    private string Seconds => options.RollbackAfter.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);

    /// <exception cref="BondToolsException">PublishRolledBack with the reason, or why nothing was begun.</exception>
    public async Task<NetworkPublication> RunAsync(NetworkChange change, Func<string, Task> report, CancellationToken cancellationToken)
    {
        await new HostNetworkFiles(host).RequireChangeableAsync(cancellationToken).ConfigureAwait(false);
        await report($"Saving the present file in {_guard.Folder} and arming the roll-back in {Seconds} s.").ConfigureAwait(false);
        var check = await PublishCheck.PrepareAsync(host, change, options.Verification, cancellationToken).ConfigureAwait(false);
        await ArmAsync(change, cancellationToken).ConfigureAwait(false);

        var watch = Stopwatch.StartNew();
        await report("Reloading the network once.").ConfigureAwait(false);
        var failure = await ApplyAsync(report, cancellationToken).ConfigureAwait(false);
        Verdict verdict = new(failure, [], []);
        if (failure is null)
        {
            await report("Verifying over a fresh connection.").ConfigureAwait(false);
            verdict = await VerifyAndConfirmAsync(check, watch, cancellationToken).ConfigureAwait(false);
        }

        if (verdict.Failure is not null)
        {
            await report($"Rolling back: {verdict.Failure}").ConfigureAwait(false);
            var outcome = await RollBackAsync(cancellationToken).ConfigureAwait(false);
            // The answer to a confirmation may have been lost on the way; the mark on the host knows.
            if (outcome != PublicationOutcome.Confirmed)
                throw NotPublished(change, verdict.Failure, outcome);
        }

        await report($"Confirmed: publication {_guard.Id}.").ConfigureAwait(false);
        if (verdict.Reattached.Count > 0)
            await report($"Put back on their bridges: {string.Join(", ", verdict.Reattached)}.").ConfigureAwait(false);
        return new NetworkPublication
        {
            ComputerName = host.ComputerName,
            Id = _guard.Id,
            Difference = change.Difference,
            Verification = options.Verification,
            Verified = verdict.Verified,
            ReattachedPorts = verdict.Reattached,
            Duration = watch.Elapsed,
        };
    }

    private async Task ArmAsync(NetworkChange change, CancellationToken cancellationToken)
    {
        var command = _guard.Arm(options.RollbackAfter, HostNetworkFiles.Sha256(change.Current), HostNetworkFiles.Sha256(change.Pending!));
        var result = await host.TryRunAsync(command, cancellationToken, GuardScript.Of(change)).ConfigureAwait(false);
        if (result.ExitStatus == 0)
            return;

        throw result.ExitStatus switch
        {
            GuardScript.Outdated => HostNetworkFiles.ChangedMeanwhile(host, command),
            GuardScript.LockTimedOut => HostNetworkFiles.LockTimedOut(host, command),
            GuardScript.AnotherUnderWay => new BondToolsException(BondToolsErrorKind.PendingChangeExists, $"Another publish on {host.ComputerName} waits for its end; nothing was begun: {result.Error.Trim()}.")
            {
                Command = command,
                RecommendedAction = $"Wait for it: it is confirmed or taken back within its time. Where its timer is gone, end it on the host with 'sh {HostPaths.State}/ID/guard.sh rollback'.",
            },
            GuardScript.NotArmed or GuardScript.Missing => new BondToolsException(BondToolsErrorKind.CommandFailed, $"The roll-back could not be prepared on {host.ComputerName}, so nothing was begun: {result.Error.Trim()}")
            {
                Command = command,
                Output = result.Output + result.Error,
                RecommendedAction = "Make room on the host's disk, or install what it lacks, then publish again.",
            },
            _ => new CommandFailedException(command, result),
        };
    }

    /// <summary>Reloads: by Proxmox itself, whose task log an administrator can read later, or by ifupdown2 alone.</summary>
    /// <returns>Why it certainly failed; null when it succeeded, or when only a fresh connection can tell.</returns>
    private async Task<string?> ApplyAsync(Func<string, Task> report, CancellationToken cancellationToken)
    {
        var command = _guard.Run("apply");
        CommandResult result;
        try
        {
            result = await host.TryRunAsync(command, cancellationToken).ConfigureAwait(false);
        }
        catch (BondToolsException e) when (e.Kind is BondToolsErrorKind.ConnectionLost or BondToolsErrorKind.Timeout)
        {
            await report($"The reload goes on without this connection ({e.Message}).").ConfigureAwait(false);
            return null;
        }

        switch (result.ExitStatus)
        {
            case 0:
                return null;
            case GuardScript.Outdated:
                throw HostNetworkFiles.ChangedMeanwhile(host, command);
            case GuardScript.LockTimedOut:
                await RollBackAsync(cancellationToken).ConfigureAwait(false);
                throw HostNetworkFiles.LockTimedOut(host, command);
            case GuardScript.Over:
                return "the host's timer ran out before the reload.";
            default:
                return $"the reload failed: {(result.Output + result.Error).Trim()}";
        }
    }

    /// <summary>Looks at the host through fresh connections until everything is as wished, and confirms; or until half the roll-back time is over.</summary>
    private async Task<Verdict> VerifyAndConfirmAsync(PublishCheck check, Stopwatch watch, CancellationToken cancellationToken)
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
                        var (missing, verified) = await check.RunAsync(fresh, limit.Token).ConfigureAwait(false);
                        if (missing is null)
                        {
                            var confirmation = await fresh.TryRunAsync(_guard.Run("confirm"), limit.Token).ConfigureAwait(false);
                            if (confirmation.ExitStatus != GuardScript.Busy)
                                return Judge(confirmation, verified);
                            missing = "the reload has not ended.";
                        }

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
            return new Verdict(failure, [], []);
        }
    }

    private static Verdict Judge(CommandResult confirmation, IReadOnlyList<string> verified) => confirmation.ExitStatus switch
    {
        0 => new Verdict(null, verified, [.. confirmation.Output.Split(['\n'], StringSplitOptions.RemoveEmptyEntries).Distinct()]),
        GuardScript.Outdated => new Verdict($"{HostPaths.Interfaces} is not the file that was staged.", [], []),
        GuardScript.Over => new Verdict("the host's timer ran out before the confirmation.", [], []),
        _ => new Verdict($"the reload failed: {confirmation.Error.Trim()}", [], []),
    };

    /// <summary>Rolls back without waiting for the timer, if the host can be reached.</summary>
    /// <returns>How the publication ended; null when the host does not tell.</returns>
    private async Task<PublicationOutcome?> RollBackAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.RollbackAfter);
        try
        {
            while (true)
            {
                try
                {
                    using var connection = await openFresh(limit.Token).ConfigureAwait(false);
                    var result = await connection.ExecuteAsync(_guard.Run("rollback"), null, limit.Token).ConfigureAwait(false);
                    if (Enum.TryParse<PublicationOutcome>(result.Output.Trim(), ignoreCase: true, out var outcome) && outcome != PublicationOutcome.Restoring)
                        return outcome;
                }
                catch (BondToolsException)
                {
                    // The roll-back may cut this connection as well; the next one hears how it ended.
                }

                await Task.Delay(PollInterval, limit.Token).ConfigureAwait(false); // why: see PollInterval; the limit bounds it.
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private BondToolsException NotPublished(NetworkChange change, string failure, PublicationOutcome? outcome)
    {
        var end = outcome switch
        {
            PublicationOutcome.RolledBack or PublicationOutcome.Healed => "did not prove itself and was taken back",
            PublicationOutcome.Disarmed => "was not applied",
            _ => $"did not prove itself and is taken back by the host's own timer, at most {Seconds} s after the reload",
        };
        return new BondToolsException(BondToolsErrorKind.PublishRolledBack, $"The change on {host.ComputerName} {end}: {failure}")
        {
            Output = change.Difference,
            RecommendedAction = outcome == PublicationOutcome.Disarmed
                ? "It is still staged: publish it again."
                : $"The refused file is kept on the host as {_guard.Folder}/refused. Where the switch is set up only later, publish with -Verify BondUp.",
        };
    }

    /// <param name="Failure">Why the change cannot stay; null when it was confirmed.</param>
    /// <param name="Verified">What was seen to be right.</param>
    /// <param name="Reattached">The ports that were put back on their bridges.</param>
    private sealed record Verdict(string? Failure, IReadOnlyList<string> Verified, IReadOnlyList<string> Reattached);
}

/// <param name="RollbackAfter">How long the host waits for the confirmation before it puts the old file back.</param>
/// <param name="Verification">What must be true before the change is confirmed.</param>
internal sealed record GuardedPublishOptions(TimeSpan RollbackAfter, PublishVerification Verification);
