using System;
using System.Diagnostics;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Module.Devices;
using BondTools.Module.Ssh;
using Xunit;

namespace BondTools.Module.Tests.Ssh;

/// <summary>Commands through a real sshd whose output is read while they run.</summary>
public sealed class StreamingTests : IClassFixture<SshServer>
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    private readonly SshServer _server;

    public StreamingTests(SshServer server)
    {
        Assert.SkipUnless(SshServer.IsAvailable, SshServer.SkipReason);
        _server = server;
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_byte_comes_and_the_status_and_the_errors_behind_it()
    {
        using var connection = await ConnectAsync();
        var bytes = new MemoryStream();
        var result = await connection.StreamAsync("sh -c 'head -c 10000000 /dev/zero; echo done >&2; exit 3'", stream => stream.CopyTo(bytes), Token);
        Assert.Equal(10_000_000, bytes.Length);
        Assert.Equal(new CommandResult(3, "", "done\n"), result);
    }

    [Fact]
    public async Task What_was_printed_is_read_while_the_command_runs_and_stopping_ends_it_on_the_host()
    {
        using var connection = await ConnectAsync();
        var marker = Marker();
        var begun = new TaskCompletionSource<int>();
        var ended = false;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var running = connection.StreamAsync(
            $"sh -c 'printf x; exec sleep {marker}'",
            stream =>
            {
                begun.SetResult(stream.ReadByte());
                ended = stream.ReadByte() < 0;
            },
            stop.Token);

        Assert.Equal('x', await begun.Task.WaitAsync(Soon, Token));
        var sleeper = await Tool.FindProcessAsync($"sleep {marker}");
        await stop.CancelAsync();
        await running.WaitAsync(Soon, Token);
        Assert.True(ended);
        Assert.True(await Tool.IsGoneAsync(sleeper, Soon));
    }

    [Fact]
    public async Task A_reader_that_has_enough_ends_the_command()
    {
        using var connection = await ConnectAsync();
        var marker = Marker();
        var watch = Stopwatch.StartNew();
        await connection.StreamAsync($"yes {marker}", stream => _ = stream.ReadByte(), Token).WaitAsync(Soon, Token);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 5);
        Assert.NotEqual(0, Tool.Run("pgrep", null, "-fx", $"yes {marker}").ExitCode);
        Assert.Equal("ok\n", (await connection.ExecuteAsync("echo ok", null, Token)).Output);
    }

    [Fact]
    public async Task A_lost_connection_is_an_error_and_leaves_nothing_running()
    {
        await using var server = new SshServer();
        await server.InitializeAsync();
        using var connection = await SshConnection.ConnectAsync(server.Settings(), Token);
        var marker = Marker();
        var running = connection.StreamAsync($"sleep {marker}", stream => _ = stream.ReadByte(), Token);
        var sleeper = await Tool.FindProcessAsync($"sleep {marker}");
        server.KillConnections();
        var error = await Assert.ThrowsAsync<BondToolsException>(() => running.WaitAsync(Soon, Token));
        Assert.Equal(BondToolsErrorKind.ConnectionLost, error.Kind);
        Assert.True(await Tool.IsGoneAsync(sleeper, Soon));
    }

    private static string Marker() => "9" + Random.Shared.Next(100_000, 999_999);

    private Task<SshConnection> ConnectAsync() => SshConnection.ConnectAsync(_server.Settings(), Token);
}
