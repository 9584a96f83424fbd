using System.Management.Automation;
using BondTools.Linux;
using BondTools.Planning;

namespace BondTools.Module.Cmdlets;

/// <summary>Stages the removal of a bridge.</summary>
[Cmdlet(VerbsCommon.Remove, "PveBridge", DefaultParameterSetName = SessionSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
public sealed class RemovePveBridgeCommand : NetworkEditCmdlet
{
    private protected override InterfacesFile Edit(InterfacesFile file) => InterfacesEdit.RemoveBridge(file, Name);

    private protected override object? Find(InterfacesFile file) => null;
}
