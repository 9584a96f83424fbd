using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using BondTools.Lab.World;

namespace BondTools.Lab.Switch;

/// <summary>The commands of the configuration modes.</summary>
internal sealed class IosConfigCommands
{
    private static readonly string[] LoadBalanceMethods = ["dst-ip", "dst-mac", "src-dst-ip", "src-dst-mac", "src-ip", "src-mac"];
    private readonly IosSession _session;
    private readonly EmulatedSwitch _device;

    public IosConfigCommands(IosSession session, EmulatedSwitch device) => (_session, _device) = (session, device);

    private SwitchModel Model => _device.World.Switch;

    public void Register(CommandTree configure, CommandTree @interface)
    {
        foreach (var tree in new[] { configure, @interface })
            AddLeaving(tree, tree == @interface);
        AddGlobal(configure);
        AddInterface(@interface);
        new IosSwitchportCommands(_session, Model).Register(@interface);
    }

    private void AddLeaving(CommandTree tree, bool isInterface)
    {
        tree.Add("exit", () => _session.Become(isInterface ? IosMode.Configure : IosMode.Privileged));
        tree.Add("end", () => _session.Become(IosMode.Privileged));
        tree.Add("interface INTERFACE", v => Enter([InterfaceName.Expand(v[0])!], isRange: false));
        tree.Add("interface range LINE", v => EnterRange(v[0]));
    }

    private void AddGlobal(CommandTree tree)
    {
        tree.Add("hostname WORD", v =>
        {
            _device.HostName = v[0];
            return "";
        });
        tree.Add("no interface INTERFACE", v =>
        {
            var name = InterfaceName.Expand(v[0])!;
            if (ChannelOf(name) is not { } channel)
                return "% Invalid input detected at '^' marker.\n\n";
            Model.RemoveChannel(channel.Number);
            return "";
        });
        foreach (var method in LoadBalanceMethods)
            tree.Add("port-channel load-balance " + method, () => SetLoadBalance(method));
        tree.Add("no port-channel load-balance", () => SetLoadBalance("src-mac"));
        tree.Add("lacp system-priority <0-65535>", v => SetSystemPriority(Number(v[0])));
        tree.Add("no lacp system-priority", () => SetSystemPriority(32768));
        tree.Add("no ip domain-lookup", () => "");
        tree.Add("no logging console", () => "");
    }

    private void AddInterface(CommandTree tree)
    {
        tree.Add("description LINE", v => Describe(v[0]));
        tree.Add("no description", () => Describe(null));
        foreach (var duplex in new[] { "auto", "full", "half" })
            tree.Add("duplex " + duplex, () => OnPorts(p => p.Duplex = duplex));
        foreach (var speed in new[] { "auto", "10", "100", "1000" })
            tree.Add("speed " + speed, () => OnPorts(p => p.Speed = speed == "auto" ? null : speed));
        tree.Add("shutdown", () => SetAdmin(false));
        tree.Add("no shutdown", () => SetAdmin(true));
        foreach (var mode in new[] { ChannelMode.Active, ChannelMode.Passive, ChannelMode.On, ChannelMode.Desirable, ChannelMode.Auto })
            tree.Add("channel-group <1-255> mode " + mode.ToString().ToLowerInvariant(), v => SetGroup(Number(v[0]), mode));
        tree.Add("no channel-group", () => OnPorts(p => Model.SetGroup(p, null, p.Mode)));
        tree.Add("no channel-group <1-255>", () => OnPorts(p => Model.SetGroup(p, null, p.Mode)));
        tree.Add("lacp rate fast", () => OnPorts(p => Model.SetRate(p, true)));
        tree.Add("lacp rate normal", () => OnPorts(p => Model.SetRate(p, false)));
        tree.Add("no lacp rate", () => OnPorts(p => Model.SetRate(p, false)));
        tree.Add("lacp port-priority <0-65535>", v => OnPorts(p => SwitchModel.SetPortPriority(p, Number(v[0]))));
        tree.Add("no lacp port-priority", () => OnPorts(p => SwitchModel.SetPortPriority(p, 32768)));
        tree.Add("port-channel min-links <1-8>", v => SetMinLinks(Number(v[0])));
        tree.Add("no port-channel min-links", () => SetMinLinks(0));
        tree.Add("lacp max-bundle <1-16>", v => OnChannels(c => c.MaxBundle = Number(v[0])));
        tree.Add("no lacp max-bundle", () => OnChannels(c => c.MaxBundle = null));
        tree.Add("mtu <1500-9198>", v => SetMtu(Number(v[0]) == 1500 ? null : Number(v[0])));
        tree.Add("no mtu", () => SetMtu(null));
        tree.Add("spanning-tree LINE", () => "");
    }

    private string Enter(IReadOnlyList<string> names, bool isRange)
    {
        foreach (var name in names)
        {
            if (name.StartsWith("Port-channel", StringComparison.Ordinal))
            {
                if (!int.TryParse(name.Substring("Port-channel".Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > 255)
                    return "% Invalid input detected at '^' marker.\n\n";
                Model.EnsureChannel(number);
            }
            else if (Port(name) is null)
                return "% Invalid input detected at '^' marker.\n\n";
        }
        (_session.Mode, _session.Interfaces, _session.IsRange) = (IosMode.Interface, names, isRange);
        return "";
    }

    // Ethernet0/0 - 1 , Ethernet1/0
    private string EnterRange(string text)
    {
        var names = new List<string>();
        foreach (var part in text.Split(','))
        {
            var ends = part.Split('-');
            var first = InterfaceName.Expand(ends[0].Replace(" ", ""));
            var slash = first?.LastIndexOf('/') ?? -1;
            if (first is null || slash < 0 || ends.Length > 2
                || !int.TryParse(first.Substring(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var from))
                return "% Invalid input detected at '^' marker.\n\n";
            var to = from;
            if (ends.Length == 2 && !int.TryParse(ends[1].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out to))
                return "% Invalid input detected at '^' marker.\n\n";
            for (var i = from; i <= Math.Min(to, from + 63); i++)
                names.Add(first.Substring(0, slash + 1) + i.ToString(CultureInfo.InvariantCulture));
        }
        return Enter(names, isRange: true);
    }

    private string SetGroup(int number, ChannelMode mode)
    {
        var output = new StringBuilder();
        foreach (var name in _session.Interfaces)
        {
            if (Port(name) is not { } port)
                return "% Invalid input detected at '^' marker.\n\n";
            var others = Model.Members(number).Where(p => p != port).ToList();
            if (others.Exists(o => Family(o.Mode) != Family(mode)))
                return output.Append($"Command rejected (Channel protocol mismatch for interface {port.ShortName} in group {number}): ")
                    .Append("the interface can not be added to the channel group\n")
                    .Append(_session.IsRange ? $"% Range command terminated because it failed on {port.Name}\n" : "").ToString();
            if (Model.Channel(number) is { } channel)
            {
                if (channel.Switched != port.Switched)
                    return output.Append($"Command rejected (Port-channel{number}, {port.ShortName}): Either port is L2 and port-channel is L3, or vice-versa\n").ToString();
            }
            else
            {
                output.Append($"Creating a port-channel interface Port-channel {number}\n\n");
                CopyLayer2(port, Model.EnsureChannel(number));
            }
            Model.SetGroup(port, number, mode);
        }
        return output.ToString();
    }

    // A port-channel that a port creates begins as that port is.
    private static void CopyLayer2(SwitchPort port, PortChannel channel)
    {
        (channel.Switched, channel.Mtu) = (port.Switched, port.Mtu);
        channel.SwitchportLines.AddRange(port.SwitchportLines);
    }

    // Modes of one protocol may meet in a channel-group.
    private static int Family(ChannelMode mode) => mode switch
    {
        ChannelMode.Active or ChannelMode.Passive => 0,
        ChannelMode.On => 1,
        _ => 2,
    };

    private string SetMtu(int? mtu) => OnEach((port, channel) =>
    {
        if (port is not null)
            port.Mtu = mtu;
        if (channel is null)
            return;
        channel.Mtu = mtu;
        foreach (var member in Model.Members(channel.Number))
            member.Mtu = mtu;
    });

    private string SetMinLinks(int count) => OnChannels(channel =>
    {
        channel.MinLinks = count;
        if (channel.Lacp is not null)
            channel.Lacp.MinLinks = count;
    });

    private string SetAdmin(bool up) => OnEach((port, channel) =>
    {
        if (port is not null)
            port.AdminUp = up;
        else
            channel!.AdminUp = up;
    });

    private string Describe(string? text) => OnEach((port, channel) =>
    {
        if (port is not null)
            port.Description = text;
        else
            channel!.Description = text;
    });

    private string SetLoadBalance(string method)
    {
        Model.LoadBalance = method;
        return "";
    }

    private string SetSystemPriority(int priority)
    {
        Model.SetSystemPriority(priority);
        return "";
    }

    private string OnPorts(Action<SwitchPort> change)
    {
        if (_session.Interfaces.Any(n => Port(n) is null))
            return "% Invalid input detected at '^' marker.\n\n";
        return OnEach((port, _) => change(port!));
    }

    private string OnChannels(Action<PortChannel> change)
    {
        if (_session.Interfaces.Any(n => ChannelOf(n) is null))
            return "% Invalid input detected at '^' marker.\n\n";
        return OnEach((_, channel) => change(channel!));
    }

    private string OnEach(Action<SwitchPort?, PortChannel?> change)
    {
        foreach (var name in _session.Interfaces)
        {
            var (port, channel) = (Port(name), ChannelOf(name));
            if (port is not null || channel is not null)
                change(port, channel);
        }
        return "";
    }

    private SwitchPort? Port(string name) => Model.Ports.Find(p => p.Name == name);

    private PortChannel? ChannelOf(string name) => Model.Channels.FirstOrDefault(c => "Port-channel" + c.Number == name);

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
