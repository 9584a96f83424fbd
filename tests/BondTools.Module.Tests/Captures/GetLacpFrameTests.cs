using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using BondTools.Fuzzing;
using BondTools.Lacp;
using BondTools.Module.Tests.Sessions;
using Xunit;

namespace BondTools.Module.Tests.Captures;

public sealed class GetLacpFrameTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Engine _engine = new();

    public void Dispose()
    {
        _engine.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Frames_of_several_files_come_in_the_order_of_time_under_the_names_of_their_files()
    {
        var frames = SlowFrames.EveryKind();
        Write("enp0s8.pcap", CaptureWriter.Pcap(frames.Where((_, i) => i % 2 == 0)));
        Write("enp0s9.pcap", CaptureWriter.Compress(CaptureWriter.Pcap(frames.Where((_, i) => i % 2 == 1), isBigEndian: true)));

        var found = _engine.Get($"Get-LacpFrame '{_folder.File("*.pcap")}'").Cast<LacpFrame>().ToList();
        Assert.Equal(["enp0s8", "enp0s9", "enp0s8", "enp0s9", "enp0s8", "enp0s9"], found.Select(f => f.Interface));
        Assert.Equal([1, 1, 2, 2, 3, 3], found.Select(f => f.FrameNumber));
        Assert.Equal(_folder.File("enp0s9.pcap"), found[1].Path);
        Assert.Equal(found.OrderBy(f => f.Time), found);
    }

    [Fact]
    public void Files_come_down_the_pipeline_and_a_name_with_brackets_is_taken_literally()
    {
        Write("link[1].pcapng", CaptureWriter.PcapNg(SlowFrames.EveryKind(), false, "enp0s8"));
        Assert.Equal(6, _engine.Get($"[System.IO.FileInfo]'{_folder.File("link[1].pcapng")}' | Get-LacpFrame").Count);
        Assert.Equal(6, _engine.Get($"Get-LacpFrame -LiteralPath '{_folder.File("link[1].pcapng")}'").Count);
    }

    [Fact]
    public void What_is_no_capture_is_an_error_and_the_other_files_go_on()
    {
        Write("a.txt", "no capture"u8.ToArray());
        Write("b.pcap", CaptureWriter.Pcap(SlowFrames.EveryKind()));

        var result = _engine.Run($"Get-LacpFrame '{_folder.File("a.txt")}', '{_folder.File("missing.pcap")}', '{_folder.File("b.pcap")}'");
        Assert.Equal(6, result.Output.Count);
        Assert.Equal(["BondTools.NotFound,BondTools.Module.Cmdlets.GetLacpFrameCommand", "BondTools.UnexpectedOutput,BondTools.Module.Cmdlets.GetLacpFrameCommand"], result.Errors.Select(e => e.FullyQualifiedErrorId));
        Assert.Equal(_folder.File("a.txt"), result.Errors[1].TargetObject);
    }

    [Fact]
    public void A_file_that_is_cut_off_gives_its_frames_and_a_warning_that_says_after_which()
    {
        var whole = CaptureWriter.Pcap(SlowFrames.EveryKind());
        Write("cut.pcap", whole[..^10]);

        var result = _engine.Run($"Get-LacpFrame '{_folder.File("cut.pcap")}'");
        Assert.Equal(6, result.Output.Count);
        Assert.Empty(result.Errors);
        Assert.Equal($"{_folder.File("cut.pcap")}: After frame 6 the file ends in the middle of a record. What comes before is shown.", Assert.Single(result.Messages));
    }

    [Fact]
    public void The_timeline_is_of_all_files_together()
    {
        Write("enp0s8.pcap", CaptureWriter.Pcap(Links(1, (LacpPortState)63)));
        Write("enp0s9.pcap", CaptureWriter.Pcap(Links(2, (LacpPortState)0x47)));

        var changes = _engine.Get($"Get-LacpFrame '{_folder.File("enp0s?.pcap")}' -Timeline").Cast<LacpStateChange>().ToList();
        Assert.Equal([LacpChangeKind.Appeared, LacpChangeKind.Appeared, LacpChangeKind.Diverged, LacpChangeKind.RateChanged, LacpChangeKind.RateChanged], changes.Select(c => c.Kind));
        Assert.Equal("enp0s9", changes[2].Interface);
    }

    private static IEnumerable<WrittenFrame> Links(int port, LacpPortState state) => Enumerable.Range(0, 6).Select(second => new WrittenFrame(
        1_795_390_123_000_000_000 + (second * 1_000_000_000L) + (port * 100_000_000),
        SlowFrames.Lacpdu(SlowFrames.Port("08:00:27:00:00:08", port, state), SlowFrames.Port("02:5c:00:00:00:01", port, (LacpPortState)63))));

    private void Write(string name, byte[] bytes) => File.WriteAllBytes(_folder.File(name), bytes);
}
