using System;
using System.Collections.Generic;

namespace BondTools.Lab.World;

/// <summary>
/// Everything that both devices share: cables, time, and what is due. Nothing runs in the background: whoever takes the
/// gate first brings the world up to the clock.
/// </summary>
internal sealed class LabWorld
{
    /// <summary>A LACPDU with its Ethernet header, without the check sum, as counters see it.</summary>
    public const int LacpFrameBytes = 124;
    private const int BpduBytes = 60;
    private const long HalfTick = TimeSpan.TicksPerMillisecond * 50;
    // Longer than every timer of the protocol together (long timeout 90 s, churn 60 s, slow period 30 s): what has not
    // happened by then will not happen, so a longer idle time is skipped.
    private const long LongestRun = TimeSpan.TicksPerMinute * 10;
    // The switch says hello to its spanning tree every two seconds.
    private const int HelloTicks = 20;

    private readonly List<(long Due, Action Run, object Owner)> _due = [];
    private readonly ILabClock _clock;
    private readonly DateTimeOffset _start;
    private long _now;
    // A cable with a loose contact has no carrier for the first 3 of every 30 s; one that is moved has none for a second.
    private const long FlapPeriod = TimeSpan.TicksPerSecond * 30, FlapLength = TimeSpan.TicksPerSecond * 3, MoveLength = TimeSpan.TicksPerSecond;

    private readonly Dictionary<Cable, long> _moving = [];
    private bool _switchTurn, _advancing;
    private int _hello, _sockets;

    public LabWorld(ILabClock clock)
    {
        (_clock, _start) = (clock, clock.Now);
        Network = new HostNetwork();
        Switch = new SwitchModel(MacAddress.Parse("aabb.cc00.0100"), () => Now);
        Stranger = new LacpGroup
        {
            SystemMacAddress = MacAddress.Parse("aabb.cc00.0200"), SystemPriority = 32768, PortPriority = 32768, FixedKey = 1,
            RequiresPartner = true,
        };
    }

    /// <summary>Held by whoever reads or changes the world.</summary>
    public object Gate { get; } = new();
    public ILabClock Clock => _clock;
    public HostNetwork Network { get; }
    public SwitchModel Switch { get; }
    /// <summary>The other switch, to which a misplaced cable leads.</summary>
    public LacpGroup Stranger { get; }
    public List<Cable> Cables { get; } = [];
    /// <summary>Other hosts with a bond at this switch.</summary>
    public List<OtherHost> Neighbours { get; } = [];

    /// <summary>The moment the world has reached.</summary>
    public DateTimeOffset Now => _start.AddTicks(_now);

    /// <summary>How long the world has been there.</summary>
    public TimeSpan Uptime => TimeSpan.FromTicks(_now);

    /// <summary>Brings the world up to the clock. Call it with the gate held.</summary>
    public void Advance()
    {
        // What falls due runs commands, which come here too; they see the moment they were due.
        if (_advancing)
            return;
        _advancing = true;
        try
        {
            AdvanceTo((_clock.Now - _start).Ticks);
        }
        finally
        {
            _advancing = false;
        }
    }

    /// <summary>A port for a socket that asked for none: one of Linux' own range, in no order that a reader would see.</summary>
    public ushort NextPort() => (ushort)(32768 + (++_sockets * 7919 % 28232));

    /// <summary>Lets time pass in the world only, so that a lab can begin in a state that took a while to reach.</summary>
    public void Settle(TimeSpan duration)
    {
        for (var left = duration.Ticks; left > 0; left -= HalfTick)
            RunHalfTick();
    }

    /// <summary>Runs something at a later moment of the world.</summary>
    /// <returns>What <see cref="Cancel"/> takes.</returns>
    public object Schedule(TimeSpan after, Action run)
    {
        var owner = new object();
        _due.Add((_now + after.Ticks, run, owner));
        return owner;
    }

    public void Cancel(object owner) => _due.RemoveAll(d => d.Owner == owner);

    /// <summary>Carries a LACPDU from a card of the host to what is at the other end of its cable.</summary>
    public static void CarryToSwitch(Nic nic, LacpMessage message)
    {
        if (nic.Carrier)
            nic.Show(message, nic.PermanentAddress);
        if (nic.Cable is not { LosesToSwitch: false } cable || !nic.Carrier)
            return;
        if (cable.Loop is { } other)
            Deliver(other, message);
        else if (cable.Stranger is not null)
            cable.Stranger.Receive(message);
        else if (cable.Port.LinkUp)
            Deliver(cable.Port, message);
    }

    /// <summary>Carries a LACPDU from a port of the switch to the host.</summary>
    public static void CarryToHost(SwitchPort port, LacpMessage message)
    {
        if (port.Guest is { } guest)
            guest.Receive(message);
        else if (port.Cable is { LosesToHost: false, Stranger: null, Loop: null } cable && cable.Nic.Carrier)
            Deliver(cable.Nic, message);
    }

    /// <summary>Gives a LACPDU to a port of the switch.</summary>
    public static void Deliver(SwitchPort port, LacpMessage message)
    {
        port.Counters.Received(LacpFrameBytes, multicast: true);
        port.Lacp?.Receive(message);
    }

    /// <summary>Puts the switch's end of a cable into a port, which may be the one it is in.</summary>
    public void Plug(Cable cable, SwitchPort port)
    {
        if (cable.Port.Cable == cable)
            cable.Port.Cable = null;
        (cable.Port, port.Cable) = (port, cable);
        (cable.Interrupted, _moving[cable]) = (true, _now + MoveLength);
    }

    /// <summary>Puts a cable into the other switch, or back.</summary>
    public void Misplace(Cable cable, bool toStranger)
    {
        if (toStranger == cable.Stranger is not null)
            return;
        if (!toStranger)
        {
            Stranger.Remove(cable.Stranger!);
            cable.Stranger = null;
            return;
        }
        cable.Stranger = Stranger.Add("Ethernet0/0", cable.Number, linkUp: true);
        cable.Stranger.Send = message =>
        {
            if (!cable.LosesToHost && cable.Nic.Carrier)
                Deliver(cable.Nic, message);
        };
    }

    private static void Deliver(Nic nic, LacpMessage message)
    {
        nic.Show(message, nic.Cable is { Stranger: null } cable ? cable.Port.Address : message.Actor.SystemMacAddress);
        if (nic.Bond is { } bond)
            bond.Receive(nic, message);
        else
            nic.Counters.Received(LacpFrameBytes, multicast: true);
    }

    private void AdvanceTo(long target)
    {
        while (_now < target)
        {
            var stop = target;
            foreach (var (due, _, _) in _due)
                stop = Math.Min(stop, Math.Max(due, _now));
            if (stop - _now > LongestRun)
                _now = stop - LongestRun;
            for (; _now + HalfTick <= stop; _now += HalfTick)
                RunHalfTick();
            if (stop == target && !IsDue(stop))
                return;
            _now = Math.Max(_now, stop);
            RunDue();
        }
    }

    private bool IsDue(long moment) => _due.Exists(d => d.Due <= moment);

    private void RunDue()
    {
        foreach (var item in _due.FindAll(d => d.Due <= _now))
        {
            _due.Remove(item);
            item.Run();
        }
    }

    // The two ends' work queues do not run in step; they take turns.
    private void RunHalfTick()
    {
        _switchTurn = !_switchTurn;
        if (!_switchTurn)
        {
            foreach (var bond in Network.Bonds)
                bond.Tick();
            return;
        }
        foreach (var cable in Cables)
            cable.Interrupted = (cable.Flaps && _now % FlapPeriod < FlapLength) || (_moving.TryGetValue(cable, out var end) && _now < end);
        Switch.Tick();
        Stranger.Tick();
        foreach (var neighbour in Neighbours)
            neighbour.Tick();
        if (++_hello % HelloTicks == 0)
            SendHello();
    }

    // A port-channel says hello on its first bundled port only; a port outside a channel for itself.
    private void SendHello()
    {
        var said = new HashSet<int>();
        foreach (var port in Switch.Ports)
        {
            if (!port.LinkUp || (port.Group is { } group && (!Switch.IsBundled(port) || !said.Add(group))))
                continue;
            port.Counters.Sent(BpduBytes);
            if (port.Cable is not { PassesToHost: true } cable)
                continue;
            cable.Nic.Counters.Received(BpduBytes, multicast: true);
            cable.Nic.Bond?.Counters.Received(BpduBytes, multicast: true);
        }
    }
}
