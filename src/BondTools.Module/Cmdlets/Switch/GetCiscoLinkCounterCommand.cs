using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Cisco;
using BondTools.Module.Devices;

namespace BondTools.Module.Cmdlets;

/// <summary>Gets interfaces of a switch and what went through them (show interfaces).</summary>
[Cmdlet(VerbsCommon.Get, "CiscoLinkCounter", DefaultParameterSetName = SessionSet)]
[OutputType(typeof(CiscoLinkCounter))]
public sealed class GetCiscoLinkCounterCommand : CiscoCmdlet
{
    /// <summary>The interfaces, such as Gi0/1 or Po1; all of them unless given.</summary>
    [Parameter(Position = 0)]
    public string[] Interface { get; set; } = [];

    private protected override async Task ProcessAsync(CiscoSwitch device, IPipelineOutput output, CancellationToken cancellationToken)
    {
        // Every name is looked at before the first goes to the switch.
        var names = Interface.Select(CiscoInterfaceName.Parse).ToList();
        if (names.Count == 0)
            await WriteAsync(await device.GetLinkCountersAsync(cancellationToken).ConfigureAwait(false), output).ConfigureAwait(false);
        foreach (var name in names)
            await WriteAsync(await device.GetLinkCountersAsync(name, cancellationToken).ConfigureAwait(false), output).ConfigureAwait(false);
    }

    private static async Task WriteAsync(IReadOnlyList<CiscoLinkCounter> counters, IPipelineOutput output)
    {
        foreach (var counter in counters)
            await output.WriteObjectAsync(counter).ConfigureAwait(false);
    }
}
