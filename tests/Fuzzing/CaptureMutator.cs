using System;
using System.Collections.Generic;
using System.Linq;

namespace BondTools.Fuzzing;

/// <summary>Bends sample captures; the same seed gives the same captures in the same order.</summary>
internal sealed class CaptureMutator(int seed)
{
    private const int Longest = 256 * 1024;

    // What a length, a type or a magic number may be turned into, as its four bytes on either kind of machine.
    private static readonly uint[] Numbers =
    [
        0, 1, 2, 3, 4, 7, 8, 11, 12, 13, 16, 28, 32, 0x7F, 0xFF, 0xFFFF, 262144, 262145, 0x100000, 0x100004, 0x7FFFFFFF, 0x80000000, 0xFFFFFFF0, 0xFFFFFFFC, 0xFFFFFFFF,
        0xA1B2C3D4, 0xA1B23C4D, 0x0A0D0D0A, 0x1A2B3C4D, 0x4D3C2B1A, 113, 276, 0x8809, 0x8100,
    ];

    private readonly Random _random = new(seed);

    /// <summary>A sample, bent once or several times, and now and then compressed, whole or damaged.</summary>
    public byte[] Mutate(IReadOnlyList<byte[]> samples)
    {
        var bytes = samples[Next(samples.Count)].ToList();
        for (var times = 1 + Next(4); times > 0; times--)
            Bend(bytes, samples);
        if (Next(8) == 0)
        {
            bytes = [.. CaptureWriter.Compress([.. bytes])];
            for (var times = Next(3); times > 0; times--)
                Bend(bytes, samples);
        }
        return [.. bytes.Take(Longest)];
    }

    private int Next(int limit) => _random.Next(limit);

    private void Bend(List<byte> bytes, IReadOnlyList<byte[]> samples)
    {
        var at = Next(bytes.Count + 1);
        var count = Math.Min(bytes.Count - at, Next(Next(2) == 0 ? 16 : 600));
        switch (Next(9))
        {
            case 0 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << Next(8));
                break;
            case 1 when at < bytes.Count:
                bytes[at] = (byte)Next(256);
                break;
            case 2:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 3:
                bytes.RemoveRange(at, count);
                break;
            case 4:
                bytes.InsertRange(Next(bytes.Count + 1), bytes.GetRange(at, count));
                break;
            case 5:
                // Another sample's end behind this one's beginning.
                var other = samples[Next(samples.Count)];
                bytes.RemoveRange(at, bytes.Count - at);
                bytes.AddRange(other.Skip(Next(other.Length)));
                break;
            case 6:
                // Most numbers of a capture stand at a multiple of four.
                PutNumber(bytes, at & ~3, 4);
                break;
            case 7:
                PutNumber(bytes, at, 2);
                break;
            default:
                bytes.Reverse(at, count);
                break;
        }
    }

    private void PutNumber(List<byte> bytes, int at, int size)
    {
        if (at + size > bytes.Count)
            return;
        var (number, isBigEndian) = (Numbers[Next(Numbers.Length)], Next(2) == 0);
        for (var i = 0; i < size; i++)
            bytes[at + i] = (byte)(number >> (8 * (isBigEndian ? size - 1 - i : i)));
    }
}
