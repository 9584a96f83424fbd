using System.Management.Automation;
using BondTools.Linux;
using BondTools.Planning;

namespace BondTools.Module.Cmdlets;

/// <summary>Stages the removal of a bridge, the kernel's or Open vSwitch's.</summary>
[Cmdlet(VerbsCommon.Remove, "PveBridge", DefaultParameterSetName = SessionSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
public sealed class RemovePveBridgeCommand : NetworkEditCmdlet
{
    private protected override InterfacesFile Edit(InterfacesFile file) => file.Find(Name) is { Type: NetworkInterfaceType.OvsBridge }
        ? InterfacesEdit.RemoveOvsBridge(file, Name)
        : InterfacesEdit.RemoveBridge(file, Name);

    private protected override object? Find(InterfacesFile file) => null;
}
