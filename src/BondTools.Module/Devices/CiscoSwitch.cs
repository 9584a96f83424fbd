using System;
using System.Collections.Generic;
using System.Security;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Cisco;
using BondTools.Module.Ios;

namespace BondTools.Module.Devices;

/// <summary>A Cisco switch behind a connection: what is read from it and done on it, over one terminal that stays open.</summary>
internal sealed class CiscoSwitch(IDeviceConnection connection, string computerName, SecureString? enablePassword = null) : IDisposable
{
    public const string SaveCommand = "write memory";

    private readonly SemaphoreSlim _opening = new(1, 1);
    private IosSession? _terminal;

    /// <summary>Its name, as it was given.</summary>
    public string ComputerName { get; } = computerName;

    /// <summary>The deadline of each command.</summary>
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether the connection is closed with the terminal.</summary>
    public bool OwnsConnection { get; init; }

    /// <summary>Is given the lines that go over the terminal, secrets masked.</summary>
    public Action<string>? Trace { get; set; }

    /// <summary>Reads the port-channels.</summary>
    public async Task<IReadOnlyList<CiscoEtherChannel>> GetEtherChannelsAsync(CancellationToken cancellationToken) =>
        EtherChannelSummaryParser.Parse(await RunAsync("show etherchannel summary", cancellationToken).ConfigureAwait(false), ComputerName);

    /// <summary>Reads the channel-groups in full.</summary>
    public async Task<IReadOnlyList<CiscoEtherChannelDetail>> GetEtherChannelDetailsAsync(CancellationToken cancellationToken) =>
        EtherChannelDetailParser.Parse(await RunAsync("show etherchannel detail", cancellationToken).ConfigureAwait(false), ComputerName);

    /// <summary>Reads the LACP partners of the ports.</summary>
    public async Task<IReadOnlyList<CiscoLacpNeighbor>> GetLacpNeighborsAsync(CancellationToken cancellationToken) =>
        LacpNeighborParser.Parse(await RunAsync("show lacp neighbor", cancellationToken).ConfigureAwait(false), ComputerName);

    /// <summary>Reads what the switch hashes to pick a member port.</summary>
    public async Task<IReadOnlyList<CiscoLoadBalance>> GetLoadBalanceAsync(CancellationToken cancellationToken) =>
        CiscoLoadBalanceParser.Parse(await RunAsync("show etherchannel load-balance", cancellationToken).ConfigureAwait(false), ComputerName);

    /// <summary>Reads the switch's own LACP system id.</summary>
    public async Task<CiscoLacpSystemId> GetLacpSystemIdAsync(CancellationToken cancellationToken) =>
        LacpSystemIdParser.Parse(await RunAsync("show lacp sys-id", cancellationToken).ConfigureAwait(false));

    /// <summary>Reads the running configuration.</summary>
    public async Task<RunningConfiguration> GetRunningConfigurationAsync(CancellationToken cancellationToken) =>
        RunningConfiguration.Parse(await RunAsync("show running-config", cancellationToken).ConfigureAwait(false), ComputerName);

    /// <summary>Whether the switch archives configurations, so that it can put an old one back.</summary>
    public async Task<bool> HasArchiveAsync(CancellationToken cancellationToken) =>
        (await GetRunningConfigurationAsync(cancellationToken).ConfigureAwait(false)).ArchivePath is not null;

    /// <summary>Whether a trunk on the port needs <c>switchport trunk encapsulation dot1q</c>: where the switch knows another, the port's is <c>negotiate</c> or <c>isl</c> until it is told.</summary>
    public async Task<bool> NeedsEncapsulationAsync(string port, CancellationToken cancellationToken)
    {
        try
        {
            var output = await RunAsync($"show interfaces {port} switchport", cancellationToken).ConfigureAwait(false);
            return output.Contains("Administrative Trunking Encapsulation: negotiate") || output.Contains("Administrative Trunking Encapsulation: isl");
        }
        catch (BondToolsException error) when (error.Kind == BondToolsErrorKind.CommandRejected)
        {
            // A switch that has no such view has no choice of encapsulations either.
            return false;
        }
    }

    /// <summary>Sends configuration lines; the first one that the switch rejects is an error that names it.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="enter">The command that enters configuration mode.</param>
    /// <param name="accepted">Is given each line that the switch took.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    public async Task ConfigureAsync(IReadOnlyList<string> lines, string enter, Action<string> accepted, CancellationToken cancellationToken)
    {
        var terminal = await OpenAsync(cancellationToken).ConfigureAwait(false);
        await terminal.ConfigureAsync(lines, enter, accepted, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Runs a command that prints nothing but complaints.</summary>
    /// <returns>The complaint; null when there is none.</returns>
    public async Task<string?> TryRunAsync(string command, CancellationToken cancellationToken) =>
        IosText.FindRejection(await RunAsync(command, cancellationToken).ConfigureAwait(false), configuring: true);

    /// <summary>Saves the running configuration.</summary>
    /// <exception cref="BondToolsException">UnexpectedOutput when the switch does not say that it did.</exception>
    public async Task SaveAsync(CancellationToken cancellationToken)
    {
        var output = await RunAsync(SaveCommand, cancellationToken).ConfigureAwait(false);
        if (output.IndexOf("[OK]", StringComparison.Ordinal) < 0)
        {
            throw new BondToolsException(BondToolsErrorKind.UnexpectedOutput, $"{ComputerName} did not say that the configuration was saved.")
            {
                Command = SaveCommand,
                Output = output,
            };
        }
    }

    /// <summary>Closes the terminal; the connection stays with its owner, unless it was given over.</summary>
    public void Dispose()
    {
        _terminal?.Dispose();
        if (OwnsConnection)
            connection.Dispose();
        _opening.Dispose();
    }

    private async Task<string> RunAsync(string command, CancellationToken cancellationToken)
    {
        var terminal = await OpenAsync(cancellationToken).ConfigureAwait(false);
        return await terminal.RunAsync(command, cancellationToken).ConfigureAwait(false);
    }

    private async Task<IosSession> OpenAsync(CancellationToken cancellationToken)
    {
        await _opening.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // A command that failed half way leaves a terminal of no more use; a new one on the same connection is the remedy.
            if (_terminal is not { IsUsable: true })
            {
                _terminal?.Dispose();
                _terminal = await IosSession.OpenAsync(
                    await connection.OpenTerminalAsync(cancellationToken).ConfigureAwait(false),
                    new IosSessionOptions { EnableSecret = enablePassword, CommandTimeout = CommandTimeout, Trace = Trace },
                    cancellationToken).ConfigureAwait(false);
            }

            (_terminal.CommandTimeout, _terminal.Trace) = (CommandTimeout, Trace);
            return _terminal;
        }
        finally
        {
            _opening.Release();
        }
    }
}
