using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Lab;
using BondTools.Module.Devices;
using BondTools.Planning;
using Xunit;

namespace BondTools.Module.Tests.Lab;

/// <summary>A guarded publish whose client, connection or host fails at each step, on the embedded lab.</summary>
public sealed class GuardTests
{
    private const string Arm = "guard.sh arm", Apply = "guard.sh apply", Confirm = "guard.sh confirm", Rollback = "guard.sh rollback";
    private const string Interfaces = "/etc/network/interfaces";
    private const string ByHand = $"echo '# by hand' >> {Interfaces}";

    private static readonly TimeSpan RollbackAfter = TimeSpan.FromSeconds(3);

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
        var publication = await PublishAsync(change, new CutConnection(Connect(), Apply));
        Assert.Equal(PublishVerification.Reachable, publication.Verification);
        Assert.Equal(change.Pending, await ReadAsync());

        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(change.Pending, await ReadAsync());
    }

    [Fact]
    public async Task A_host_that_cannot_be_reached_afterwards_heals_itself()
    {
        var change = await StageAsync();
        var publish = new GuardedPublish(_host, Unreachable, new GuardedPublishOptions(RollbackAfter, PublishVerification.Reachable));
        var error = await Assert.ThrowsAsync<BondToolsException>(() => publish.RunAsync(change, Ignore, Token));
        Assert.Equal(BondToolsErrorKind.PublishRolledBack, error.Kind);
        Assert.Contains("own timer", error.Message, StringComparison.Ordinal);
        Assert.Equal(change.Pending, await ReadAsync());

        TimerFires();
        Assert.Equal(change.Current, await ReadAsync());
        await OnlyTheRecordIsLeftAsync(PublicationOutcome.RolledBack);
    }

    [Theory]
    [InlineData(Arm, false, false, null)]
    [InlineData(Arm, true, false, PublicationOutcome.Disarmed)]
    [InlineData(Apply, false, false, PublicationOutcome.Disarmed)]
    [InlineData(Apply, true, false, PublicationOutcome.RolledBack)]
    [InlineData(Confirm, false, false, PublicationOutcome.RolledBack)]
    [InlineData(Confirm, true, true, PublicationOutcome.Confirmed)]
    public async Task A_client_that_dies_at_any_step_leaves_the_old_file_or_the_confirmed_one(string step, bool isReached, bool isNew, PublicationOutcome? outcome)
    {
        var change = await StageAsync();
        await DieAsync(change, step, isReached);
        TimerFires();
        Assert.Equal(isNew ? change.Pending : change.Current, await ReadAsync());
        await OnlyTheRecordIsLeftAsync(outcome);
        // What was never applied waits for the next publish; what was refused does not.
        Assert.Equal(outcome is null or PublicationOutcome.Disarmed, await ExistsAsync(Interfaces + ".new"));
    }

    [Theory]
    [InlineData(Arm, false, PublicationOutcome.Healed)]
    [InlineData(Apply, false, PublicationOutcome.Healed)]
    [InlineData(Confirm, true, PublicationOutcome.Confirmed)]
    public async Task A_host_that_restarts_at_any_step_starts_with_the_old_file_or_the_confirmed_one(string step, bool isNew, PublicationOutcome outcome)
    {
        var change = await StageAsync();
        await DieAsync(change, step, isReached: true);
        await OnHostAsync("reboot");
        Assert.Equal(isNew ? change.Pending : change.Current, await ReadAsync());
        Assert.Equal(isNew, await ExistsAsync("/proc/net/bonding/bond0"));
        await OnlyTheRecordIsLeftAsync(outcome);

        TimerFires();
        Assert.Equal(isNew ? change.Pending : change.Current, await ReadAsync());
    }

    [Fact]
    public async Task A_host_that_restarts_without_a_publication_takes_what_is_staged_as_Proxmox_does()
    {
        var change = await StageAsync();
        await OnHostAsync("reboot");
        Assert.Equal(change.Pending, await ReadAsync());
    }

    [Fact]
    public async Task A_roll_back_that_a_restart_cut_off_is_finished_when_the_host_starts()
    {
        var change = await StageAsync();
        await DieAsync(change, Apply, isReached: true);
        await OnHostAsync("cd; for m in /var/lib/bondtools/*/applied; do mv $m ${m%applied}restoring; done; reboot");
        Assert.Equal(change.Current, await ReadAsync());
        await OnlyTheRecordIsLeftAsync(PublicationOutcome.Healed);
    }

    [Fact]
    public async Task A_second_publish_waits_for_the_first_ones_end()
    {
        var change = await StageAsync();
        await DieAsync(change, Apply, isReached: true);
        var second = await StageAsync("bond1", "enp0s10");
        var error = await Assert.ThrowsAsync<BondToolsException>(() => PublishAsync(second));
        Assert.Equal(BondToolsErrorKind.PendingChangeExists, error.Kind);
        Assert.Contains("Another publish", error.Message, StringComparison.Ordinal);

        TimerFires();
        Assert.Equal(change.Current, await ReadAsync());
        // The second one left nothing, and what was staged meanwhile is still there.
        await OnlyTheRecordIsLeftAsync(PublicationOutcome.RolledBack);
        Assert.Equal(second.Pending, (await new HostNetworkFiles(_host).ReadAsync(Token)).Pending);
    }

    [Fact]
    public async Task A_publication_that_was_cut_off_while_it_armed_is_swept_away_by_the_next_one()
    {
        await OnHostAsync("d=/var/lib/bondtools/20200101T000000Z-000000; mkdir -p $d; touch /etc/network/interfaces.bondtools-20200101T000000Z-000000");
        var change = await StageAsync();
        var publication = await PublishAsync(change, new DisturbedConnection(Connect(), "id -u", async () =>
            await _device.ExecuteAsync("d=/var/lib/bondtools/20200101T000000Z-000000; cat > $d/guard.sh; touch $d/before", GuardScript.Of(change), Token)));
        await OnlyTheRecordIsLeftAsync(PublicationOutcome.Confirmed);
        Assert.Equal(publication.Id, Assert.Single(await new NetworkHistory(_host).ListAsync(Token)).Id);
        Assert.False(await ExistsAsync("/var/lib/bondtools/20200101T000000Z-000000"));
    }

    [Theory]
    [InlineData(Interfaces)]
    [InlineData(Interfaces + ".new")]
    public async Task A_file_that_changed_since_it_was_read_is_not_published(string path)
    {
        var change = await StageAsync();
        await OnHostAsync($"echo '# by hand' >> {path}");
        var error = await Assert.ThrowsAsync<BondToolsException>(() => PublishAsync(change));
        Assert.Equal(BondToolsErrorKind.PendingChangeExists, error.Kind);
        Assert.EndsWith("# by hand\n", await OnHostAsync($"cat {path}"), StringComparison.Ordinal);
        await OnlyTheRecordIsLeftAsync(null);
    }

    [Theory]
    [InlineData(Interfaces)]
    [InlineData(Interfaces + ".new")]
    public async Task What_somebody_changes_between_arming_and_the_reload_stays(string path)
    {
        var change = await StageAsync();
        var disturbed = new DisturbedConnection(Connect(), Arm, () => OnHostAsync($"echo '# by hand' >> {path}"));
        var error = await Assert.ThrowsAsync<BondToolsException>(() => PublishAsync(change, disturbed));
        Assert.Equal(BondToolsErrorKind.PendingChangeExists, error.Kind);

        TimerFires();
        Assert.EndsWith("# by hand\n", await OnHostAsync($"cat {path}"), StringComparison.Ordinal);
        await OnlyTheRecordIsLeftAsync(PublicationOutcome.Disarmed);
    }

    [Fact]
    public async Task What_somebody_writes_over_the_new_file_gives_way_to_the_old_one_and_is_kept()
    {
        var change = await StageAsync();
        var error = await Assert.ThrowsAsync<BondToolsException>(() =>
            PublishAsync(change, new DisturbedConnection(Connect(), Apply, () => OnHostAsync(ByHand))));
        Assert.Equal(BondToolsErrorKind.PublishRolledBack, error.Kind);
        Assert.Contains("not the file that was staged", error.Message, StringComparison.Ordinal);
        Assert.Equal(change.Current, await ReadAsync());
        Assert.Equal(change.Pending + "# by hand\n", await OnHostAsync("cat /var/lib/bondtools/*/foreign"));
        Assert.Equal(change.Pending, await OnHostAsync("cat /var/lib/bondtools/*/refused"));
    }

    [Fact]
    public async Task A_confirmation_whose_answer_was_lost_is_asked_for_again()
    {
        var change = await StageAsync();
        var lost = new CutConnection(Connect(), Confirm);
        var publication = await PublishAsync(change, fresh: lost);
        Assert.Equal(["The host answers."], publication.Verified);
        await OnlyTheRecordIsLeftAsync(PublicationOutcome.Confirmed);
    }

    [Fact]
    public async Task A_confirmation_whose_answers_are_all_lost_is_recognised_by_the_roll_back()
    {
        var change = await StageAsync();
        var publication = await PublishAsync(change, fresh: new CutConnection(Connect(), Confirm) { Times = int.MaxValue });
        Assert.Equal(change.Pending, await ReadAsync());
        Assert.Equal(publication.Id, Assert.Single(await new NetworkHistory(_host).ListAsync(Token)).Id);
    }

    [Fact]
    public async Task A_roll_back_whose_answer_was_lost_is_asked_for_again()
    {
        var change = await StageAsync();
        var fresh = new CutConnection(new AnsweringConnection(Connect(), Confirm, new CommandResult(GuardScript.Outdated, "", "")), Rollback);
        var error = await Assert.ThrowsAsync<BondToolsException>(() => PublishAsync(change, fresh: fresh));
        Assert.Contains("was taken back", error.Message, StringComparison.Ordinal);
        Assert.Equal(change.Current, await ReadAsync());
    }

    [Fact]
    public async Task A_timer_that_runs_out_before_the_reload_leaves_the_change_staged()
    {
        var change = await StageAsync();
        var late = new DisturbedConnection(Connect(), Arm, () =>
        {
            TimerFires();
            return Task.CompletedTask;
        });
        var error = await Assert.ThrowsAsync<BondToolsException>(() => PublishAsync(change, late));
        Assert.Contains("was not applied", error.Message, StringComparison.Ordinal);
        Assert.Equal(change, await new HostNetworkFiles(_host).ReadAsync(Token));
    }

    [Theory]
    [InlineData(71, "", "not root")]
    [InlineData(69, "flock\n", "has no flock")]
    public async Task A_login_or_a_host_that_cannot_is_told_so_before_anything_is_written(int status, string output, string expected)
    {
        var change = await StageAsync();
        var connection = new AnsweringConnection(Connect(), "id -u", new CommandResult(status, output, "")) { Times = int.MaxValue };
        var host = new PveHost(connection, "pve");
        var files = new HostNetworkFiles(host);
        var before = await OnHostAsync("ls /etc/network /var/lib/bondtools");
        foreach (var attempt in new Func<Task>[] { () => PublishAsync(change, connection), () => files.UndoAsync(change, Token), () => files.StageAsync(new NetworkEdit(change, ""), Token) })
        {
            var error = await Assert.ThrowsAsync<BondToolsException>(attempt);
            Assert.Equal(BondToolsErrorKind.CommandFailed, error.Kind);
            Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        }

        Assert.Equal(before, await OnHostAsync("ls /etc/network /var/lib/bondtools"));
    }

    [Fact]
    public async Task A_port_that_no_file_names_is_on_its_bridge_after_a_publish_and_after_a_roll_back()
    {
        await OnHostAsync($"grep -v enp0s10 {Interfaces} > /tmp/interfaces; cp /tmp/interfaces {Interfaces}; ip link set enp0s10 master vmbr0");
        var publication = await PublishAsync(await StageAsync());
        Assert.Equal(["enp0s10"], publication.ReattachedPorts);
        Assert.EndsWith("vmbr0\n", await OnHostAsync("readlink /sys/class/net/enp0s10/master"), StringComparison.Ordinal);

        var change = await StageAsync("bond1", "enp0s9");
        await DieAsync(change, Apply, isReached: true);
        TimerFires();
        Assert.EndsWith("vmbr0\n", await OnHostAsync("readlink /sys/class/net/enp0s10/master"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_was_left_empty_by_somebody_is_a_pending_change()
    {
        await OnHostAsync($"touch {Interfaces}.new");
        var change = await new HostNetworkFiles(_host).ReadAsync(Token);
        Assert.Equal((true, false, ""), (change.IsPending, change.IsOwn, change.Pending));
        Assert.Throws<BondToolsException>(() => HostNetworkFiles.RequireOwn(change, force: false));
    }

    [Fact]
    public async Task Staging_that_was_cut_off_between_its_two_renames_leaves_a_file_that_is_still_ours()
    {
        var first = await StageAsync();
        await StageAsync("bond1", "enp0s10");
        await _device.ExecuteAsync($"cat > {Interfaces}.new", System.Text.Encoding.UTF8.GetBytes(first.Pending!), Token);
        Assert.True((await new HostNetworkFiles(_host).ReadAsync(Token)).IsOwn);
    }

    private static Task Ignore(string text) => Task.CompletedTask;

    private static Task<IDeviceConnection> Unreachable(CancellationToken token) =>
        Task.FromException<IDeviceConnection>(new BondToolsException(BondToolsErrorKind.ConnectFailed, "pve cannot be reached."));

    private LabConnection Connect() => new(_device);

    private void TimerFires() => _clock.Advance(RollbackAfter + TimeSpan.FromSeconds(1));

    private Task<NetworkPublication> PublishAsync(NetworkChange change, IDeviceConnection? connection = null, IDeviceConnection? fresh = null) =>
        new GuardedPublish(
            connection is null ? _host : new PveHost(connection, "pve"),
            _ => Task.FromResult(fresh ?? Connect()),
            new GuardedPublishOptions(RollbackAfter, PublishVerification.Reachable)).RunAsync(change, Ignore, Token);

    /// <summary>Publishes, and dies at a step: before its command has reached the host, or right after.</summary>
    private async Task DieAsync(NetworkChange change, string step, bool isReached)
    {
        using var death = new CancellationTokenSource();
        var dying = new CutConnection(Connect(), step, death, isReached);
        var publish = new GuardedPublish(
            new PveHost(dying, "pve"), _ => Task.FromResult<IDeviceConnection>(dying), new GuardedPublishOptions(RollbackAfter, PublishVerification.Reachable));
        await Assert.ThrowsAnyAsync<Exception>(() => publish.RunAsync(change, Ignore, death.Token));
    }

    private async Task<NetworkChange> StageAsync(string name = "bond0", string slave = "enp0s8")
    {
        var files = new HostNetworkFiles(_host);
        var edit = await files.PlanAsync(file => InterfacesEdit.AddBond(file, new() { Name = name, Slaves = [slave], Mode = Linux.BondMode.Lacp }), false, Token);
        await files.StageAsync(edit, Token);
        return await files.ReadAsync(Token);
    }

    /// <summary>Neither timer nor unit nor file beside the folder is left, and the host remembers how it ended; null when nothing began.</summary>
    private async Task OnlyTheRecordIsLeftAsync(PublicationOutcome? outcome)
    {
        Assert.DoesNotContain("interfaces.bondtools", await OnHostAsync("ls /etc/network"), StringComparison.Ordinal);
        Assert.DoesNotContain("heal-", await OnHostAsync("mkdir -p /etc/systemd/system/sysinit.target.wants; ls /etc/systemd/system /etc/systemd/system/sysinit.target.wants"), StringComparison.Ordinal);
        Assert.Equal(outcome, (await new NetworkHistory(_host).ListAsync(Token)).Select(e => (PublicationOutcome?)e.Outcome).SingleOrDefault());
    }

    private async Task<bool> ExistsAsync(string path) => (await _host.TryRunAsync($"[ -e {path} ]", Token)).ExitStatus == 0;

    private Task<string> OnHostAsync(string command) => _host.RunAsync(command, Token);

    private Task<string> ReadAsync() => OnHostAsync($"cat {Interfaces}");
}
