using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Linux;
using BondTools.Module.Devices;

namespace BondTools.Module.Cmdlets;

/// <summary>Changes the network interface of a container (pct set); what is not given stays as it is.</summary>
[Cmdlet(VerbsCommon.Set, "PveContainerNetwork", DefaultParameterSetName = SessionSet, SupportsShouldProcess = true)]
[OutputType(typeof(ContainerNetwork))]
public sealed class SetPveContainerNetworkCommand : PveCmdlet
{
    /// <summary>The container's id, 100 to 999999999.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("VmId")]
    [ValidateRange(100, 999999999)]
    public int ContainerId { get; set; }

    /// <summary>The interface of the container's configuration, <c>net0</c> to <c>net31</c>.</summary>
    [Parameter]
    [ValidatePattern("^net([0-9]|[12][0-9]|3[01])$")]
    public string Id { get; set; } = "net0";

    /// <summary>The bridge on the host.</summary>
    [Parameter]
    [ValidateInterfaceName]
    public string? Bridge { get; set; }

    /// <summary>The IPv4 address in CIDR form, <c>dhcp</c> or <c>manual</c>.</summary>
    [Parameter]
    [Alias("Address")]
    public string? IPv4 { get; set; }

    /// <summary>The IPv4 default gateway.</summary>
    [Parameter]
    public IPAddress? Gateway { get; set; }

    /// <summary>The IPv6 address in CIDR form, <c>auto</c>, <c>dhcp</c> or <c>manual</c>.</summary>
    [Parameter]
    public string? IPv6 { get; set; }

    /// <summary>The IPv6 default gateway.</summary>
    [Parameter]
    public IPAddress? Gateway6 { get; set; }

    /// <summary>The VLAN, 1 to 4094.</summary>
    [Parameter]
    [ValidateRange(1, 4094)]
    public int? VlanTag { get; set; }

    /// <summary>Writes the interface as it is afterwards; with -WhatIf, as it would be.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override async Task ProcessAsync(PveHost host, IPipelineOutput output, CancellationToken cancellationToken)
    {
        var present = (await host.GetContainerNetworksAsync([ContainerId], cancellationToken).ConfigureAwait(false)).FirstOrDefault(n => n.Id == Id)
            ?? throw new BondToolsException(BondToolsErrorKind.NotFound, $"Container {ContainerId} on {host.ComputerName} has no {Id}.");
        var wish = present with
        {
            Bridge = Bridge ?? present.Bridge,
            IPv4 = IPv4 ?? present.IPv4,
            Gateway = Gateway?.ToString() ?? present.Gateway,
            IPv6 = IPv6 ?? present.IPv6,
            Gateway6 = Gateway6?.ToString() ?? present.Gateway6,
            VlanTag = VlanTag ?? present.VlanTag,
        };
        var command = string.Format(CultureInfo.InvariantCulture, "pct set {0} -{1} {2}", ContainerId, Id, ShellWord.Quote(wish.ToOption()));
        if (await output.ShouldProcessAsync(
            $"Run on {host.ComputerName}: {command}",
            $"Run this on {host.ComputerName}? {command}",
            MyInvocation.MyCommand.Name).ConfigureAwait(false))
            await host.RunAsync(command, cancellationToken).ConfigureAwait(false);

        if (PassThru)
            await output.WriteObjectAsync(wish).ConfigureAwait(false);
    }
}
