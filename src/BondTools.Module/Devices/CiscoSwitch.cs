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

    /// <summary>Is given the lines that go over the terminal, secrets masked.</summary>
    public Action<string>? Trace { get; set; }

    /// <summary>Reads the port-channels.</summary>
    public async Task<IReadOnlyList<CiscoEtherChannel>> GetEtherChannelsAsync(CancellationToken cancellationToken) =>
        EtherChannelSummaryParser.Parse(await RunAsync("show etherchannel summary", cancellationToken).ConfigureAwait(false), ComputerName);

    /// <summary>Reads the LACP partners of the ports.</summary>
    public async Task<IReadOnlyList<CiscoLacpNeighbor>> GetLacpNeighborsAsync(CancellationToken cancellationToken) =>
        LacpNeighborParser.Parse(await RunAsync("show lacp neighbor", cancellationToken).ConfigureAwait(false), ComputerName);

    /// <summary>Reads the switch's own side of the LACP ports.</summary>
    public async Task<IReadOnlyList<CiscoLacpInternal>> GetLacpInternalAsync(CancellationToken cancellationToken) =>
        LacpInternalParser.Parse(await RunAsync("show lacp internal", cancellationToken).ConfigureAwait(false), ComputerName);

    /// <summary>Reads the LACP packets of the ports.</summary>
    public async Task<IReadOnlyList<CiscoLacpCounter>> GetLacpCountersAsync(CancellationToken cancellationToken) =>
        LacpCounterParser.Parse(await RunAsync("show lacp counters", cancellationToken).ConfigureAwait(false), ComputerName);

    /// <summary>Reads all interfaces with their counters.</summary>
    public async Task<IReadOnlyList<CiscoLinkCounter>> GetLinkCountersAsync(CancellationToken cancellationToken) =>
        CiscoLinkCounterParser.Parse(await RunAsync("show interfaces", cancellationToken).ConfigureAwait(false), ComputerName);

    /// <summary>Reads one interface with its counters.</summary>
    public async Task<IReadOnlyList<CiscoLinkCounter>> GetLinkCountersAsync(CiscoInterfaceName name, CancellationToken cancellationToken) =>
        CiscoLinkCounterParser.Parse(await RunAsync("show interfaces " + name.Long, cancellationToken).ConfigureAwait(false), ComputerName);

    /// <summary>Reads the status of all interfaces.</summary>
    public async Task<IReadOnlyList<CiscoInterfaceStatus>> GetInterfaceStatusAsync(CancellationToken cancellationToken) =>
        InterfaceStatusParser.Parse(await RunAsync("show interfaces status", cancellationToken).ConfigureAwait(false), ComputerName);

    /// <summary>Reads what the switch hashes to pick a member port.</summary>
    public async Task<IReadOnlyList<CiscoLoadBalance>> GetLoadBalanceAsync(CancellationToken cancellationToken) =>
        CiscoLoadBalanceParser.Parse(await RunAsync("show etherchannel load-balance", cancellationToken).ConfigureAwait(false), ComputerName);

    /// <summary>Reads the switch's own LACP system id.</summary>
    public async Task<CiscoLacpSystemId> GetLacpSystemIdAsync(CancellationToken cancellationToken) =>
        LacpSystemIdParser.Parse(await RunAsync("show lacp sys-id", cancellationToken).ConfigureAwait(false));

    /// <summary>Sends configuration lines; the first one that the switch rejects is an error that names it.</summary>
    public async Task ConfigureAsync(IReadOnlyList<string> lines, CancellationToken cancellationToken)
    {
        var terminal = await OpenAsync(cancellationToken).ConfigureAwait(false);
        await terminal.ConfigureAsync(lines, cancellationToken).ConfigureAwait(false);
    }

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

    /// <summary>Closes the terminal; the connection stays with its owner.</summary>
    public void Dispose()
    {
        _terminal?.Dispose();
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
