using System;
using System.Collections.Generic;
using BondTools.Linux;

namespace BondTools.Planning;

/// <summary>What to change of a bridge; null leaves a setting as it is.</summary>
public sealed record PveBridgeChange : PveStanzaChange
{
    /// <summary>The ports; an empty list takes them all away.</summary>
    public IReadOnlyList<string>? Ports { get; init; }
    /// <summary>Whether the bridge filters VLANs.</summary>
    public bool? VlanAware { get; init; }
    /// <summary>The VLANs of every port (<c>2-4094</c>).</summary>
    public string? VlanIds { get; init; }
    /// <summary>The VLAN of what arrives without a tag, 1 to 4094.</summary>
    public int? DefaultVlanId { get; init; }
    /// <summary>Whether the bridge speaks the spanning tree protocol.</summary>
    public bool? Stp { get; init; }
    /// <summary>The forward delay, in whole seconds.</summary>
    public TimeSpan? ForwardDelay { get; init; }

    /// <summary>The bridge as it is to be.</summary>
    internal PveBridge ApplyTo(PveBridge bridge)
    {
        var vlanAware = VlanAware ?? bridge.VlanAware;
        return WithCommon(bridge, ["Ports", "VlanAware"], ClearableNames) with
        {
            Ports = Ports ?? bridge.Ports,
            VlanAware = vlanAware,
            // A bridge that stops filtering VLANs has no list of them, and no VLAN for what has no tag.
            VlanIds = VlanAware == false && VlanIds is null ? null : Keep(nameof(VlanIds), bridge.VlanIds, VlanIds),
            DefaultVlanId = VlanAware == false && DefaultVlanId is null ? null : Keep(nameof(DefaultVlanId), bridge.DefaultVlanId, DefaultVlanId),
            Stp = Keep(nameof(Stp), bridge.Stp, Stp),
            ForwardDelay = Keep(nameof(ForwardDelay), bridge.ForwardDelay, ForwardDelay),
        };
    }

    private static readonly string[] ClearableNames =
        [nameof(VlanIds), nameof(DefaultVlanId), nameof(Stp), nameof(ForwardDelay)];
}
