using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Lab;
using BondTools.Module.Devices;
using Xunit;

namespace BondTools.Module.Tests.Lab;

/// <summary>The switch's revert timer under faults: the switch ends as it was, or as it was told and seen to be; never in between.</summary>
public sealed class GuardedConfigurationTests : IDisposable
{
    private static readonly string[] Lines = ["interface Port-channel1", " switchport", "interface Ethernet0/0", " channel-group 1 mode active"];

    private readonly ManualLabClock _clock = new();
    private readonly BondLab _lab;
    private readonly CiscoSwitch _device;
    private Func<CancellationToken, Task<CiscoSwitch>> _openFresh;
    private Func<IReadOnlyList<string>> _remaining = () => [];

    public GuardedConfigurationTests()
    {
        _lab = BondLab.Create(new BondLabOptions { Clock = _clock });
        _device = new CiscoSwitch(new LabConnection(_lab.Switch), "L2SW");
        _openFresh = _ => Task.FromResult(new CiscoSwitch(new LabConnection(_lab.Switch), "L2SW") { OwnsConnection = true });
    }

    public void Dispose() => _device.Dispose();

    [Fact]
    public async Task Undisturbed_the_change_is_confirmed_and_stays()
    {
        await RunAsync(_device);
        _clock.Advance(TimeSpan.FromMinutes(30));
        Assert.True(await IsConfiguredAsync());
    }

    [Fact]
    public async Task A_client_that_dies_after_sending_leaves_it_to_the_switch()
    {
        using var death = new CancellationTokenSource();
        _openFresh = async token =>
        {
            await death.CancelAsync();
            throw new OperationCanceledException(token);
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(_device, death.Token));
        Assert.True(await IsConfiguredAsync());
        _clock.Advance(TimeSpan.FromMinutes(5));
        Assert.False(await IsConfiguredAsync());
    }

    [Fact]
    public async Task A_switch_that_is_out_of_reach_afterwards_heals_itself_and_the_error_says_so()
    {
        _openFresh = _ => throw new BondToolsException(BondToolsErrorKind.ConnectFailed, "No route to L2SW.");
        var error = await FailAsync(_device, BondToolsErrorKind.PublishRolledBack);
        Assert.Contains("No route to L2SW. L2SW takes the change back by itself, at the latest 5 min", error.Message, StringComparison.Ordinal);
        Assert.True(await IsConfiguredAsync());
        _clock.Advance(TimeSpan.FromMinutes(5));
        Assert.False(await IsConfiguredAsync());
    }

    [Fact]
    public async Task What_does_not_show_in_the_configuration_is_taken_back_at_once()
    {
        _remaining = () => ["interface Ethernet0/0", " mtu 9000"];
        var error = await FailAsync(_device, BondToolsErrorKind.PublishRolledBack);
        Assert.Contains("lacks interface Ethernet0/0 /  mtu 9000. The change was taken back", error.Message, StringComparison.Ordinal);
        Assert.False(await IsConfiguredAsync());
    }

    [Fact]
    public async Task A_confirmation_that_comes_too_late_is_no_success()
    {
        _remaining = () =>
        {
            _clock.Advance(TimeSpan.FromMinutes(6));
            return [];
        };
        var error = await FailAsync(_device, BondToolsErrorKind.PublishRolledBack);
        Assert.Contains("No Rollback Confirmed Change pending", error.Message, StringComparison.Ordinal);
        Assert.False(await IsConfiguredAsync());
    }

    [Fact]
    public async Task A_connection_that_is_cut_between_two_lines_leaves_nothing_half_done()
    {
        using var cut = new CiscoSwitch(new CutTerminal(new LabConnection(_lab.Switch), "channel-group"), "L2SW");
        var error = await FailAsync(cut, BondToolsErrorKind.PublishRolledBack);
        Assert.Contains("The change was taken back", error.Message, StringComparison.Ordinal);
        Assert.False(await IsConfiguredAsync());
    }

    [Fact]
    public async Task While_another_change_waits_for_its_confirmation_nothing_is_sent()
    {
        await _device.ConfigureAsync(["hostname L2SW"], "configure terminal revert timer 9", _ => { }, TestContext.Current.CancellationToken);
        await FailAsync(_device, BondToolsErrorKind.CommandRejected);
        Assert.False(await IsConfiguredAsync());
        Assert.Null(await _device.TryRunAsync("configure confirm", TestContext.Current.CancellationToken));
    }

    private Task RunAsync(CiscoSwitch device, CancellationToken? cancellationToken = null) =>
        new GuardedConfiguration(device, token => _openFresh(token), (_, _) => Task.FromResult(_remaining()))
            .RunAsync(Lines, 5, _ => Task.CompletedTask, cancellationToken ?? TestContext.Current.CancellationToken);

    private async Task<BondToolsException> FailAsync(CiscoSwitch device, BondToolsErrorKind kind)
    {
        var error = await Assert.ThrowsAsync<BondToolsException>(() => RunAsync(device));
        Assert.Equal(kind, error.Kind);
        return error;
    }

    private async Task<bool> IsConfiguredAsync() =>
        (await _lab.Switch.ExecuteAsync("show running-config", [], TestContext.Current.CancellationToken)).Output.Contains("interface Port-channel1", StringComparison.Ordinal);

    /// <summary>A connection whose terminals end when a text is sent over them, before it arrives.</summary>
    private sealed class CutTerminal(IDeviceConnection inner, string mark) : IDeviceConnection
    {
        public bool IsConnected => true;

        public Task<CommandResult> ExecuteAsync(string command, byte[]? input, CancellationToken cancellationToken) => inner.ExecuteAsync(command, input, cancellationToken);

        public Task<CommandResult> StreamAsync(string command, Action<Stream> read, CancellationToken stop) => inner.StreamAsync(command, read, stop);

        public async Task<Stream> OpenTerminalAsync(CancellationToken cancellationToken) => new CutStream(await inner.OpenTerminalAsync(cancellationToken), mark);

        public void Dispose() => inner.Dispose();
    }

    private sealed class CutStream(Stream inner, string mark) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count)
        {
            if (Encoding.ASCII.GetString(buffer, offset, count).Contains(mark, StringComparison.Ordinal))
                throw new IOException("The connection was cut.");
            inner.Write(buffer, offset, count);
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
