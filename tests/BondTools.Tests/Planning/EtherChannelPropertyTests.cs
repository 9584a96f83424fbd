using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using BondTools.Cisco;
using BondTools.Lab;
using BondTools.Lab.Switch;
using BondTools.Planning;
using Xunit;

namespace BondTools.Tests.Planning;

/// <summary>Random wishes, one after the other, on the emulated switch, which refuses what IOS refuses.</summary>
public class EtherChannelPropertyTests
{
    private static readonly string[] PortNames = ["Ethernet0/0", "Ethernet0/1", "Ethernet0/2", "Ethernet0/3", "Ethernet1/0"];

    // What somebody has left behind on a port: a routed one, access and trunk ports, an MTU, a PAgP priority.
    private static readonly string[][] Leftovers =
    [
        [], ["no switchport"], ["switchport access vlan 7", "switchport mode access"],
        ["switchport trunk encapsulation dot1q", "switchport trunk native vlan 99", "switchport trunk allowed vlan 10,20", "switchport mode trunk"],
        ["mtu 9000", "lacp rate fast"], ["lacp port-priority 5", "no switchport"],
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Every_wish_comes_true_without_a_refusal_or_a_member_that_differs_and_is_planned_once(int seed)
    {
        var random = new Random(seed);
        var wishes = 0;
        for (var round = 0; round < 60; round++)
        {
            var session = new IosSession((EmulatedSwitch)BondLab.Create(new BondLabOptions { Clock = new ManualLabClock() }).Switch, privileged: true);
            Run(session, "configure terminal");
            foreach (var port in PortNames)
            {
                foreach (var line in (string[])["interface " + port, .. Pick(random, Leftovers)])
                    Run(session, line);
            }
            for (var step = 0; step < 5; step++)
            {
                if (Fulfil(session, Wish(random, first: step == 0)))
                    wishes++;
            }
        }
        // Wishes that contradict what is there are refused; most do not.
        Assert.InRange(wishes, 150, 300);
    }

    [Fact]
    public async Task The_switchs_revert_timer_gives_every_configuration_back_to_the_letter()
    {
        var random = new Random(5);
        var changed = 0;
        for (var round = 0; round < 60; round++)
        {
            var clock = new ManualLabClock();
            var device = (EmulatedSwitch)BondLab.Create(new BondLabOptions { Clock = clock, Start = Pick(random, BondLabStart.Bare, BondLabStart.Article) }).Switch;
            var session = new IosSession(device, privileged: true);
            Run(session, "configure terminal");
            Fulfil(session, Wish(random, first: true));
            Run(session, "end");
            var before = await RunningAsync(device);

            Run(session, "configure terminal revert timer 5");
            Fulfil(session, Wish(random, first: true));
            if (random.Next(3) == 0)
                Run(session, "no interface Port-channel1");
            changed += await RunningAsync(device) != before ? 1 : 0;
            clock.Advance(TimeSpan.FromMinutes(5));
            Assert.Equal(before, await RunningAsync(device));
        }
        Assert.InRange(changed, 40, 60);
    }

    private static async Task<string> RunningAsync(EmulatedSwitch device) =>
        (await device.ExecuteAsync("show running-config", [], TestContext.Current.CancellationToken)).Output;

    private static bool Fulfil(IosSession session, EtherChannelPlan wish)
    {
        IReadOnlyList<string> lines;
        try
        {
            lines = Plan(session, wish);
        }
        catch (BondToolsException error) when (error.Kind == BondToolsErrorKind.InvalidConfiguration)
        {
            return false;
        }

        foreach (var line in lines)
        {
            Run(session, line.Trim());
            MembersAreLikeTheirChannel(Interfaces(session), string.Join("\n", lines), line);
        }
        Assert.Equal([], Plan(session, wish));
        ComesTrue(wish, Interfaces(session));
        return true;
    }

    private static void MembersAreLikeTheirChannel(IReadOnlyList<CiscoInterfaceConfiguration> present, string lines, string line)
    {
        var channel = present.FirstOrDefault(i => i.Interface == "Port-channel1");
        var members = present.Where(i => i.Group == 1).ToList();
        if (members.Count == 0)
            return;
        Assert.True(members.TrueForAll(m => m.Switchport != false == (channel!.Switchport != false)), $"{line}: layers differ\n{lines}");
        Assert.True(members.Select(m => m.Mode).Distinct().Count() == 1, $"{line}: modes differ\n{lines}");
        if (channel!.Switchport == false)
            return;
        Assert.True(
            members.TrueForAll(m => (m.SwitchportMode, m.Mtu) == (channel.SwitchportMode, channel.Mtu)
                && (m.SwitchportMode != CiscoSwitchportMode.Trunk || (m.NativeVlan, m.AllowedVlans) == (channel.NativeVlan, channel.AllowedVlans))
                && (m.SwitchportMode != CiscoSwitchportMode.Access || m.AccessVlan == channel.AccessVlan)),
            $"{line}: a member differs\n{lines}");
    }

    private static void ComesTrue(EtherChannelPlan wish, IReadOnlyList<CiscoInterfaceConfiguration> present)
    {
        var channel = present.Single(i => i.Interface == "Port-channel1");
        var members = present.Where(i => i.Group == 1).ToList();
        if (wish.Interfaces is not null)
            Assert.Equal(wish.Interfaces.Select(i => i.Long).Order(StringComparer.Ordinal), members.Select(m => m.Interface).Order(StringComparer.Ordinal));
        Assert.True(wish.Mode is null || members.TrueForAll(m => m.Mode == wish.Mode));
        Assert.True(wish.Layer is null || channel.Switchport != false == (wish.Layer == 2));
        Assert.Equal(wish.Description ?? channel.Description, channel.Description);
        Assert.Equal(wish.SwitchportMode ?? channel.SwitchportMode, channel.SwitchportMode);
        Assert.Equal(wish.AllowedVlans ?? channel.AllowedVlans, channel.AllowedVlans);
        Assert.Equal(wish.NativeVlan ?? channel.NativeVlan, channel.NativeVlan);
        Assert.Equal(wish.AccessVlan ?? channel.AccessVlan, channel.AccessVlan);
        Assert.Equal(wish.MinLinks ?? channel.MinLinks ?? 1, channel.MinLinks ?? 1);
        Assert.Equal(wish.MaxBundle ?? channel.MaxBundle, channel.MaxBundle);
        Assert.Equal(wish.Mtu ?? channel.Mtu, channel.Mtu);
        Assert.True(wish.LacpRate is null || members.TrueForAll(m => (m.LacpRate ?? CiscoLacpRate.Normal) == wish.LacpRate));
        Assert.True(wish.PortPriorities.Count == 0 || members.TrueForAll(m => m.PortPriority == wish.PortPriorities[0]));
        foreach (var cleared in wish.Clear)
            Assert.Null(cleared == EtherChannelSetting.Description ? channel.Description : (object?)channel.Mtu);
    }

    private static EtherChannelPlan Wish(Random random, bool first)
    {
        var layer = first || random.Next(4) == 0 ? random.Next(3) == 0 ? 3 : 2 : (int?)null;
        var mode = layer == 2 ? Maybe<CiscoSwitchportMode>(random, Pick(random, CiscoSwitchportMode.Trunk, CiscoSwitchportMode.Access)) : null;
        var group = first || random.Next(3) == 0 ? Pick(random, Enum.GetValues<ChannelGroupMode>()) : (ChannelGroupMode?)null;
        var isLacp = group is ChannelGroupMode.Active or ChannelGroupMode.Passive;
        return new EtherChannelPlan
        {
            Group = 1,
            Interfaces = first || random.Next(3) == 0 ? [.. PortNames.OrderBy(_ => random.Next()).Take(random.Next(1, 5)).Select(CiscoInterfaceName.Parse)] : null,
            Mode = group,
            Layer = layer,
            Description = random.Next(3) == 0 ? "wish " + random.Next(9) : null,
            Clear = random.Next(6) == 0 ? [EtherChannelSetting.Mtu] : [],
            SwitchportMode = mode,
            TrunkEncapsulation = true,
            AllowedVlans = mode == CiscoSwitchportMode.Trunk && random.Next(2) == 0 ? Pick(random, "10,20-22", "none", "5-4000", string.Join(",", Enumerable.Range(1, 90).Select(i => i * 20))) : null,
            NativeVlan = mode == CiscoSwitchportMode.Trunk ? Maybe<int>(random, random.Next(2, 4095)) : null,
            AccessVlan = mode == CiscoSwitchportMode.Access ? Maybe<int>(random, random.Next(2, 4095)) : null,
            MinLinks = isLacp ? Maybe<int>(random, random.Next(1, 3)) : null,
            MaxBundle = isLacp ? Maybe<int>(random, random.Next(2, 5)) : null,
            LacpRate = isLacp ? Maybe<CiscoLacpRate>(random, Pick(random, CiscoLacpRate.Fast, CiscoLacpRate.Normal)) : null,
            PortPriorities = isLacp && random.Next(3) == 0 ? [random.Next(1, 100)] : [],
            SystemPriority = random.Next(5) == 0 ? random.Next(1, 100) : null,
        };
    }

    private static IReadOnlyList<string> Plan(IosSession session, EtherChannelPlan wish)
    {
        var present = RunningConfiguration.Parse(session.Run("do show running-config"), null);
        return wish.ConfigurationLines(present.Interfaces, present.SystemPriority);
    }

    private static IReadOnlyList<CiscoInterfaceConfiguration> Interfaces(IosSession session) =>
        RunningConfigurationParser.Parse(session.Run("do show running-config"));

    private static void Run(IosSession session, string line)
    {
        var answer = session.Run(line);
        Assert.False(answer.Contains('%') || answer.Contains("rejected", StringComparison.Ordinal), $"{line}: {answer}");
    }

    private static T Pick<T>(Random random, params T[] of) => of[random.Next(of.Length)];

    private static T? Maybe<T>(Random random, T value)
        where T : struct => random.Next(2) == 0 ? value : null;
}
