using System.Management.Automation;

namespace BondTools.Module.Cmdlets;

/// <summary>Opens sessions to Proxmox VE hosts over SSH.</summary>
[Cmdlet(VerbsCommunications.Connect, "PveHost", DefaultParameterSetName = ComputerNameSet)]
[OutputType(typeof(BondSession))]
public sealed class ConnectPveHostCommand : ConnectCmdlet
{
    private protected override BondDeviceKind DeviceKind => BondDeviceKind.PveHost;
}
