using BondTools.Linux;

namespace BondTools.Planning;

/// <summary>What to change of a VLAN; null leaves a setting as it is.</summary>
public sealed record PveVlanChange : PveStanzaChange
{
    /// <summary>The interface that the VLAN is on; a name such as <c>bond0.100</c> says it already.</summary>
    public string? Device { get; init; }
    /// <summary>The VLAN's number, 1 to 4094; a name such as <c>bond0.100</c> or <c>vlan100</c> says it already.</summary>
    public int? VlanId { get; init; }

    /// <summary>The VLAN as it is to be.</summary>
    internal PveVlan ApplyTo(PveVlan vlan) => WithCommon(vlan, ["Device", "VlanId"], []) with
    {
        Device = Device ?? vlan.Device,
        VlanId = VlanId ?? vlan.VlanId,
    };
}
