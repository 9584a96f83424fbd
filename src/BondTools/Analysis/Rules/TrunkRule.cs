using System;
using System.Collections.Generic;
using System.Linq;
using BondTools.Cisco;
using BondTools.Planning;

namespace BondTools.Analysis.Rules;

/// <summary>A member is configured otherwise than its port-channel, for which the switch keeps it out of the bundle.</summary>
internal sealed class TrunkRule() : LinkRule(
    "trunk-mismatch", FindingSeverity.Error, FindingEnd.Switch, LinkFacts.Channel | LinkFacts.PortSettings, mayFollow: true)
{
    private static readonly (string Name, Func<SwitchportSettings, object?> Of)[] Compared =
    [
        ("switchport", settings => settings.Switched ? null : "no"),
        ("switchport mode", settings => settings.Mode?.ToString().ToLowerInvariant()),
        ("switchport trunk encapsulation", settings => settings.Encapsulation),
        ("switchport trunk allowed vlan", settings => settings.AllowedVlans),
        ("switchport trunk native vlan", settings => settings.NativeVlan),
        ("switchport access vlan", settings => settings.AccessVlan),
        ("mtu", settings => settings.Mtu),
    ];

    public override IEnumerable<Finding> Examine(LinkCase link) =>
        from pair in link.Members
        where !pair.Member.Bundled && pair.Member.State is not (EtherChannelMemberState.Down or EtherChannelMemberState.HotStandby)
        let own = link.Switch.Settings(pair.Member.Interface)
        let channel = link.Switch.Settings(pair.Channel.PortChannel)
        where own is not null && channel is not null
        // What bundled members have too keeps nobody out.
        let bundled = pair.Channel.Members.Where(member => member.Bundled).Select(member => link.Switch.Settings(member.Interface)).OfType<SwitchportSettings>().ToList()
        let differences = Compared.Where(setting => !Equals(setting.Of(own), setting.Of(channel)) && !bundled.Exists(other => Equals(setting.Of(other), setting.Of(own)))).ToList()
        where differences.Count > 0
        select Find(
            $"{pair.Member.Interface} differs from {pair.Channel.PortChannel} in {Sentence.Enumerate(differences.Select(setting => setting.Name))}, so {link.SwitchLabel} does not bundle it.",
            [pair.Member.Interface],
            $"Give {pair.Member.Interface} the settings of {pair.Channel.PortChannel}.",
            differences.SelectMany(setting => new[]
            {
                $"{link.SwitchLabel} {pair.Member.Interface}: {setting.Name} {setting.Of(own) ?? "(default)"}",
                $"{link.SwitchLabel} {pair.Channel.PortChannel}: {setting.Name} {setting.Of(channel) ?? "(default)"}",
            }).Append(link.Quote(pair.Channel)));
}
