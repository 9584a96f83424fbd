using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using BondTools.Capture;
using BondTools.Hashing;
using BondTools.Lacp;
using BondTools.Linux;
using BondTools.Tests.Hashing;

namespace BondTools.Fuzzing;

/// <summary>Something that takes any bytes as a capture: it gives what can be read of it or a BondToolsException, and nothing else.</summary>
/// <param name="Name">Its name in reports.</param>
/// <param name="Run">Takes a capture and says whether it could be read to its end; what it throws is a failure.</param>
internal sealed record CaptureTarget(string Name, Func<byte[], bool> Run)
{
    /// <summary>Everything that reads captures.</summary>
    public static IReadOnlyList<CaptureTarget> All { get; } =
    [
        new("CaptureReader", ReadFrames), new("LacpFrameReader", ReadLacp), new("CaptureMeter", Measure), new("LinuxLinkResolver", Resolve),
    ];

    /// <summary>Captures of every format, byte order and kind of block, with one frame of every kind.</summary>
    public static IReadOnlyList<byte[]> Samples { get; } = MakeSamples();

    private static List<byte[]> MakeSamples()
    {
        // Beside LACP's own every kind of frame that has a flow.
        var traffic = new FrameGenerator(seed: 1).Make(80);
        IReadOnlyList<WrittenFrame> frames = [.. SlowFrames.EveryKind(), .. traffic.Select((frame, i) => new WrittenFrame(1_795_390_130_000_000_000 + (i * 1_000_000L), frame.Frame))];
        var samples = new List<byte[]>();
        foreach (var isBigEndian in new[] { false, true })
        {
            samples.Add(CaptureWriter.Pcap(frames, isBigEndian));
            samples.Add(CaptureWriter.Pcap(frames, isBigEndian, isNano: true));
            samples.Add(CaptureWriter.Pcap(frames, isBigEndian, linkType: 113));
            samples.Add(CaptureWriter.Pcap(frames, isBigEndian, linkType: 276));
            samples.Add(CaptureWriter.PcapNg([.. frames.Select((f, i) => f with { Interface = i % 2 })], isBigEndian, "enp0s8", "enp0s9"));
            samples.Add(CaptureWriter.EveryBlock(frames, isBigEndian));
        }
        samples.Add(CaptureWriter.Compress(samples[0]));
        samples.Add(CaptureWriter.Compress(samples[^2]));
        return samples;
    }

    private static bool ReadFrames(byte[] capture) => Read(capture, reader =>
    {
        while (reader.Read())
        {
            if (reader.Offset < 0 || reader.Length < 0 || reader.Offset + reader.Length > reader.Data.Length)
                throw new InvalidOperationException("A frame lies outside the buffer.");
            _ = (reader.LinkType, reader.Time, reader.OriginalLength, reader.Direction);
        }
    });

    private static bool ReadLacp(byte[] capture) => Read(capture, reader =>
    {
        var timeline = new LacpTimeline();
        foreach (var frame in LacpFrameReader.Read(reader, new LacpOrigin("enp0s8")))
        {
            if (frame.Malformed is null && frame is { Marker: null } and not { Actor: not null, Partner: not null })
                throw new InvalidOperationException($"Frame {frame.FrameNumber} lacks something and is not malformed.");
            timeline.Add(frame);
        }
        timeline.Complete();
    });

    private static bool Measure(byte[] capture) => Read(capture, reader =>
    {
        // The same frames on a second link, which are then duplicates.
        using var other = CaptureReader.Open(new MemoryStream(Samples[0]), "another capture");
        CaptureMeter.Measure([(reader, new LacpOrigin("enp0s8")), (other, new LacpOrigin("enp0s9"))], 10, [], CancellationToken.None);
    });

    private static bool Resolve(byte[] capture) => Read(capture, reader =>
    {
        LinuxLinkResolver[] resolvers = [.. TransmitHashPolicy.All.Select(policy => new LinuxLinkResolver(policy, 3, "6.1", BondIngress.Bridge))];
        while (reader.Read())
        {
            foreach (var resolver in resolvers)
            {
                if (resolver.Resolve(reader).SlaveIndex is < 0 or > 2)
                    throw new InvalidOperationException($"Frame {reader.FrameNumber} goes to a slave that is not there.");
            }
        }
    });

    private static bool Read(byte[] capture, Action<CaptureReader> read)
    {
        try
        {
            using var reader = CaptureReader.Open(new MemoryStream(capture), "a capture");
            read(reader);
            return reader.Defect is null;
        }
        catch (BondToolsException error) when (error.Message.Length > 0)
        {
            return false;
        }
    }
}
