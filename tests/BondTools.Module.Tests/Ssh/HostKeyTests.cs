using System;
using System.Globalization;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Module.Ssh;
using Xunit;

namespace BondTools.Module.Tests.Ssh;

/// <summary>Host keys, through a real sshd and with files that ssh-keygen made.</summary>
public sealed class HostKeyTests : IClassFixture<SshServer>
{
    private readonly SshServer _server;

    public HostKeyTests(SshServer server)
    {
        Assert.SkipUnless(SshServer.IsAvailable, SshServer.SkipReason);
        _server = server;
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_unknown_host_is_refused_with_its_fingerprint()
    {
        var path = _server.WriteKnownHosts("# nobody");
        var error = await ConnectFailsAsync(_server.Settings() with { KnownHostsPath = path });
        Assert.Equal(BondToolsErrorKind.HostKeyUnknown, error.Kind);
        Assert.Contains(_server.Fingerprint("ed25519"), error.Message, StringComparison.Ordinal);
        Assert.Contains("-AcceptNewHostKey", error.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal("# nobody\n", File.ReadAllText(path));
    }

    [Fact]
    public async Task A_changed_key_is_refused_with_both_fingerprints_and_the_line()
    {
        var other = Path.Combine(_server.Folder, "other");
        if (!File.Exists(other))
            Tool.RunOrFail("ssh-keygen", null, "-q", "-t", "ed25519", "-N", "", "-f", other);
        var otherKey = File.ReadAllText(other + ".pub").Split(' ')[1];
        var path = _server.WriteKnownHosts("# heading", string.Create(CultureInfo.InvariantCulture, $"[127.0.0.1]:{_server.Port} ssh-ed25519 {otherKey}"));
        var error = await ConnectFailsAsync(_server.Settings() with { KnownHostsPath = path, AcceptNewHostKey = true });
        Assert.Equal(BondToolsErrorKind.HostKeyMismatch, error.Kind);
        Assert.Contains(_server.Fingerprint("ed25519"), error.Message, StringComparison.Ordinal);
        Assert.Contains(Tool.RunOrFail("ssh-keygen", null, "-lf", other + ".pub").Split(' ')[1], error.Message, StringComparison.Ordinal);
        Assert.Contains(path + ":2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_revoked_key_is_refused()
    {
        var line = _server.KnownHostsLine("ed25519");
        var error = await ConnectFailsAsync(_server.Settings() with { KnownHostsPath = _server.WriteKnownHosts(line, "@revoked " + line) });
        Assert.Equal(BondToolsErrorKind.HostKeyRevoked, error.Kind);
    }

    [Fact]
    public async Task Names_hashed_by_ssh_keygen_are_found()
    {
        var path = _server.WriteKnownHosts(_server.KnownHostsLine("ed25519"), _server.KnownHostsLine("rsa"));
        Tool.RunOrFail("ssh-keygen", null, "-H", "-f", path);
        Assert.StartsWith("|1|", File.ReadAllText(path), StringComparison.Ordinal);
        using var connection = await SshConnection.ConnectAsync(_server.Settings() with { KnownHostsPath = path }, Token);
        Assert.True(connection.IsConnected);
    }

    [Theory]
    [InlineData("rsa")]
    [InlineData("ed25519")]
    public async Task A_host_known_by_one_of_its_keys_is_asked_for_that_one(string type)
    {
        var path = _server.WriteKnownHosts(_server.KnownHostsLine(type));
        using var connection = await SshConnection.ConnectAsync(_server.Settings() with { KnownHostsPath = path }, Token);
        Assert.True(connection.IsConnected);
    }

    [Fact]
    public async Task An_accepted_key_is_recorded_where_ssh_keygen_finds_it()
    {
        var path = Path.Combine(_server.Folder, "made", "known_hosts");
        var settings = _server.Settings() with { KnownHostsPath = path, AcceptNewHostKey = true };
        using (await SshConnection.ConnectAsync(settings, Token))
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"[127.0.0.1]:{_server.Port}");
            Assert.Contains(_server.KnownHostsLine("ed25519"), Tool.RunOrFail("ssh-keygen", null, "-f", path, "-F", name), StringComparison.Ordinal);
        }

        using var again = await SshConnection.ConnectAsync(settings with { AcceptNewHostKey = false }, Token);
        Assert.True(again.IsConnected);
    }

    private static Task<BondToolsException> ConnectFailsAsync(SshSettings settings) =>
        Assert.ThrowsAsync<BondToolsException>(() => SshConnection.ConnectAsync(settings, Token));
}
