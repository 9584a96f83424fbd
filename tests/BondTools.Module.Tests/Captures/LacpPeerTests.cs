using System;
using System.Globalization;
using System.IO;
using System.Linq;
using BondTools.Fuzzing;
using BondTools.Lacp;
using BondTools.Module.Tests.Sessions;
using Xunit;

namespace BondTools.Module.Tests.Captures;

/// <summary>Every field of every LACPDU and marker as tshark and tcpdump print it.</summary>
public sealed class LacpPeerTests : IDisposable
{
    private static readonly string Corpus = Path.GetFullPath(Path.Combine(Repository.Root, "..", "shared", "corpus", "bonding-lab"));

    private readonly Engine _engine = new();

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void Recorded_captures_read_as_tshark_and_tcpdump_read_them()
    {
        Assert.SkipUnless(Directory.Exists(Corpus), $"The corpus is not at {Corpus}.");
        var compared = Directory.GetFiles(Corpus, "*.pcap").Sum(file => LacpPeers.RequireSame(file, Read(file)));
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{compared} frames"));
        Assert.True(compared > 300, $"Only {compared} frames were compared.");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Markers_tags_and_odd_values_read_as_tshark_and_tcpdump_read_them(bool isPcapNg)
    {
        // Neither of them knows version 2.
        var states = Enumerable.Range(0, 256).Select(state => SlowFrames.Lacpdu(
            SlowFrames.Port("aa:bb:cc:00:01:00", 40_000 + state, (LacpPortState)state, key: state * 257), SlowFrames.Port("00:00:00:00:00:00", 0, (LacpPortState)(255 - state)), maxDelay: state * 256));
        byte[][] frames =
        [
            .. states, SlowFrames.Marker(1, 3, "aa:bb:cc:00:01:00", 0xDEADBEEF), SlowFrames.Marker(2, 65535, "aa:bb:cc:00:01:00", 1),
            SlowFrames.Ethernet(SlowFrames.PayloadOf(SlowFrames.Lacpdu(SlowFrames.Port("aa:bb:cc:00:01:00", 1, LacpPortState.None), SlowFrames.Port("aa:bb:cc:00:01:00", 1, LacpPortState.None))), 4094),
        ];
        var written = frames.Select((data, i) => new WrittenFrame(1_795_390_123_000_005_000 + (i * 30_000_001_000L), data)).ToList();

        using var folder = new TemporaryFolder();
        var file = folder.File("frames");
        File.WriteAllBytes(file, isPcapNg ? CaptureWriter.PcapNg(written, true, "enp0s8") : CaptureWriter.Pcap(written));
        Assert.Equal(frames.Length, LacpPeers.RequireSame(file, Read(file)));
    }

    private LacpFrame[] Read(string file) => [.. _engine.Get($"Get-LacpFrame -LiteralPath '{file}'").Cast<LacpFrame>()];
}
