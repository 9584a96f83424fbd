using System;
using System.Collections.Generic;
using System.Linq;

namespace BondTools.Lacp;

/// <summary>Makes of LACPDUs, in the order of time, what happened to each port and where links or ends first disagreed.</summary>
/// <remarks>
/// A port is one sender on one interface of one capture. So a port whose LACPDUs were captured at both ends of its cable is two here,
/// and where the two disagree, frames were lost between them.
/// </remarks>
internal sealed class LacpTimeline
{
    /// <summary>How long two links of a system may differ while they come up: a few LACPDUs, of which a port may send three a second (802.1AX-2020, 6.4.16).</summary>
    internal static readonly TimeSpan Settling = TimeSpan.FromSeconds(3);

    /// <summary>How long they may differ once both have carried traffic: what befalls both is seen on each within its interval of a second.</summary>
    internal static readonly TimeSpan Parting = TimeSpan.FromSeconds(1.5);

    /// <summary>How long a port may go on naming an old state of its partner.</summary>
    internal static readonly TimeSpan Answering = TimeSpan.FromSeconds(1);

    // More links than one system aggregates; a capture made to be slow has any number.
    private const int MostComparedLinks = 64;

    private readonly Dictionary<(string? Computer, string? Path, string Interface, MacAddress System, int Port), LacpPortHistory> _ports = [];
    private readonly Dictionary<MacAddress, List<LacpPortHistory>> _systems = [];
    private readonly Dictionary<(LacpPortHistory, LacpPortHistory), Difference> _differences = [];
    private readonly HashSet<(LacpPortHistory, LacpPortHistory)> _carriedTogether = [];
    private readonly List<LacpStateChange> _changes = [];
    private DateTimeOffset _latest = DateTimeOffset.MinValue;

    /// <summary>Takes the next frame; what is not a whole LACPDU with a time says nothing here.</summary>
    public void Add(LacpFrame frame)
    {
        if (frame is not { Time: { } time, Actor: { } actor, Partner: { } partner })
            return;
        _latest = time > _latest ? time : _latest;
        var port = GetPort(frame, actor);
        port.Add(frame, time, actor, partner, _changes);
        ComparePartner(port, time, partner);
        CompareLinks(port, time);
    }

    /// <summary>Everything that happened, in the order of time, with the ports that were silent at the end.</summary>
    public IReadOnlyList<LacpStateChange> Complete()
    {
        foreach (var port in _ports.Values)
            port.Complete(_latest, _changes);
        // OrderBy keeps the order of those at one time.
        return [.. _changes.OrderBy(change => change.Time)];
    }

    private LacpPortHistory GetPort(LacpFrame frame, LacpPort actor)
    {
        var key = (frame.ComputerName, frame.Path, frame.Interface, actor.SystemMacAddress, actor.PortNumber);
        if (_ports.TryGetValue(key, out var port))
            return port;
        _ports[key] = port = new LacpPortHistory(_ports.Count);
        if (!_systems.TryGetValue(actor.SystemMacAddress, out var links))
            _systems[actor.SystemMacAddress] = links = [];
        if (links.Count < MostComparedLinks)
            links.Add(port);
        return port;
    }

    /// <summary>Holds what a port says of its partner against what that says of itself on the same cable.</summary>
    private void ComparePartner(LacpPortHistory port, DateTimeOffset time, LacpPort said)
    {
        var key = (port.Frame.ComputerName, port.Frame.Path, port.Frame.Interface, said.SystemMacAddress, said.PortNumber);
        if (!_ports.TryGetValue(key, out var partner) || ReferenceEquals(partner, port))
            return;
        var isAgreed = said.State == partner.Actor.State && said.Key == partner.Actor.Key;
        if (!isAgreed && time - partner.ChangedAt <= Answering)
            return;
        if (!isAgreed && !port.IsAtOddsWithPartner)
            _changes.Add(port.Describe(LacpChangeKind.Diverged, time, $"{port.Name} says of {partner.Name}: {LacpText.Of(said)}; that says of itself: {LacpText.Of(partner.Actor)}."));
        port.IsAtOddsWithPartner = !isAgreed;
    }

    /// <summary>Holds a port against the other links of its system.</summary>
    private void CompareLinks(LacpPortHistory port, DateTimeOffset time)
    {
        foreach (var other in _systems[port.Actor.SystemMacAddress])
        {
            if (ReferenceEquals(other, port))
                continue;
            var pair = port.Number < other.Number ? (port, other) : (other, port);
            if (LacpText.Difference(port, other) is not { } what)
            {
                _differences.Remove(pair);
                if ((port.Actor.State & LacpPortState.Distributing) != 0)
                    _carriedTogether.Add(pair);
                continue;
            }
            if (!_differences.TryGetValue(pair, out var difference))
                _differences[pair] = difference = new Difference(time, port.Describe(LacpChangeKind.Diverged, time, ""));
            if (difference.IsReported || time - difference.Since < (_carriedTogether.Contains(pair) ? Parting : Settling))
                continue;
            difference.IsReported = true;
            _changes.Add(difference.Start with { Description = $"{port.Name} and {other.Name} differ from here on: {what}." });
        }
    }

    /// <summary>That two links differ.</summary>
    private sealed class Difference(DateTimeOffset since, LacpStateChange start)
    {
        public DateTimeOffset Since { get; } = since;
        public LacpStateChange Start { get; } = start;
        public bool IsReported { get; set; }
    }
}
