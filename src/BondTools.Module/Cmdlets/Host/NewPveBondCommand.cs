using System.Management.Automation;
using BondTools.Linux;
using BondTools.Planning;

namespace BondTools.Module.Cmdlets;

/// <summary>Stages a new bond: of the kernel's driver, or with -OvsBridge of Open vSwitch.</summary>
[Cmdlet(VerbsCommon.New, "PveBond", DefaultParameterSetName = SessionSet, SupportsShouldProcess = true)]
[OutputType(typeof(PveBond), typeof(PveOvsBond))]
public sealed class NewPveBondCommand : BondEditCmdlet
{
    /// <summary>The slaves, in the order that the transmit hash will index. Proxmox sorts them by name when it rewrites the file.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [Alias("Slaves")]
    [ValidateInterfaceName]
    public string[] Slave { get; set; } = [];

    /// <summary>Does not bring the bond up at boot.</summary>
    [Parameter]
    public SwitchParameter NoAuto { get; set; }

    private protected override bool IsNew => true;

    private protected override InterfacesFile Edit(InterfacesFile file) => IsOvs
        ? InterfacesEdit.AddOvsBond(file, OvsOptions().ApplyTo(new PveOvsBond { Name = Name, Slaves = Slave, Auto = !NoAuto }))
        : InterfacesEdit.AddBond(file, Options.ApplyTo(new PveBond
        {
            Name = Name,
            Slaves = Slave,
            Mode = BondMode.Lacp,
            Auto = !NoAuto,
            Method = Address is { Length: > 0 } ? "static" : "manual",
        }));
}
