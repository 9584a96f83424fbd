using System.Management.Automation;
using BondTools.Linux;
using BondTools.Planning;

namespace BondTools.Module.Cmdlets;

/// <summary>Stages a new VLAN on a NIC, a bond or a bridge.</summary>
[Cmdlet(VerbsCommon.New, "PveVlan", DefaultParameterSetName = SessionSet, SupportsShouldProcess = true)]
[OutputType(typeof(PveVlan))]
public sealed class NewPveVlanCommand : VlanEditCmdlet
{
    /// <summary>Does not bring the VLAN up at boot.</summary>
    [Parameter]
    public SwitchParameter NoAuto { get; set; }

    private protected override InterfacesFile Edit(InterfacesFile file) => InterfacesEdit.AddVlan(file, Options.ApplyTo(new PveVlan
    {
        Name = Name,
        Auto = !NoAuto,
        Method = Address is { Length: > 0 } ? "static" : "manual",
    }));
}
