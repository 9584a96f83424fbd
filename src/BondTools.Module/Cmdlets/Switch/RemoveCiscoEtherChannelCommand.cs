using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Cisco;
using BondTools.Module.Devices;
using BondTools.Planning;

namespace BondTools.Module.Cmdlets;

/// <summary>Takes the members out of a port-channel and removes it.</summary>
[Cmdlet(VerbsCommon.Remove, "CiscoEtherChannel", DefaultParameterSetName = SessionSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
public sealed class RemoveCiscoEtherChannelCommand : CiscoCmdlet
{
    /// <summary>The channel-group number.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateRange(1, 4096)]
    public int Group { get; set; }

    private protected override async Task ProcessAsync(CiscoSwitch device, IPipelineOutput output, CancellationToken cancellationToken)
    {
        var channels = await device.GetEtherChannelsAsync(cancellationToken).ConfigureAwait(false);
        var channel = channels.FirstOrDefault(c => c.Group == Group)
            ?? throw new BondToolsException(BondToolsErrorKind.NotFound, $"{device.ComputerName} has no channel-group {Group}.");
        var lines = EtherChannelPlan.RemovalLines(Group, [.. channel.Members.Select(m => CiscoInterfaceName.Parse(m.Interface))]);
        if (await output.ShouldConfigureAsync(device, lines, MyInvocation.MyCommand.Name).ConfigureAwait(false))
            await device.ConfigureAsync(lines, cancellationToken).ConfigureAwait(false);
    }
}
