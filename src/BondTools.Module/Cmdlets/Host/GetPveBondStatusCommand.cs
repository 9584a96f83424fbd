using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Linux;
using BondTools.Module.Devices;

namespace BondTools.Module.Cmdlets;

/// <summary>Gets the state of bonds from the kernel of a host (/proc/net/bonding).</summary>
[Cmdlet(VerbsCommon.Get, "PveBondStatus", DefaultParameterSetName = SessionSet)]
[OutputType(typeof(BondStatus))]
public sealed class GetPveBondStatusCommand : PveCmdlet
{
    /// <summary>The bonds; all of them unless given.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateInterfaceName]
    public string[] Name { get; set; } = [];

    private protected override async Task ProcessAsync(PveHost host, IPipelineOutput output, CancellationToken cancellationToken)
    {
        foreach (var bond in await host.GetBondStatusAsync(Name, cancellationToken).ConfigureAwait(false))
            await output.WriteObjectAsync(bond).ConfigureAwait(false);
    }
}
