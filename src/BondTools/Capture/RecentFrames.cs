namespace BondTools.Capture;

/// <summary>Knows a frame again that another link has carried a moment before, by its first bytes and its length.</summary>
/// <remarks>A table of one size whatever the captures' length: a slot holds the last frame that fell on it.</remarks>
internal sealed class RecentFrames
{
    private const int Slots = 1 << 15, MostHashed = 96;
    private const long Moment = 50_000_000;

    private readonly Slot[] _slots = new Slot[Slots];

    /// <summary>Whether another link has carried the same frame within 50 ms.</summary>
    public bool IsRepeated(CaptureReader frame, int link)
    {
        var hash = Hash(frame.Data, frame.Offset, frame.Length, frame.OriginalLength);
        ref var slot = ref _slots[(int)(hash >> 40) & (Slots - 1)];
        var isRepeated = slot.Hash == hash && slot.LinkPlusOne != link + 1 && slot.LinkPlusOne != 0 && frame.Time - slot.Time <= Moment;
        slot = new Slot { Hash = hash, Time = frame.Time, LinkPlusOne = link + 1 };
        return isRepeated;
    }

    private static ulong Hash(byte[] data, int at, int length, int originalLength)
    {
        unchecked
        {
            var hash = (ulong)originalLength * 0x9E3779B97F4A7C15;
            var end = at + (length < MostHashed ? length : MostHashed);
            for (; at + 8 <= end; at += 8)
                hash = (hash ^ Bytes.Little64(data, at) ^ (hash >> 29)) * 0xBF58476D1CE4E5B9;
            for (; at < end; at++)
                hash = (hash ^ data[at]) * 0x100000001B3;
            return hash ^ (hash >> 31);
        }
    }

    private struct Slot
    {
        public ulong Hash;
        public long Time;
        public int LinkPlusOne;
    }
}
