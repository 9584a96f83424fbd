using System.Linq;
using System.Management.Automation;
using BondTools.Linux;
using BondTools.Planning;

namespace BondTools.Module.Cmdlets;

/// <summary>The options of a VLAN, for New-PveVlan and Set-PveVlan.</summary>
public abstract class VlanEditCmdlet : StanzaEditCmdlet
{
    /// <summary>The interface that the VLAN is on (vlan-raw-device); a name such as <c>bond0.100</c> says it already.</summary>
    [Parameter(Position = 1)]
    [Alias("RawDevice")]
    [ValidateInterfaceName]
    public string? Device { get; set; }

    /// <summary>The VLAN's number, 1 to 4094 (vlan-id); a name such as <c>bond0.100</c> or <c>vlan100</c> says it already.</summary>
    [Parameter(Position = 2)]
    [ValidateRange(1, 4094)]
    public int? VlanId { get; set; }

    /// <summary>What the parameters say of a VLAN, for a new one and for one that is there.</summary>
    private protected PveVlanChange Options => new()
    {
        Device = Device,
        VlanId = VlanId,
        Mtu = Mtu,
        Addresses = Address,
        Gateway = Gateway,
        Gateway6 = Gateway6,
        Comment = Comment,
    };

    private protected sealed override object? Find(InterfacesFile file) => file.Vlans.FirstOrDefault(v => v.Name == Name);
}
