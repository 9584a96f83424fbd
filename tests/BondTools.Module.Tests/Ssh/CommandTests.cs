using System;
using System.Diagnostics;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Module.Devices;
using BondTools.Module.Ssh;
using Xunit;

namespace BondTools.Module.Tests.Ssh;

/// <summary>Commands through a real sshd.</summary>
public sealed class CommandTests : IClassFixture<SshServer>
{
    private readonly SshServer _server;

    public CommandTests(SshServer server)
    {
        Assert.SkipUnless(SshServer.IsAvailable, SshServer.SkipReason);
        _server = server;
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Output_errors_and_exit_status_come_back_apart()
    {
        using var connection = await ConnectAsync();
        var result = await connection.ExecuteAsync("printf 'größer\\n'; echo wrong >&2; exit 3", null, Token);
        Assert.Equal(new CommandResult(3, "größer\n", "wrong\n"), result);
    }

    [Fact]
    public async Task Any_byte_comes_back()
    {
        using var connection = await ConnectAsync();
        byte[] bytes = [.. Enumerable.Range(0, 256).Select(b => (byte)b)];
        var result = await connection.ExecuteAsync("cat; printf '\\374' >&2", bytes, Token);
        Assert.Equal(bytes, ByteText.Encode(result.Output));
        Assert.Equal([0xFC], ByteText.Encode(result.Error));
    }

    [Fact]
    public async Task Input_reaches_the_command_and_ends()
    {
        using var connection = await ConnectAsync();
        var text = string.Concat(Enumerable.Range(0, 200_000).Select(i => (char)('a' + i % 26)));
        Assert.Equal(text, (await connection.ExecuteAsync("cat", Encoding.UTF8.GetBytes(text), Token)).Output);
    }

    [Fact]
    public async Task A_command_without_input_sees_its_end()
    {
        using var connection = await ConnectAsync();
        Assert.Equal(new CommandResult(0, "", ""), await connection.ExecuteAsync("cat", null, Token).WaitAsync(TimeSpan.FromSeconds(20), Token));
        Assert.Equal(new CommandResult(1, "", ""), await connection.ExecuteAsync("cat; exit 1", [], Token).WaitAsync(TimeSpan.FromSeconds(20), Token));
    }

    [Fact]
    public async Task A_command_that_ends_without_reading_its_input_still_has_its_status()
    {
        using var connection = await ConnectAsync();
        var watch = Stopwatch.StartNew();
        Assert.Equal(5, (await connection.ExecuteAsync("exit 5", new byte[4 * 1024 * 1024], Token)).ExitStatus);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 10);
    }

    [Fact]
    public async Task Ten_megabytes_come_whole()
    {
        using var connection = await ConnectAsync();
        var result = await connection.ExecuteAsync("head -c 10000000 /dev/zero | tr '\\0' x", null, Token);
        Assert.Equal(10_000_000, result.Output.Length);
    }

    [Fact]
    public async Task Output_without_end_is_stopped_at_the_limit()
    {
        using var connection = await ConnectAsync();
        var error = await Assert.ThrowsAsync<BondToolsException>(() => connection.ExecuteAsync("yes", null, Token));
        Assert.Equal(BondToolsErrorKind.UnexpectedOutput, error.Kind);
        Assert.Contains("64 MiB", error.Message, StringComparison.Ordinal);
        Assert.Equal("ok\n", (await connection.ExecuteAsync("echo ok", null, Token)).Output);
    }

    [Fact]
    public async Task Twenty_commands_share_one_connection()
    {
        using var connection = await ConnectAsync();
        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => connection.ExecuteAsync($"echo {i}", null, Token)));
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"{i}\n"), results.Select(r => r.Output));
    }

    [Fact]
    public async Task Cancelling_returns_at_once_with_what_had_come()
    {
        using var connection = await ConnectAsync();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var marker = "7" + Random.Shared.Next(100_000, 999_999);
        var running = connection.ExecuteAsync($"echo begun; exec sleep {marker}", null, cancel.Token);
        var sleeper = await UntilAsync(connection, $"pgrep -fx 'sleep {marker}'", 0);
        var watch = Stopwatch.StartNew();
        await cancel.CancelAsync();
        var error = await Assert.ThrowsAsync<CommandCanceledException>(() => running);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 1);
        Assert.Equal("begun\n", error.Output);
        // sshd passes the signal on for users other than root only, so the command may sleep on.
        Tool.Run("kill", null, sleeper.Trim());
    }

    [Fact]
    public async Task A_connection_cut_in_mid_output_is_lost_with_what_had_come()
    {
        await using var server = new SshServer();
        await server.InitializeAsync();
        using var connection = await SshConnection.ConnectAsync(server.Settings(), Token);
        var marker = "8" + Random.Shared.Next(100_000, 999_999);
        var running = connection.ExecuteAsync($"echo first half; sleep {marker}; echo second half", null, Token);
        var sleeper = await UntilAsync(connection, $"pgrep -fx 'sleep {marker}'", 0);
        server.KillConnections();
        var error = await Assert.ThrowsAsync<BondToolsException>(() => running);
        Assert.Equal(BondToolsErrorKind.ConnectionLost, error.Kind);
        Assert.Equal("first half\n", error.Output);
        Assert.Contains(marker, error.Command, StringComparison.Ordinal);
        Assert.False(connection.IsConnected);
        var after = await Assert.ThrowsAsync<BondToolsException>(() => connection.ExecuteAsync("echo", null, Token));
        Assert.Equal(BondToolsErrorKind.ConnectionLost, after.Kind);
        // Without its sshd the command would sleep on.
        Tool.Run("kill", null, sleeper.Trim());
    }

    [Fact]
    public async Task Disposing_does_not_wait_for_the_host()
    {
        var connection = await ConnectAsync();
        var watch = Stopwatch.StartNew();
        connection.Dispose();
        connection.Dispose();
        Assert.InRange(watch.Elapsed.TotalMilliseconds, 0, 100);
        await Assert.ThrowsAsync<BondToolsException>(() => connection.ExecuteAsync("echo", null, Token));
    }

    private static async Task<string> UntilAsync(SshConnection connection, string command, int status)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var result = await connection.ExecuteAsync(command, null, Token);
            if (result.ExitStatus == status)
                return result.Output;
            // why: only the host knows when its process began or ended; each look is one round trip.
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"'{command}' never ended with {status}.");
            await Task.Delay(20, Token);
        }
    }

    private Task<SshConnection> ConnectAsync() => SshConnection.ConnectAsync(_server.Settings(), Token);
}
