using System;
using System.Linq;
using System.Management.Automation;
using BondTools.Linux;
using BondTools.Planning;

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

    /// <summary>The VLAN of what arrives without a tag at a VLAN-aware bridge, 1 to 4094 (bridge-pvid).</summary>
    [Parameter]
    [Alias("Pvid")]
    [ValidateRange(1, 4094)]
    public int? DefaultVlanId { get; set; }

    /// <summary>Whether the bridge speaks the spanning tree protocol.</summary>
    [Parameter]
    public bool? Stp { get; set; }

    /// <summary>The forward delay in seconds, 0 to 30.</summary>
    [Parameter]
    [ValidateRange(0, 30)]
    public int? ForwardDelay { get; set; }

    /// <summary>What the parameters say of a bridge, for a new one and for one that is there.</summary>
    private protected PveBridgeChange Options => new()
    {
        Ports = BridgePort,
        VlanAware = VlanAware,
        VlanIds = VlanIds,
        DefaultVlanId = DefaultVlanId,
        Stp = Stp,
        ForwardDelay = ForwardDelay is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        Mtu = Mtu,
        Addresses = Address,
        Gateway = Gateway,
        Gateway6 = Gateway6,
        Comment = Comment,
    };

    /// <summary>What the parameters say of an Open vSwitch bridge.</summary>
    /// <exception cref="BondToolsException">InvalidConfiguration: a parameter is one of the kernel's bridges.</exception>
    private protected PveOvsBridgeChange OvsOptions()
    {
        RefuseForeign(OvsRules.Foreign(Options), "bridge");
        return new PveOvsBridgeChange
        {
            Ports = BridgePort,
            Mtu = Mtu,
            Addresses = Address,
            Gateway = Gateway,
            Gateway6 = Gateway6,
            Comment = Comment,
        };
    }

    private protected sealed override object? Find(InterfacesFile file) =>
        (object?)file.Bridges.FirstOrDefault(b => b.Name == Name) ?? file.OvsBridges.FirstOrDefault(b => b.Name == Name);
}
