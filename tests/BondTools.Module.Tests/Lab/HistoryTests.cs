using System;
using System.Linq;
using System.Threading.Tasks;
using BondTools.Lab;
using BondTools.Module.Tests.Sessions;
using BondTools.Planning;
using Xunit;

namespace BondTools.Module.Tests.Lab;

/// <summary>What a host remembers of its publications, and how an earlier state comes back from it.</summary>
[Collection(SerialSessions.Name)]
public sealed class HistoryTests : IDisposable
{
    private const string History = "Get-PveNetworkHistory -Session $pve";
    private const string Publish = "Publish-PveNetworkChange -Session $pve -Verify Reachable";
    private const string Restore = "Restore-PveNetwork -Session $pve -Verify Reachable";

    private readonly ManualLabClock _clock = new();
    private readonly LabFixture _lab;

    public HistoryTests() => _lab = new LabFixture(BondLabStart.Bare, _clock);

    public void Dispose() => _lab.Dispose();

    private string Present => _lab.GetOne<NetworkChange>("Get-PveNetworkChange -Session $pve").Current;

    [Fact]
    public void It_is_newest_first_with_what_each_publication_changed()
    {
        Assert.Empty(_lab.Get(History));
        var before = Present;
        var first = PublishBond("bond0", "enp0s8");
        var second = PublishBond("bond1", "enp0s9");

        var records = _lab.Get(History).Cast<NetworkPublicationRecord>().ToArray();
        Assert.Equal([second.Id, first.Id], records.Select(r => r.Id));
        Assert.All(records, r => Assert.Equal((PublicationOutcome.Confirmed, "root", "pve"), (r.Outcome, r.User, r.ComputerName)));
        Assert.All(records, r => Assert.StartsWith(Environment.UserName + "@", r.Client, StringComparison.Ordinal));
        Assert.Equal((before, first.Difference), (records[1].Before, records[1].Difference));
        Assert.Equal(records[1].After, records[0].Before);
        Assert.Equal(first.Id, _lab.GetOne<NetworkPublicationRecord>($"{History} {first.Id}").Id);
        _lab.Fail($"{History} 20200101T000000Z-000000", BondToolsErrorKind.NotFound);
    }

    [Fact]
    public void Without_an_id_the_state_before_the_last_confirmed_publication_comes_back()
    {
        PublishBond("bond0", "enp0s8");
        var wanted = Present;
        PublishBond("bond1", "enp0s9");
        var publication = _lab.GetOne<NetworkPublication>(Restore);
        Assert.Contains("-iface bond1 inet manual", publication.Difference, StringComparison.Ordinal);
        Assert.Equal(wanted, Present);
        // That was a publication too, so the same again takes it back.
        _lab.Get(Restore);
        Assert.Contains("bond1", Present, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_record_down_the_pipeline_gives_the_file_before_it_or_with_After_its_own()
    {
        var bare = Present;
        var first = PublishBond("bond0", "enp0s8");
        var after = Present;
        PublishBond("bond1", "enp0s9");
        _lab.Get($"{History} {first.Id} | Restore-PveNetwork -Verify Reachable");
        Assert.Equal(bare, Present);
        _lab.Get($"{Restore} {first.Id} -After");
        Assert.Equal(after, Present);
        // It is like that already.
        Assert.Empty(_lab.Get($"{Restore} {first.Id} -After"));
    }

    [Fact]
    public void WhatIf_shows_the_difference_and_touches_nothing()
    {
        PublishBond("bond0", "enp0s8");
        var before = Present;
        var result = _lab.Run($"{Restore} -WhatIf");
        Assert.Empty(result.Errors);
        Assert.Empty(result.Output);
        Assert.Equal(before, Present);
        Assert.False(_lab.GetOne<NetworkChange>("Get-PveNetworkChange -Session $pve").IsPending);
        Assert.Single(_lab.Get(History));
    }

    [Fact]
    public async Task What_somebody_else_staged_is_replaced_only_when_forced()
    {
        PublishBond("bond0", "enp0s8");
        await _lab.OnHostAsync("echo '# mine' > /etc/network/interfaces.new");
        _lab.Fail(Restore, BondToolsErrorKind.PendingChangeExists);
        Assert.Equal("# mine\n", await _lab.OnHostAsync("cat /etc/network/interfaces.new"));
        _lab.Get($"{Restore} -Force");
        Assert.DoesNotContain("bond0", Present, StringComparison.Ordinal);
    }

    [Fact]
    public void A_state_that_does_not_prove_itself_is_rolled_back_like_any_other()
    {
        // The switch is not set up, so no bond is negotiated.
        PublishBond("bond0", "enp0s8");
        _lab.Get(Restore);
        var before = Present;
        using var fast = new LabFixture();
        fast.Get("New-PveBond -Session $pve bond0 enp0s8");
        fast.Get(Publish);
        fast.Get(Restore);
        fast.Fail("Restore-PveNetwork -Session $pve -RollbackSec 10", BondToolsErrorKind.PublishRolledBack);
        Assert.DoesNotContain("bond0", fast.GetOne<NetworkChange>("Get-PveNetworkChange -Session $pve").Current, StringComparison.Ordinal);
        Assert.Equal(PublicationOutcome.RolledBack, ((NetworkPublicationRecord)fast.Get(History)[0]).Outcome);
        Assert.Equal(before, Present);
    }

    [Fact]
    public void Without_a_confirmed_publication_there_is_nothing_to_restore() =>
        _lab.Fail(Restore, BondToolsErrorKind.NotFound);

    [Theory]
    [InlineData("Restore-PveNetwork -Session $pve '../../root'")]
    [InlineData("Get-PveNetworkHistory -Session $pve '20260105T090000Z-0a1b2c; reboot'")]
    public void An_id_is_an_id_and_no_path(string command) => Assert.Contains("is no id", Assert.Single(_lab.Run(command).Errors).Exception.Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_file_that_was_changed_since_is_not_taken_for_the_recorded_one()
    {
        PublishBond("bond0", "enp0s8");
        await _lab.OnHostAsync("for f in /var/lib/bondtools/*/before; do echo '# by hand' >> $f; done");
        _lab.Fail(Restore, BondToolsErrorKind.UnexpectedOutput);
    }

    private NetworkPublication PublishBond(string name, string slave)
    {
        _lab.Get($"New-PveBond -Session $pve {name} {slave}");
        var publication = _lab.GetOne<NetworkPublication>(Publish);
        _clock.Advance(TimeSpan.FromSeconds(5));
        return publication;
    }
}
