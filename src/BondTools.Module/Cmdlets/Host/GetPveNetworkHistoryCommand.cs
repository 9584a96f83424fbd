using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Module.Devices;
using BondTools.Planning;

namespace BondTools.Module.Cmdlets;

/// <summary>Gets what a host remembers of the publications on it, the newest first.</summary>
[Cmdlet(VerbsCommon.Get, "PveNetworkHistory", DefaultParameterSetName = SessionSet)]
[OutputType(typeof(NetworkPublicationRecord))]
public sealed class GetPveNetworkHistoryCommand : PveCmdlet
{
    /// <summary>The publications; all that the host remembers unless given.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidatePublicationId]
    public string[] Id { get; set; } = [];

    private protected override async Task ProcessAsync(PveHost host, IPipelineOutput output, CancellationToken cancellationToken)
    {
        var history = new NetworkHistory(host);
        var entries = await history.ListAsync(cancellationToken).ConfigureAwait(false);
        host.RequireAll(Id, entries.Select(e => e.Id), "publication");
        foreach (var entry in entries.Where(e => Id.Length == 0 || Id.Contains(e.Id)))
            await output.WriteObjectAsync(await history.ReadAsync(entry, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
    }
}
