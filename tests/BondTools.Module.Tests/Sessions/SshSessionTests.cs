using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Management.Automation;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Module.Devices;
using BondTools.Module.Tests.Ssh;
using Xunit;

namespace BondTools.Module.Tests.Sessions;

/// <summary>The session cmdlets in the real engine through a real sshd.</summary>
[Collection(SerialSessions.Name)]
public sealed class SshSessionTests : IAsyncLifetime
{
    private const string Live = "127.0.0.1";
    private const string AlsoLive = "127.0.0.11";
    private const string Closed = "127.0.0.2";
    private const string BlackHole = "127.0.0.3";

    private readonly List<BondSession> _before = [.. SessionRegistry.GetAll()];
    private readonly SshServer _server = new($"ListenAddress {AlsoLive}");
    private string _login = "";

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(SshServer.IsAvailable, SshServer.SkipReason);
        await _server.InitializeAsync();
        var knownHosts = _server.WriteKnownHosts(_server.KnownHostsLine("ed25519", "*"));
        _login = $"-Port {_server.Port} -KnownHostsPath '{knownHosts}' -UserName {Environment.UserName} -KeyFilePath '{_server.KeyPath}'";
    }

    public ValueTask DisposeAsync()
    {
        foreach (var session in SessionRegistry.GetAll().Except(_before))
            SessionRegistry.Close(session);
        return _server.DisposeAsync();
    }

    [Fact]
    public void A_session_is_opened_used_and_closed()
    {
        using var engine = new Engine();
        var session = Assert.IsType<BondSession>(Assert.Single(engine.Run($"Connect-PveHost {Live} {_login}").Output));
        Assert.Equal((BondDeviceKind.PveHost, Live, _server.Port, BondSessionState.Opened), (session.Kind, session.ComputerName, session.Port, session.State));
        Assert.Equal("hello", Assert.Single(engine.Run("Invoke-TestHost 'echo hello'").Output));
        engine.Run("Get-BondSession | Disconnect-BondSession");
        Assert.Equal(BondSessionState.Closed, session.State);
    }

    [Fact]
    public void Dead_hosts_among_live_ones_slow_nobody_down()
    {
        using var blackHole = new TcpListener(IPAddress.Parse(BlackHole), _server.Port);
        blackHole.Start();
        using var engine = new Engine();
        using var shell = engine.Prepare($"Connect-PveHost {BlackHole},{Closed},{Live},{AlsoLive} {_login} -TimeoutSec 8");
        using var output = new PSDataCollection<PSObject>();
        var seenBeforeTimeout = -1;
        shell.Streams.Error.DataAdded += (_, e) =>
        {
            if (Equals(shell.Streams.Error[e.Index].TargetObject, BlackHole))
                seenBeforeTimeout = output.Count;
        };
        shell.Invoke(null, output);
        Assert.Equal([Live, AlsoLive], output.Select(o => ((BondSession)o.BaseObject).ComputerName).Order());
        Assert.Equal(2, seenBeforeTimeout);
        Assert.Equal(
            [(Closed, "BondTools.ConnectFailed"), (BlackHole, "BondTools.Timeout")],
            shell.Streams.Error.Select(e => ((string)e.TargetObject, e.FullyQualifiedErrorId.Split(',')[0])));
    }

    [Fact]
    public async Task Stopping_a_command_that_hangs_returns_within_a_second()
    {
        using var engine = new Engine();
        engine.Run($"Connect-PveHost {Live} {_login}");
        var marker = "6" + Random.Shared.Next(100_000, 999_999);
        using var shell = engine.Prepare($"Invoke-TestHost 'exec sleep {marker}'");
        var running = shell.BeginInvoke();
        var sleeper = await Tool.FindProcessAsync($"sleep {marker}");
        Assert.False(running.IsCompleted);
        var watch = Stopwatch.StartNew();
        shell.Stop();
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 1);
        Assert.Equal("alive", Assert.Single(engine.Run("Invoke-TestHost 'echo alive'").Output));
        // sshd passes no signal on to root's commands.
        Tool.Run("kill", null, sleeper);
    }

    [Fact]
    public void A_deadline_ends_a_command_that_hangs_and_quotes_what_it_said()
    {
        using var engine = new Engine();
        var error = Assert.Single(engine.Run($"Invoke-TestHost 'echo half; exec sleep 20' -ComputerName {Live} {_login} -TimeoutSec 3").Errors);
        Assert.StartsWith("BondTools.Timeout,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal("half\n", Assert.IsType<BondToolsException>(error.Exception).Output);
        Assert.Equal(Live, error.TargetObject);
    }

    [Fact]
    public void A_one_off_connection_is_closed_afterwards()
    {
        using var engine = new Engine();
        var result = engine.Run($"Invoke-TestHost 'echo hello' -ComputerName {Live},{AlsoLive} {_login}");
        Assert.Equal(["hello", "hello"], result.Output);
        Assert.Equal(_before, SessionRegistry.GetAll());
        Assert.True(SpinWait.SpinUntil(() => _server.CountConnections() == 0, TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public async Task A_fresh_connection_has_the_same_login_and_a_life_of_its_own()
    {
        using var engine = new Engine();
        var session = (BondSession)Assert.Single(engine.Run($"Connect-PveHost {Live} {_login}").Output);
        var token = TestContext.Current.CancellationToken;
        var fresh = await SessionRegistry.Get(session, BondDeviceKind.PveHost).OpenFreshAsync(token);
        SessionRegistry.Close(session);
        Assert.Equal(Environment.UserName, (await fresh.ExecuteAsync("id -un", null, token)).Output.Trim());
        fresh.Dispose();
    }

    [Fact]
    public void The_start_up_files_of_the_user_are_not_run() =>
        Assert.Equal(_server.Folder, Assert.Single(new Engine().Get($"Invoke-TestHost 'echo $HOME' -ComputerName {Live} {_login}")));

    [Fact]
    public void Secrets_appear_in_no_stream()
    {
        const string secret = "S3cret-that-nobody-may-see";
        var password = new NetworkCredential("", secret).SecurePassword;
        using var engine = new Engine(("credential", new PSCredential("nobody-here", password)), ("passphrase", password), ("right", new NetworkCredential("", _server.KeyPassphrase).SecurePassword));
        var login = _login.Replace($"-KeyFilePath '{_server.KeyPath}'", "", StringComparison.Ordinal);
        var wrongPassword = engine.Run($"Connect-PveHost {Live} {login} -Credential $credential -Verbose -Debug");
        var wrongPassphrase = engine.Run($"Connect-PveHost {Live} {login} -KeyFilePath '{_server.EncryptedKeyPath}' -KeyPassphrase $passphrase -Verbose -Debug");
        var enable = engine.Run($"Connect-CiscoSwitch {Live} {login} -KeyFilePath '{_server.EncryptedKeyPath}' -KeyPassphrase $right -EnablePassword $passphrase -Verbose -Debug");
        Assert.StartsWith("BondTools.AuthenticationFailed,", Assert.Single(wrongPassword.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.StartsWith("BondTools.AuthenticationFailed,", Assert.Single(wrongPassphrase.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(BondDeviceKind.CiscoSwitch, Assert.IsType<BondSession>(Assert.Single(enable.Output)).Kind);
        foreach (var result in new[] { wrongPassword, wrongPassphrase, enable })
        {
            Assert.NotEmpty(result.Messages);
            foreach (var text in result.Messages.Concat(result.Errors.SelectMany(e => new[] { e.ToString(), e.Exception.ToString(), e.ErrorDetails?.RecommendedAction ?? "" })))
            {
                Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
                Assert.DoesNotContain(_server.KeyPassphrase, text, StringComparison.Ordinal);
            }
        }
    }
}
