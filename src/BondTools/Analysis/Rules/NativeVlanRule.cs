using System.Collections.Generic;
using System.Linq;
using BondTools.Planning;

namespace BondTools.Analysis.Rules;

/// <summary>The switch and a bridge put frames without a tag into different VLANs.</summary>
internal sealed class NativeVlanRule() : LinkRule(
    "native-vlan-mismatch", FindingSeverity.Error, FindingEnd.Both, LinkFacts.Channel | LinkFacts.PortSettings | LinkFacts.Stanzas)
{
    // What either end takes that is told nothing.
    private const int Default = 1;

    public override IEnumerable<Finding> Examine(LinkCase link) =>
        from channel in link.Channels
        let settings = link.Switch.Settings(channel.PortChannel)
        where settings is { Switched: true, Mode: CiscoSwitchportMode.Trunk }
        let native = settings.NativeVlan ?? Default
        from bridge in link.Host.VlanAwareBridges
        let pvid = HostCase.Number(bridge.Option("bridge-pvid")) ?? Default
        where pvid != native
        select Find(
            $"Frames without a tag are in VLAN {native} on {channel.PortChannel} and in VLAN {pvid} on {bridge.Name}.",
            [channel.PortChannel, bridge.Name],
            $"Make them one: switchport trunk native vlan {pvid} on {channel.PortChannel}, or bridge-pvid {native} on {bridge.Name}.",
            [$"{link.SwitchLabel} {channel.PortChannel}: native VLAN {native}", $"{link.HostLabel} {bridge.Name}: bridge-pvid {pvid}"]);
}
