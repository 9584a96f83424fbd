using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace BondTools.Lab.World;

/// <summary>How a port takes part in its channel-group (channel-group N mode …).</summary>
internal enum ChannelMode { Active, Passive, On, Desirable, Auto }

/// <summary>A port of the switch: what is configured, and what is.</summary>
internal sealed class SwitchPort
{
    public required string Name { get; init; }
    public required int Number { get; init; }
    public required MacAddress Address { get; init; }
    public bool AdminUp { get; set; } = true;
    public int? Group { get; set; }
    public ChannelMode Mode { get; set; }
    public bool FastRate { get; set; }
    public int PortPriority { get; set; } = 32768;
    public string? Description { get; set; }
    public string Duplex { get; set; } = "auto";
    public string? Speed { get; set; }
    /// <summary>Whether it works on layer 2 (switchport) or is routed (no switchport).</summary>
    public bool Switched { get; set; } = true;
    /// <summary>The lines 'switchport …' that differ from the defaults.</summary>
    public List<string> SwitchportLines { get; } = [];
    public int? Mtu { get; set; }
    public Cable? Cable { get; set; }
    /// <summary>The PC at the port, if there is one.</summary>
    public Pc? Pc { get; set; }
    /// <summary>The port of another host that is cabled here.</summary>
    public LacpMember? Guest { get; set; }
    /// <summary>The port-channel it is a member of.</summary>
    public PortChannel? Channel { get; set; }
    public LacpMember? Lacp { get; set; }
    public bool LinkUp { get; set; }
    public bool WasBundled { get; set; }
    /// <summary>Whether its configuration differs from its channel's, so that it must not be bundled.</summary>
    public bool Conflicts { get; set; }
    /// <summary>Whether as many members as may be are bundled before it.</summary>
    public bool StandsBy { get; set; }
    /// <summary>When the port was bundled or unbundled last.</summary>
    public DateTimeOffset Changed { get; set; }
    public Counters Counters { get; } = new();

    /// <summary>Whether neither it nor its port-channel is shut down.</summary>
    public bool Enabled => AdminUp && Channel is not { AdminUp: false };
    public bool Carrier => Enabled && (Pc is not null || Guest is not null || Cable is { CarrierAtSwitch: true });
    /// <summary>Whether it offers speed and duplex to its peer; with both given below a gigabit it does not.</summary>
    public bool Negotiates => Duplex == "auto" || Speed is null or "1000";
    public bool FullDuplex => Duplex != "half";
    /// <summary>The speed that its link has come up at: the best that both ends and the cable can.</summary>
    public int SpeedMbps
    {
        get
        {
            var own = Speed is null ? Cable.GigabitMbps : int.Parse(Speed, CultureInfo.InvariantCulture);
            // There is no gigabit in half duplex.
            return FullDuplex && Cable is not { Damaged: true } ? own : Math.Min(own, Cable.DamagedMbps);
        }
    }
    public string ShortName => "Et" + Name.Substring("Ethernet".Length);
    public bool UsesLacp => Group is not null && Mode is ChannelMode.Active or ChannelMode.Passive;
}

/// <summary>A port-channel interface.</summary>
internal sealed class PortChannel
{
    public required int Number { get; init; }
    public required DateTimeOffset Created { get; init; }
    public bool AdminUp { get; set; } = true;
    public int MinLinks { get; set; }
    /// <summary>How many members may be bundled at most; null without a limit.</summary>
    public int? MaxBundle { get; set; }
    public string? Description { get; set; }
    /// <summary>Whether it works on layer 2 (switchport) or is routed (no switchport).</summary>
    public bool Switched { get; set; } = true;
    /// <summary>The lines 'switchport …' that differ from the defaults.</summary>
    public List<string> SwitchportLines { get; } = [];
    public int? Mtu { get; set; }
    public LacpGroup? Lacp { get; set; }
    /// <summary>The speed and duplex that the first bundled member gave the channel; null while none is bundled.</summary>
    public (int SpeedMbps, bool FullDuplex)? Pace { get; set; }
    public Counters Counters { get; } = new();
    public string ShortName => "Po" + Number;
}

/// <summary>A PC behind the switch.</summary>
internal sealed class Pc
{
    public required string Address { get; init; }
    public required MacAddress MacAddress { get; init; }
}

/// <summary>The switch: ports, channel-groups and IOS's own LACP policy (key = group, no lone ports in a channel).</summary>
internal sealed class SwitchModel
{
    private readonly SortedDictionary<int, PortChannel> _channels = [];
    private readonly Func<DateTimeOffset> _now;

    public SwitchModel(MacAddress baseAddress, Func<DateTimeOffset> now) => (BaseAddress, _now) = (baseAddress, now);

    public MacAddress BaseAddress { get; }
    public int SystemPriority { get; private set; } = 32768;
    public string LoadBalance { get; set; } = "src-dst-ip";
    /// <summary>Where the archive keeps configurations; null when there is no archive, and then no revert timer either.</summary>
    public string? ArchivePath { get; set; } = "unix:archive";
    public List<SwitchPort> Ports { get; } = [];
    public IReadOnlyCollection<PortChannel> Channels => _channels.Values;
    /// <summary>Where each MAC address was last seen: a port or a port-channel, by name.</summary>
    public Dictionary<MacAddress, string> Learned { get; } = [];
    /// <summary>Lines for whoever has asked for syslog on the terminal.</summary>
    public event Action<string>? Logged;

    public PortChannel? Channel(int number) => _channels.TryGetValue(number, out var channel) ? channel : null;

    public PortChannel EnsureChannel(int number)
    {
        if (!_channels.TryGetValue(number, out var channel))
            _channels[number] = channel = new PortChannel { Number = number, Created = _now() };
        return channel;
    }

    /// <summary>Removes a port-channel; its members leave the group and shut down, as on IOS.</summary>
    public void RemoveChannel(int number)
    {
        foreach (var port in Ports.Where(p => p.Group == number))
        {
            SetGroup(port, null, port.Mode);
            port.AdminUp = false;
        }
        _channels.Remove(number);
    }

    public IEnumerable<SwitchPort> Members(int number) => Ports.Where(p => p.Group == number);

    public void SetSystemPriority(int priority)
    {
        SystemPriority = priority;
        foreach (var lacp in _channels.Values.Select(c => c.Lacp).OfType<LacpGroup>())
        {
            lacp.SystemPriority = priority;
            foreach (var member in lacp.Members)
                member.Reconfigure();
        }
    }

    /// <summary>Puts a port into a channel-group, or takes it out (null), and starts its LACP machines anew.</summary>
    public void SetGroup(SwitchPort port, int? group, ChannelMode mode)
    {
        if (port.Lacp is not null && port.Group is { } old)
            Channel(old)?.Lacp?.Remove(port.Lacp);
        (port.Lacp, port.Channel, port.Group, port.Mode, port.Changed) = (null, null, group, mode, _now());
        Learned.Clear();
        if (group is not { } number)
            return;
        var channel = port.Channel = EnsureChannel(number);
        if (!port.UsesLacp)
            return;
        channel.Lacp ??= new LacpGroup
        {
            SystemMacAddress = BaseAddress, SystemPriority = SystemPriority, PortPriority = port.PortPriority, FixedKey = number,
            RequiresPartner = true,
        };
        channel.Lacp.Active = mode == ChannelMode.Active;
        channel.Lacp.Fast = port.FastRate;
        channel.Lacp.MinLinks = channel.MinLinks;
        port.Lacp = channel.Lacp.Add(port.Name, port.Number, port.LinkUp);
        port.Lacp.PortPriority = port.PortPriority;
        port.Lacp.Send = message =>
        {
            port.Counters.Sent(LabWorld.LacpFrameBytes);
            LabWorld.CarryToHost(port, message);
        };
    }

    public void SetRate(SwitchPort port, bool fast)
    {
        port.FastRate = fast;
        if (port.Group is not { } group || Channel(group)?.Lacp is not { } lacp)
            return;
        lacp.Fast = fast;
        port.Lacp?.Reconfigure();
    }

    public static void SetPortPriority(SwitchPort port, int priority)
    {
        port.PortPriority = priority;
        if (port.Lacp is null)
            return;
        port.Lacp.PortPriority = priority;
        port.Lacp.Reconfigure();
    }

    /// <summary>One tick of 100 ms.</summary>
    public void Tick()
    {
        foreach (var port in Ports)
        {
            var up = port.Carrier;
            if (up != port.LinkUp)
            {
                port.LinkUp = up;
                port.Lacp?.SetLink(up);
                Learned.Clear();
                Log($"%LINK-3-UPDOWN: Interface {port.Name}, changed state to {(up ? "up" : "down")}");
            }
        }
        foreach (var channel in _channels.Values)
        {
            MemberPolicy.Apply(channel, [.. Members(channel.Number)]);
            channel.Lacp?.Tick();
        }
        foreach (var port in Ports.Where(p => p.Group is not null && IsBundled(p) != p.WasBundled))
        {
            port.WasBundled = !port.WasBundled;
            port.Changed = _now();
            Learned.Clear();
            Log($"%LINEPROTO-5-UPDOWN: Line protocol on Interface {port.Name}, changed state to {(port.WasBundled ? "up" : "down")}");
            var inChannel = Members(port.Group!.Value).Count(p => p.WasBundled);
            if (inChannel == (port.WasBundled ? 1 : 0))
                Log($"%LINEPROTO-5-UPDOWN: Line protocol on Interface Port-channel{port.Group}, changed state to {(port.WasBundled ? "up" : "down")}");
        }
    }

    /// <summary>Whether the port carries its channel's traffic.</summary>
    public bool IsBundled(SwitchPort port)
    {
        if (port.Group is not { } group || !port.LinkUp || Channel(group) is not { AdminUp: true } channel)
            return false;
        if (port.Conflicts)
            return false;
        if (port.Mode == ChannelMode.On)
            return true;
        return port.Lacp is { Bundled: true } && (channel.Lacp?.Carrier ?? false);
    }

    /// <summary>The letter of <c>show etherchannel summary</c> for a member port.</summary>
    public string MemberFlag(SwitchPort port)
    {
        if (!port.LinkUp)
            return "D";
        if (IsBundled(port))
            return "P";
        if (port.Conflicts)
            return "s";
        if (port.Mode is ChannelMode.Desirable or ChannelMode.Auto)
            return "I";
        if (port is { StandsBy: true, Lacp.HasPartner: true })
            return "H";
        if (port.Lacp is { Mux: MuxState.Waiting } or { HasPartner: true, Bundled: false, Aggregator.Active: true })
            return "w";
        return "s";
    }

    public void Log(string message) => Logged?.Invoke(message);
}
