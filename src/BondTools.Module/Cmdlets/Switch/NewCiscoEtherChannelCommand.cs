using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Cisco;
using BondTools.Module.Devices;
using BondTools.Planning;

namespace BondTools.Module.Cmdlets;

/// <summary>Configures a port-channel and its members. Where all is so already, nothing is sent.</summary>
[Cmdlet(VerbsCommon.New, "CiscoEtherChannel", DefaultParameterSetName = SessionSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(CiscoEtherChannel))]
public sealed class NewCiscoEtherChannelCommand : EtherChannelChangeCmdlet
{
    /// <summary>The member ports, by long or short name (<c>Ethernet0/0</c>, <c>Et0/0</c>).</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string[] Interface { get; set; } = [];

    /// <summary>How the channel is negotiated (channel-group N mode …).</summary>
    [Parameter]
    public ChannelGroupMode Mode { get; set; } = ChannelGroupMode.Active;

    private protected override EtherChannelPlan Plan => Common with { Interfaces = Names(Interface), Mode = Mode, Layer = Layer ?? 2 };

    private protected override async Task RequireAsync(CiscoSwitch device, CancellationToken cancellationToken)
    {
        var wished = Names(Interface);
        var present = await device.GetRunningConfigurationAsync(cancellationToken).ConfigureAwait(false);
        var members = present.Interfaces.Where(i => i.Group == Group).Select(i => i.Interface).ToList();
        if (members.Count == 0 || (members.Count == wished.Count && members.TrueForAll(m => wished.Any(w => CiscoInterfaceName.Same(m, w.Long)))))
            return;
        throw new BondToolsException(
            BondToolsErrorKind.AlreadyExists,
            $"{device.ComputerName} has channel-group {Group} already, with {string.Join(", ", members)}.")
        {
            RecommendedAction = "Choose another -Group, change this one with Set-CiscoEtherChannel, or remove it with Remove-CiscoEtherChannel.",
        };
    }
}
