using System;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Module.Devices;
using BondTools.Module.Ssh;

namespace BondTools.Module.Cmdlets;

/// <summary>A cmdlet that opens sessions and writes each as soon as it stands.</summary>
public abstract class ConnectCmdlet : ConnectionCmdlet
{
    private protected sealed override async Task ProcessConnectedAsync(DeviceLink link, SshSettings settings, IPipelineOutput output, CancellationToken cancellationToken)
    {
        var session = SessionRegistry.Register(link, settings.Port, settings.UserName);
        try
        {
            await output.WriteObjectAsync(session).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The pipeline stopped before anybody saw this session.
            SessionRegistry.Close(session);
            throw;
        }
    }
}
