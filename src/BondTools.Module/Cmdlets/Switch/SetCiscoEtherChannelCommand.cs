using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Cisco;
using BondTools.Module.Devices;
using BondTools.Planning;

namespace BondTools.Module.Cmdlets;

/// <summary>Changes a port-channel and its members; what is not given stays as it is.</summary>
[Cmdlet(VerbsCommon.Set, "CiscoEtherChannel", DefaultParameterSetName = SessionSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(CiscoEtherChannel))]
public sealed class SetCiscoEtherChannelCommand : EtherChannelChangeCmdlet
{
    /// <summary>All the member ports that the channel shall have; those that it has beside them leave it.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string[]? Interface { get; set; }

    /// <summary>How the channel is negotiated. Another mode takes all members out and in again.</summary>
    [Parameter]
    public ChannelGroupMode? Mode { get; set; }

    /// <summary>The settings to take away, so that the switch's default applies again.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public EtherChannelSetting[] Clear { get; set; } = [];

    private protected override EtherChannelPlan Plan => Common with { Interfaces = Interface is null ? null : Names(Interface), Mode = Mode, Clear = Clear };

    private protected override async Task RequireAsync(CiscoSwitch device, CancellationToken cancellationToken)
    {
        var present = await device.GetRunningConfigurationAsync(cancellationToken).ConfigureAwait(false);
        if (!present.Interfaces.Any(i => i.Group == Group || CiscoInterfaceName.Same(i.Interface, CiscoInterfaceName.PortChannel(Group).Long)))
            throw new BondToolsException(BondToolsErrorKind.NotFound, $"{device.ComputerName} has no channel-group {Group}.");
    }
}
