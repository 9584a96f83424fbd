using System;
using System.Globalization;
using System.IO;
using System.Linq;
using BondTools.Capture;
using BondTools.Fuzzing;
using BondTools.Module.Tests.Sessions;
using Xunit;

namespace BondTools.Module.Tests.Captures;

public sealed class MeasureBondCaptureTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Engine _engine = new();

    public void Dispose()
    {
        _engine.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Several_files_make_one_report_with_a_link_for_each()
    {
        var frames = SlowFrames.EveryKind();
        Write("enp0s8.pcap", CaptureWriter.Pcap(frames));
        Write("enp0s9.pcap.gz", CaptureWriter.Compress(CaptureWriter.Pcap(frames)));
        var report = (CaptureReport)Assert.Single(_engine.Get($"Measure-BondCapture '{_folder.File("*.pcap*")}' -Top 5"));
        Assert.Equal(["enp0s8", "enp0s9.pcap"], report.Links.Select(link => link.Name));
        Assert.Equal([frames.Count, frames.Count], report.Links.Select(link => (int)link.Packets));
        Assert.False(report.IsPartial);
        // By its files' names down the pipeline it is the same.
        var piped = (CaptureReport)Assert.Single(_engine.Get($"[IO.DirectoryInfo]::new('{_folder.Path}').GetFiles() | Measure-BondCapture"));
        Assert.Equal(report.Links.Sum(link => link.Bytes), piped.Links.Sum(link => link.Bytes));
    }

    [Theory]
    [InlineData("'{0}' '{1}'")]
    [InlineData("'{0}', '{1}'")]
    [InlineData("-Path '{0}', '{1}'")]
    [InlineData("'{0}' '{1}' -Top 3")]
    [InlineData("@('{0}', '{1}') @()")]
    public void Files_are_named_with_commas_or_without(string arguments)
    {
        Write("enp0s8.pcap", CaptureWriter.Pcap(SlowFrames.EveryKind()));
        Write("enp0s9.pcap", CaptureWriter.Pcap(SlowFrames.EveryKind()));
        var given = string.Format(CultureInfo.InvariantCulture, arguments, _folder.File("enp0s8.pcap"), _folder.File("enp0s9.pcap"));
        var report = (CaptureReport)Assert.Single(_engine.Get("Measure-BondCapture " + given));
        Assert.Equal(["enp0s8", "enp0s9"], report.Links.Select(link => link.Name));
    }

    [Fact]
    public void What_is_cut_off_counts_with_a_warning_and_what_is_no_capture_is_an_error_beside_the_rest()
    {
        var whole = CaptureWriter.Pcap(SlowFrames.EveryKind());
        Write("cut.pcap", whole[..^3]);
        Write("notes.txt", "no capture"u8.ToArray());
        var result = _engine.Run($"Measure-BondCapture '{_folder.File("cut.pcap")}', '{_folder.File("notes.txt")}', '{_folder.File("missing.pcap")}' -WarningVariable warnings; $warnings");
        var report = Assert.IsType<CaptureReport>(result.Output[0]);
        Assert.True(report.IsPartial);
        Assert.Equal(SlowFrames.EveryKind().Count - 1, report.Links[0].Packets);
        Assert.Contains("cut.pcap: After frame 6", $"{result.Output[1]}", StringComparison.Ordinal);
        Assert.Equal(["BondTools.NotFound", "BondTools.UnexpectedOutput"], result.Errors.Select(e => e.FullyQualifiedErrorId.Split(',')[0]));
    }

    [Fact]
    public void Without_a_file_that_can_be_read_there_is_no_report() =>
        Assert.Empty(_engine.Run($"Measure-BondCapture '{_folder.File("missing.pcap")}'").Output);

    private void Write(string name, byte[] bytes) => File.WriteAllBytes(_folder.File(name), bytes);
}
