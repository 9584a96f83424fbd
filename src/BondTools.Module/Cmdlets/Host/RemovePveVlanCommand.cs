using System.Management.Automation;
using BondTools.Linux;
using BondTools.Planning;

namespace BondTools.Module.Cmdlets;

/// <summary>Stages the removal of a VLAN.</summary>
[Cmdlet(VerbsCommon.Remove, "PveVlan", DefaultParameterSetName = SessionSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
public sealed class RemovePveVlanCommand : NetworkEditCmdlet
{
    private protected override InterfacesFile Edit(InterfacesFile file) => InterfacesEdit.RemoveVlan(file, Name);

    private protected override object? Find(InterfacesFile file) => null;
}
