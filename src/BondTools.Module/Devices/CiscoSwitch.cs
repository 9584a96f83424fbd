using System;
using System.Collections.Generic;
using System.Linq;
using System.Security;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Analysis;
using BondTools.Cisco;
using BondTools.Hashing;
using BondTools.Module.Ios;

namespace BondTools.Module.Devices;

/// <summary>A Cisco switch behind a connection: what is read from it and done on it, over one terminal that stays open.</summary>
/// <remarks>
/// It is always a terminal, and never an SSH exec channel: many an IOS takes one channel a connection and closes the
/// connection with it, exec runs at the login's own level whatever the enable secret, and a terminal that stays open costs
/// less for each command than a channel does.
/// </remarks>
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

    /// <summary>Reads the port-channels, by the name that IOS, NX-OS or IOS XR has for that view.</summary>
    public async Task<IReadOnlyList<CiscoEtherChannel>> GetEtherChannelsAsync(CancellationToken cancellationToken) =>
        CiscoEtherChannelParser.Parse(
            await RunFirstAsync(cancellationToken, "show etherchannel summary", "show port-channel summary", "show bundle").ConfigureAwait(false), ComputerName);

    /// <summary>Reads the channel-groups in full; none when the switch has none.</summary>
    public async Task<IReadOnlyList<CiscoEtherChannelDetail>> GetEtherChannelDetailsAsync(CancellationToken cancellationToken)
    {
        var text = await RunAsync("show etherchannel detail", cancellationToken).ConfigureAwait(false);
        // Without a channel-group IOS prints the heading of the listing and no group below it.
        return text.IndexOf("Group", StringComparison.Ordinal) < 0 ? [] : EtherChannelDetailParser.Parse(text, ComputerName);
    }

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

    /// <summary>Reads the layer 2 side of all ports, which also a login may that may not read the configuration.</summary>
    public async Task<IReadOnlyList<CiscoSwitchport>> GetSwitchportsAsync(CancellationToken cancellationToken) =>
        SwitchportParser.Parse(await RunAsync("show interfaces switchport", cancellationToken).ConfigureAwait(false), ComputerName);

    /// <summary>Reads what the switch hears by LLDP.</summary>
    public async Task<IReadOnlyList<CiscoLldpNeighbor>> GetLldpNeighborsAsync(CancellationToken cancellationToken) =>
        CiscoLldpNeighborParser.Parse(await RunAsync("show lldp neighbors detail", cancellationToken).ConfigureAwait(false), ComputerName);

    /// <summary>Reads what the switch hashes to pick a member port.</summary>
    public async Task<IReadOnlyList<CiscoLoadBalance>> GetLoadBalanceAsync(CancellationToken cancellationToken) =>
        CiscoLoadBalanceParser.Parse(await RunFirstAsync(cancellationToken, "show etherchannel load-balance", "show port-channel load-balance").ConfigureAwait(false), ComputerName);

    /// <summary>Asks which member of a port-channel a flow would take.</summary>
    /// <returns>The switch's answer; null when it has no such command, or its method is none that can be asked for.</returns>
    public async Task<CiscoLoadBalanceAnswer?> AskLinkAsync(int group, string method, Flow flow, CancellationToken cancellationToken)
    {
        var commands = CiscoLoadBalanceQuestion.Commands(group, method, flow);
        try
        {
            return commands.Count == 0
                ? null
                : CiscoLoadBalanceAnswerParser.Parse(await RunFirstAsync(cancellationToken, [.. commands]).ConfigureAwait(false), ComputerName)[0];
        }
        catch (BondToolsException error) when (error.Kind == BondToolsErrorKind.CommandRejected)
        {
            return null;
        }
    }

    /// <summary>Reads the switch's own LACP system id.</summary>
    public async Task<CiscoLacpSystemId> GetLacpSystemIdAsync(CancellationToken cancellationToken) =>
        LacpSystemIdParser.Parse(await RunFirstAsync(cancellationToken, "show lacp sys-id", "show lacp system-identifier").ConfigureAwait(false));

    /// <summary>Reads the running configuration.</summary>
    public async Task<RunningConfiguration> GetRunningConfigurationAsync(CancellationToken cancellationToken) =>
        RunningConfiguration.Parse(await RunAsync("show running-config", cancellationToken).ConfigureAwait(false), ComputerName);

    /// <summary>Reads all that tells why members of port-channels are not bundled; what is one view for all of them, once. What the login may not read is null.</summary>
    public async Task<IReadOnlyList<EtherChannelEvidence>> GetEvidenceAsync(IReadOnlyList<CiscoEtherChannel> channels, CancellationToken cancellationToken)
    {
        if (channels.Count == 0)
            return [];
        var neighbors = channels.Any(c => c.Protocol == EtherChannelProtocol.Lacp)
            ? await UnlessRejectedAsync(() => GetLacpNeighborsAsync(cancellationToken)).ConfigureAwait(false)
            : null;
        // Routers have no such view.
        var ports = await UnlessRejectedAsync(() => GetInterfaceStatusAsync(cancellationToken)).ConfigureAwait(false);
        var evidence = new List<EtherChannelEvidence>();
        foreach (var channel in channels)
        {
            evidence.Add(new EtherChannelEvidence
            {
                Channel = channel,
                Neighbors = channel.Protocol == EtherChannelProtocol.Lacp ? neighbors : null,
                Configuration = await UnlessRejectedAsync(() => GetConfigurationAsync(channel, cancellationToken)).ConfigureAwait(false),
                Ports = ports,
            });
        }
        return evidence;
    }

    private async Task<IReadOnlyList<CiscoInterfaceConfiguration>> GetConfigurationAsync(CiscoEtherChannel channel, CancellationToken cancellationToken)
    {
        var interfaces = new List<CiscoInterfaceConfiguration>();
        foreach (var name in new[] { channel.PortChannel }.Concat(channel.Members.Select(m => m.Interface)))
        {
            var output = await RunAsync("show running-config interface " + name, cancellationToken).ConfigureAwait(false);
            interfaces.AddRange(RunningConfigurationParser.Parse(output, ComputerName));
        }
        return interfaces;
    }

    /// <summary>Reads what the login may not be allowed to read, or the switch may not have; null then.</summary>
    public static async Task<IReadOnlyList<T>?> UnlessRejectedAsync<T>(Func<Task<IReadOnlyList<T>>> read)
    {
        try
        {
            return await read().ConfigureAwait(false);
        }
        catch (BondToolsException error) when (error.Kind == BondToolsErrorKind.CommandRejected)
        {
            return null;
        }
    }

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

    // The same view under the names that the platforms have for it: the first that the device takes. What all refuse is
    // refused with the answer to the first, which IOS would have taken.
    private async Task<string> RunFirstAsync(CancellationToken cancellationToken, params string[] commands)
    {
        BondToolsException? refusal = null;
        foreach (var command in commands)
        {
            try
            {
                return await RunAsync(command, cancellationToken).ConfigureAwait(false);
            }
            catch (BondToolsException error) when (error.Kind == BondToolsErrorKind.CommandRejected)
            {
                refusal ??= error;
            }
        }
        throw refusal!;
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
