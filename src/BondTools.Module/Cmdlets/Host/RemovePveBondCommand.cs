using System.Management.Automation;
using BondTools.Linux;
using BondTools.Planning;

namespace BondTools.Module.Cmdlets;

/// <summary>Stages the removal of a bond, the kernel's or Open vSwitch's.</summary>
[Cmdlet(VerbsCommon.Remove, "PveBond", DefaultParameterSetName = SessionSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
public sealed class RemovePveBondCommand : NetworkEditCmdlet
{
    private protected override InterfacesFile Edit(InterfacesFile file) => file.Find(Name) is { Type: NetworkInterfaceType.OvsBond }
        ? InterfacesEdit.RemoveOvsBond(file, Name)
        : InterfacesEdit.RemoveBond(file, Name);

    private protected override object? Find(InterfacesFile file) => null;
}
