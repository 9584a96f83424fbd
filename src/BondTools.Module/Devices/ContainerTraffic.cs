using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Linux;

namespace BondTools.Module.Devices;

/// <summary>Traffic that is made on purpose: pings from each container to each destination, several at a time.</summary>
internal sealed class ContainerTraffic(PveHost host, IReadOnlyList<int> containers, IReadOnlyList<IPAddress> destinations, int count)
{
    // Short, so that a test is over in seconds; ping grants it to root, which pct exec is.
    private const double IntervalSeconds = 0.05;

    // Each ping holds a channel of the connection; OpenSSH grants ten (MaxSessions).
    private const int Parallel = 8;

    /// <summary>Sends all of it.</summary>
    /// <returns>The pairs that did not get every answer, as sentences.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(CancellationToken cancellationToken)
    {
        using var places = new SemaphoreSlim(Parallel);
        var pairs = from container in containers from destination in destinations select PingAsync(container, destination, places, cancellationToken);
        return [.. (await Task.WhenAll(pairs).ConfigureAwait(false)).OfType<string>()];
    }

    private async Task<string?> PingAsync(int container, IPAddress destination, SemaphoreSlim places, CancellationToken cancellationToken)
    {
        await places.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var command = string.Format(CultureInfo.InvariantCulture, "pct exec {0} -- ping -q -c {1} -i {2} -W 1 {3}", container, count, IntervalSeconds, destination);
            var result = await host.TryRunAsync(command, cancellationToken).ConfigureAwait(false);
            // 1: not every packet was answered. Anything above is an error of ping or pct itself.
            if (result.ExitStatus is not (0 or 1))
                throw new CommandFailedException(command, result);
            var ping = PingSummary.Parse(result.Output);
            return ping.Received == ping.Transmitted
                ? null
                : string.Format(CultureInfo.InvariantCulture, "{0} got {1} of {2} answers from {3}.", container, ping.Received, ping.Transmitted, destination);
        }
        finally
        {
            places.Release();
        }
    }
}
