using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Module.Devices;
using BondTools.Module.Ssh;

namespace BondTools.Module.Cmdlets;

/// <summary>
/// A cmdlet that works on devices: those of -Session, those of -ComputerName over their open sessions or else over
/// connections that are closed afterwards, or, with neither, the only open session of the kind.
/// </summary>
/// <remarks>A subclass declares <c>DefaultParameterSetName = SessionSet</c> in its Cmdlet attribute.</remarks>
public abstract class DeviceCmdlet : ConnectionCmdlet
{
    /// <summary>Open sessions. Without this and -ComputerName, the only open session of the kind.</summary>
    [Parameter(ParameterSetName = SessionSet, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public BondSession[]? Session { get; set; }

    /// <summary>The work on one device. An error it throws is written with the device's name as its target.</summary>
    private protected abstract Task ProcessAsync(DeviceLink link, IPipelineOutput output, CancellationToken cancellationToken);

    private protected override void StartRecord()
    {
        if (ParameterSetName == ComputerNameSet)
        {
            base.StartRecord();
            return;
        }

        var sessions = new HashSet<BondSession>(Session is null ? [FindOnlySession()] : Choose(Session));
        ExpectTargets(sessions.Count);
        foreach (var session in sessions)
            StartSession(session);
    }

    /// <summary>Which of the sessions given are worked on, each for itself.</summary>
    private protected virtual IEnumerable<BondSession> Choose(IReadOnlyList<BondSession> sessions) => sessions;

    /// <summary>Records name the host they came from: down the pipeline they find the session that they came over.</summary>
    private protected sealed override void StartNamed(string name)
    {
        if (!IsConnectionDescribed && SessionRegistry.FindOpen(DeviceKind, name) is { } session)
            StartSession(session);
        else
            base.StartNamed(name);
    }

    private void StartSession(BondSession session) =>
        StartTarget(session.ComputerName, (output, token) => ProcessAsync(SessionRegistry.Get(session, DeviceKind), output, token));

    private protected sealed override async Task ProcessConnectedAsync(DeviceLink link, SshSettings settings, IPipelineOutput output, CancellationToken cancellationToken)
    {
        using (link)
            await ProcessAsync(link, output, cancellationToken).ConfigureAwait(false);
    }

    private BondSession FindOnlySession()
    {
        try
        {
            return SessionRegistry.GetOnlyOpen(DeviceKind);
        }
        catch (BondToolsException error)
        {
            ThrowTerminatingError(ErrorRecords.From(error, DeviceKind));
            throw;
        }
    }
}
