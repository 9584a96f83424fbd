using System;
using System.Diagnostics;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Security;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Module.Ssh;
using Xunit;

namespace BondTools.Module.Tests.Ssh;

/// <summary>Ways to log in, and ways to fail, through a real sshd.</summary>
public sealed class LoginTests : IClassFixture<SshServer>, IClassFixture<PasswordUser>
{
    private readonly SshServer _server;
    private readonly PasswordUser _user;

    public LoginTests(SshServer server, PasswordUser user)
    {
        Assert.SkipUnless(SshServer.IsAvailable, SshServer.SkipReason);
        (_server, _user) = (server, user);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_private_key_logs_in() => await LogsInAsync(_server.Settings());

    [Fact]
    public async Task The_name_localhost_reaches_a_server_on_the_first_address_that_answers() =>
        await LogsInAsync(_server.Settings() with { Host = "localhost", KnownHostsPath = _server.WriteKnownHosts(_server.KnownHostsLine("ed25519", "*")) });

    [Fact]
    public async Task An_encrypted_key_is_opened_by_its_passphrase() =>
        await LogsInAsync(_server.Settings() with { Keys = new SshKeyRing(_server.EncryptedKeyPath, Secret(_server.KeyPassphrase), null) });

    [Fact]
    public async Task An_encrypted_key_is_opened_by_the_password_which_is_then_not_sent()
    {
        var keys = new SshKeyRing(_server.EncryptedKeyPath, null, Secret(_server.KeyPassphrase));
        await LogsInAsync(_server.Settings() with { Keys = keys });
        Assert.Null(keys.LoginPassword);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("wrong")]
    public async Task An_encrypted_key_without_its_passphrase_is_an_authentication_error(string? passphrase)
    {
        var error = await FailsAsync(_server.Settings() with { Keys = new SshKeyRing(_server.EncryptedKeyPath, passphrase is null ? null : Secret(passphrase), null) });
        Assert.Equal(BondToolsErrorKind.AuthenticationFailed, error.Kind);
        Assert.Contains("-KeyPassphrase", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_file_that_is_not_there_is_named()
    {
        var error = await FailsAsync(_server.Settings() with { Keys = new SshKeyRing("/nonexistent/id", null, null) });
        Assert.Equal(BondToolsErrorKind.NotFound, error.Kind);
        Assert.Contains("/nonexistent/id", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_the_host_does_not_know_is_refused()
    {
        var stranger = Path.Combine(_server.Folder, "stranger");
        Tool.RunOrFail("ssh-keygen", null, "-q", "-t", "ecdsa", "-m", "PEM", "-N", "", "-f", stranger);
        var error = await FailsAsync(_server.Settings() with { Keys = new SshKeyRing(stranger, null, null) });
        Assert.Equal(BondToolsErrorKind.AuthenticationFailed, error.Kind);
    }

    [Fact]
    public async Task A_password_logs_in()
    {
        PasswordUser.SkipUnlessAvailable();
        await LogsInAsync(ByPassword(_user.Password));
    }

    [Fact]
    public async Task A_wrong_password_is_an_authentication_error_that_does_not_hold_it()
    {
        PasswordUser.SkipUnlessAvailable();
        var error = await FailsAsync(ByPassword("not-" + _user.Password));
        Assert.Equal(BondToolsErrorKind.AuthenticationFailed, error.Kind);
        Assert.DoesNotContain(_user.Password, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keyboard_interactive_questions_are_answered_with_the_password()
    {
        PasswordUser.SkipUnlessAvailable();
        await using var server = new SshServer("PasswordAuthentication no");
        await server.InitializeAsync();
        await LogsInAsync(server.Settings() with { UserName = _user.Name, Keys = new SshKeyRing(null, null, Secret(_user.Password)) });
    }

    [Fact]
    public async Task A_closed_port_is_a_connect_error()
    {
        var error = await FailsAsync(_server.Settings() with { Port = SshServer.FindFreePort() });
        Assert.Equal(BondToolsErrorKind.ConnectFailed, error.Kind);
    }

    [Fact]
    public async Task A_host_that_never_answers_meets_the_deadline()
    {
        using var blackHole = new TcpListener(IPAddress.Loopback, 0);
        blackHole.Start();
        var watch = Stopwatch.StartNew();
        var error = await FailsAsync(_server.Settings() with { Port = ((IPEndPoint)blackHole.LocalEndpoint).Port, ConnectTimeout = TimeSpan.FromSeconds(1) });
        Assert.Equal(BondToolsErrorKind.Timeout, error.Kind);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0.9, 3);
    }

    [Fact]
    public async Task A_host_that_drips_its_banner_meets_the_same_deadline()
    {
        using var dripping = new TcpListener(IPAddress.Loopback, 0);
        dripping.Start();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var drip = DripAsync(dripping, stop.Token);
        var watch = Stopwatch.StartNew();
        var error = await FailsAsync(_server.Settings() with { Port = ((IPEndPoint)dripping.LocalEndpoint).Port, ConnectTimeout = TimeSpan.FromSeconds(1) });
        Assert.Equal(BondToolsErrorKind.Timeout, error.Kind);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0.9, 3);
        await stop.CancelAsync();
        await drip;
    }

    [Fact]
    public async Task Cancelling_a_connect_returns_at_once()
    {
        using var blackHole = new TcpListener(IPAddress.Loopback, 0);
        blackHole.Start();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var connecting = SshConnection.ConnectAsync(_server.Settings() with { Port = ((IPEndPoint)blackHole.LocalEndpoint).Port }, cancel.Token);
        using var accepted = await blackHole.AcceptTcpClientAsync(Token);
        var watch = Stopwatch.StartNew();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 1);
    }

    private static async Task DripAsync(TcpListener listener, CancellationToken cancellationToken)
    {
        try
        {
            using var client = await listener.AcceptTcpClientAsync(cancellationToken);
            while (true)
            {
                await client.GetStream().WriteAsync("x"u8.ToArray(), cancellationToken);
                // why: the test is about bytes that keep coming, slower than a banner is read.
                await Task.Delay(100, cancellationToken);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The client gave up, as it should.
        }
    }

    private static async Task LogsInAsync(SshSettings settings)
    {
        using var connection = await SshConnection.ConnectAsync(settings, Token);
        Assert.Equal(settings.UserName, (await connection.ExecuteAsync("id -un", null, Token)).Output.Trim());
    }

    private static Task<BondToolsException> FailsAsync(SshSettings settings) =>
        Assert.ThrowsAsync<BondToolsException>(() => SshConnection.ConnectAsync(settings, Token));

    private static SecureString Secret(string text) => new NetworkCredential("", text).SecurePassword;

    private SshSettings ByPassword(string password) =>
        _server.Settings() with { UserName = _user.Name, Keys = new SshKeyRing(null, null, Secret(password)) };
}
