using System.Management.Automation;
using BondTools.Linux;
using BondTools.Planning;

namespace BondTools.Module.Cmdlets;

/// <summary>Stages a change of a VLAN; options that are not given stay as they are, byte for byte.</summary>
[Cmdlet(VerbsCommon.Set, "PveVlan", DefaultParameterSetName = SessionSet, SupportsShouldProcess = true)]
[OutputType(typeof(PveVlan))]
public sealed class SetPveVlanCommand : VlanEditCmdlet
{
    /// <summary>Whether the VLAN is brought up at boot.</summary>
    [Parameter]
    public bool? Auto { get; set; }

    /// <summary>The names of options to remove, such as <c>Mtu</c>, <c>Gateway</c> or <c>Comment</c>.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Clear { get; set; } = [];

    private protected override InterfacesFile Edit(InterfacesFile file) =>
        InterfacesEdit.SetVlan(file, Name, Options with { Auto = Auto, Clear = Clear });
}
