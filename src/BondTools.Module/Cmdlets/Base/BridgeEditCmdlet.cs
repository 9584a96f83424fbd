using System.Linq;
using System.Management.Automation;
using System.Net;
using BondTools.Linux;

namespace BondTools.Module.Cmdlets;

/// <summary>The options of a bridge, for New-PveBridge and Set-PveBridge.</summary>
public abstract class BridgeEditCmdlet : NetworkEditCmdlet
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

    /// <summary>The MTU in bytes, 1280 to 65520.</summary>
    [Parameter]
    [ValidateRange(1280, 65520)]
    public int? Mtu { get; set; }

    /// <summary>Addresses in CIDR form (<c>192.168.1.5/24</c>).</summary>
    [Parameter]
    public string[]? Address { get; set; }

    /// <summary>The default gateway.</summary>
    [Parameter]
    public IPAddress? Gateway { get; set; }

    /// <summary>A comment, one line.</summary>
    [Parameter]
    public string? Comment { get; set; }

    private protected sealed override object? Find(InterfacesFile file) =>
        file.Bridges.FirstOrDefault(b => b.Name == Name);
}
