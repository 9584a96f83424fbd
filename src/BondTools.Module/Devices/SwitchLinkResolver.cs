using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Cisco;
using BondTools.Hashing;

namespace BondTools.Module.Devices;

/// <summary>Tells which port of a channel the switch sends flows on: what has to be known for that is read once, each flow is asked for.</summary>
internal sealed class SwitchLinkResolver
{
    private readonly CiscoSwitch? _device;
    private readonly int? _group;
    private readonly string _method;
    private readonly IReadOnlyList<string?> _ports;

    private SwitchLinkResolver(CiscoSwitch? device, int? group, string method, IReadOnlyList<string?> ports) =>
        (_device, _group, _method, _ports) = (device, group, method, ports);

    /// <summary>Reads what was not told.</summary>
    /// <param name="device">The switch; null for a forecast.</param>
    /// <param name="told">The channel, where it is known.</param>
    /// <param name="group">The channel-group, where no channel tells it.</param>
    /// <param name="loadBalance">The switch's method, where it is known.</param>
    /// <param name="portCount">How many ports are bundled, where no channel tells it.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <exception cref="BondToolsException">InvalidConfiguration when something is neither told nor to be read; NotFound when there is not just one such channel.</exception>
    public static async Task<SwitchLinkResolver> OpenAsync(
        CiscoSwitch? device, CiscoEtherChannel? told, int? group, string? loadBalance, int? portCount, CancellationToken cancellationToken)
    {
        var channel = told ?? (device is null ? null : await FindAsync(device, group, cancellationToken).ConfigureAwait(false));
        var method = loadBalance ?? (device is null
            ? throw new BondToolsException(BondToolsErrorKind.InvalidConfiguration, "The forecast for a switch needs its method: give -LoadBalance, or -Session to ask the switch.")
            : (await device.GetLoadBalanceAsync(cancellationToken).ConfigureAwait(false))[0].Method);
        IReadOnlyList<string?> ports = channel is not null ? [.. CiscoLinkResolver.BundledPorts(channel)]
            : portCount is { } count ? [.. Enumerable.Repeat<string?>(null, count)]
            : throw new BondToolsException(BondToolsErrorKind.InvalidConfiguration, "How many ports are bundled is not known: give -EtherChannel, -Session or -PortCount.");
        return new SwitchLinkResolver(device, channel?.Group ?? group, method, ports);
    }

    /// <summary>The switch's own answer, or the forecast where it gives none.</summary>
    /// <exception cref="System.ArgumentException">The flow lacks a field that the method hashes.</exception>
    public async Task<BondLinkChoice> ResolveAsync(Flow flow, CancellationToken cancellationToken)
    {
        var answer = _device is not null && _group is { } number
            ? await _device.AskLinkAsync(number, _method, flow, cancellationToken).ConfigureAwait(false)
            : null;
        return answer is null
            ? CiscoLinkResolver.Forecast(_method, _ports, flow)
            : CiscoLinkResolver.Answered(answer, [.. _ports.OfType<string>()], flow);
    }

    private static async Task<CiscoEtherChannel> FindAsync(CiscoSwitch device, int? group, CancellationToken cancellationToken)
    {
        var channels = await device.GetEtherChannelsAsync(cancellationToken).ConfigureAwait(false);
        var wanted = group is null ? channels : [.. channels.Where(c => c.Group == group)];
        return wanted.Count == 1
            ? wanted[0]
            : throw new BondToolsException(BondToolsErrorKind.NotFound, string.Format(
                CultureInfo.InvariantCulture, "{0} has {1} port-channels{2}.", device.ComputerName, wanted.Count, group is null ? "" : $" of channel-group {group}"))
            {
                RecommendedAction = "Say which one with -Group.",
            };
    }
}
