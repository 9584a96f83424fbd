using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Lab;
using BondTools.Module.Tests.Sessions;
using BondTools.Planning;
using Xunit;

namespace BondTools.Module.Tests.Lab;

/// <summary>The publishing cmdlet in engines of its own: interrupted, and beside another one. GuardTests looks at the guard alone.</summary>
[Collection(SerialSessions.Name)]
public sealed class PublishTests : IDisposable
{
    private const string NewBond = "New-PveBond -Session $pve bond0 enp0s8, enp0s9 -TransmitHashPolicy layer2+3";

    private readonly ManualLabClock _clock = new();
    private readonly LabFixture _lab;

    public PublishTests() => _lab = new LabFixture(BondLabStart.Bare, _clock);

    public void Dispose() => _lab.Dispose();

    [Fact]
    public async Task Stopped_in_the_middle_it_returns_at_once_and_the_host_puts_the_old_file_back()
    {
        var before = _lab.GetOne<NetworkChange>("Get-PveNetworkChange -Session $pve").Current;
        _lab.Get(NewBond);
        using var engine = _lab.OpenEngine();
        using var shell = engine.Prepare("Publish-PveNetworkChange -Session $pve -Confirm:$false");
        // The switch is not configured and the clock stands, so the verification goes on until it is stopped.
        var running = shell.BeginInvoke();
        await ApplyHasHappenedAsync();

        var watch = System.Diagnostics.Stopwatch.StartNew();
        shell.Stop();
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.True(running.IsCompleted);

        _clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(before, await _lab.OnHostAsync("cat /etc/network/interfaces"));
    }

    [Fact]
    public async Task Of_two_publishes_at_once_one_is_confirmed_and_the_other_is_refused()
    {
        using var lab = new LabFixture();
        lab.Get($"New-CiscoEtherChannel -Session $switch 1 Et0/0, Et0/1; {NewBond}");
        using var first = lab.OpenEngine();
        using var second = lab.OpenEngine();
        var results = await Task.WhenAll(new[] { first, second }.Select(engine => Task.Run(
            () => engine.Run("Publish-PveNetworkChange -Session $pve -Confirm:$false"), TestContext.Current.CancellationToken)));

        Assert.IsType<NetworkPublication>(Assert.Single(results.SelectMany(result => result.Output)));
        var refused = Assert.Single(results.SelectMany(result => result.Errors));
        // The slower one finds the other's change armed, or, later, nothing to publish any more.
        Assert.Contains(refused.FullyQualifiedErrorId.Split(',')[0], new[] { "BondTools.PendingChangeExists", "BondTools.NoPendingChange" });
        Assert.Contains("iface bond0 inet manual", await lab.OnHostAsync("cat /etc/network/interfaces"), StringComparison.Ordinal);
    }

    /// <summary>Waits, at most half a minute, until the staged file has become the present one.</summary>
    private async Task ApplyHasHappenedAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        while (!(await _lab.OnHostAsync("cat /etc/network/interfaces")).Contains("iface bond0", StringComparison.Ordinal))
            await Task.Delay(20, limit.Token); // why: the publish runs in another engine, and only the host can tell how far it is.
    }
}
