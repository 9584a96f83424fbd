using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Module.Ios;

namespace BondTools.Module.Devices;

/// <summary>
/// Configures a switch under its own revert timer: the lines, a look at the result over a fresh connection, and only then
/// the confirmation. If the client dies, the connection is lost or the result is not the wished one, the switch puts its
/// configuration back by itself.
/// </summary>
/// <param name="device">The switch.</param>
/// <param name="openFresh">Opens another connection to it, with a terminal of its own.</param>
/// <param name="remaining">The lines that a switch still lacks; none when all is as wished.</param>
internal sealed class GuardedConfiguration(
    CiscoSwitch device,
    Func<CancellationToken, Task<CiscoSwitch>> openFresh,
    Func<CiscoSwitch, CancellationToken, Task<IReadOnlyList<string>>> remaining)
{
    private const string Confirm = "configure confirm";
    private const string Revert = "configure revert now";

    /// <summary>Sends the lines without a timer; what was sent before a rejected line stays in force, and the error says what.</summary>
    public Task RunUnguardedAsync(IReadOnlyList<string> lines, CancellationToken cancellationToken) =>
        SendAsync(lines, IosSession.EnterConfiguration, sent => sent.Count == 0
            ? "Nothing was sent before it."
            : $"In force are the lines before it: {Join(sent)}. Correct them by hand, or run the command again with another wish.", cancellationToken);

    /// <summary>Sends the lines under the switch's revert timer, verifies and confirms.</summary>
    /// <exception cref="BondToolsException">
    /// CommandRejected with the line, InvalidConfiguration when the switch has no archive, or PublishRolledBack with the reason.
    /// </exception>
    public async Task RunAsync(IReadOnlyList<string> lines, int minutes, Func<string, Task> report, CancellationToken cancellationToken)
    {
        if (!await device.HasArchiveAsync(cancellationToken).ConfigureAwait(false))
        {
            throw new BondToolsException(BondToolsErrorKind.InvalidConfiguration, $"{device.ComputerName} has no archive of configurations, so it could not take the change back by itself; nothing was sent.")
            {
                RecommendedAction = "Configure one ('archive' and ' path flash:archive' in configuration mode), or add -NoRevertTimer to go without.",
            };
        }

        var timer = minutes.ToString(CultureInfo.InvariantCulture);
        await report($"Configuring {device.ComputerName} under its revert timer of {timer} min.").ConfigureAwait(false);
        try
        {
            await SendAsync(lines, $"{IosSession.EnterConfiguration} revert timer {timer}", sent => $"The lines sent before it: {Join(sent)}.", cancellationToken).ConfigureAwait(false);
        }
        catch (BondToolsException error) when (error.Kind == BondToolsErrorKind.CommandRejected)
        {
            // Had the first line of all been refused, there would be no timer, and nothing to take back.
            if (error.Command?.StartsWith(IosSession.EnterConfiguration, StringComparison.Ordinal) == true)
                throw;
            throw With(error, error.Message + " " + await TakeBackAsync(minutes, cancellationToken).ConfigureAwait(false));
        }
        catch (BondToolsException error) when (error.Kind is BondToolsErrorKind.ConnectionLost or BondToolsErrorKind.Timeout)
        {
            // Not all lines may have arrived. What did arrive must not stay half done.
            throw RolledBack(error.Message, await TakeBackAsync(minutes, cancellationToken).ConfigureAwait(false), error);
        }

        await report("Verifying over a fresh connection.").ConfigureAwait(false);
        string? failure;
        Exception? cause = null;
        try
        {
            using var fresh = await openFresh(cancellationToken).ConfigureAwait(false);
            var missing = await remaining(fresh, cancellationToken).ConfigureAwait(false);
            failure = missing.Count == 0 ? null : $"the running configuration lacks {Join(missing)}.";
            if (failure is null)
                failure = await fresh.TryRunAsync(Confirm, cancellationToken).ConfigureAwait(false);
        }
        catch (BondToolsException error)
        {
            (failure, cause) = (error.Message, error);
        }
        if (failure is not null)
            throw RolledBack(failure, await TakeBackAsync(minutes, cancellationToken).ConfigureAwait(false), cause);
        await report("Confirmed.").ConfigureAwait(false);
    }

    private async Task SendAsync(IReadOnlyList<string> lines, string enter, Func<IReadOnlyList<string>, string> describe, CancellationToken cancellationToken)
    {
        var sent = new List<string>();
        try
        {
            await device.ConfigureAsync(lines, enter, sent.Add, cancellationToken).ConfigureAwait(false);
        }
        catch (BondToolsException error) when (error.Kind == BondToolsErrorKind.CommandRejected)
        {
            throw With(error, $"{error.Message}. {describe(sent)}");
        }
    }

    /// <summary>Takes the change back without waiting for the timer, if the switch can be reached.</summary>
    /// <returns>What became of it, as a sentence.</returns>
    private async Task<string> TakeBackAsync(int minutes, CancellationToken cancellationToken)
    {
        var waiting = $"{device.ComputerName} takes the change back by itself, at the latest {minutes.ToString(CultureInfo.InvariantCulture)} min after it was begun.";
        try
        {
            using var fresh = await openFresh(cancellationToken).ConfigureAwait(false);
            return await fresh.TryRunAsync(Revert, cancellationToken).ConfigureAwait(false) is { } refusal
                ? $"{device.ComputerName} answered '{Revert}' with '{refusal}'."
                : $"The change was taken back ({Revert}).";
        }
        catch (BondToolsException error)
        {
            return $"{error.Message} {waiting}";
        }
    }

    private BondToolsException RolledBack(string reason, string outcome, Exception? cause) =>
        new(BondToolsErrorKind.PublishRolledBack, $"The new configuration of {device.ComputerName} did not prove itself: {reason} {outcome}", cause)
        {
            RecommendedAction = "Look at the switch's running configuration before you try again.",
        };

    private static BondToolsException With(BondToolsException error, string message) =>
        new(error.Kind, message, error) { Command = error.Command, Output = error.Output, RecommendedAction = error.RecommendedAction };

    private static string Join(IReadOnlyList<string> lines) => lines.Count == 0 ? "none" : string.Join(" / ", lines);
}
