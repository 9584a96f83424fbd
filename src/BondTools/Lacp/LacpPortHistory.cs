using System;
using System.Collections.Generic;
using System.Globalization;
using BondTools.Linux;

namespace BondTools.Lacp;

/// <summary>One port as the capture of one interface shows it: how it is now, and what changes with each LACPDU.</summary>
internal sealed class LacpPortHistory(int number)
{
    // LACPDUs are sent every 1 s or 30 s; what lies between was sent because something changed.
    private static readonly TimeSpan FastInterval = TimeSpan.FromSeconds(1), SlowInterval = TimeSpan.FromSeconds(30);
    private const int IntervalsToExpire = 3;
    private const int IntervalsToTell = 2;

    private LacpRate? _rate;
    private LacpRate? _lastRate;
    private int _sameRates;
    private bool _isKnown;

    /// <summary>Its place in the order of appearance, from 0.</summary>
    public int Number { get; } = number;

    /// <summary>Its latest LACPDU.</summary>
    public LacpFrame Frame { get; private set; } = null!;

    public LacpPort Actor { get; private set; } = null!;

    public LacpPort Partner { get; private set; } = null!;

    public DateTimeOffset Time { get; private set; }

    /// <summary>When it last said something new of itself.</summary>
    public DateTimeOffset ChangedAt { get; private set; }

    /// <summary>Whether what it says of its partner is not what that says of itself.</summary>
    public bool IsAtOddsWithPartner { get; set; }

    /// <summary>What to call it in a sentence.</summary>
    public string Name => string.Format(CultureInfo.InvariantCulture, "port {0} of {1} on {2}", Actor.PortNumber, Actor.SystemMacAddress, Frame.Interface);

    /// <summary>The interval at which its partner has asked it to send, as far as it has heard that.</summary>
    private TimeSpan Interval => (Partner.State & LacpPortState.ShortTimeout) != 0 ? FastInterval : SlowInterval;

    private TimeSpan Patience => TimeSpan.FromTicks(Interval.Ticks * IntervalsToExpire);

    /// <summary>Takes its next LACPDU.</summary>
    public void Add(LacpFrame frame, DateTimeOffset time, LacpPort actor, LacpPort partner, List<LacpStateChange> changes)
    {
        if (!_isKnown)
        {
            (_isKnown, Frame, Actor, Partner, Time, ChangedAt) = (true, frame, actor, partner, time, time);
            changes.Add(Describe(LacpChangeKind.Appeared, time, $"{LacpText.Of(actor.State)}; partner {LacpText.PartnerOf(partner)}."));
            return;
        }

        var silence = time - Time;
        if (silence > Patience)
            changes.Add(Silent(silence, "; then it was heard again"));
        ObserveRate(silence);
        var (previousActor, previousPartner) = (Actor, Partner);
        (Frame, Actor, Partner, Time) = (frame, actor, partner, time);
        if (actor.State != previousActor.State || actor.Key != previousActor.Key)
            ChangedAt = time;
        if (actor.State != previousActor.State)
            changes.Add(Describe(LacpChangeKind.StateChanged, time, LacpText.Change(previousActor.State, actor.State) + ".") with { PreviousState = previousActor.State, Silence = silence });
        if (LacpText.Change(previousActor, actor, previousPartner, partner) is { } change)
            changes.Add(Describe(LacpChangeKind.PartnerChanged, time, change + ".") with { PreviousState = previousActor.State });
        if (_sameRates == IntervalsToTell && _rate != _lastRate)
        {
            _rate = _lastRate;
            changes.Add(Describe(LacpChangeKind.RateChanged, time, _rate == LacpRate.Fast ? "It sends every second." : "It sends every 30 seconds.") with { PreviousState = previousActor.State });
        }
    }

    /// <summary>Says so when it was silent at the end of the captures.</summary>
    public void Complete(DateTimeOffset end, List<LacpStateChange> changes)
    {
        if (end - Time > Patience)
            changes.Add(Silent(end - Time, "; it is not heard again"));
    }

    /// <summary>Makes the record of something that happened.</summary>
    public LacpStateChange Describe(LacpChangeKind kind, DateTimeOffset time, string description) => new()
    {
        Time = time,
        Kind = kind,
        ComputerName = Frame.ComputerName,
        Path = Frame.Path,
        Interface = Frame.Interface,
        FrameNumber = Frame.FrameNumber,
        SystemMacAddress = Actor.SystemMacAddress,
        PortNumber = Actor.PortNumber,
        State = Actor.State,
        Description = description,
    };

    private LacpStateChange Silent(TimeSpan silence, string sequel) =>
        Describe(LacpChangeKind.Silent, Time, string.Format(
            CultureInfo.InvariantCulture,
            "It sends nothing for {0:0.0} s where its partner waits for {1:0} s{2}.",
            silence.TotalSeconds,
            Patience.TotalSeconds,
            sequel)) with { PreviousState = Actor.State, Silence = silence };

    private void ObserveRate(TimeSpan interval)
    {
        // Timers are a little late, and an LACPDU sent for a change shifts nothing.
        LacpRate? rate = interval.TotalSeconds switch
        {
            >= 0.8 and <= 1.5 => LacpRate.Fast,
            >= 25 and <= 35 => LacpRate.Slow,
            _ => null,
        };
        if (rate is null)
            return;
        _sameRates = rate == _lastRate ? Math.Min(_sameRates + 1, IntervalsToTell) : 1;
        _lastRate = rate;
    }
}
