using System.Collections.Generic;
using BondTools.Linux;

namespace BondTools.Planning;

/// <summary>What to change of an Open vSwitch bridge; null leaves a setting as it is.</summary>
public sealed record PveOvsBridgeChange : PveStanzaChange
{
    /// <summary>The ports; the bonds and internal ports among them stay what they are.</summary>
    public IReadOnlyList<string>? Ports { get; init; }

    /// <summary>The bridge as it is to be.</summary>
    internal PveOvsBridge ApplyTo(PveOvsBridge bridge) => WithCommon(bridge, ["Ports"], []) with
    {
        Ports = Ports ?? bridge.Ports,
    };
}
