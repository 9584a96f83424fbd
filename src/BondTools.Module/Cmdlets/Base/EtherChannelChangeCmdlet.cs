using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Cisco;
using BondTools.Module.Devices;
using BondTools.Planning;

namespace BondTools.Module.Cmdlets;

/// <summary>A cmdlet that makes an EtherChannel what it shall be: only the lines that differ are sent.</summary>
public abstract class EtherChannelChangeCmdlet : SwitchChangeCmdlet
{
    /// <summary>The channel-group number.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateRange(1, EtherChannelPlan.HighestGroup)]
    public int Group { get; set; }

    /// <summary>2 for a switched port-channel, 3 for a routed one.</summary>
    [Parameter]
    [ValidateRange(2, 3)]
    public int? Layer { get; set; }

    /// <summary>The port-channel's description: printable ASCII without a question mark.</summary>
    [Parameter]
    public string? Description { get; set; }

    /// <summary>Trunk or access.</summary>
    [Parameter]
    public CiscoSwitchportMode? SwitchportMode { get; set; }

    /// <summary>The VLANs that the trunk carries: <c>10,20-29</c>, <c>all</c> or <c>none</c>.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? AllowedVlan { get; set; }

    /// <summary>The trunk's untagged VLAN.</summary>
    [Parameter]
    public int? NativeVlan { get; set; }

    /// <summary>The VLAN of an access port-channel.</summary>
    [Parameter]
    public int? AccessVlan { get; set; }

    /// <summary>How many members must be bundled before the port-channel is up (LACP only).</summary>
    [Parameter]
    public int? MinLinks { get; set; }

    /// <summary>How many members are bundled at most; the others stand by (LACP only).</summary>
    [Parameter]
    public int? MaxBundle { get; set; }

    /// <summary>How often partners are asked for LACPDUs: every 30 seconds or every second (LACP only).</summary>
    [Parameter]
    public CiscoLacpRate? LacpRate { get; set; }

    /// <summary>The LACP port priority: one for all members, or one for each of -Interface in its order. The lowest are bundled first.</summary>
    [Parameter]
    public int[] PortPriority { get; set; } = [];

    /// <summary>The LACP system priority of the whole switch, not only of this channel.</summary>
    [Parameter]
    public int? SystemPriority { get; set; }

    /// <summary>The MTU of the port-channel and its members, in bytes.</summary>
    [Parameter]
    public int? Mtu { get; set; }

    /// <summary>Writes the port-channel as the switch shows it right afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>The wish of the parameters that New- and Set- have in common.</summary>
    private protected EtherChannelPlan Common => new()
    {
        Group = Group,
        Layer = Layer,
        Description = Description,
        SwitchportMode = SwitchportMode,
        AllowedVlans = AllowedVlan is null ? null : string.Join(",", AllowedVlan),
        NativeVlan = NativeVlan,
        AccessVlan = AccessVlan,
        MinLinks = MinLinks,
        MaxBundle = MaxBundle,
        LacpRate = LacpRate,
        PortPriorities = PortPriority,
        SystemPriority = SystemPriority,
        Mtu = Mtu,
    };

    /// <summary>The whole wish.</summary>
    private protected abstract EtherChannelPlan Plan { get; }

    private protected static IReadOnlyList<CiscoInterfaceName> Names(string[] ports) => [.. ports.Select(CiscoInterfaceName.Parse)];

    private protected sealed override async Task<IReadOnlyList<string>> PlanAsync(CiscoSwitch device, CancellationToken cancellationToken)
    {
        var present = await device.GetRunningConfigurationAsync(cancellationToken).ConfigureAwait(false);
        var plan = Plan;
        if (plan.SwitchportMode == CiscoSwitchportMode.Trunk)
            plan = plan with { TrunkEncapsulation = await NeedsEncapsulationAsync(device, plan, present.Interfaces, cancellationToken).ConfigureAwait(false) };
        return plan.ConfigurationLines(present.Interfaces, present.SystemPriority);
    }

    private protected sealed override async Task WriteChangedAsync(CiscoSwitch device, IPipelineOutput output, CancellationToken cancellationToken)
    {
        if (!PassThru)
            return;
        foreach (var channel in await device.GetEtherChannelsAsync(cancellationToken).ConfigureAwait(false))
        {
            if (channel.Group == Group)
                await output.WriteObjectAsync(channel).ConfigureAwait(false);
        }
    }

    // Where a line of the configuration names an encapsulation, there is a choice; else the switch is asked about one port.
    private static async Task<bool> NeedsEncapsulationAsync(
        CiscoSwitch device, EtherChannelPlan plan, IReadOnlyList<CiscoInterfaceConfiguration> present, CancellationToken cancellationToken)
    {
        if (present.Any(i => i.Encapsulation is not null))
            return true;
        var port = plan.Interfaces is { Count: > 0 } wished ? wished[0].Long : present.FirstOrDefault(i => i.Group == plan.Group)?.Interface;
        return port is not null && await device.NeedsEncapsulationAsync(port, cancellationToken).ConfigureAwait(false);
    }
}
