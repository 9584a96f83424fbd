using System.Management.Automation;
using BondTools.Linux;
using BondTools.Planning;

namespace BondTools.Module.Cmdlets;

/// <summary>Stages a change of a bridge; options that are not given stay as they are, byte for byte.</summary>
[Cmdlet(VerbsCommon.Set, "PveBridge", DefaultParameterSetName = SessionSet, SupportsShouldProcess = true)]
[OutputType(typeof(PveBridge), typeof(PveOvsBridge))]
public sealed class SetPveBridgeCommand : BridgeEditCmdlet
{
    /// <summary>Whether the bridge is brought up at boot.</summary>
    [Parameter]
    public bool? Auto { get; set; }

    /// <summary>The names of options to remove, such as <c>Mtu</c>, <c>Gateway</c> or <c>Comment</c>.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Clear { get; set; } = [];

    private protected override InterfacesFile Edit(InterfacesFile file) => file.Find(Name) is { Type: NetworkInterfaceType.OvsBridge }
        ? InterfacesEdit.SetOvsBridge(file, Name, OvsOptions() with { Auto = Auto, Clear = Clear })
        : InterfacesEdit.SetBridge(file, Name, Options with { Auto = Auto, Clear = Clear });
}
