using System.Linq;
using System.Management.Automation;
using BondTools.Linux;

namespace BondTools.Module.Cmdlets;

/// <summary>The options of a bridge, for New-PveBridge and Set-PveBridge.</summary>
public abstract class BridgeEditCmdlet : StanzaEditCmdlet
{
    /// <summary>The bridge's ports; an empty list for a bridge without any.</summary>
    [Parameter(Position = 1)]
    [Alias("Ports", "Member")]
    [AllowEmptyCollection]
    [ValidateInterfaceName]
    public string[]? BridgePort { get; set; }

    /// <summary>Whether the bridge filters by VLAN.</summary>
    [Parameter]
    public bool? VlanAware { get; set; }

    /// <summary>The VLANs of a VLAN-aware bridge, as Proxmox writes them (<c>2-4094</c>, <c>2 4 100-200</c>).</summary>
    [Parameter]
    public string? VlanIds { get; set; }

    private protected sealed override object? Find(InterfacesFile file) =>
        file.Bridges.FirstOrDefault(b => b.Name == Name);
}
