using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Analysis;
using BondTools.Cisco;
using BondTools.Linux;
using BondTools.Module.Cmdlets;
using BondTools.Planning;

namespace BondTools.Module.Devices;

/// <summary>
/// Reads all that Test-LacpLink judges: the host's part in one round trip, the switch's over its one terminal. Only the bond and
/// the summary must be there; what a device refuses, or answers otherwise than is understood, is left out of the evidence.
/// </summary>
internal sealed class LinkEvidenceReader(PveHost host, CiscoSwitch? ciscoSwitch, IPipelineOutput output)
{
    // No file or command that is asked prints such a line of its own.
    private const string Separator = "==== BondTools: the next answer ====";

    /// <summary>Asks both ends at once: the closer together the two looks are, the less can change between them.</summary>
    /// <param name="bond">The bond; null where the host has only one.</param>
    /// <param name="group">The channel-group; null to find it through the cabling.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <exception cref="BondToolsException">NotFound where there is no such bond, or not just one.</exception>
    public async Task<LacpLinkEvidence> ReadAsync(string? bond, int? group, CancellationToken cancellationToken)
    {
        var fromHost = ReadHostAsync(bond, cancellationToken);
        var fromSwitch = ciscoSwitch is null ? null : ReadSwitchAsync(ciscoSwitch, cancellationToken);
        await Task.WhenAll(fromSwitch is null ? [fromHost] : new Task[] { fromHost, fromSwitch }).ConfigureAwait(false);

        var evidence = await fromHost.ConfigureAwait(false) with { Group = group };
        if (fromSwitch is null)
            return evidence;
        evidence = (await fromSwitch.ConfigureAwait(false))(evidence);
        evidence = evidence with { SwitchLinkCounters = await ReadPortChannelsAsync(ciscoSwitch!, evidence, cancellationToken).ConfigureAwait(false) };
        return LacpLinkAnalyzer.IsMapIncomplete(evidence)
            ? evidence with { SwitchLldpNeighbors = await OptionalAsync(() => ciscoSwitch!.GetLldpNeighborsAsync(cancellationToken)).ConfigureAwait(false) }
            : evidence;
    }

    private async Task<LacpLinkEvidence> ReadHostAsync(string? bond, CancellationToken cancellationToken)
    {
        var next = $"echo; echo '{Separator}'";
        var script = string.Join("; ", PveHost.BondStatusCommand(bond is null ? [] : [bond]), next, PveHost.LinkCounterCommand, next, $"cat {HostPaths.Interfaces} 2>/dev/null", next,
            // Few hosts have it.
            "lldpctl -f keyvalue 2>/dev/null", "true");
        var answers = (await host.RunAsync(script, cancellationToken).ConfigureAwait(false)).Split([Separator], StringSplitOptions.None);
        return new LacpLinkEvidence
        {
            Bond = host.OnlyBond(answers[0], bond),
            LinkCounters = await UnderstoodAsync(answers[1], text => LinkCounterParser.Parse(text, host.ComputerName, DateTimeOffset.Now)).ConfigureAwait(false),
            NetworkInterfaces = await UnderstoodAsync(answers[2], text => InterfacesFile.Parse(text, host.ComputerName).Interfaces).ConfigureAwait(false),
            LldpNeighbors = await UnderstoodAsync(answers[3], text => LldpNeighborParser.Parse(text, host.ComputerName)).ConfigureAwait(false),
            HostName = host.ComputerName,
        };
    }

    /// <returns>What puts the switch's answers into the evidence.</returns>
    private async Task<Func<LacpLinkEvidence, LacpLinkEvidence>> ReadSwitchAsync(CiscoSwitch device, CancellationToken cancellationToken)
    {
        var channels = await device.GetEtherChannelsAsync(cancellationToken).ConfigureAwait(false);
        var neighbors = await OptionalAsync(() => device.GetLacpNeighborsAsync(cancellationToken)).ConfigureAwait(false);
        var system = await OptionalAsync(() => device.GetLacpSystemIdAsync(cancellationToken)).ConfigureAwait(false);
        var ownSide = await OptionalAsync(() => device.GetLacpInternalAsync(cancellationToken)).ConfigureAwait(false);
        var ports = await OptionalAsync(() => device.GetInterfaceStatusAsync(cancellationToken)).ConfigureAwait(false);
        var configuration = await OptionalAsync(() => device.GetRunningConfigurationAsync(cancellationToken)).ConfigureAwait(false);
        var switchports = configuration is null ? await OptionalAsync(() => device.GetSwitchportsAsync(cancellationToken)).ConfigureAwait(false) : null;
        return evidence => evidence with
        {
            EtherChannels = channels,
            Neighbors = neighbors,
            SwitchSystemId = system?.SystemMacAddress,
            LacpInternal = ownSide,
            InterfaceStatus = ports,
            RunningConfiguration = configuration?.Interfaces,
            Switchports = switchports,
            SwitchName = device.ComputerName,
        };
    }

    // Only the port-channels concerned: all interfaces of a switch are a long answer, and the MTU is one for all members.
    private async Task<IReadOnlyList<CiscoLinkCounter>> ReadPortChannelsAsync(CiscoSwitch device, LacpLinkEvidence evidence, CancellationToken cancellationToken)
    {
        var interfaces = new List<CiscoLinkCounter>();
        foreach (var channel in LacpLinkAnalyzer.PortChannelsOf(evidence))
        {
            if (CiscoInterfaceName.TryParse(channel, out var name)
                && await OptionalAsync(() => device.GetLinkCountersAsync(name, cancellationToken)).ConfigureAwait(false) is { } counters)
                interfaces.AddRange(counters);
        }
        return interfaces;
    }

    private async Task<T?> OptionalAsync<T>(Func<Task<T>> read)
        where T : class
    {
        try
        {
            return await read().ConfigureAwait(false);
        }
        catch (BondToolsException error) when (error.Kind is BondToolsErrorKind.CommandRejected or BondToolsErrorKind.UnexpectedOutput)
        {
            await output.WriteVerboseAsync($"{ciscoSwitch!.ComputerName}: {error.Message} It is left out of the evidence.").ConfigureAwait(false);
            return null;
        }
    }

    private async Task<T?> UnderstoodAsync<T>(string text, Func<string, T> parse)
        where T : class
    {
        try
        {
            return string.IsNullOrWhiteSpace(text) ? null : parse(text);
        }
        catch (UnexpectedOutputException error)
        {
            await output.WriteVerboseAsync($"{host.ComputerName}: {error.Message} It is left out of the evidence.").ConfigureAwait(false);
            return null;
        }
    }
}
