using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Cisco;
using BondTools.Module.Devices;

namespace BondTools.Module.Cmdlets;

/// <summary>Gets the status of a switch's interfaces (show interfaces status).</summary>
[Cmdlet(VerbsCommon.Get, "CiscoInterfaceStatus", DefaultParameterSetName = SessionSet)]
[OutputType(typeof(CiscoInterfaceStatus))]
public sealed class GetCiscoInterfaceStatusCommand : CiscoCmdlet
{
    private protected override async Task ProcessAsync(CiscoSwitch device, IPipelineOutput output, CancellationToken cancellationToken)
    {
        foreach (var status in await device.GetInterfaceStatusAsync(cancellationToken).ConfigureAwait(false))
            await output.WriteObjectAsync(status).ConfigureAwait(false);
    }
}
