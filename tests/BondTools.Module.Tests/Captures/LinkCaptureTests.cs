using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Capture;
using BondTools.Module.Devices;
using BondTools.Module.Ssh;
using BondTools.Module.Tests.Ssh;
using Xunit;

namespace BondTools.Module.Tests.Captures;

/// <summary>A real tcpdump on the loopback interface, over a real sshd.</summary>
public sealed class LinkCaptureTests : IClassFixture<SshServer>, IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    private readonly SshServer _server;
    private readonly TemporaryFolder _folder = new();
    private readonly UdpClient _traffic = new(new IPEndPoint(IPAddress.Loopback, 0));

    public LinkCaptureTests(SshServer server)
    {
        Assert.SkipUnless(SshServer.IsAvailable, SshServer.SkipReason);
        Assert.SkipUnless(Tool.Find("tcpdump") is not null && Tool.Find("timeout") is not null, "tcpdump is not installed.");
        Assert.SkipUnless(Environment.UserName == "root", "Only root may capture.");
        _server = server;
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private int Port => ((IPEndPoint)_traffic.Client.LocalEndPoint!).Port;

    public void Dispose()
    {
        _traffic.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task So_many_frames_as_were_asked_for_come_into_a_file_named_after_host_link_and_time()
    {
        var file = (await CaptureAsync(Request() with { MaximumPackets = 5 })).Single();
        Assert.Matches("^127\\.0\\.0\\.1-lo-[0-9]{8}-[0-9]{6}\\.pcap$", Path.GetFileName(file.FullName));
        Assert.Equal((5, "lo", 0L), (file.FrameCount, file.Interface, file.DroppedFrames));
        Assert.Equal(new FileInfo(file.FullName).Length, file.Length);
        Assert.InRange(file.LastTime!.Value, file.FirstTime!.Value, DateTimeOffset.Now);

        // What another program makes of the file.
        var said = Tool.RunOrFail("tcpdump", null, "-r", file.FullName, "-nn", "-q");
        Assert.Equal(5, said.Split('\n').Count(line => line.Contains($".{Port}: UDP, length 100", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_time_that_was_asked_for_ends_it()
    {
        var file = (await CaptureAsync(Request() with { Duration = TimeSpan.FromSeconds(1) })).Single();
        Assert.InRange(file.FrameCount, 1, int.MaxValue);
    }

    [Fact]
    public async Task Bytes_end_it_and_a_file_that_is_full_is_followed_by_the_next_and_only_the_last_ones_are_kept()
    {
        // 142 bytes a frame on lo, 158 in a file.
        const int limit = 24 + (100 * 158);
        var files = await CaptureAsync(Request() with { MaximumBytes = 1000 * 158, RotateBytes = limit, KeepFiles = 3 });
        Assert.Equal([100, 100, 100], files.Select(f => f.FrameCount));
        Assert.Equal(files.Select(f => f.FullName), Directory.GetFiles(_folder.Path).Order());
        Assert.EndsWith("-009.pcap", files[2].FullName, StringComparison.Ordinal);
        Assert.All(files, f => Assert.Equal(limit, new FileInfo(f.FullName).Length));
    }

    [Fact]
    public async Task Stopping_ends_tcpdump_on_the_host_and_keeps_what_came()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var capturing = CaptureAsync(Request(), stop);
        var process = await Tool.FindProcessAsync(string.Create(CultureInfo.InvariantCulture, $"tcpdump -i lo -p -U -w - -s 0 udp port {Port}"));
        await UntilAsync(() => Directory.GetFiles(_folder.Path).Length > 0);
        await stop.CancelAsync();
        var file = (await capturing.WaitAsync(Soon, Token)).Single();
        Assert.True(await Tool.IsGoneAsync(process, Soon));
        Assert.Equal(0, Tool.Run("tcpdump", null, "-r", file.FullName, "-nn").ExitCode);
    }

    [Fact]
    public async Task A_filter_that_tcpdump_does_not_take_is_an_error_with_its_own_words()
    {
        var error = await Assert.ThrowsAnyAsync<BondToolsException>(() => CaptureAsync(Request() with { Filter = "udp prt 5" }));
        Assert.Equal(BondToolsErrorKind.CommandFailed, error.Kind);
        Assert.Contains("syntax error", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Token);
        deadline.CancelAfter(Soon);
        while (!condition())
            await Task.Delay(20, deadline.Token); // why: the file system raises no event that is worth its trouble.
    }

    private CaptureRequest Request() => new()
    {
        Bond = "bond0",
        Filter = string.Create(CultureInfo.InvariantCulture, $"udp port {Port}"),
        Duration = TimeSpan.FromSeconds(30),
        SnapLength = 0,
        MaximumPackets = 0,
        MaximumBytes = 0,
        Folder = _folder.Path,
        RotateBytes = long.MaxValue,
        KeepFiles = 0,
    };

    // With frames on the link until the capture ends.
    private async Task<BondCaptureFile[]> CaptureAsync(CaptureRequest request, CancellationTokenSource? stop = null)
    {
        using var connection = await SshConnection.ConnectAsync(_server.Settings(), Token);
        using var sending = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var sender = SendAsync(sending.Token);
        var capture = new LinkCapture(request, "127.0.0.1", "lo", null);
        try
        {
            await capture.RunAsync(connection, stop?.Token ?? Token).WaitAsync(TimeSpan.FromSeconds(30), Token);
        }
        finally
        {
            await sending.CancelAsync();
            await sender;
        }
        return [.. capture.Files];
    }

    private async Task SendAsync(CancellationToken token)
    {
        var target = (IPEndPoint)_traffic.Client.LocalEndPoint!;
        while (!token.IsCancellationRequested)
        {
            for (var i = 0; i < 20; i++)
                await _traffic.SendAsync(new byte[100], target, CancellationToken.None);
            // why: a link that carries something all the time, but not as much as it can.
            await Task.Delay(10, CancellationToken.None);
        }
    }
}
