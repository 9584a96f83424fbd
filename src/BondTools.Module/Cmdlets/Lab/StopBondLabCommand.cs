using System.Management.Automation;
using BondTools.Module.Devices;

namespace BondTools.Module.Cmdlets;

/// <summary>Stops embedded labs and closes their sessions.</summary>
[Cmdlet(VerbsLifecycle.Stop, "BondLab")]
public sealed class StopBondLabCommand : PSCmdlet
{
    /// <summary>The labs; all that run unless given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public BondLabSession[]? Lab { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var lab in Lab ?? LabRegistry.GetAll())
            LabRegistry.Stop(lab);
    }
}
