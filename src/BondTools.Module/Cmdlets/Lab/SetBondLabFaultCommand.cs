using System.Management.Automation;
using BondTools.Module.Devices;

namespace BondTools.Module.Cmdlets;

/// <summary>Makes a fault in an embedded lab, or mends what was made.</summary>
[Cmdlet(VerbsCommon.Set, "BondLabFault", DefaultParameterSetName = FaultSet)]
public sealed class SetBondLabFaultCommand : PSCmdlet
{
    private const string FaultSet = "Fault";
    private const string ClearSet = "Clear";

    /// <summary>The fault.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = FaultSet)]
    public BondLabFault Fault { get; set; }

    /// <summary>The cable it is made on: 1 (enp0s8) or 2 (enp0s9).</summary>
    [Parameter(Position = 1, ParameterSetName = FaultSet)]
    [ValidateRange(1, 2)]
    public int Link { get; set; } = 1;

    /// <summary>Mends every fault.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ClearSet)]
    public SwitchParameter Clear { get; set; }

    /// <summary>The lab; the one that runs unless given.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ValidateNotNull]
    public BondLabSession? Lab { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            var lab = LabRegistry.Get(Lab ?? LabRegistry.GetOnly());
            if (Clear)
                lab.ClearFaults();
            else
                lab.SetFault(Fault, Link);
        }
        catch (BondToolsException e)
        {
            ThrowTerminatingError(ErrorRecords.From(e, Lab));
        }
    }
}
