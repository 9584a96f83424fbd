using System;
using System.Linq;
using BondTools.Lacp;
using BondTools.Fuzzing;
using Xunit;

namespace BondTools.Tests.Captures;

public class LacpTimelineTests
{
    private const string HostSystem = "08:00:27:00:00:08", SwitchSystem = "02:5c:00:00:00:01";
    private const LacpPortState Up = (LacpPortState)63, Alone = (LacpPortState)0xC7, Waiting = (LacpPortState)7;

    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly LacpTimeline _timeline = new();
    private long _frame;

    [Fact]
    public void Two_healthy_links_appear_and_settle_at_their_rate_and_nothing_more()
    {
        for (var second = 0; second < 10; second++)
        {
            Both("enp0s8", second, 1, 11);
            Both("enp0s9", second + 0.3, 2, 12);
        }

        var changes = _timeline.Complete();
        Assert.Equal(4, changes.Count(c => c.Kind == LacpChangeKind.Appeared));
        Assert.Equal(4, changes.Count(c => c.Kind == LacpChangeKind.RateChanged));
        Assert.Equal(8, changes.Count);
        Assert.All(changes.Where(c => c.Kind == LacpChangeKind.RateChanged), c => Assert.Equal("It sends every second.", c.Description));
    }

    [Fact]
    public void A_change_names_the_bits_that_came_and_went()
    {
        Host("enp0s8", 0, 1, Alone, null);
        Host("enp0s8", 1, 1, Up, SlowFrames.Port(SwitchSystem, 11, Up));

        var changes = _timeline.Complete();
        var state = Assert.Single(changes, c => c.Kind == LacpChangeKind.StateChanged);
        Assert.StartsWith("+Synchronization +Collecting +Distributing -Defaulted -Expired: state 63", state.Description, StringComparison.Ordinal);
        Assert.Equal((Alone, Up, 2, TimeSpan.FromSeconds(1)), (state.PreviousState, state.State, state.FrameNumber, state.Silence));
        Assert.Equal($"Partner none became {SwitchSystem} port 11 key 15.", Assert.Single(changes, c => c.Kind == LacpChangeKind.PartnerChanged).Description);
    }

    [Fact]
    public void A_port_that_is_not_heard_for_three_intervals_is_silent_from_its_last_LACPDU_on()
    {
        Host("enp0s8", 0, 1, Up, SlowFrames.Port(SwitchSystem, 11, Up));
        Host("enp0s8", 2.9, 1, Up, SlowFrames.Port(SwitchSystem, 11, Up));
        Host("enp0s8", 6.5, 1, Up, SlowFrames.Port(SwitchSystem, 11, Up));
        Host("enp0s9", 20, 2, Up, SlowFrames.Port(SwitchSystem, 12, Up));

        var silences = _timeline.Complete().Where(c => c.Kind == LacpChangeKind.Silent).ToList();
        Assert.Equal([Start.AddSeconds(2.9), Start.AddSeconds(6.5)], silences.Select(c => c.Time));
        Assert.Equal([TimeSpan.FromSeconds(3.6), TimeSpan.FromSeconds(13.5)], silences.Select(c => c.Silence));
        Assert.Contains("it is not heard again", silences[1].Description, StringComparison.Ordinal);
    }

    [Fact]
    public void A_partner_that_asks_for_slow_LACPDUs_waits_ninety_seconds()
    {
        var slow = SlowFrames.Port(SwitchSystem, 11, Up & ~LacpPortState.ShortTimeout);
        foreach (var second in new[] { 0, 30, 60, 149 })
            Host("enp0s8", second, 1, Up, slow);

        var changes = _timeline.Complete();
        Assert.DoesNotContain(changes, c => c.Kind == LacpChangeKind.Silent);
        Assert.Equal("It sends every 30 seconds.", Assert.Single(changes, c => c.Kind == LacpChangeKind.RateChanged).Description);
    }

    [Fact]
    public void The_first_divergence_of_two_links_is_where_they_began_to_differ_for_good()
    {
        var ends = (First: SlowFrames.Port(SwitchSystem, 11, Up), Second: SlowFrames.Port(SwitchSystem, 12, Up));
        for (var second = 0; second < 20; second++)
        {
            // A second apart at first, which is how links come up.
            Host("enp0s8", second, 1, second < 2 ? Waiting : Up, ends.First);
            Host("enp0s9", second + 0.5, 2, second is < 3 or >= 10 ? Waiting : Up, ends.Second);
        }

        var divergence = Assert.Single(_timeline.Complete(), c => c.Kind == LacpChangeKind.Diverged);
        Assert.Equal((Start.AddSeconds(10.5), "enp0s9", 2), (divergence.Time, divergence.Interface, divergence.PortNumber));
        Assert.Contains("enp0s8", divergence.Description, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    public void Links_that_carried_traffic_together_diverge_where_one_leaves_for_two_seconds(int seconds, int divergences)
    {
        var ends = (First: SlowFrames.Port(SwitchSystem, 11, Up), Second: SlowFrames.Port(SwitchSystem, 12, Up));
        for (var second = 0; second < 20; second++)
        {
            Host("enp0s8", second, 1, Up, ends.First);
            Host("enp0s9", second + 0.5, 2, second >= 10 && second < 10 + seconds ? Waiting : Up, ends.Second);
        }

        Assert.Equal(Enumerable.Repeat(Start.AddSeconds(10.5), divergences), _timeline.Complete().Where(c => c.Kind == LacpChangeKind.Diverged).Select(c => c.Time));
    }

    [Fact]
    public void Links_of_a_system_to_two_partners_diverge_though_both_are_up()
    {
        for (var second = 0; second < 5; second++)
        {
            Host("enp0s8", second, 1, Up, SlowFrames.Port(SwitchSystem, 11, Up));
            Host("enp0s9", second, 2, Up, SlowFrames.Port("02:5c:00:00:00:02", 11, Up));
        }

        var divergence = Assert.Single(_timeline.Complete(), c => c.Kind == LacpChangeKind.Diverged);
        Assert.Contains("partners 02:5c:00:00:00:0", divergence.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void A_port_that_goes_on_naming_an_old_state_of_its_partner_has_not_heard_it()
    {
        for (var second = 0; second < 6; second++)
        {
            Device("enp0s8", second, 11, second < 3 ? Up : Alone, SlowFrames.Port(HostSystem, 1, Up));
            Host("enp0s8", second + 0.1, 1, Up, SlowFrames.Port(SwitchSystem, 11, Up));
        }

        var divergence = Assert.Single(_timeline.Complete(), c => c.Kind == LacpChangeKind.Diverged);
        Assert.Equal((Start.AddSeconds(4.1), 1), (divergence.Time, divergence.PortNumber));
        Assert.Contains("says of itself: state 199", divergence.Description, StringComparison.Ordinal);
    }

    private void Both(string link, double second, int hostPort, int switchPort)
    {
        Host(link, second, hostPort, Up, SlowFrames.Port(SwitchSystem, switchPort, Up));
        Device(link, second + 0.2, switchPort, Up, SlowFrames.Port(HostSystem, hostPort, Up));
    }

    private void Host(string link, double second, int port, LacpPortState state, LacpPort? partner) => Add(link, second, SlowFrames.Port(HostSystem, port, state), partner);

    private void Device(string link, double second, int port, LacpPortState state, LacpPort? partner) => Add(link, second, SlowFrames.Port(SwitchSystem, port, state), partner);

    private void Add(string link, double second, LacpPort actor, LacpPort? partner) => _timeline.Add(new LacpFrame
    {
        Interface = link,
        FrameNumber = ++_frame,
        Time = Start.AddSeconds(second),
        Subtype = LacpSubtype.Lacp,
        Actor = actor,
        Partner = partner ?? SlowFrames.Port("00:00:00:00:00:00", 0, LacpPortState.None, key: 0),
    });
}
