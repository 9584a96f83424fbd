using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Planning;

namespace BondTools.Module.Devices;

/// <summary>What a host remembers of the publications on it.</summary>
internal sealed class NetworkHistory(PveHost host)
{
    // The marks are what guard.sh goes by, so they say how a publication ended; its record may lack the last lines.
    private const string ListRecords =
        "[ \"$(id -u)\" = 0 ] || { echo 'only root may read the record' >&2; exit 71; }; " +
        $"for record in {HostPaths.State}/*/record; do if [ -e \"$record\" ]; then cat \"$record\"; " +
        "for mark in armed applied restoring confirmed rolledback healed disarmed; do if [ -e \"${record%record}$mark\" ]; then echo mark=$mark; fi; done; " +
        "echo; fi; done";

    /// <summary>The publications, newest first.</summary>
    public async Task<IReadOnlyList<PublicationEntry>> ListAsync(CancellationToken cancellationToken) =>
        PublicationEntry.Parse(await host.RunAsync(ListRecords, cancellationToken).ConfigureAwait(false));

    /// <summary>One publication with both its files.</summary>
    /// <exception cref="BondToolsException">UnexpectedOutput when a file is not the one that was recorded.</exception>
    public async Task<NetworkPublicationRecord> ReadAsync(PublicationEntry entry, CancellationToken cancellationToken)
    {
        var folder = $"{HostPaths.State}/{entry.Id}";
        return entry.WithFiles(
            host.ComputerName,
            await ReadFileAsync($"{folder}/before", entry.BeforeSha256, cancellationToken).ConfigureAwait(false),
            await ReadFileAsync($"{folder}/wish", entry.AfterSha256, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>The publication with this id; without one, the last that was confirmed.</summary>
    /// <exception cref="BondToolsException">NotFound when there is none.</exception>
    public async Task<NetworkPublicationRecord> FindAsync(string? id, CancellationToken cancellationToken)
    {
        var entries = await ListAsync(cancellationToken).ConfigureAwait(false);
        host.RequireAll(id is null ? [] : [id], entries.Select(e => e.Id), "publication");
        var entry = entries.FirstOrDefault(e => id is null ? e.Outcome == PublicationOutcome.Confirmed : e.Id == id)
            ?? throw new BondToolsException(BondToolsErrorKind.NotFound, $"{host.ComputerName} remembers no publication that was confirmed.")
            {
                RecommendedAction = "Get-PveNetworkHistory shows what it remembers.",
            };
        return await ReadAsync(entry, cancellationToken).ConfigureAwait(false);
    }

    private async Task<string> ReadFileAsync(string path, string sha256, CancellationToken cancellationToken)
    {
        var text = await host.RunAsync($"cat {path}", cancellationToken).ConfigureAwait(false);
        return HostNetworkFiles.Sha256(text) == sha256
            ? text
            : throw new BondToolsException(BondToolsErrorKind.UnexpectedOutput, $"{path} on {host.ComputerName} is not the file that was recorded.")
            {
                RecommendedAction = "Somebody changed it; compare it with a backup before you use it.",
            };
    }
}
