using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Analysis;
using BondTools.Hashing;
using BondTools.Linux;
using BondTools.Planning;

namespace BondTools.Module.Devices;

/// <summary>
/// Traffic that is made on purpose, from each container to each destination, several containers at a time: pings, which come
/// back, and for a policy that hashes ports datagrams, each from a port of its own.
/// </summary>
internal sealed class ContainerTraffic(PveHost host, IReadOnlyList<int> containers, IReadOnlyList<IPAddress> destinations, int count)
{
    // Short, so that a test is over in seconds; ping grants it to root, which pct exec is.
    private const double IntervalSeconds = 0.05;

    // Each ping holds a channel of the connection; OpenSSH grants ten (MaxSessions).
    private const int Parallel = 8;

    // The discard service: where there is one it says nothing, and where there is none the answer is a message of ICMP.
    private const int DiscardPort = 9;
    private const int DatagramBytes = 500;

    private const int NoSuchCommand = 127;

    /// <summary>
    /// Lets each container find each destination's MAC address, and tells the flows that its pings are.
    /// </summary>
    /// <returns>The flows; null when an address of one is not known (DHCP, IPv6, a destination behind a router or silent).</returns>
    public async Task<IReadOnlyList<FlowTraffic>?> IntroduceAsync(CancellationToken cancellationToken)
    {
        using var places = new SemaphoreSlim(Parallel);
        var networks = await host.GetContainerNetworksAsync(containers, cancellationToken).ConfigureAwait(false);
        var flows = await Task.WhenAll(containers.Select(container => IntroduceAsync(container, networks, places, cancellationToken))).ConfigureAwait(false);
        return flows.All(own => own is not null) ? [.. flows.SelectMany(own => own!)] : null;
    }

    /// <summary>Sends all of it.</summary>
    /// <param name="variesPorts">Whether to send datagrams too.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The pairs that did not get every answer, and the containers that could not send, as sentences.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(bool variesPorts, CancellationToken cancellationToken)
    {
        using var places = new SemaphoreSlim(Parallel);
        var pings = from container in containers from destination in destinations select PingAsync(container, destination, places, cancellationToken);
        var datagrams = variesPorts ? containers.Select(container => SendAsync(container, places, cancellationToken)) : [];
        return [.. (await Task.WhenAll(pings.Concat(datagrams)).ConfigureAwait(false)).OfType<string>()];
    }

    private async Task<List<FlowTraffic>?> IntroduceAsync(int container, IReadOnlyList<ContainerNetwork> networks, SemaphoreSlim places, CancellationToken cancellationToken)
    {
        var result = await ExecuteAsync(
            container,
            $"sh -c {ShellWord.Quote($"for a in {string.Join(" ", destinations)}; do ping -q -c 1 -W 1 $a > /dev/null 2>&1; done; cat /proc/net/arp")}",
            places,
            cancellationToken).ConfigureAwait(false);
        if (result.ExitStatus != 0)
            return null;
        var neighbours = ArpTable.Parse(result.Output);
        var flows = new List<FlowTraffic>();
        foreach (var destination in destinations)
        {
            var network = networks.FirstOrDefault(n => n.ContainerId == container && IpNetwork.TryParse(n.IPv4 ?? "", out var own) && own.Contains(destination));
            if (network is null || !neighbours.TryGetValue(destination, out var mac))
                return null;
            flows.Add(new FlowTraffic
            {
                Flow = Flow.Between(IPAddress.Parse(network.IPv4!.Split('/')[0]), destination) with
                {
                    SourceMac = network.HardwareAddress, DestinationMac = mac, Protocol = 1, IcmpType = 8, VlanTag = (ushort)(network.VlanTag ?? 0),
                },
                Packets = count,
            });
        }
        return flows;
    }

    private async Task<string?> PingAsync(int container, IPAddress destination, SemaphoreSlim places, CancellationToken cancellationToken)
    {
        var command = string.Format(CultureInfo.InvariantCulture, "ping -q -c {0} -i {1} -W 1 {2}", count, IntervalSeconds, destination);
        var result = await ExecuteAsync(container, command, places, cancellationToken).ConfigureAwait(false);
        // 1: not every packet was answered. Anything above is an error of ping or pct itself.
        if (result.ExitStatus is not (0 or 1))
            throw new CommandFailedException(Inside(container, command), result);
        var ping = PingSummary.Parse(result.Output);
        return ping.Received == ping.Transmitted
            ? null
            : string.Format(CultureInfo.InvariantCulture, "{0} got {1} of {2} answers from {3}.", container, ping.Received, ping.Transmitted, destination);
    }

    // bash opens a socket for each redirection, and the kernel picks its port: one end's port varies and the other's stays,
    // because two ports that step alike leave the hash as it was. Nothing but bash is needed, and that is in most containers.
    private async Task<string?> SendAsync(int container, SemaphoreSlim places, CancellationToken cancellationToken)
    {
        var script = string.Format(
            CultureInfo.InvariantCulture,
            "for i in $(seq {0}); do for a in {1}; do echo {2} > /dev/udp/$a/{3}; done; done",
            count,
            string.Join(" ", destinations),
            new string('x', DatagramBytes - 1),
            DiscardPort);
        var result = await ExecuteAsync(container, $"bash -c {ShellWord.Quote(script)}", places, cancellationToken).ConfigureAwait(false);
        return result.ExitStatus switch
        {
            0 => null,
            NoSuchCommand => $"{container} has no bash, which sends datagrams from many ports: it sent pings only.",
            _ => $"{container} could not send datagrams: {result.Error.Trim()}",
        };
    }

    private async Task<CommandResult> ExecuteAsync(int container, string command, SemaphoreSlim places, CancellationToken cancellationToken)
    {
        await places.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await host.TryRunAsync(Inside(container, command), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            places.Release();
        }
    }

    private static string Inside(int container, string command) => string.Format(CultureInfo.InvariantCulture, "pct exec {0} -- {1}", container, command);
}
