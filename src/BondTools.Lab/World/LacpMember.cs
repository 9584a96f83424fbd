using System;
using BondTools.Lacp;
using BondTools.Linux;

namespace BondTools.Lab.World;

/// <summary>A LACPDU as it travels a cable: what the sender says of itself and what it believes of the receiver.</summary>
internal sealed record LacpMessage(LacpPort Actor, LacpPort Partner);

internal enum ReceiveState { None, Initialize, PortDisabled, LacpDisabled, Expired, Defaulted, Current }

internal enum PeriodicState { None, Fast, Slow, Transmit }

internal enum MuxState { Detached, Waiting, Attached, CollectingDistributing }

/// <summary>
/// One port of a LACP system with its receive, periodic, mux, transmit and churn machines, as the bonding driver runs them
/// (drivers/net/bonding/bond_3ad.c; IEEE 802.1AX-2014, 6.4). Time is counted in ticks of 100 ms.
/// </summary>
internal sealed class LacpMember
{
    private const int TicksPerSecond = 10;
    private const int FastPeriod = 1 * TicksPerSecond, SlowPeriod = 30 * TicksPerSecond;
    private const int ShortTimeout = 3 * TicksPerSecond, LongTimeout = 90 * TicksPerSecond;
    private const int AggregateWait = 2 * TicksPerSecond;
    private const int ChurnDetection = 60 * TicksPerSecond;
    // At most three LACPDUs a second.
    private const int TransmitInterval = TicksPerSecond / 3;

    private const LacpPortState Carrying = LacpPortState.Collecting | LacpPortState.Distributing;
    private const LacpPortState Negotiated =
        LacpPortState.Activity | LacpPortState.ShortTimeout | LacpPortState.Aggregation | LacpPortState.Synchronization;

    // What stands in for a partner that was never heard (bond_3ad.c, ad_initialize_port).
    private static readonly LacpPort DefaultPartner = new()
    {
        SystemPriority = 65535, SystemMacAddress = MacAddress.Zero, Key = 1, PortPriority = 255, PortNumber = 1,
        State = LacpPortState.None,
    };

    private readonly LacpGroup _group;
    private PeriodicState _periodic;
    private bool _begin = true, _lacpEnabled = true, _matched, _readyNow, _churnRestart, _sendSoon;
    private int _receiveTimer, _periodicTimer, _waitTimer, _transmitTimer = TransmitInterval, _actorChurnTimer, _partnerChurnTimer;

    public LacpMember(LacpGroup group, string name, int number, int aggregatorId, bool linkUp)
    {
        (_group, Name, Number, Enabled) = (group, name, number, linkUp);
        Own = new LacpAggregator(aggregatorId, this);
        PortPriority = group.PortPriority;
        State = LacpPortState.Aggregation
            | (group.Active ? LacpPortState.Activity : 0)
            | (group.Fast ? LacpPortState.ShortTimeout : 0);
        Key = group.KeyOf(this);
    }

    public string Name { get; }
    public int Number { get; }
    public int SpeedMbps { get; private set; } = Cable.GigabitMbps;
    public bool FullDuplex { get; private set; } = true;
    public int PortPriority { get; set; }
    public int Key { get; private set; }
    public bool Enabled { get; private set; }
    public bool Selected { get; set; }
    /// <summary>Whether the device's own policy keeps the port out.</summary>
    public bool Held { get; private set; }
    public bool Ready { get; set; }
    public bool ReadyNow => _readyNow;
    /// <summary>Whether the device sends and takes ordinary frames on this port.</summary>
    public bool Forwarding { get; set; }
    public ReceiveState Receiver { get; private set; }
    public MuxState Mux { get; private set; } = MuxState.Detached;
    public LacpPortState State { get; private set; }
    public LacpPort Partner { get; private set; } = DefaultPartner;
    public LacpAggregator Own { get; }
    public LacpAggregator? Aggregator { get; set; }
    public ChurnState ActorChurn { get; private set; } = ChurnState.Monitoring;
    public ChurnState PartnerChurn { get; private set; } = ChurnState.Monitoring;
    public int ActorChurned { get; private set; }
    public int PartnerChurned { get; private set; }
    /// <summary>LACPDUs sent since the port joined.</summary>
    public long Sent { get; private set; }
    /// <summary>LACPDUs received since the port joined.</summary>
    public long Received { get; private set; }
    /// <summary>Ticks since the last LACPDU came in.</summary>
    public int Age { get; private set; }
    /// <summary>Puts a LACPDU on the port's cable.</summary>
    public Action<LacpMessage>? Send { get; set; }

    public bool HasPartner => !Partner.SystemMacAddress.IsZero;
    public bool Bundled => Mux == MuxState.CollectingDistributing && (State & Carrying) == Carrying;

    public LacpPort Actor => new()
    {
        SystemPriority = _group.SystemPriority, SystemMacAddress = _group.SystemMacAddress, Key = Key,
        PortPriority = PortPriority, PortNumber = Number, State = State,
    };

    /// <summary>Tells the port that its link came up or went (bond_3ad_handle_link_change).</summary>
    public void SetLink(bool up)
    {
        if (Enabled == up)
            return;
        Enabled = up;
        Key = _group.KeyOf(this);
        _lacpEnabled = up;
        // A port that comes back has a new speed, which restarts its machines.
        _begin |= up;
        if (!up)
            Forwarding = false;
        _group.SelectActive();
    }

    /// <summary>Tells the port its link's speed and duplex; others than before restart its machines (bond_3ad_adapter_speed_duplex_changed).</summary>
    public void SetPace(int speedMbps, bool fullDuplex)
    {
        if ((SpeedMbps, FullDuplex) == (speedMbps, fullDuplex))
            return;
        (SpeedMbps, FullDuplex, _begin) = (speedMbps, fullDuplex, true);
        Key = _group.KeyOf(this);
    }

    /// <summary>Keeps the port out of every aggregator, or lets it in again; it speaks on, out of sync.</summary>
    public void Hold(bool held)
    {
        if (Held == held)
            return;
        Held = held;
        _begin = true;
    }

    /// <summary>Takes over the rate or priority that the system was given meanwhile.</summary>
    public void Reconfigure()
    {
        State = Set(State, LacpPortState.ShortTimeout, _group.Fast);
        State = Set(State, LacpPortState.Activity, _group.Active);
        _sendSoon = true;
    }

    /// <summary>Leaves sync, as a port does that is moved to an aggregator which carries no traffic.</summary>
    public void LoseSynchronization() => State &= ~LacpPortState.Synchronization;

    public void Receive(LacpMessage message)
    {
        Age = 0;
        Received++;
        RunReceiver(message);
    }

    public void Tick()
    {
        Age++;
        RunReceiver(null);
        RunPeriodic();
        _group.SelectAggregator(this);
        RunMux();
        RunTransmitter();
        RunChurn();
        _begin = false;
    }

    private void RunReceiver(LacpMessage? message)
    {
        var before = Receiver;
        if (_begin)
        {
            Receiver = ReceiveState.Initialize;
            _churnRestart = true;
        }
        else if (!Enabled)
            Receiver = ReceiveState.PortDisabled;
        else if (message is not null && Receiver is ReceiveState.Expired or ReceiveState.Defaulted or ReceiveState.Current)
        {
            _churnRestart |= Receiver != ReceiveState.Current;
            _receiveTimer = 0;
            Receiver = ReceiveState.Current;
        }
        else if (_receiveTimer > 0 && --_receiveTimer == 0)
            Receiver = Receiver switch
            {
                ReceiveState.Expired => ReceiveState.Defaulted,
                ReceiveState.Current => ReceiveState.Expired,
                _ => Receiver,
            };
        else if (Receiver == ReceiveState.PortDisabled)
            Receiver = _lacpEnabled ? ReceiveState.Expired : ReceiveState.LacpDisabled;

        if (Receiver != before || message is not null)
            EnterReceiver(message);
    }

    private void EnterReceiver(LacpMessage? message)
    {
        switch (Receiver)
        {
            case ReceiveState.Initialize:
                _lacpEnabled = Enabled;
                Selected = false;
                RecordDefault();
                State &= ~LacpPortState.Expired;
                Receiver = ReceiveState.PortDisabled;
                _matched = false;
                break;
            case ReceiveState.PortDisabled:
                _matched = false;
                Partner = Partner with { State = Partner.State & ~LacpPortState.Synchronization };
                break;
            case ReceiveState.LacpDisabled:
                Selected = false;
                RecordDefault();
                _matched = true;
                State &= ~LacpPortState.Expired;
                break;
            case ReceiveState.Expired:
                Partner = Partner with
                {
                    State = (Partner.State & ~LacpPortState.Synchronization) | LacpPortState.ShortTimeout,
                };
                _matched = false;
                _receiveTimer = ShortTimeout;
                State |= LacpPortState.Expired;
                _churnRestart = true;
                break;
            case ReceiveState.Defaulted:
                if (!SameLag(Partner, DefaultPartner))
                    Selected = false;
                RecordDefault();
                _matched = true;
                State &= ~LacpPortState.Expired;
                break;
            // The driver says "An illegal loopback occurred" and believes nothing of it; not even the timer runs any more.
            case ReceiveState.Current when message is not null && message.Actor.SystemMacAddress.Equals(_group.SystemMacAddress):
                break;
            case ReceiveState.Current when message is not null:
                if (!SameLag(message.Actor, Partner))
                    Selected = false;
                // The partner has an old idea of this end: tell it again.
                _sendSoon |= !Describes(message.Partner, Negotiated);
                _matched = Describes(message.Partner, LacpPortState.Aggregation)
                    || (message.Actor.State & LacpPortState.Aggregation) == 0;
                var partner = message.Actor.State;
                Partner = message.Actor with { State = _matched ? partner : partner & ~LacpPortState.Synchronization };
                State &= ~(LacpPortState.Defaulted | LacpPortState.Expired);
                _receiveTimer = (State & LacpPortState.ShortTimeout) != 0 ? ShortTimeout : LongTimeout;
                break;
        }
    }

    private void RecordDefault()
    {
        Partner = DefaultPartner;
        State |= LacpPortState.Defaulted;
    }

    private bool Describes(LacpPort seen, LacpPortState bits)
    {
        var actor = Actor;
        return SameLag(seen, actor) && ((seen.State ^ actor.State) & bits) == 0;
    }

    private static bool SameLag(LacpPort a, LacpPort b) =>
        a.PortNumber == b.PortNumber && a.PortPriority == b.PortPriority && a.SystemMacAddress.Equals(b.SystemMacAddress)
        && a.SystemPriority == b.SystemPriority && a.Key == b.Key
        && ((a.State ^ b.State) & LacpPortState.Aggregation) == 0;

    private void RunPeriodic()
    {
        var before = _periodic;
        var partnerFast = (Partner.State & LacpPortState.ShortTimeout) != 0;
        if (_begin || !_lacpEnabled || !Enabled || ((State | Partner.State) & LacpPortState.Activity) == 0)
            _periodic = PeriodicState.None;
        else if (_periodicTimer > 0)
        {
            if (--_periodicTimer == 0)
                _periodic = PeriodicState.Transmit;
            else if (_periodic == PeriodicState.Fast && !partnerFast)
                _periodic = PeriodicState.Slow;
            else if (_periodic == PeriodicState.Slow && partnerFast)
                (_periodic, _periodicTimer) = (PeriodicState.Transmit, 0);
        }
        else if (_periodic == PeriodicState.None)
            _periodic = PeriodicState.Fast;
        else if (_periodic == PeriodicState.Transmit)
            _periodic = partnerFast ? PeriodicState.Fast : PeriodicState.Slow;

        if (_periodic == before)
            return;
        switch (_periodic)
        {
            case PeriodicState.Transmit:
                _sendSoon = true;
                break;
            case PeriodicState.None:
                _periodicTimer = 0;
                break;
            default:
                _periodicTimer = (_periodic == PeriodicState.Fast ? FastPeriod : SlowPeriod) - 1;
                break;
        }
    }

    private void RunMux()
    {
        var before = Mux;
        var partnerInSync = (Partner.State & LacpPortState.Synchronization) != 0;
        if (_begin)
            Mux = MuxState.Detached;
        else
            switch (Mux)
            {
                case MuxState.Detached when Selected:
                    Mux = MuxState.Waiting;
                    break;
                case MuxState.Waiting when !Selected:
                case MuxState.Attached when !Selected:
                    _readyNow = false;
                    Aggregator?.UpdateReady();
                    Mux = MuxState.Detached;
                    break;
                case MuxState.Waiting:
                    if (_waitTimer > 0 && --_waitTimer == 0)
                        _readyNow = true;
                    Aggregator?.UpdateReady();
                    if (Ready && _waitTimer == 0)
                        Mux = MuxState.Attached;
                    break;
                case MuxState.Attached when Aggregator!.Active:
                    if (partnerInSync)
                        Mux = MuxState.CollectingDistributing;
                    else
                        State |= LacpPortState.Synchronization;
                    break;
                case MuxState.CollectingDistributing:
                    if (!Selected || !partnerInSync || (State & LacpPortState.Synchronization) == 0)
                        Mux = MuxState.Attached;
                    else
                        Forwarding |= Aggregator!.Active && Enabled;
                    break;
            }
        if (Mux != before)
            EnterMux();
    }

    private void EnterMux()
    {
        switch (Mux)
        {
            case MuxState.Waiting:
                _waitTimer = AggregateWait;
                return;
            case MuxState.CollectingDistributing:
                State |= Carrying | LacpPortState.Synchronization;
                Forwarding = Aggregator!.Active;
                break;
            default:
                State &= ~Carrying;
                State = Set(State, LacpPortState.Synchronization, Mux == MuxState.Attached && Aggregator!.Active);
                if (Aggregator is { HasPartner: true })
                    Forwarding = false;
                break;
        }
        _sendSoon = true;
    }

    private void RunTransmitter()
    {
        if (--_transmitTimer > 0)
            return;
        _transmitTimer = TransmitInterval;
        if (!_sendSoon || !_lacpEnabled || !Enabled || (_group.RequiresPartner && ((State | Partner.State) & LacpPortState.Activity) == 0))
            return;
        _sendSoon = false;
        Sent++;
        Send?.Invoke(new LacpMessage(Actor, Partner));
    }

    private void RunChurn()
    {
        if (_churnRestart)
        {
            _churnRestart = false;
            ActorChurn = PartnerChurn = ChurnState.Monitoring;
            _actorChurnTimer = _partnerChurnTimer = ChurnDetection;
            return;
        }
        if (_actorChurnTimer > 0 && --_actorChurnTimer == 0)
        {
            ActorChurn = (State & LacpPortState.Synchronization) != 0 ? ChurnState.None : ChurnState.Churned;
            ActorChurned += ActorChurn == ChurnState.Churned ? 1 : 0;
        }
        if (_partnerChurnTimer > 0 && --_partnerChurnTimer == 0)
        {
            PartnerChurn = (Partner.State & LacpPortState.Synchronization) != 0 ? ChurnState.None : ChurnState.Churned;
            PartnerChurned += PartnerChurn == ChurnState.Churned ? 1 : 0;
        }
    }

    private static LacpPortState Set(LacpPortState state, LacpPortState bit, bool on) => on ? state | bit : state & ~bit;
}
