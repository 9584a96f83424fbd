using System.Management.Automation;
using BondTools.Linux;
using BondTools.Planning;

namespace BondTools.Module.Cmdlets;

/// <summary>Stages a new bridge: of the kernel, or with -Ovs of Open vSwitch.</summary>
[Cmdlet(VerbsCommon.New, "PveBridge", DefaultParameterSetName = SessionSet, SupportsShouldProcess = true)]
[OutputType(typeof(PveBridge), typeof(PveOvsBridge))]
public sealed class NewPveBridgeCommand : BridgeEditCmdlet
{
    /// <summary>Does not bring the bridge up at boot.</summary>
    [Parameter]
    public SwitchParameter NoAuto { get; set; }

    /// <summary>Makes a bridge of Open vSwitch instead of the kernel's; its bonds are added with New-PveBond -OvsBridge.</summary>
    [Parameter]
    public SwitchParameter Ovs { get; set; }

    private protected override bool IsNew => true;

    private string Method => Address is { Length: > 0 } ? "static" : "manual";

    private protected override InterfacesFile Edit(InterfacesFile file) => Ovs
        ? InterfacesEdit.AddOvsBridge(file, OvsOptions().ApplyTo(new PveOvsBridge { Name = Name, Auto = !NoAuto, Method = Method }))
        : InterfacesEdit.AddBridge(file, Options.ApplyTo(new PveBridge { Name = Name, Auto = !NoAuto, Method = Method }));
}
