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

    private protected override bool IsNew => true;

    private protected override InterfacesFile Edit(InterfacesFile file) => InterfacesEdit.AddBridge(file, new PveBridge
    {
        Name = Name,
        Ports = BridgePort ?? [],
        VlanAware = VlanAware ?? false,
        VlanIds = VlanIds,
        Mtu = Mtu,
        Auto = !NoAuto,
        Method = Address is null ? "manual" : "static",
        Addresses = Address ?? [],
        Gateway = Gateway,
        Comment = Comment,
    });
}
