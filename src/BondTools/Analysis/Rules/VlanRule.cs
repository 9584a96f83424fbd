using System.Collections.Generic;
using System.Linq;
using BondTools.Cisco;
using BondTools.Planning;

namespace BondTools.Analysis.Rules;

/// <summary>The host uses VLANs on the bond that the switch does not let over the port-channel.</summary>
internal sealed class VlanRule() : LinkRule(
    "vlan-not-allowed", FindingSeverity.Error, FindingEnd.Switch, LinkFacts.Channel | LinkFacts.PortSettings | LinkFacts.Stanzas)
{
    public override IEnumerable<Finding> Examine(LinkCase link)
    {
        var wishes = Wishes(link);
        foreach (var channel in link.Channels)
        {
            if (link.Switch.Settings(channel.PortChannel) is not { Switched: true, Mode: { } mode } settings)
                continue;
            // An access port carries no tags at all.
            var allowed = mode == CiscoSwitchportMode.Access ? [] : settings.AllowedVlans is { } list ? VlanSet.Of(list) : null;
            if (allowed is null)
                continue;
            foreach (var (name, vlans) in wishes)
            {
                var missing = vlans.Where(vlan => !allowed.Contains(vlan)).ToList();
                if (missing.Count > 0)
                    yield return Describe(link, channel, name, missing, mode, settings);
            }
        }
    }

    /// <summary>The VLANs that the host says it uses, each set with the interface that says so.</summary>
    private static List<(string Name, IReadOnlyCollection<int> Vlans)> Wishes(LinkCase link)
    {
        var wishes = link.Host.VlanInterfaces
            .Select(vlan => (vlan.Name, (IReadOnlyCollection<int>)[vlan.VlanId])).ToList();
        foreach (var bridge in link.Host.VlanAwareBridges)
        {
            // Proxmox VE writes 2-4094 into every such bridge: that is no wish, but the lack of one.
            if (VlanSet.Of(string.Join(",", bridge.OptionWords("bridge-vids"))) is { } vlans && vlans.Count < VlanSet.Default.Count)
                wishes.Add((bridge.Name, vlans));
        }
        return wishes;
    }

    private Finding Describe(LinkCase link, CiscoEtherChannel channel, string name, List<int> missing, CiscoSwitchportMode mode, SwitchportSettings settings)
    {
        var list = VlanSet.Format(missing);
        var isAccess = mode == CiscoSwitchportMode.Access;
        return Find(
            isAccess
                ? $"{name} uses VLAN {list}, and {channel.PortChannel} is an access port, which carries no tags."
                : $"{name} uses VLAN {list}, which {channel.PortChannel} does not carry.",
            [channel.PortChannel, name],
            isAccess ? $"Make {channel.PortChannel} a trunk (switchport mode trunk)." : $"Allow it: switchport trunk allowed vlan add {list} on {channel.PortChannel}.",
            [$"{link.HostLabel} {name}: VLAN {list}",
                $"{link.SwitchLabel} {channel.PortChannel}: {(isAccess ? "switchport mode access" : $"switchport trunk allowed vlan {settings.AllowedVlans}")}"]);
    }
}
