using System.Threading.Tasks;
using BondTools.Analysis;
using BondTools.Module.Tests.Sessions;
using Xunit;

namespace BondTools.Module.Tests.Lab;

/// <summary>Test-CiscoEtherChannel asks the switch for all that the diagnosis needs.</summary>
[Collection(SerialSessions.Name)]
public sealed class TestCiscoEtherChannelTests : System.IDisposable
{
    private readonly LabFixture _lab = new();

    public void Dispose() => _lab.Dispose();

    [Fact]
    public async Task It_reads_everything_names_the_cause_and_keeps_to_the_groups_asked_for()
    {
        _lab.Get("New-CiscoEtherChannel -Session $switch -Group 1 -Interface Et0/0, Et0/1");
        _lab.World.SetFault(BondLabFault.Unplug, 2);
        // The lab's clock is the real one here; the switch notices a lost link at its next tick.
        await Task.Delay(500, TestContext.Current.CancellationToken);
        var report = _lab.GetOne<CiscoEtherChannelReport>("Test-CiscoEtherChannel -Session $switch -Group 1");
        Assert.False(report.Passed);
        Assert.Empty(report.NotExamined);
        Assert.Equal(UnbundledReason.NoCarrier, Assert.Single(report.Members[1].Causes).Reason);
        Assert.Empty(_lab.Get("Test-CiscoEtherChannel -Session $switch -Group 2"));
    }
}
