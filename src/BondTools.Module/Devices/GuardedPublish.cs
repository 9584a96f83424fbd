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
/// One rename decides who wins: the timer and the client both try to rename ID.armed, and only one of them can. So a
/// confirmation is never half true, and a roll-back never undoes a confirmed change.
/// </remarks>
internal sealed class GuardedPublish(PveHost host, Func<CancellationToken, Task<IDeviceConnection>> openFresh, GuardedPublishOptions options)
{
    // why: the kernel takes two to three seconds to aggregate; asking twice a second costs one short command each time.
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);

    private readonly string _id = DateTime.UtcNow.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture) + "-" + Guid.NewGuid().ToString("N").Substring(0, 6);

    private string Saved => $"{HostPaths.State}/{_id}.interfaces";
    private string Armed => $"{HostPaths.State}/{_id}.armed";
    private string Script => $"{HostPaths.State}/{_id}.sh";
    private string Unit => $"bondtools-rollback-{_id}";

    /// <exception cref="BondToolsException">PublishRolledBack with the reason, or why nothing was begun.</exception>
    public async Task<NetworkPublication> RunAsync(NetworkChange change, Func<string, Task> report, CancellationToken cancellationToken)
    {
        await report($"Saving the present file as {Saved} and arming the roll-back in {options.RollbackAfter.TotalSeconds:0} s.").ConfigureAwait(false);
        await ArmAsync(change, cancellationToken).ConfigureAwait(false);

        var watch = Stopwatch.StartNew();
        await report("Reloading the network once.").ConfigureAwait(false);
        string failure;
        try
        {
            await host.RunAsync(ApplyCommand(change), cancellationToken).ConfigureAwait(false);
            await report("Verifying over a fresh connection.").ConfigureAwait(false);
            var (missing, verified) = await VerifyAsync(InterfacesFile.Parse(change.Pending!), watch, cancellationToken).ConfigureAwait(false);
            if (missing is null && await ConfirmAsync(cancellationToken).ConfigureAwait(false))
            {
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

            failure = missing ?? "the host's timer ran out before the confirmation.";
        }
        catch (BondToolsException e)
        {
            // The reload may have cut this very connection: the host heals itself in any case.
            failure = e.Message;
        }

        await report("Rolling back.").ConfigureAwait(false);
        var healed = await RollBackNowAsync(cancellationToken).ConfigureAwait(false);
        throw new BondToolsException(
            BondToolsErrorKind.PublishRolledBack,
            $"The change on {host.ComputerName} did not prove itself and was taken back{(healed ? "" : $" (by the host's own timer, at most {options.RollbackAfter.TotalSeconds:0} s after the reload)")}: {failure}")
        {
            Output = change.Difference,
            RecommendedAction = $"The refused file is kept as {HostPaths.State}/{_id}.refused. A bond that needs its switch set up first: configure the switch, or publish with -Verify BondUp.",
        };
    }

    private async Task ArmAsync(NetworkChange change, CancellationToken cancellationToken)
    {
        // The script is on the host's disk before the timer starts, so the roll-back needs nothing from this side.
        var rollBack =
            $"mv {Armed} {HostPaths.State}/{_id}.rolledback || exit 0\n" +
            $"cp {HostPaths.Interfaces} {HostPaths.State}/{_id}.refused\n" +
            $"cp {Saved} {HostPaths.Interfaces}.bondtools && sync {HostPaths.Interfaces}.bondtools && mv -f {HostPaths.Interfaces}.bondtools {HostPaths.Interfaces}\n" +
            "ifreload -a\n";
        var seconds = options.RollbackAfter.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
        await new HostNetworkFiles(host).RunLockedAsync(
            $"{HostNetworkFiles.Unchanged(change)} || exit {HostNetworkFiles.Outdated}; " +
            $"mkdir -p {HostPaths.State} && cat > {Script} && cp {HostPaths.Interfaces} {Saved} && sync {Saved} && echo {seconds} > {Armed} && " +
            // Where systemd is not, a detached sleeper does the same.
            $"if command -v systemd-run > /dev/null; then systemd-run --quiet --unit={Unit} --on-active={seconds} sh {Script}; " +
            $"else setsid nohup sh -c 'sleep {seconds}; sh {Script}' > /dev/null 2>&1 < /dev/null & fi",
            Encoding.UTF8.GetBytes(rollBack),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The reload: Proxmox's own, whose task log an administrator can read later, or ifupdown2 alone.</summary>
    private static string ApplyCommand(NetworkChange change) =>
        $"{HostNetworkFiles.Unchanged(change)} || exit {HostNetworkFiles.Outdated}; " +
        "if command -v pvesh > /dev/null; then pvesh set /nodes/localhost/network; " +
        $"else mv -f {HostPaths.PendingInterfaces} {HostPaths.Interfaces} && ifreload -a; fi";

    /// <summary>Looks at the host through fresh connections until everything is as wished or half the roll-back time is over.</summary>
    private async Task<(string? Failure, IReadOnlyList<string> Verified)> VerifyAsync(InterfacesFile wish, Stopwatch watch, CancellationToken cancellationToken)
    {
        // The other half is left for the confirmation to arrive before the timer fires.
        var deadline = TimeSpan.FromTicks(options.RollbackAfter.Ticks / 2);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(deadline - watch.Elapsed > TimeSpan.Zero ? deadline - watch.Elapsed : TimeSpan.Zero);
        var failure = "the host did not answer over a fresh connection.";
        try
        {
            using var connection = await openFresh(limit.Token).ConfigureAwait(false);
            var fresh = new PveHost(connection, host.ComputerName);
            while (true)
            {
                var (missing, verified) = await CompareAsync(fresh, wish, limit.Token).ConfigureAwait(false);
                if (missing is null)
                    return (null, verified);
                failure = missing;
                await Task.Delay(PollInterval, limit.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (failure, []);
        }
        catch (BondToolsException e)
        {
            return (e.Message, []);
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

    private async Task<bool> ConfirmAsync(CancellationToken cancellationToken)
    {
        using var connection = await openFresh(cancellationToken).ConfigureAwait(false);
        var result = await connection.ExecuteAsync($"mv {Armed} {HostPaths.State}/{_id}.confirmed", null, cancellationToken).ConfigureAwait(false);
        if (result.ExitStatus != 0)
            return false;
        // The armed mark is gone, so the timer would do nothing; stopping it only tidies up.
        await connection.ExecuteAsync($"systemctl stop {Unit}.timer 2> /dev/null || true", null, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>Rolls back without waiting for the timer, if the host can be reached.</summary>
    private async Task<bool> RollBackNowAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var connection = await openFresh(cancellationToken).ConfigureAwait(false);
            return (await connection.ExecuteAsync($"sh {Script}", null, cancellationToken).ConfigureAwait(false)).ExitStatus == 0;
        }
        catch (BondToolsException)
        {
            return false;
        }
    }
}

/// <param name="RollbackAfter">How long the host waits for the confirmation before it puts the old file back.</param>
/// <param name="Verification">What must be true before the change is confirmed.</param>
internal sealed record GuardedPublishOptions(TimeSpan RollbackAfter, PublishVerification Verification);
