using System;
using System.Threading.Tasks;
using BondTools.Analysis;
using BondTools.Lab;
using BondTools.Linux;
using BondTools.Module.Tests.Sessions;
using BondTools.Planning;
using Xunit;

namespace BondTools.Module.Tests.Lab;

/// <summary>The article, from bare configuration to the verdict, through the real engine.</summary>
[Collection(SerialSessions.Name)]
public sealed class ArticleTests : IDisposable
{
    private const string NewBond = ArticleSteps.NewBond;

    private readonly LabFixture _lab = new();

    public void Dispose() => _lab.Dispose();

    [Fact]
    public Task It_is_built_verified_and_measured() => ArticleSteps.RunAsync(_lab.Engine, command => _lab.OnHostAsync(command));

    [Fact]
    public void Without_its_switch_the_publish_takes_itself_back()
    {
        var before = _lab.GetOne<NetworkChange>("Get-PveNetworkChange -Session $pve").Current;
        _lab.Get(NewBond);
        var error = _lab.Fail("Publish-PveNetworkChange -Session $pve -RollbackSec 10", BondToolsErrorKind.PublishRolledBack);
        Assert.Contains("No partner answers", error.Exception.Message, StringComparison.Ordinal);
        Assert.Equal(before, _lab.GetOne<NetworkChange>("Get-PveNetworkChange -Session $pve").Current);
        Assert.Empty(_lab.Get("Get-PveBondStatus -Session $pve"));
    }

    [Fact]
    public void Without_its_switch_it_can_be_published_as_a_bond_that_is_up()
    {
        _lab.Get(NewBond);
        Assert.Equal(PublishVerification.BondUp, _lab.GetOne<NetworkPublication>("Publish-PveNetworkChange -Session $pve -Verify BondUp").Verification);
        Assert.False(_lab.GetOne<BondStatus>("Get-PveBondStatus -Session $pve").Negotiated);
    }

    public static TheoryData<BondLabFault, string> Faults => new()
    {
        { BondLabFault.Unplug, "slave-down" },
        { BondLabFault.LacpOff, "partner-silent" },
        { BondLabFault.WrongKey, "several-port-channels" },
        { BondLabFault.OtherSwitch, "several-partners" },
        { BondLabFault.WrongMode, "channel-protocol" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Each_fault_is_told_by_its_rule(BondLabFault fault, string rule)
    {
        var clock = new ManualLabClock();
        using var lab = new LabFixture(BondLabStart.Article, clock);
        Assert.True(lab.GetOne<LacpLinkReport>("Test-LacpLink -Session $pve, $switch").Passed);

        lab.Get($"Set-BondLabFault -Lab $lab -Fault {fault} -Link 1");
        // Longer than the 90 s that a partner at the slow rate may be silent before it is missed.
        clock.Advance(TimeSpan.FromSeconds(100));
        var report = lab.GetOne<LacpLinkReport>("Test-LacpLink -Session $pve, $switch");
        var finding = Assert.Single(report.Findings, f => f.RuleId == rule);
        Assert.False(report.Passed);
        Assert.NotEmpty(finding.Evidence);
        Assert.NotEmpty(finding.Remedy);

        lab.Get("Set-BondLabFault -Lab $lab -Clear");
        clock.Advance(TimeSpan.FromSeconds(100));
        Assert.True(lab.GetOne<LacpLinkReport>("Test-LacpLink -Session $pve, $switch").Passed);
    }

    [Fact]
    public void It_is_taken_down_again()
    {
        using var lab = new LabFixture(BondLabStart.Article);
        lab.Get("Remove-PveBridge -Session $pve vmbr1; Remove-PveBond -Session $pve bond0; Publish-PveNetworkChange -Session $pve; Remove-CiscoEtherChannel -Session $switch 1; Save-CiscoConfiguration -Session $switch");
        Assert.Empty(lab.Get("Get-PveBondStatus -Session $pve; Get-PveBond -Session $pve; Get-CiscoEtherChannel -Session $switch"));
    }
}
