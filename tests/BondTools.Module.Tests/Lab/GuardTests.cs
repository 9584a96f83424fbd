using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Lab;
using BondTools.Module.Devices;
using BondTools.Planning;
using Xunit;

namespace BondTools.Module.Tests.Lab;

/// <summary>A guarded publish whose client or connection fails at each step.</summary>
public sealed class GuardTests
{
    private static readonly TimeSpan RollbackAfter = TimeSpan.FromSeconds(4);

    private readonly ManualLabClock _clock = new();
    private readonly IEmulatedDevice _device;
    private readonly PveHost _host;

    public GuardTests()
    {
        _device = BondLab.Create(new BondLabOptions { Clock = _clock }).Host;
        _host = new PveHost(new LabConnection(_device), "pve");
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reload_that_cuts_its_own_connection_is_judged_over_a_fresh_one()
    {
        var change = await StageAsync();
        var cut = new PveHost(new CutConnection(_device, "pvesh set"), "pve");
        var publication = await Publish(cut, OpenFresh).RunAsync(change, _ => Task.CompletedTask, Token);
        Assert.Equal(PublishVerification.Reachable, publication.Verification);
        Assert.Contains("bond0", await ReadAsync(), StringComparison.Ordinal);

        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Contains("bond0", await ReadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_cannot_be_reached_afterwards_heals_itself()
    {
        var before = await ReadAsync();
        var change = await StageAsync();
        var error = await Assert.ThrowsAsync<BondToolsException>(() => Publish(_host, Unreachable).RunAsync(change, _ => Task.CompletedTask, Token));
        Assert.Equal(BondToolsErrorKind.PublishRolledBack, error.Kind);
        Assert.Contains("own timer", error.Message, StringComparison.Ordinal);
        Assert.Contains("bond0", await ReadAsync(), StringComparison.Ordinal);

        _clock.Advance(RollbackAfter + TimeSpan.FromSeconds(1));
        Assert.Equal(before, await ReadAsync());
    }

    [Theory]
    [InlineData("systemd-run")]
    [InlineData("pvesh set")]
    [InlineData(".confirmed")]
    public async Task A_client_that_dies_at_any_step_leaves_the_old_file_or_the_confirmed_one(string step)
    {
        var before = await ReadAsync();
        var change = await StageAsync();
        using var death = new CancellationTokenSource();
        // The command of this step still reaches the host; nothing comes after it.
        var dying = new CutConnection(_device, step, death);
        await Assert.ThrowsAnyAsync<Exception>(() => Publish(new PveHost(dying, "pve"), _ => Task.FromResult<IDeviceConnection>(dying)).RunAsync(change, _ => Task.CompletedTask, death.Token));

        _clock.Advance(RollbackAfter + TimeSpan.FromSeconds(1));
        Assert.Equal(step == ".confirmed" ? change.Pending : before, await ReadAsync());
    }

    [Fact]
    public async Task A_second_publish_waits_for_the_first_ones_end()
    {
        var change = await StageAsync();
        await _device.ExecuteAsync("mkdir -p /run/bondtools; echo 60 > /run/bondtools/other.armed", [], Token);
        var error = await Assert.ThrowsAsync<BondToolsException>(() => Publish(_host, OpenFresh).RunAsync(change, _ => Task.CompletedTask, Token));
        Assert.Equal(BondToolsErrorKind.PendingChangeExists, error.Kind);
        Assert.Equal(change.Current, await ReadAsync());
    }

    [Fact]
    public async Task A_file_that_changed_since_it_was_read_is_not_published()
    {
        var change = await StageAsync();
        await _device.ExecuteAsync("echo '# by hand' >> /etc/network/interfaces", [], Token);
        var error = await Assert.ThrowsAsync<BondToolsException>(() => Publish(_host, OpenFresh).RunAsync(change, _ => Task.CompletedTask, Token));
        Assert.Equal(BondToolsErrorKind.PendingChangeExists, error.Kind);
        Assert.EndsWith("# by hand\n", await ReadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_somebody_changes_between_arming_and_the_reload_stays()
    {
        var change = await StageAsync();
        var disturbed = new PveHost(new DisturbedConnection(_device, "systemd-run", "echo '# by hand' >> /etc/network/interfaces"), "pve");
        var error = await Assert.ThrowsAsync<BondToolsException>(() => Publish(disturbed, OpenFresh).RunAsync(change, _ => Task.CompletedTask, Token));
        Assert.Equal(BondToolsErrorKind.PendingChangeExists, error.Kind);

        _clock.Advance(RollbackAfter + TimeSpan.FromSeconds(1));
        Assert.EndsWith("# by hand\n", await ReadAsync(), StringComparison.Ordinal);
    }

    private static GuardedPublish Publish(PveHost host, Func<CancellationToken, Task<IDeviceConnection>> openFresh) =>
        new(host, openFresh, new GuardedPublishOptions(RollbackAfter, PublishVerification.Reachable));

    private Task<IDeviceConnection> OpenFresh(CancellationToken token) => Task.FromResult<IDeviceConnection>(new LabConnection(_device));

    private static Task<IDeviceConnection> Unreachable(CancellationToken token) =>
        Task.FromException<IDeviceConnection>(new BondToolsException(BondToolsErrorKind.ConnectFailed, "pve cannot be reached."));

    private async Task<NetworkChange> StageAsync()
    {
        var files = new HostNetworkFiles(_host);
        var edit = await files.PlanAsync(file => InterfacesEdit.AddBond(file, new() { Name = "bond0", Slaves = ["enp0s8", "enp0s9"], Mode = Linux.BondMode.Lacp }), false, Token);
        await files.StageAsync(edit, Token);
        return await files.ReadAsync(Token);
    }

    private Task<string> ReadAsync() => _host.RunAsync("cat /etc/network/interfaces", Token);

    /// <summary>A connection behind whose first command holding a text somebody else does something on the host.</summary>
    private sealed class DisturbedConnection(IEmulatedDevice device, string mark, string disturbance) : IDeviceConnection
    {
        private readonly LabConnection _inner = new(device);

        public bool IsConnected => true;

        public async Task<CommandResult> ExecuteAsync(string command, byte[]? input, CancellationToken cancellationToken)
        {
            var result = await _inner.ExecuteAsync(command, input, cancellationToken);
            if (command.Contains(mark, StringComparison.Ordinal))
                await _inner.ExecuteAsync(disturbance, null, cancellationToken);
            return result;
        }

        public Task<Stream> OpenTerminalAsync(CancellationToken cancellationToken) => _inner.OpenTerminalAsync(cancellationToken);

        public void Dispose()
        {
        }
    }

    /// <summary>A connection that breaks behind the first command holding a text; with a token source, its client dies too.</summary>
    private sealed class CutConnection(IEmulatedDevice device, string mark, CancellationTokenSource? death = null) : IDeviceConnection
    {
        private readonly LabConnection _inner = new(device);

        public bool IsConnected => true;

        public async Task<CommandResult> ExecuteAsync(string command, byte[]? input, CancellationToken cancellationToken)
        {
            var result = await _inner.ExecuteAsync(command, input, cancellationToken);
            if (!command.Contains(mark, StringComparison.Ordinal))
                return result;
            if (death is not null)
                await death.CancelAsync();
            throw new BondToolsException(BondToolsErrorKind.ConnectionLost, "The connection was cut.");
        }

        public Task<Stream> OpenTerminalAsync(CancellationToken cancellationToken) => _inner.OpenTerminalAsync(cancellationToken);

        public void Dispose()
        {
        }
    }
}
