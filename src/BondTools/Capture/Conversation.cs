using System;
using BondTools.Hashing;

namespace BondTools.Capture;

/// <summary>What the two directions of a flow have in common: both ends in a fixed order, whoever sends.</summary>
internal readonly struct Conversation : IEquatable<Conversation>
{
    private readonly ulong _low0, _low1, _high0, _high1;
    private readonly uint _layer4, _kind;

    /// <summary>Makes it of a packet.</summary>
    /// <param name="key">The packet.</param>
    /// <param name="isTurned">Whether the packet goes from the higher end to the lower; of an ICMP question and answer, whether it is the answer.</param>
    public Conversation(in FlowKey key, out bool isTurned)
    {
        _kind = ((uint)key.EtherType << 16) | ((uint)key.Protocol << 8) | (key.IsFragment ? 1u : 0);
        _kind ^= (uint)(key.VlanTag & 0xFFF) << 4;
        if (key.Kind != FlowKind.IP)
        {
            isTurned = key.SourceMac > key.DestinationMac;
            (_low0, _high0) = isTurned ? (key.DestinationMac, key.SourceMac) : (key.SourceMac, key.DestinationMac);
            (_low1, _high1, _layer4) = (0, 0, 0);
            return;
        }

        var isIcmp = key.Protocol is 1 or 58;
        var order = key.Source0.CompareTo(key.Destination0);
        if (order == 0)
            order = key.Source1.CompareTo(key.Destination1);
        if (order == 0 && !isIcmp)
            order = ((ushort)key.Layer4).CompareTo((ushort)(key.Layer4 >> 16));
        isTurned = order > 0;
        (_low0, _low1, _high0, _high1) = isTurned
            ? (key.Destination0, key.Destination1, key.Source0, key.Source1)
            : (key.Source0, key.Source1, key.Destination0, key.Destination1);
        // An SPI is one number and belongs to one direction; a message's identifier is the same in both.
        _layer4 = isIcmp ? Question(key.Layer4)
            : !isTurned || key.Protocol is 50 or 51 ? key.Layer4
            : (key.Layer4 << 16) | (key.Layer4 >> 16);
    }

    /// <summary>Whether an ICMP message answers another.</summary>
    public static bool IsAnswer(in FlowKey key) => key.Protocol is 1 or 58 && (byte)key.Layer4 is 0 or 14 or 129 && key.Layer4 != 0;

    public bool Equals(Conversation other) =>
        _low0 == other._low0 && _high0 == other._high0 && _layer4 == other._layer4 && _kind == other._kind && _low1 == other._low1 && _high1 == other._high1;

    public override bool Equals(object? obj) => obj is Conversation other && Equals(other);

    public override int GetHashCode()
    {
        unchecked
        {
            var mixed = (_low0 ^ ((ulong)_layer4 << 32) ^ _kind) * 0x9E3779B97F4A7C15;
            mixed = (mixed ^ (mixed >> 29) ^ _high0 ^ (_low1 << 1)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 32) ^ _high1) * 0x94D049BB133111EB;
            return (int)(mixed >> 32);
        }
    }

    private static uint Question(uint message) => (byte)message switch
    {
        0 => (message & ~0xFFu) | (message == 0 ? 0u : 8),
        14 => (message & ~0xFFu) | 13,
        129 => (message & ~0xFFu) | 128,
        _ => message,
    };
}
