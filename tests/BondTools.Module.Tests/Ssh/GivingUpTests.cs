using System;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Module.Devices;
using BondTools.Module.Ssh;
using Xunit;

namespace BondTools.Module.Tests.Ssh;

/// <summary>What becomes of a command on the host when nobody waits for it any more.</summary>
public sealed class GivingUpTests : IClassFixture<SshServer>, IClassFixture<PasswordUser>
{
    // The grace between SIGTERM and SIGKILL, and room for a busy machine.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly SshServer _server;
    private readonly PasswordUser _user;

    public GivingUpTests(SshServer server, PasswordUser user)
    {
        Assert.SkipUnless(SshServer.IsAvailable, SshServer.SkipReason);
        (_server, _user) = (server, user);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("exec sleep {0}")]
    [InlineData("sleep {0}; echo never")]
    [InlineData("trap '' TERM; sleep {0}; echo never")]
    public async Task A_command_of_an_ordinary_user_ends_with_everything_it_started(string command)
    {
        PasswordUser.SkipUnlessAvailable();
        var keys = new SshKeyRing(null, null, new NetworkCredential("", _user.Password).SecurePassword);
        Assert.True(await GiveUpAsync(_server.Settings() with { UserName = _user.Name, Keys = keys }, command, Patience));
    }

    [Fact]
    public async Task A_command_of_root_goes_on_for_sshd_passes_no_signal_on()
    {
        Assert.SkipUnless(Environment.UserName == "root", "Only where root can log in.");
        Assert.False(await GiveUpAsync(_server.Settings(), "exec sleep {0}", TimeSpan.FromSeconds(3)));
    }

    /// <summary>Cancels a command that sleeps.</summary>
    /// <returns>Whether the sleep ended on the host.</returns>
    private static async Task<bool> GiveUpAsync(SshSettings settings, string command, TimeSpan patience)
    {
        using var connection = await SshConnection.ConnectAsync(settings, Token);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var marker = "5" + Random.Shared.Next(100_000, 999_999);
        var running = connection.ExecuteAsync(command.Replace("{0}", marker, StringComparison.Ordinal), null, cancel.Token);
        var sleeper = await Tool.FindProcessAsync("sleep " + marker);
        try
        {
            await cancel.CancelAsync();
            await Assert.ThrowsAsync<CommandCanceledException>(() => running);
            var isGone = await Tool.IsGoneAsync(sleeper, patience);
            // Other commands of this connection are not touched.
            Assert.Equal("alive\n", (await connection.ExecuteAsync("echo alive", null, Token)).Output);
            return isGone;
        }
        finally
        {
            Tool.Run("kill", null, "-KILL", sleeper);
        }
    }
}
