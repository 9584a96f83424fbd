using System.Management.Automation;
using System.Security;

namespace BondTools.Module.Cmdlets;

/// <summary>Opens sessions to Cisco switches over SSH.</summary>
[Cmdlet(VerbsCommunications.Connect, "CiscoSwitch", DefaultParameterSetName = ComputerNameSet)]
[OutputType(typeof(BondSession))]
public sealed class ConnectCiscoSwitchCommand : ConnectCmdlet
{
    /// <summary>The secret for privileged mode, where the login alone does not reach it.</summary>
    [Parameter]
    public SecureString? EnablePassword { get; set; }

    private protected override BondDeviceKind DeviceKind => BondDeviceKind.CiscoSwitch;

    private protected override SecureString? EnableSecret => EnablePassword;
}
