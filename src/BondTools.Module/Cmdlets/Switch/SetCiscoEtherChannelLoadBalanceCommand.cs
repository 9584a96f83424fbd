using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Cisco;
using BondTools.Module.Devices;

namespace BondTools.Module.Cmdlets;

/// <summary>Sets what the switch hashes to pick a member port, for all its port-channels (port-channel load-balance). Where it is so already, nothing is sent.</summary>
[Cmdlet(VerbsCommon.Set, "CiscoEtherChannelLoadBalance", DefaultParameterSetName = SessionSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(CiscoLoadBalance))]
public sealed class SetCiscoEtherChannelLoadBalanceCommand : SwitchChangeCmdlet
{
    /// <summary>The method; a platform knows some of these, and rejects the others.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateSet(
        "src-mac", "dst-mac", "src-dst-mac", "src-ip", "dst-ip", "src-dst-ip", "src-port", "dst-port", "src-dst-port",
        "src-mixed-ip-port", "dst-mixed-ip-port", "src-dst-mixed-ip-port", "vlan-src-ip", "vlan-dst-ip", "vlan-src-dst-ip",
        "vlan-src-mixed-ip-port", "vlan-dst-mixed-ip-port", "vlan-src-dst-mixed-ip-port")]
    public string Method { get; set; } = "";

    /// <summary>Writes the method as the switch shows it right afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override async Task<IReadOnlyList<string>> PlanAsync(CiscoSwitch device, CancellationToken cancellationToken)
    {
        foreach (var present in await device.GetLoadBalanceAsync(cancellationToken).ConfigureAwait(false))
        {
            if (present.Method.Equals(Method, StringComparison.OrdinalIgnoreCase))
                return [];
        }
        return ["port-channel load-balance " + Method.ToLowerInvariant()];
    }

    private protected override async Task WriteChangedAsync(CiscoSwitch device, IPipelineOutput output, CancellationToken cancellationToken)
    {
        if (!PassThru)
            return;
        foreach (var record in await device.GetLoadBalanceAsync(cancellationToken).ConfigureAwait(false))
            await output.WriteObjectAsync(record).ConfigureAwait(false);
    }
}
