using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Linux;
using BondTools.Module.Devices;

namespace BondTools.Module.Cmdlets;

/// <summary>A cmdlet that reads something from a host's interfaces file.</summary>
public abstract class InterfacesReadCmdlet : PveCmdlet
{
    /// <summary>The names; everything there is unless given.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateInterfaceName]
    public string[] Name { get; set; } = [];

    /// <summary>Reads the staged file (interfaces.new) where there is one, instead of the present one.</summary>
    [Parameter]
    public SwitchParameter Pending { get; set; }

    /// <summary>The records of the file, each with its name.</summary>
    private protected abstract IEnumerable<(string Name, object Record)> Select(InterfacesFile file);

    private protected sealed override async Task ProcessAsync(PveHost host, IPipelineOutput output, CancellationToken cancellationToken)
    {
        var file = await host.GetInterfacesAsync(Pending, cancellationToken).ConfigureAwait(false);
        var records = Select(file).ToList();
        host.RequireAll(Name, records.Select(r => r.Name), "such interface in its configuration named");
        foreach (var (name, record) in records)
        {
            if (Name.Length == 0 || Array.IndexOf(Name, name) >= 0)
                await output.WriteObjectAsync(record).ConfigureAwait(false);
        }
    }
}
