using System.Management.Automation;
using BondTools.Linux;
using BondTools.Planning;

namespace BondTools.Module.Cmdlets;

/// <summary>Stages a change of a bond; options that are not given stay as they are, byte for byte.</summary>
[Cmdlet(VerbsCommon.Set, "PveBond", DefaultParameterSetName = SessionSet, SupportsShouldProcess = true)]
[OutputType(typeof(PveBond), typeof(PveOvsBond))]
public sealed class SetPveBondCommand : BondEditCmdlet
{
    /// <summary>All the slaves that the bond shall have.</summary>
    [Parameter(Position = 1)]
    [Alias("Slaves")]
    [ValidateInterfaceName]
    public string[]? Slave { get; set; }

    /// <summary>Whether the bond is brought up at boot.</summary>
    [Parameter]
    public bool? Auto { get; set; }

    /// <summary>The names of options to remove, such as <c>Mtu</c>, <c>Gateway</c> or <c>Comment</c>.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Clear { get; set; } = [];

    private protected override InterfacesFile Edit(InterfacesFile file) => IsOvs || file.Find(Name) is { Type: NetworkInterfaceType.OvsBond }
        ? InterfacesEdit.SetOvsBond(file, Name, OvsOptions() with { Slaves = Slave, Auto = Auto, Clear = Clear })
        : InterfacesEdit.SetBond(file, Name, Options with { Slaves = Slave, Auto = Auto, Clear = Clear });
}
