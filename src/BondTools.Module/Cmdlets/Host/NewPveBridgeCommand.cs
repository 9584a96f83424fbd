using System.Management.Automation;
using BondTools.Linux;
using BondTools.Planning;

namespace BondTools.Module.Cmdlets;

/// <summary>Stages a new bridge.</summary>
[Cmdlet(VerbsCommon.New, "PveBridge", DefaultParameterSetName = SessionSet, SupportsShouldProcess = true)]
[OutputType(typeof(PveBridge))]
public sealed class NewPveBridgeCommand : BridgeEditCmdlet
{
    /// <summary>Does not bring the bridge up at boot.</summary>
    [Parameter]
    public SwitchParameter NoAuto { get; set; }

    private protected override InterfacesFile Edit(InterfacesFile file) => InterfacesEdit.AddBridge(file, Options.ApplyTo(new PveBridge
    {
        Name = Name,
        Auto = !NoAuto,
        Method = Address is { Length: > 0 } ? "static" : "manual",
    }));
}
