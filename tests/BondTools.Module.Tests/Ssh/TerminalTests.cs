using System;
using System.Diagnostics;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Module.Ssh;
using Xunit;

namespace BondTools.Module.Tests.Ssh;

/// <summary>Terminals through a real sshd.</summary>
public sealed class TerminalTests : IClassFixture<SshServer>
{
    private readonly SshServer _server;

    public TerminalTests(SshServer server)
    {
        Assert.SkipUnless(SshServer.IsAvailable, SshServer.SkipReason);
        _server = server;
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_typed_is_answered_and_leaving_ends_the_stream()
    {
        using var connection = await SshConnection.ConnectAsync(_server.Settings(), Token);
        await using var terminal = await connection.OpenTerminalAsync(Token);
        await TypeAsync(terminal, "stty -echo; echo width-$(stty size | cut -d' ' -f2)\r");
        Assert.Contains("width-512", await ReadUntilAsync(terminal, "width-512"), StringComparison.Ordinal);
        await TypeAsync(terminal, "exit\r");
        await ReadUntilAsync(terminal, end: null);
        Assert.Equal(0, await terminal.ReadAsync(new byte[1], Token));
    }

    [Fact]
    public async Task A_read_that_waits_is_cancelled_at_once_and_loses_nothing()
    {
        using var connection = await SshConnection.ConnectAsync(_server.Settings(), Token);
        await using var terminal = await connection.OpenTerminalAsync(Token);
        await TypeAsync(terminal, "stty -echo; cat\r");
        using (var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token))
        {
            var reading = DrainAsync(terminal, cancel.Token);
            cancel.CancelAfter(300);
            var watch = Stopwatch.StartNew();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
            Assert.InRange(watch.Elapsed.TotalSeconds, 0, 1.3);
        }

        await TypeAsync(terminal, "afterwards\r");
        await ReadUntilAsync(terminal, "afterwards");
    }

    [Fact]
    public async Task A_lost_connection_ends_the_stream()
    {
        await using var server = new SshServer();
        await server.InitializeAsync();
        using var connection = await SshConnection.ConnectAsync(server.Settings(), Token);
        await using var terminal = await connection.OpenTerminalAsync(Token);
        await TypeAsync(terminal, "echo ready\r");
        await ReadUntilAsync(terminal, "ready\r\n");
        server.KillConnections();
        await ReadUntilAsync(terminal, end: null);
        var error = await Assert.ThrowsAsync<BondToolsException>(() => TypeAsync(terminal, "x\r"));
        Assert.Equal(BondToolsErrorKind.ConnectionLost, error.Kind);
    }

    private static async Task TypeAsync(Stream terminal, string text) =>
        await terminal.WriteAsync(Encoding.UTF8.GetBytes(text), Token);

    private static async Task DrainAsync(Stream terminal, CancellationToken cancellationToken)
    {
        var buffer = new byte[4096];
        while (await terminal.ReadAsync(buffer, cancellationToken) > 0)
        {
            // Until it is cancelled.
        }
    }

    /// <summary>Reads until a text appears, or to the end of the stream.</summary>
    private static async Task<string> ReadUntilAsync(Stream terminal, string? end)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Token);
        deadline.CancelAfter(TimeSpan.FromSeconds(10));
        var seen = new StringBuilder();
        var buffer = new byte[4096];
        while (end is null || !seen.ToString().Contains(end, StringComparison.Ordinal))
        {
            var read = await terminal.ReadAsync(buffer, deadline.Token);
            if (read == 0)
            {
                Assert.True(end is null, $"The stream ended after: {seen}");
                break;
            }

            seen.Append(Encoding.UTF8.GetString(buffer, 0, read));
        }

        return seen.ToString();
    }
}
