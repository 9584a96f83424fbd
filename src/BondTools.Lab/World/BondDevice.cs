using System;
using System.Collections.Generic;
using BondTools.Linux;

namespace BondTools.Lab.World;

/// <summary>A slave of a bond, as the driver keeps it (struct slave).</summary>
internal sealed class BondMember
{
    public required Nic Nic { get; init; }
    public LacpMember? Lacp { get; set; }
    public MiiStatus Link { get; set; }
    public int Failures { get; set; }
    /// <summary>Milliseconds left of updelay or downdelay.</summary>
    public int Delay { get; set; }
    public bool IsUp => Link is MiiStatus.Up or MiiStatus.GoingDown;
}

/// <summary>A bond: the driver's link monitor, its modes, and LACP where the mode is 802.3ad (bond_main.c).</summary>
internal sealed class BondDevice
{
    private const int TickMilliseconds = 100;
    private readonly List<BondMember> _slaves = [];
    private int _sinceMonitor, _roundRobin;
    private bool _adminUp = true;

    public BondDevice(string name, int index, BondOptions options)
    {
        (Name, Index, Options) = (name, index, options);
        if (options.IsLacp)
            Lacp = new LacpGroup { SystemMacAddress = MacAddress.Zero };
        Change(options);
    }

    public string Name { get; }
    public int Index { get; }
    public BondOptions Options { get; private set; }
    public LacpGroup? Lacp { get; }
    public IReadOnlyList<BondMember> Slaves => _slaves;
    public BondMember? Current { get; private set; }
    public MacAddress Address { get; private set; } = MacAddress.Zero;
    /// <summary>The address that its stanza gives it (hwaddress); else it has that of its first slave.</summary>
    public MacAddress? PinnedAddress { get; init; }
    public int Mtu { get; set; } = 1500;
    public Counters Counters { get; } = new();

    /// <summary>Whether the bond is set up; a bond that is down keeps its slaves and does nothing with them.</summary>
    public bool AdminUp
    {
        get => _adminUp;
        set
        {
            if (_adminUp == value)
                return;
            _adminUp = value;
            foreach (var slave in _slaves)
                slave.Lacp?.SetLink(value && slave.Link == MiiStatus.Up);
        }
    }

    public bool Carrier
    {
        get
        {
            if (!AdminUp)
                return false;
            if (Lacp is not null)
                return Lacp.Carrier;
            foreach (var slave in _slaves)
            {
                if (slave.IsUp)
                    return true;
            }
            return false;
        }
    }

    // 802.3ad, tlb and alb do not work without a link monitor; the driver sets 100 ms (bond_check_params).
    public int Miimon => Options.Miimon > 0 || Options.ArpInterval > 0 ? Options.Miimon
        : Options.IsLacp || Options.Mode.Equals(BondMode.BalanceTlb) || Options.Mode.Equals(BondMode.BalanceAlb) ? 100 : 0;

    /// <summary>Gives the bond other options; its mode stays.</summary>
    public void Change(BondOptions options)
    {
        Options = options;
        if (Lacp is not null)
        {
            (Lacp.SystemPriority, Lacp.Active, Lacp.Fast) = (options.SystemPriority, options.LacpActive, options.LacpRate == LacpRate.Fast);
            (Lacp.MinLinks, Lacp.AdSelect, Lacp.UserKey) = (options.MinLinks, options.AdSelect, options.UserKey);
            Lacp.SystemMacAddress = options.ActorSystem.IsZero ? Address : options.ActorSystem;
            foreach (var member in Lacp.Members)
                member.Reconfigure();
        }
        SelectCurrent();
    }

    public void Enslave(Nic nic)
    {
        nic.AdminUp = true;
        if (_slaves.Count == 0)
        {
            Address = PinnedAddress ?? nic.Address;
            if (Lacp is not null && Options.ActorSystem.IsZero)
                Lacp.SystemMacAddress = Address;
        }
        var keepsAddress = Options.Mode.Equals(BondMode.ActiveBackup) && Options.FailOverMac != "none";
        if (!keepsAddress && !Options.Mode.Equals(BondMode.BalanceTlb) && !Options.Mode.Equals(BondMode.BalanceAlb))
            nic.Address = Address;

        var up = Miimon == 0 || nic.Carrier;
        var slave = new BondMember { Nic = nic, Link = up ? MiiStatus.Up : MiiStatus.Down };
        if (Options.UpDelay > 0 && up && Miimon > 0)
            (slave.Link, slave.Delay) = (MiiStatus.GoingBack, Options.UpDelay);
        _slaves.Add(slave);
        if (Lacp is not null)
        {
            slave.Lacp = Lacp.Add(nic.Name, _slaves.Count, slave.IsUp);
            slave.Lacp.SetPace(nic.SpeedMbps, nic.FullDuplex);
            slave.Lacp.Send = message =>
            {
                nic.Counters.Sent(LabWorld.LacpFrameBytes);
                Counters.Sent(LabWorld.LacpFrameBytes);
                LabWorld.CarryToSwitch(nic, message);
            };
        }
        SelectCurrent();
    }

    public void Release(Nic nic)
    {
        var slave = Find(nic);
        if (slave is null)
            return;
        _slaves.Remove(slave);
        if (slave.Lacp is not null)
            Lacp!.Remove(slave.Lacp);
        nic.Address = nic.PermanentAddress;
        if (Current == slave)
            Current = null;
        SelectCurrent();
    }

    public BondMember? Find(Nic nic)
    {
        foreach (var slave in _slaves)
        {
            if (slave.Nic == nic)
                return slave;
        }
        return null;
    }

    public void Receive(Nic nic, LacpMessage message)
    {
        nic.Counters.Received(LabWorld.LacpFrameBytes, multicast: true);
        Counters.Received(LabWorld.LacpFrameBytes, multicast: true);
        Find(nic)?.Lacp?.Receive(message);
    }

    /// <summary>One tick of 100 ms: the link monitor, then the LACP machines.</summary>
    public void Tick()
    {
        if (!AdminUp)
            return;
        MonitorLinks();
        foreach (var slave in _slaves)
        {
            if (slave.Nic.Carrier)
                slave.Lacp?.SetPace(slave.Nic.SpeedMbps, slave.Nic.FullDuplex);
        }
        Lacp?.Tick();
    }

    /// <summary>The link monitor's part of a tick; the driver has it on a work queue of its own.</summary>
    public void MonitorLinks()
    {
        _sinceMonitor += TickMilliseconds;
        var interval = Options.ArpInterval > 0 ? Options.ArpInterval * Options.ArpMissedMax : Miimon;
        if (interval <= 0 || _sinceMonitor < interval)
            return;
        // With nothing left to use, the first slave that is back skips its updelay (bond_miimon_inspect, ignore_updelay).
        var skipsDelay = Options.UsesPrimary ? Current is null : Senders().Count == 0;
        foreach (var slave in _slaves)
        {
            if (skipsDelay && slave.Link is MiiStatus.Down or MiiStatus.GoingBack && HasLink(slave.Nic))
            {
                SetLink(slave, MiiStatus.Up);
                skipsDelay = false;
            }
            else
                Monitor(slave, _sinceMonitor);
        }
        _sinceMonitor = 0;
        SelectCurrent();
    }

    /// <summary>The slaves that may send ordinary frames, in the order the transmit hash indexes.</summary>
    public List<BondMember> Senders()
    {
        var senders = new List<BondMember>();
        foreach (var slave in _slaves)
        {
            if (Options.Mode.Equals(BondMode.ActiveBackup) ? slave == Current : slave.IsUp && (slave.Lacp?.Forwarding ?? true))
                senders.Add(slave);
        }
        return senders;
    }

    /// <summary>Whether an ordinary frame that arrives on this slave is passed on (bond_should_deliver_exact_match).</summary>
    public bool Accepts(BondMember slave) =>
        Options.Mode.Equals(BondMode.ActiveBackup) ? slave == Current : slave.IsUp && (slave.Lacp?.Forwarding ?? true);

    public int NextRoundRobin() => _roundRobin++;

    private void Monitor(BondMember slave, int elapsed)
    {
        var carrier = HasLink(slave.Nic);
        switch (slave.Link)
        {
            case MiiStatus.Up when !carrier:
                (slave.Link, slave.Delay) = (MiiStatus.GoingDown, Options.DownDelay);
                goto case MiiStatus.GoingDown;
            case MiiStatus.GoingDown:
                if (carrier)
                    SetLink(slave, MiiStatus.Up);
                else if (slave.Delay <= 0)
                {
                    slave.Failures++;
                    SetLink(slave, MiiStatus.Down);
                }
                else
                    slave.Delay -= elapsed;
                break;
            case MiiStatus.Down when carrier:
                (slave.Link, slave.Delay) = (MiiStatus.GoingBack, Options.UpDelay);
                goto case MiiStatus.GoingBack;
            case MiiStatus.GoingBack:
                if (!carrier)
                    SetLink(slave, MiiStatus.Down);
                else if (slave.Delay <= 0)
                    SetLink(slave, MiiStatus.Up);
                else
                    slave.Delay -= elapsed;
                break;
        }
    }

    // The ARP monitor's targets answer over every cable that lets a frame pass.
    private bool HasLink(Nic nic) => Options.ArpInterval > 0 ? nic.Cable?.PassesToSwitch ?? nic.Carrier : nic.Carrier;

    private static void SetLink(BondMember slave, MiiStatus link)
    {
        slave.Link = link;
        slave.Lacp?.SetLink(link == MiiStatus.Up);
    }

    private void SelectCurrent()
    {
        if (!Options.UsesPrimary)
            return;
        BondMember? primary = null, first = null;
        foreach (var slave in _slaves)
        {
            if (!slave.IsUp)
                continue;
            first ??= slave;
            if (string.Equals(slave.Nic.Name, Options.Primary, StringComparison.Ordinal))
                primary = slave;
        }
        var keep = Current is { IsUp: true } ? Current : null;
        Current = Options.PrimaryReselect == "failure" ? keep ?? primary ?? first : primary ?? keep ?? first;
        if (Current is not null && Options.FailOverMac == "active")
            Address = Current.Nic.Address;
    }
}
