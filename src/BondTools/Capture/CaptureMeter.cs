using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using BondTools.Hashing;
using BondTools.Lacp;

namespace BondTools.Capture;

/// <summary>Goes through the captures of a bond's links in the order of time, once, and counts.</summary>
internal sealed class CaptureMeter
{
    private readonly FlowTable _flows = new();
    private readonly RecentFrames _recent = new();
    private readonly LacpTimeline _timeline = new();
    private readonly List<Link> _links = [];
    private readonly HashSet<ulong> _hostMacs;
    private long _duplicates, _reordered, _first = long.MaxValue, _last = long.MinValue;

    private CaptureMeter(IEnumerable<MacAddress> hostMacs) => _hostMacs = [.. hostMacs.Select(mac => Bytes.Big48(mac.GetAddressBytes(), 0))];

    /// <summary>Measures captures.</summary>
    /// <param name="sources">The captures, each in the order of time.</param>
    /// <param name="listed">How many flows are listed, the largest.</param>
    /// <param name="hostMacs">MAC addresses on the host's side; they tell directions where the captures do not.</param>
    /// <param name="cancellationToken">Ends the measuring.</param>
    public static CaptureReport Measure(
        IReadOnlyList<(CaptureReader Reader, LacpOrigin Origin)> sources, int listed, IEnumerable<MacAddress> hostMacs, CancellationToken cancellationToken)
    {
        var meter = new CaptureMeter(hostMacs);
        meter.Run([.. sources.Select(source => new Source(source.Reader, source.Origin))], cancellationToken);
        return meter.Report(listed);
    }

    private void Run(List<Source> sources, CancellationToken cancellationToken)
    {
        sources.RemoveAll(source => !Advance(source));
        for (var counted = 1; sources.Count > 0; counted++)
        {
            var next = sources[0];
            for (var i = 1; i < sources.Count; i++)
            {
                if (sources[i].Reader.Time < next.Reader.Time)
                    next = sources[i];
            }

            Count(next.Reader, next.Links[next.Reader.InterfaceIndex]);
            if (!Advance(next))
                sources.Remove(next);
            if (counted % 1024 == 0)
                cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private bool Advance(Source source)
    {
        var hasFrame = source.Reader.Read();
        while (source.Links.Count < source.Reader.Interfaces.Count)
        {
            var link = new Link(source, source.Reader.Interfaces[source.Links.Count].Name, _links.Count);
            source.Links.Add(link);
            _links.Add(link);
        }
        return hasFrame;
    }

    private void Count(CaptureReader frame, Link link)
    {
        var bytes = frame.OriginalLength;
        link.Packets++;
        link.Bytes += bytes;
        if (frame.Time < _first && frame.Time != 0)
            _first = frame.Time;
        if (frame.Time > _last)
            _last = frame.Time;
        if (frame.LinkType != CaptureLinkType.Ethernet)
        {
            CountLacp(frame, link);
            return;
        }

        var key = LinuxFlowDissector.Read(frame.Data, frame.Offset, frame.Length, frame.Length < bytes, isTagMetadata: true, followsErrors: false);
        var direction = frame.Direction != FrameDirection.Unknown || _hostMacs.Count == 0 ? frame.Direction
            : _hostMacs.Contains(key.SourceMac) ? FrameDirection.Sent : FrameDirection.Received;
        link.HasDirections |= direction != FrameDirection.Unknown;
        if (direction == FrameDirection.Sent)
        {
            link.SentPackets++;
            link.SentBytes += bytes;
        }

        // Each port sends its own LACPDUs: they are no flow of the bond's.
        if (key.EtherType == Flow.SlowProtocols && CountLacp(frame, link))
            return;
        var isDuplicate = _recent.IsRepeated(frame, link.Index);
        _duplicates += isDuplicate ? 1 : 0;
        if (_flows.Add(key, link.Index, direction, bytes, frame.Time, Sequence(frame, key), isDuplicate))
            _reordered++;
    }

    private bool CountLacp(CaptureReader frame, Link link)
    {
        if (LacpFrameReader.TryDecode(frame, link.Source.Origin) is not { } decoded)
            return false;
        _timeline.Add(decoded);
        if (decoded is { Actor: { } actor, Time: { } time })
            link.AddLacp(actor, time);
        return true;
    }

    /// <summary>The number by which packets of one direction follow each other.</summary>
    private static uint? Sequence(CaptureReader frame, in FlowKey key)
    {
        if (key.Kind != FlowKind.IP || key.IsFragment)
            return null;
        var at = frame.Offset + 14 + (Bytes.Big16(frame.Data, frame.Offset + 12) == key.EtherType ? 0 : 4);
        at += key.EtherType == Flow.IPv4 ? (frame.Data[at] & 0xF) * 4 : 40;
        at += key.Protocol switch { 6 or 50 => 4, 51 => 8, _ => 6 };
        return key.Protocol switch
        {
            6 or 50 or 51 => at + 4 <= frame.Offset + frame.Length ? Bytes.Big32(frame.Data, at) : null,
            // A ping's number has 16 bits; it is put at the top, so that it wraps around where the others do.
            1 or 58 => key.Layer4 != 0 && at + 2 <= frame.Offset + frame.Length ? (uint)Bytes.Big16(frame.Data, at) << 16 : null,
            _ => null,
        };
    }

    private CaptureReport Report(int listed)
    {
        var names = LinkNames();
        long asymmetric = 0, split = 0;
        var largest = new List<(long Bytes, int Index)>();
        foreach (var (index, links) in _flows.All())
        {
            int? request = FlowTable.Main(links, isReply: false), reply = FlowTable.Main(links, isReply: true);
            asymmetric += request is not null && reply is not null && request != reply ? 1 : 0;
            split += links.Count(c => c.IsReply) > 1 || links.Count(c => !c.IsReply) > 1 ? 1 : 0;
            foreach (var link in links.Select(c => c.Link).Distinct())
                _links[link].Flows++;
            largest.Add((links.Sum(c => c.Bytes), index));
        }

        return new CaptureReport
        {
            Links = [.. _links.Select((link, i) => link.Report(names[i]))],
            Flows = [.. largest.OrderByDescending(flow => flow.Bytes).ThenBy(flow => flow.Index).Take(listed).Select(flow => _flows.Report(flow.Index, link => names[link]))],
            FlowCount = _flows.Count,
            UnfollowedPackets = _flows.Unfollowed,
            AsymmetricFlows = asymmetric,
            SplitFlows = split,
            Duplicates = _duplicates,
            Reordered = _reordered,
            Start = _first == long.MaxValue ? null : CaptureReader.ToDateTime(_first),
            End = _first == long.MaxValue ? null : CaptureReader.ToDateTime(_last),
            LacpChanges = _timeline.Complete(),
            IsPartial = _links.Any(link => link.Source.Reader.Defect is not null),
        };
    }

    /// <summary>The interfaces' names; where two links have the same, the file's name before it.</summary>
    private List<string> LinkNames()
    {
        var names = _links.Select(link => link.InterfaceName ?? link.Source.Origin.Interface).ToList();
        var repeated = new HashSet<string>(names.GroupBy(name => name).Where(group => group.Count() > 1).Select(group => group.Key));
        for (var i = 0; i < names.Count; i++)
        {
            if (!repeated.Contains(names[i]))
                continue;
            var full = _links[i].InterfaceName is null ? names[i] : $"{_links[i].Source.Origin.Interface}:{names[i]}";
            var number = names.Take(i).Count(name => name == full || name.StartsWith(full + "#", StringComparison.Ordinal));
            names[i] = number == 0 ? full : $"{full}#{number + 1}";
        }
        return names;
    }

    /// <summary>A capture, and a link for each of its interfaces.</summary>
    private sealed record Source(CaptureReader Reader, LacpOrigin Origin)
    {
        public List<Link> Links { get; } = [];
    }

    private sealed class Link(Source source, string? interfaceName, int index)
    {
        private const int MostSenders = 64;

        private readonly Dictionary<(MacAddress System, int Port), (int Count, DateTimeOffset First, DateTimeOffset Last, TimeSpan Longest)> _senders = [];

        public Source Source => source;
        public string? InterfaceName => interfaceName;
        public int Index => index;
        public long Packets { get; set; }
        public long Bytes { get; set; }
        public long SentPackets { get; set; }
        public long SentBytes { get; set; }
        public bool HasDirections { get; set; }
        public long Flows { get; set; }

        public void AddLacp(LacpPort actor, DateTimeOffset time)
        {
            var key = (actor.SystemMacAddress, actor.PortNumber);
            if (_senders.TryGetValue(key, out var sender))
            {
                var gap = time - sender.Last;
                _senders[key] = (sender.Count + 1, sender.First, time, gap > sender.Longest ? gap : sender.Longest);
            }
            else if (_senders.Count < MostSenders)
            {
                _senders[key] = (1, time, time, TimeSpan.Zero);
            }
        }

        public CaptureLink Report(string name) => new()
        {
            Name = name,
            Path = source.Origin.Path,
            Packets = Packets,
            Bytes = Bytes,
            SentPackets = HasDirections ? SentPackets : null,
            SentBytes = HasDirections ? SentBytes : null,
            Flows = Flows,
            LacpSenders = [.. _senders.Select(sender => new CaptureLacpSender
            {
                SystemMacAddress = sender.Key.System,
                PortNumber = sender.Key.Port,
                Count = sender.Value.Count,
                MeanInterval = sender.Value.Count > 1 ? TimeSpan.FromTicks((sender.Value.Last - sender.Value.First).Ticks / (sender.Value.Count - 1)) : null,
                LongestInterval = sender.Value.Count > 1 ? sender.Value.Longest : null,
            })],
            Defect = source.Reader.Defect,
        };
    }
}
