using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Linux;
using BondTools.Module.Devices;

namespace BondTools.Module.Cmdlets;

/// <summary>A cmdlet that stages a change of a host's interfaces file. Nothing takes effect before Publish-PveNetworkChange.</summary>
public abstract class NetworkEditCmdlet : PveCmdlet
{
    /// <summary>The name of the bond, bridge or VLAN.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateInterfaceName]
    public string Name { get; set; } = "";

    /// <summary>Builds on a pending change that somebody else staged, instead of refusing.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes the record as it is staged; with -WhatIf, as it would be.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>The edited file. What makes no valid configuration is refused here, before anything is written.</summary>
    private protected abstract InterfacesFile Edit(InterfacesFile file);

    /// <summary>The record as the edited file holds it; null when it was removed.</summary>
    private protected abstract object? Find(InterfacesFile file);

    /// <summary>Whether the name is to be a new one.</summary>
    private protected virtual bool IsNew => false;

    /// <summary>What a person should know of the edit, a sentence each.</summary>
    private protected virtual IEnumerable<string> Cautions(InterfacesFile before, InterfacesFile after) => [];

    private protected sealed override async Task ProcessAsync(PveHost host, IPipelineOutput output, CancellationToken cancellationToken)
    {
        var files = new HostNetworkFiles(host);
        var edit = await files.PlanAsync(Edit, Force, cancellationToken).ConfigureAwait(false);
        var after = InterfacesFile.Parse(edit.Text, host.ComputerName);
        if (IsNew)
            await host.RefuseSourcedAsync(after, Name, cancellationToken).ConfigureAwait(false);
        foreach (var caution in Cautions(InterfacesFile.Parse(edit.Before.Pending ?? edit.Before.Current), after))
            await output.WriteWarningAsync($"{host.ComputerName}: {caution}").ConfigureAwait(false);
        if (edit.Difference.Length == 0)
            await output.WriteVerboseAsync($"{host.ComputerName} is configured like that already; nothing is staged.").ConfigureAwait(false);
        else if (await output.ShouldProcessAsync(
            $"Stage on {host.ComputerName}:\n{edit.Difference}",
            $"Stage this change on {host.ComputerName}?\n{edit.Difference}",
            MyInvocation.MyCommand.Name).ConfigureAwait(false))
            await files.StageAsync(edit, cancellationToken).ConfigureAwait(false);

        if (PassThru && Find(after) is { } record)
            await output.WriteObjectAsync(record).ConfigureAwait(false);
    }
}
