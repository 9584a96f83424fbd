using System.Management.Automation;
using BondTools.Module.Devices;

namespace BondTools.Module.Cmdlets;

/// <summary>Closes sessions.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "BondSession")]
public sealed class DisconnectBondSessionCommand : PSCmdlet
{
    /// <summary>The sessions to close; one that is closed already is left as it is.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public BondSession[] Session { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var session in Session)
        {
            WriteVerbose($"Closing session {session.Id} to {session.ComputerName}.");
            SessionRegistry.Close(session);
        }
    }
}
