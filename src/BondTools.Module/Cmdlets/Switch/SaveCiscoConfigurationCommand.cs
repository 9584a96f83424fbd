using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Module.Devices;

namespace BondTools.Module.Cmdlets;

/// <summary>Saves a switch's running configuration as its startup configuration (write memory).</summary>
[Cmdlet(VerbsData.Save, "CiscoConfiguration", DefaultParameterSetName = SessionSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
public sealed class SaveCiscoConfigurationCommand : CiscoCmdlet
{
    private protected override async Task ProcessAsync(CiscoSwitch device, IPipelineOutput output, CancellationToken cancellationToken)
    {
        if (await output.ShouldProcessAsync(
            $"Run on {device.ComputerName}: {CiscoSwitch.SaveCommand}",
            $"Save the running configuration of {device.ComputerName} as its startup configuration?",
            MyInvocation.MyCommand.Name).ConfigureAwait(false))
            await device.SaveAsync(cancellationToken).ConfigureAwait(false);
    }
}
