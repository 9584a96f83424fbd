using System.Management.Automation;
using BondTools.Lab;
using BondTools.Module.Devices;

namespace BondTools.Module.Cmdlets;

/// <summary>Starts an embedded lab and opens a session to each of its two devices. It needs no network and no privileges.</summary>
[Cmdlet(VerbsLifecycle.Start, "BondLab")]
[OutputType(typeof(BondLabSession))]
public sealed class StartBondLabCommand : PSCmdlet
{
    /// <summary>A name for the lab.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "lab";

    /// <summary>Starts with the bond of the article configured at both ends, instead of with bare devices.</summary>
    [Parameter]
    public SwitchParameter Configured { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        var options = new BondLabOptions { Start = Configured ? BondLabStart.Article : BondLabStart.Bare };
        WriteObject(LabRegistry.Register(Name, BondLab.Create(options)));
    }
}
