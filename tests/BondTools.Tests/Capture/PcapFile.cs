using System;
using System.Collections.Generic;
using System.IO;

namespace BondTools.Tests.Capture;

/// <summary>Writes Ethernet frames as a pcap file, one a microsecond unless times are given.</summary>
internal static class PcapFile
{
    public static byte[] Of(IEnumerable<byte[]> frames, Func<int, long>? microseconds = null)
    {
        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        writer.Write(0xA1B2C3D4);
        writer.Write((ushort)2);
        writer.Write((ushort)4);
        writer.Write(0L);
        writer.Write(262144);
        writer.Write(1);
        var number = 0;
        foreach (var frame in frames)
        {
            var time = microseconds?.Invoke(number) ?? 1_700_000_000_000_000L + number;
            number++;
            writer.Write((uint)(time / 1_000_000));
            writer.Write((uint)(time % 1_000_000));
            writer.Write(frame.Length);
            writer.Write(frame.Length);
            writer.Write(frame);
        }
        return file.ToArray();
    }
}
