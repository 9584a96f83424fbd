using System;
using System.Collections.Generic;
using System.Linq;
using BondTools.Hashing;

namespace BondTools.Capture;

/// <summary>The flows of a capture, up to a number that bounds the memory; beyond it new ones are not followed.</summary>
internal sealed class FlowTable
{
    private const int MostFlows = 1 << 16;
    /// <summary>A packet that is later than another by more than this was sent again, not overtaken.</summary>
    private const long Overtaking = 3_000_000;
    private const int None = -1;

    private int[] _buckets = NewBuckets(1 << 10);
    private Entry[] _entries = new Entry[1 << 9];
    private Counter[] _counters = new Counter[1 << 10];
    private int _counterCount;

    /// <summary>How many flows are followed.</summary>
    public int Count { get; private set; }

    /// <summary>Packets that belong to no flow that is followed.</summary>
    public long Unfollowed { get; private set; }

    /// <summary>Counts a packet.</summary>
    /// <param name="key">The packet.</param>
    /// <param name="link">The link it was seen on.</param>
    /// <param name="direction">Which way it went, seen from the host.</param>
    /// <param name="bytes">Its length on the wire.</param>
    /// <param name="time">When, in nanoseconds.</param>
    /// <param name="sequence">Its number within its flow's direction; null where its protocol has none.</param>
    /// <param name="isDuplicate">Whether another link has carried it before.</param>
    /// <returns>Whether a later packet of its direction has overtaken it on another link.</returns>
    public bool Add(in FlowKey key, int link, FrameDirection direction, int bytes, long time, uint? sequence, bool isDuplicate)
    {
        var conversation = new Conversation(key, out var isTurned);
        var hash = conversation.GetHashCode();
        var index = Find(conversation, hash);
        if (index == None)
        {
            if (Count == MostFlows)
            {
                Unfollowed++;
                return false;
            }
            index = Insert(conversation, hash, key, isTurned);
        }

        ref var entry = ref _entries[index];
        var isReply = isTurned != entry.IsRequestTurned;
        if (direction != FrameDirection.Unknown)
            entry.RequestDirection = isReply == (direction == FrameDirection.Sent) ? FrameDirection.Received : FrameDirection.Sent;
        AddTo(ref entry, (link << 1) | (isReply ? 1 : 0), bytes);
        if (isDuplicate)
        {
            entry.Duplicates++;
            return false;
        }
        if (sequence is not { } number)
            return false;
        var isLate = isReply ? entry.Replies.IsLate(number, link, time) : entry.Requests.IsLate(number, link, time);
        entry.Reordered += isLate ? 1 : 0;
        return isLate;
    }

    /// <summary>Goes through the flows: each as it is reported, and the links that it used.</summary>
    public IEnumerable<(int Index, IReadOnlyList<(int Link, bool IsReply, long Packets, long Bytes)> Links)> All()
    {
        for (var i = 0; i < Count; i++)
            yield return (i, Counters(i));
    }

    /// <summary>Reports a flow.</summary>
    public CaptureFlow Report(int index, Func<int, string> linkName)
    {
        ref var entry = ref _entries[index];
        var counters = Counters(index);
        var key = entry.Key;
        return new CaptureFlow
        {
            Flow = Conversation.IsAnswer(key) ? key.ToFlow().Reverse() : key.ToFlow(),
            Protocol = key.Kind == FlowKind.IP ? IPProtocols.Name(key.Protocol) : EtherTypeName(key.EtherType),
            RequestLink = Main(counters, isReply: false) is { } request ? linkName(request) : null,
            ReplyLink = Main(counters, isReply: true) is { } reply ? linkName(reply) : null,
            RequestSent = entry.RequestDirection == FrameDirection.Unknown ? null : entry.RequestDirection == FrameDirection.Sent,
            RequestPackets = counters.Where(c => !c.IsReply).Sum(c => c.Packets),
            RequestBytes = counters.Where(c => !c.IsReply).Sum(c => c.Bytes),
            ReplyPackets = counters.Where(c => c.IsReply).Sum(c => c.Packets),
            ReplyBytes = counters.Where(c => c.IsReply).Sum(c => c.Bytes),
            Links = [.. counters.Select(c => new CaptureFlowLink { Link = linkName(c.Link), IsReply = c.IsReply, Packets = c.Packets, Bytes = c.Bytes })],
            Duplicates = entry.Duplicates,
            Reordered = entry.Reordered,
        };
    }

    /// <summary>The link that carried most packets of a direction; null when none did.</summary>
    public static int? Main(IReadOnlyList<(int Link, bool IsReply, long Packets, long Bytes)> counters, bool isReply)
    {
        int? link = null;
        long most = 0;
        foreach (var counter in counters)
        {
            if (counter.IsReply == isReply && counter.Packets > most)
                (link, most) = (counter.Link, counter.Packets);
        }
        return link;
    }

    private List<(int Link, bool IsReply, long Packets, long Bytes)> Counters(int index)
    {
        var counters = new List<(int, bool, long, long)>(2);
        for (var i = _entries[index].FirstCounter; i != None; i = _counters[i].Next)
            counters.Add((_counters[i].Place >> 1, (_counters[i].Place & 1) != 0, _counters[i].Packets, _counters[i].Bytes));
        counters.Reverse();
        return counters;
    }

    private int Find(in Conversation conversation, int hash)
    {
        for (var i = hash & (_buckets.Length - 1); _buckets[i] != None; i = (i + 1) & (_buckets.Length - 1))
        {
            ref var entry = ref _entries[_buckets[i]];
            if (entry.Hash == hash && entry.Conversation.Equals(conversation))
                return _buckets[i];
        }
        return None;
    }

    private int Insert(in Conversation conversation, int hash, in FlowKey key, bool isTurned)
    {
        if (Count == _entries.Length)
            Grow();
        _entries[Count] = new Entry
        {
            Conversation = conversation,
            Hash = hash,
            Key = key,
            // The answer to a question that was not captured is an answer all the same.
            IsRequestTurned = isTurned != Conversation.IsAnswer(key),
            FirstCounter = None,
        };
        Place(Count);
        return Count++;
    }

    private void Place(int index)
    {
        var i = _entries[index].Hash & (_buckets.Length - 1);
        while (_buckets[i] != None)
            i = (i + 1) & (_buckets.Length - 1);
        _buckets[i] = index;
    }

    private void Grow()
    {
        Array.Resize(ref _entries, _entries.Length * 2);
        _buckets = NewBuckets(_entries.Length * 2);
        for (var i = 0; i < Count; i++)
            Place(i);
    }

    private void AddTo(ref Entry entry, int place, int bytes)
    {
        for (var i = entry.FirstCounter; i != None; i = _counters[i].Next)
        {
            if (_counters[i].Place == place)
            {
                _counters[i].Packets++;
                _counters[i].Bytes += bytes;
                return;
            }
        }
        if (_counterCount == _counters.Length)
            Array.Resize(ref _counters, _counters.Length * 2);
        _counters[_counterCount] = new Counter { Place = place, Next = entry.FirstCounter, Packets = 1, Bytes = bytes };
        entry.FirstCounter = _counterCount++;
    }

    private static int[] NewBuckets(int count)
    {
        var buckets = new int[count];
        for (var i = 0; i < count; i++)
            buckets[i] = None;
        return buckets;
    }

    private static string EtherTypeName(ushort type) => type switch
    {
        Hashing.Flow.Arp => "arp",
        Hashing.Flow.SlowProtocols => "slow",
        0x88CC => "lldp",
        < 0x0600 => "802.3",
        _ => "0x" + type.ToString("x4", System.Globalization.CultureInfo.InvariantCulture),
    };

    private struct Entry
    {
        public Conversation Conversation;
        public FlowKey Key;
        public Order Requests, Replies;
        public int Hash, FirstCounter, Duplicates, Reordered;
        public FrameDirection RequestDirection;
        public bool IsRequestTurned;
    }

    /// <summary>Where the latest packet of a direction was: its number, its link and its time.</summary>
    private struct Order
    {
        private uint _number;
        private int _linkPlusOne;
        private long _time;

        public bool IsLate(uint number, int link, long time)
        {
            // Numbers wrap around; the first one is later than none.
            var isLater = _linkPlusOne == 0 || (int)(number - _number) >= 0;
            if (isLater)
                (_number, _linkPlusOne, _time) = (number, link + 1, time);
            return !isLater && link != _linkPlusOne - 1 && time - _time <= Overtaking;
        }
    }

    private struct Counter
    {
        public int Place, Next;
        public long Packets, Bytes;
    }
}
