using System;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Analysis;
using BondTools.Lab;
using BondTools.Module.Tests.Sessions;
using Xunit;

namespace BondTools.Module.Tests.Lab;

[Collection(SerialSessions.Name)]
public sealed class WatchLacpBalanceTests : IDisposable
{
    private readonly LabFixture _lab = new(BondLabStart.Article);

    public void Dispose() => _lab.Dispose();

    [Fact]
    public void Writes_as_many_samples_as_were_asked_for_each_with_one_command()
    {
        var result = _lab.Run("Watch-LacpBalance -Session $pve -IntervalSec 0.2 -Count 3 -Debug");
        var samples = result.Output.Cast<LacpBalanceSample>().ToList();
        Assert.Equal(3, samples.Count);
        Assert.All(samples, sample =>
        {
            Assert.Equal(("pve", "bond0"), (sample.ComputerName, sample.Bond));
            Assert.Equal(["enp0s8", "enp0s9"], sample.Links.Select(link => link.Interface));
            Assert.All(sample.Links, link => Assert.True(link.InUse));
            Assert.InRange(sample.Interval!.Value.TotalSeconds, 0.1, 5);
        });
        // One before the first sample, and one for each.
        Assert.Equal(4, result.Messages.Count(message => message.Contains("pve> ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Ends_after_its_duration() =>
        Assert.Equal(2, _lab.Get("Watch-LacpBalance -Session $pve -IntervalSec 0.5 -DurationSec 1").Count);

    [Theory]
    [InlineData(BondLabFault.Unplug, "LinkDown PortLeft", "LinkUp PortJoined")]
    [InlineData(BondLabFault.WrongKey, "PartnerChanged PortLeft", "PartnerChanged PortJoined")]
    public void Says_what_happened_as_events_between_the_samples(BondLabFault fault, string broken, string mended)
    {
        using var other = _lab.OpenEngine();
        var seen = new System.Collections.Concurrent.ConcurrentQueue<LacpBalanceEvent>();
        using var shell = _lab.Engine.Prepare("Watch-LacpBalance -Session $pve -IntervalSec 0.1");
        var output = new System.Management.Automation.PSDataCollection<System.Management.Automation.PSObject>();
        output.DataAdded += (_, added) =>
        {
            if (output[added.Index].BaseObject is LacpBalanceEvent item)
                seen.Enqueue(item);
        };
        var running = shell.BeginInvoke<System.Management.Automation.PSObject, System.Management.Automation.PSObject>(null, output);
        other.Get($"Set-BondLabFault -Lab $lab -Fault {fault} -Link 2");
        WaitFor(broken);
        other.Get("Set-BondLabFault -Lab $lab -Clear");
        WaitFor(mended);
        shell.Stop();
        Assert.True(running.IsCompleted);
        Assert.All(seen, item => Assert.Equal(("pve", "bond0", "enp0s9"), (item.ComputerName, item.Bond, item.Link)));

        void WaitFor(string kinds)
        {
            var wanted = kinds.Split(' ').ToHashSet();
            var watch = Stopwatch.StartNew();
            while (wanted.Count > 0)
            {
                Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), $"Waited for {string.Join(", ", wanted)}.");
                if (seen.TryDequeue(out var item))
                    wanted.Remove(item.Kind.ToString());
                else
                    Thread.Sleep(20); // why: the lab's own clock must pass.
            }
        }
    }

    [Fact]
    public async Task Ends_within_a_second_when_it_is_stopped()
    {
        using var shell = _lab.Engine.Prepare("Watch-LacpBalance -Session $pve -IntervalSec 3600");
        var running = shell.BeginInvoke();
        await Task.Delay(500, TestContext.Current.CancellationToken); // why: so that it waits for its first sample.
        var watch = Stopwatch.StartNew();
        shell.Stop();
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(1), $"It took {watch.Elapsed}.");
        Assert.True(running.IsCompleted);
    }

    [Fact]
    public void A_bond_that_is_not_there_is_an_error() => _lab.Fail("Watch-LacpBalance -Session $pve bond9", BondToolsErrorKind.NotFound);
}
