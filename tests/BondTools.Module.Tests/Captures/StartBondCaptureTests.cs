using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using BondTools.Capture;
using BondTools.Fuzzing;
using BondTools.Lab;
using BondTools.Lacp;
using BondTools.Module.Devices;
using BondTools.Module.Tests.Sessions;
using Xunit;

namespace BondTools.Module.Tests.Captures;

/// <summary>The cmdlet on the embedded lab, whose tcpdump writes the LACPDUs of its world.</summary>
[Collection(SerialSessions.Name)]
public sealed class StartBondCaptureTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly BondLabSession _lab = LabRegistry.Register("lab", BondLab.Create(new BondLabOptions { Start = BondLabStart.Article, Clock = new ManualLabClock() }));
    private readonly Engine _engine;

    public StartBondCaptureTests() => _engine = new Engine(("pve", _lab.Host));

    public void Dispose()
    {
        LabRegistry.Stop(_lab);
        _engine.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Each_link_gets_a_file_that_is_read_again()
    {
        var files = _engine.Get($"$files = Start-BondCapture -Session $pve -DurationSec 100 -OutputFolder '{_folder.File("new")}'; $files").Cast<BondCaptureFile>().OrderBy(f => f.Interface).ToList();
        Assert.Equal(["enp0s8", "enp0s9"], files.Select(f => f.Interface));
        Assert.All(files, f => Assert.Equal(new FileInfo(f.FullName).Length, f.Length));

        Assert.All(files, f => Assert.InRange(f.FrameCount, 6, 8));
        var frames = _engine.Get("$files | Get-LacpFrame").Cast<LacpFrame>().ToList();
        Assert.Equal(files.Sum(f => f.FrameCount), frames.Count);
        Assert.All(frames, f => Assert.Null(f.Malformed));
        Assert.Equal(frames.OrderBy(f => f.Time).Select(f => f.Time), frames.Select(f => f.Time));
    }

    [Fact]
    public void LACPDUs_come_out_as_they_are_without_a_file()
    {
        var frames = _engine.Get("Start-BondCapture bond0 -Session $pve -DurationSec 600 -MaximumPackets 2 -PassThru -LacpOnly").Cast<LacpFrame>().ToList();
        Assert.Equal(["enp0s8", "enp0s8", "enp0s9", "enp0s9"], frames.Select(f => f.Interface).Order());
        Assert.All(frames, f => Assert.Equal((LacpPortState)61, f.Actor!.State & ~LacpPortState.ShortTimeout));
        Assert.Equal(2, frames.Select(f => f.Actor!.SystemMacAddress).Distinct().Count());
        Assert.All(frames, f => Assert.NotNull(f.ComputerName));
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void A_host_without_tcpdump_is_an_error_for_each_link_with_the_remedy()
    {
        var status = File.ReadAllText(Path.Combine(Repository.Root, "tests", "BondTools.Tests", "Samples", "article-bond0.txt"));
        var session = FakeConnection.Open("pve1", new FakeConnection((_, _) => Task.FromResult(new CommandResult(0, status, "")))
        {
            Stream = (_, read, _) =>
            {
                read(Stream.Null);
                return Task.FromResult(new CommandResult(127, "", "timeout: failed to run command 'tcpdump': No such file or directory\n"));
            },
        });
        using var engine = new Engine(("session", session));
        var errors = engine.Run($"Start-BondCapture -Session $session -OutputFolder '{_folder.Path}'").Errors;
        Assert.Equal(2, errors.Count);
        Assert.All(errors, e => Assert.StartsWith("BondTools.NotFound,", e.FullyQualifiedErrorId, StringComparison.Ordinal));
        Assert.Contains("apt-get install tcpdump", errors[0].ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Path));
        SessionRegistry.Close(session);
    }

    [Fact]
    public void A_link_that_goes_away_is_an_error_and_what_was_captured_is_kept()
    {
        var status = File.ReadAllText(Path.Combine(Repository.Root, "tests", "BondTools.Tests", "Samples", "article-bond0.txt"));
        var session = FakeConnection.Open("pve1", new FakeConnection((_, _) => Task.FromResult(new CommandResult(0, status, "")))
        {
            Stream = (_, read, _) =>
            {
                read(new MemoryStream(CaptureWriter.Pcap(SlowFrames.EveryKind())));
                return Task.FromResult(new CommandResult(1, "", "tcpdump: pcap_loop: The interface disappeared\n"));
            },
        });
        using var engine = new Engine(("session", session));
        var result = engine.Run($"Start-BondCapture -Session $session -OutputFolder '{_folder.Path}'");
        Assert.Equal([7L, 7L], result.Output.Cast<BondCaptureFile>().Select(f => f.FrameCount));
        Assert.Equal(2, result.Errors.Count);
        Assert.All(result.Errors, e => Assert.Contains("The interface disappeared", e.Exception.Message, StringComparison.Ordinal));
        SessionRegistry.Close(session);
    }

    [Theory]
    [InlineData("-w /etc/passwd")]
    [InlineData("icmp; reboot")]
    [InlineData("icmp' or 'x")]
    [InlineData("icmp `reboot`")]
    public void A_filter_holds_only_what_filters_are_made_of(string filter)
    {
        var error = Assert.Single(_engine.Run($"Start-BondCapture -ComputerName pve1 -Filter \"{filter.Replace("`", "``", StringComparison.Ordinal)}\"").Errors);
        Assert.StartsWith("ParameterArgumentValidationError", error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void LacpOnly_and_a_filter_exclude_each_other() =>
        _engine.Fail("Start-BondCapture -ComputerName pve1 -LacpOnly -Filter icmp", BondToolsErrorKind.InvalidConfiguration);
}
