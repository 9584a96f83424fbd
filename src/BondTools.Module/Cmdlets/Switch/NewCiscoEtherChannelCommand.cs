using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Cisco;
using BondTools.Module.Devices;
using BondTools.Planning;

namespace BondTools.Module.Cmdlets;

/// <summary>Configures a port-channel and its members. The running configuration is changed at once; it is saved only by Save-CiscoConfiguration.</summary>
[Cmdlet(VerbsCommon.New, "CiscoEtherChannel", DefaultParameterSetName = SessionSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(CiscoEtherChannel))]
public sealed class NewCiscoEtherChannelCommand : CiscoCmdlet
{
    /// <summary>The channel-group number.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateRange(1, 4096)]
    public int Group { get; set; }

    /// <summary>The member ports, by long or short name (<c>Ethernet0/0</c>, <c>Et0/0</c>).</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string[] Interface { get; set; } = [];

    /// <summary>How the channel is negotiated (channel-group N mode …).</summary>
    [Parameter]
    public ChannelGroupMode Mode { get; set; } = ChannelGroupMode.Active;

    /// <summary>The port-channel's description.</summary>
    [Parameter]
    public string? Description { get; set; }

    /// <summary>Writes the port-channel as the switch shows it right afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override async Task ProcessAsync(CiscoSwitch device, IPipelineOutput output, CancellationToken cancellationToken)
    {
        var lines = new EtherChannelPlan
        {
            Group = Group,
            Interfaces = [.. Interface.Select(CiscoInterfaceName.Parse)],
            Mode = Mode,
            Description = Description,
        }.ConfigurationLines();

        var present = await device.GetEtherChannelsAsync(cancellationToken).ConfigureAwait(false);
        if (present.FirstOrDefault(c => c.Group == Group) is { } existing && existing.Members.Count > 0)
        {
            throw new BondToolsException(
                BondToolsErrorKind.AlreadyExists,
                $"{device.ComputerName} has {existing.PortChannel} already, with {string.Join(", ", existing.Members.Select(m => m.Interface))}.")
            {
                RecommendedAction = "Choose another -Group, or remove this one with Remove-CiscoEtherChannel.",
            };
        }

        if (!await output.ShouldConfigureAsync(device, lines, MyInvocation.MyCommand.Name).ConfigureAwait(false))
            return;
        await device.ConfigureAsync(lines, cancellationToken).ConfigureAwait(false);
        if (!PassThru)
            return;
        foreach (var channel in await device.GetEtherChannelsAsync(cancellationToken).ConfigureAwait(false))
        {
            if (channel.Group == Group)
                await output.WriteObjectAsync(channel).ConfigureAwait(false);
        }
    }
}
