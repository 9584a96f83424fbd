using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Linux;
using BondTools.Module.Devices;
using BondTools.Planning;
using Xunit;

namespace BondTools.Module.Tests.Lab;

/// <summary>The guard's script, run by this machine's own shell on a host that is a folder.</summary>
public sealed class GuardScriptTests : IDisposable
{
    private static readonly TimeSpan RollbackAfter = TimeSpan.FromSeconds(8);

    private readonly DashHost _machine = new();
    private readonly PveHost _host;
    private readonly HostNetworkFiles _files;

    public GuardScriptTests() => (_host, _files) = (new PveHost(_machine, "pve"), new HostNetworkFiles(new PveHost(_machine, "pve")));

    public void Dispose() => _machine.Remove();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_publish_leaves_the_new_file_a_record_and_nothing_else()
    {
        var change = await StageAsync();
        var publication = await PublishAsync(change);
        Assert.Equal(change.Pending, _machine.Read(DashHost.Interfaces));
        Assert.Equal(["veth101i0"], publication.ReattachedPorts);
        Assert.Empty(_machine.Leftovers());
        Assert.Contains("--timer-property=AccuracySec=1s", _machine.Calls, StringComparison.Ordinal);
        Assert.Contains($"systemctl stop bondtools-{publication.Id}.timer", _machine.Calls, StringComparison.Ordinal);

        var record = await new NetworkHistory(_host).FindAsync(null, Token);
        Assert.Equal((publication.Id, PublicationOutcome.Confirmed, change.Current, change.Pending), (record.Id, record.Outcome, record.Before, record.After));
        Assert.InRange(record.EndTime!.Value - record.Time, TimeSpan.Zero, RollbackAfter);
    }

    [Fact]
    public async Task A_reload_that_fails_is_rolled_back_and_says_what_it_printed()
    {
        var change = await StageAsync();
        // The new configuration is what fails; the old one comes up again.
        _machine.Stub("ifreload", "if grep -q bond0 ROOT/etc/network/interfaces; then echo 'bond0: no such device'; exit 1; fi");
        var error = await Assert.ThrowsAsync<BondToolsException>(() => PublishAsync(change));
        Assert.Contains("bond0: no such device", error.Message, StringComparison.Ordinal);
        Assert.Contains("was taken back", error.Message, StringComparison.Ordinal);
        AssertOldFile(PublicationOutcome.RolledBack);
        Assert.Equal(change.Pending, _machine.Read(_machine.OfPublication("refused")));
        Assert.False((await _files.ReadAsync(Token)).IsPending);
    }

    [Fact]
    public async Task A_reload_that_outlives_its_connection_is_waited_for_before_it_is_confirmed()
    {
        _machine.Write("/slow", "2");
        var change = await StageAsync();
        var publication = await PublishAsync(change, new CutOffConnection(_machine, TimeSpan.FromSeconds(0.5)));
        Assert.True(publication.Duration > TimeSpan.FromSeconds(1.5), $"Confirmed after {publication.Duration}, while the reload ran.");
        Assert.Equal(["veth101i0"], publication.ReattachedPorts);
    }

    [Fact]
    public async Task A_reload_that_hangs_is_ended_before_the_old_file_comes_back()
    {
        _machine.Stub("ifreload", "if grep -q bond0 ROOT/etc/network/interfaces; then sleep 60; touch ROOT/late; fi");
        var change = await StageAsync();
        var error = await Assert.ThrowsAsync<BondToolsException>(() => PublishAsync(change, new CutOffConnection(_machine, TimeSpan.FromSeconds(0.5))));
        Assert.Contains("the reload has not ended", error.Message, StringComparison.Ordinal);
        AssertOldFile(PublicationOutcome.RolledBack);
        Assert.Contains("ending the reload", _machine.Read(_machine.OfPublication("log")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reload_that_does_not_let_itself_be_ended_is_killed()
    {
        _machine.Stub("ifreload", "if grep -q bond0 ROOT/etc/network/interfaces; then trap '' TERM; echo $$ > ROOT/stubborn; sleep 60; sleep 60; fi");
        var change = await StageAsync();
        await Assert.ThrowsAsync<BondToolsException>(() => PublishAsync(change, new CutOffConnection(_machine, TimeSpan.FromSeconds(0.5))));
        // The roll-back takes a little longer than the client waits for it.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        while (!_machine.Exists(_machine.OfPublication("rolledback")))
            await Task.Delay(50, limit.Token); // why: nobody is told when a roll-back that went on alone has ended.
        // Ended, even if nobody has asked yet how: then it has no program any more.
        Assert.NotEqual(0, (await _machine.ExecuteAsync($"readlink /proc/$(cat {_machine.PathOf("/stubborn")})/exe", null, Token)).ExitStatus);
        Assert.Equal(DashHost.OldFile, _machine.Read(DashHost.Interfaces));
    }

    [Fact]
    public async Task A_roll_back_goes_on_until_its_reload_succeeds()
    {
        var change = await StageAsync();
        // As ifupdown2 does while another instance holds its lock.
        _machine.Stub("ifreload", "if grep -q bond0 ROOT/etc/network/interfaces; then exit 1; fi; if [ $(grep -c '^ifreload' ROOT/calls) -lt 4 ]; then exit 89; fi");
        await Assert.ThrowsAsync<BondToolsException>(() => PublishAsync(change));
        Assert.Equal(4, _machine.Calls.Split('\n').Count(c => c.StartsWith("ifreload", StringComparison.Ordinal)));
        Assert.Contains("the old configuration is back", _machine.Read(_machine.OfPublication("log")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cp", 1)]
    [InlineData("cp", 2)]
    [InlineData("cp", 3)]
    [InlineData("touch", 2)]
    [InlineData("sync", 1)]
    [InlineData("mkdir", 3)]
    [InlineData("ln", 1)]
    [InlineData("systemd-run", 1)]
    public async Task Whatever_finds_no_room_while_arming_leaves_everything_as_it_was(string command, int call)
    {
        var change = await StageAsync();
        File.Delete(_machine.PathOf("/calls"));
        File.WriteAllText(_machine.PathOf("/calls"), "");
        _machine.FillDisk(command, call);
        var error = await Assert.ThrowsAsync<BondToolsException>(() => PublishAsync(change));
        Assert.Equal(BondToolsErrorKind.CommandFailed, error.Kind);
        Assert.Contains("nothing was begun", error.Message, StringComparison.Ordinal);
        Assert.Contains("No space left", error.Message, StringComparison.Ordinal);
        Assert.Equal(DashHost.OldFile, _machine.Read(DashHost.Interfaces));
        Assert.Empty(_machine.Leftovers());
        Assert.Empty(Directory.GetDirectories(_machine.PathOf("/var/lib/bondtools")));
        Assert.DoesNotContain("ifreload", _machine.Calls, StringComparison.Ordinal);

        _machine.Unstub(command);
        _machine.Stub("systemd-run", "exit 0");
        Assert.Equal(change, await _files.ReadAsync(Token));
        await PublishAsync(change);
    }

    [Fact]
    public async Task A_roll_back_needs_no_room()
    {
        var change = await StageAsync();
        var full = new DisturbedConnection(_machine, "guard.sh arm", () =>
        {
            foreach (var command in new[] { "cp", "ln", "touch" })
                _machine.FillDisk(command);
            _machine.Write("/status", "1");
            return Task.CompletedTask;
        });
        _machine.Stub("ifreload", "if grep -q bond0 ROOT/etc/network/interfaces; then exit 1; fi");
        await Assert.ThrowsAsync<BondToolsException>(() => PublishAsync(change, full));
        AssertOldFile(PublicationOutcome.RolledBack);
    }

    [Fact]
    public async Task On_a_disk_that_is_really_full_nothing_is_begun_and_a_roll_back_succeeds()
    {
        // The whole host on a file system of its own, as small as it can be.
        var mounted = await _machine.ExecuteAsync($"cp -a {_machine.PathOf("")} {_machine.PathOf("")}.copy && mount -t tmpfs -o size=512k,mode=755 tmpfs {_machine.PathOf("")} && cp -a {_machine.PathOf("")}.copy/. {_machine.PathOf("")}; s=$?; rm -rf {_machine.PathOf("")}.copy; exit $s", null, Token);
        Assert.SkipUnless(mounted.ExitStatus == 0, "Mounting a file system takes root.");
        try
        {
            var fill = $"cat /dev/zero > {_machine.PathOf("/filler")}";
            var change = await StageAsync();
            await _machine.ExecuteAsync(fill, null, Token);
            var error = await Assert.ThrowsAsync<BondToolsException>(() => PublishAsync(change));
            Assert.Contains("nothing was begun", error.Message, StringComparison.Ordinal);
            Assert.Empty(_machine.Leftovers());
            var edit = await _files.PlanAsync(file => InterfacesEdit.AddBond(file, new() { Name = "bond1", Slaves = ["enp0s10"], Mode = BondMode.Lacp }), false, Token);
            await Assert.ThrowsAnyAsync<BondToolsException>(() => _files.StageAsync(edit, Token));
            Assert.Equal(change, await _files.ReadAsync(Token));

            File.Delete(_machine.PathOf("/filler"));
            _machine.Stub("ifreload", "if grep -q bond0 ROOT/etc/network/interfaces; then exit 1; fi");
            var full = new DisturbedConnection(_machine, "guard.sh arm", async () => await _machine.ExecuteAsync(fill, null, Token));
            await Assert.ThrowsAsync<BondToolsException>(() => PublishAsync(change, full));
            AssertOldFile(PublicationOutcome.RolledBack);
        }
        finally
        {
            await _machine.ExecuteAsync($"cd /; umount {_machine.PathOf("")}", null, CancellationToken.None);
        }
    }

    [Theory]
    [InlineData("sync")]
    [InlineData("mv")]
    public async Task Staging_that_finds_no_room_leaves_what_was_staged_and_whose_it_is(string command)
    {
        var change = await StageAsync();
        _machine.FillDisk(command);
        var edit = await _files.PlanAsync(file => InterfacesEdit.AddBond(file, new() { Name = "bond1", Slaves = ["enp0s10"], Mode = BondMode.Lacp }), false, Token);
        await Assert.ThrowsAnyAsync<BondToolsException>(() => _files.StageAsync(edit, Token));
        _machine.Unstub(command);
        Assert.Equal(change, await _files.ReadAsync(Token));
        Assert.True(change.IsOwn);
        Assert.Empty(_machine.Leftovers());
    }

    [Fact]
    public async Task The_unit_of_a_start_comes_before_the_network_and_before_Proxmox_takes_what_is_staged()
    {
        var change = await StageAsync();
        await DieAsync(change, "guard.sh apply");
        var unit = Assert.Single(_machine.Leftovers(), p => p.EndsWith(".service", StringComparison.Ordinal) && !p.Contains("wants", StringComparison.Ordinal));
        var text = _machine.Read(unit);
        Assert.Contains("\nBefore=pvenetcommit.service network-pre.target networking.service\n", text, StringComparison.Ordinal);
        Assert.True(File.Exists(_machine.PathOf($"/etc/systemd/system/sysinit.target.wants/{Path.GetFileName(unit)}")), "The link leads nowhere.");

        var start = text.Split('\n').Single(l => l.StartsWith("ExecStart=", StringComparison.Ordinal))["ExecStart=".Length..];
        // The unit names paths on this machine already; nothing of them is to be replaced once more.
        Assert.Equal(0, (await _machine.ExecuteAsync(start.Replace(_machine.PathOf(""), "", StringComparison.Ordinal), null, Token)).ExitStatus);
        Assert.Equal(change.Current, _machine.Read(DashHost.Interfaces));
        Assert.Equal(1, _machine.Calls.Split('\n').Count(c => c.StartsWith("ifreload", StringComparison.Ordinal)));
        AssertOldFile(PublicationOutcome.Healed);
    }

    [Fact]
    public async Task Where_systemd_is_not_a_sleeper_does_the_same()
    {
        Directory.Delete(_machine.PathOf("/run/systemd"), recursive: true);
        _machine.Stub("sleep", "PATH=/usr/bin:/bin exec sleep 1");
        var change = await StageAsync();
        await DieAsync(change, "guard.sh apply");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        while (!_machine.Exists(_machine.OfPublication("rolledback")))
            await Task.Delay(50, limit.Token); // why: nobody else is told when the sleeper has done its work.
        Assert.Equal(change.Current, _machine.Read(DashHost.Interfaces));
        Assert.DoesNotContain("systemd-run", _machine.Calls, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Client_and_timer_together_roll_back_once()
    {
        var change = await StageAsync();
        await DieAsync(change, "guard.sh apply");
        var script = _machine.OfPublication("guard.sh");
        var results = await Task.WhenAll(new[] { "rollback", "timer", "confirm" }.Select(verb => _machine.ExecuteAsync($"sh {script} {verb}", null, Token)));
        // Whoever was first: the file and the mark say the same.
        var isConfirmed = results[2].ExitStatus == 0;
        Assert.Equal(isConfirmed ? change.Pending : change.Current, _machine.Read(DashHost.Interfaces));
        Assert.Equal(isConfirmed ? "confirmed\n" : "rolledback\n", results[0].Output);
        Assert.Equal(isConfirmed ? 1 : 2, _machine.Calls.Split('\n').Count(c => c.StartsWith("ifreload", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_administrator_ends_a_publication_from_within_its_folder()
    {
        var change = await StageAsync();
        await DieAsync(change, "guard.sh apply");
        var result = await _machine.ExecuteAsync($"cd {Path.GetDirectoryName(_machine.OfPublication("guard.sh"))}; sh guard.sh rollback", null, Token);
        Assert.Equal("rolledback\n", result.Output);
        AssertOldFile(PublicationOutcome.RolledBack);
    }

    [Fact]
    public async Task A_port_keeps_its_VLANs_when_it_is_put_back()
    {
        _machine.Write("/sys/class/net/vmbr0/bridge/vlan_filtering", "1\n");
        _machine.Stub("bridge", "if [ \"$3\" = show ]; then printf 'port vlan-id\\nveth101i0 100 PVID Egress Untagged\\n 200-210\\n'; fi");
        await PublishAsync(await StageAsync());
        var changes = _machine.Calls.Split('\n').Where(c => c.StartsWith("bridge vlan", StringComparison.Ordinal));
        Assert.Equal(["bridge vlan del dev veth101i0 vid 1", "bridge vlan add dev veth101i0 vid 100 pvid untagged", "bridge vlan add dev veth101i0 vid 200-210"], changes);
    }

    [Fact]
    public async Task The_fifty_latest_publications_are_remembered()
    {
        for (var i = 0; i < 55; i++)
        {
            var folder = Directory.CreateDirectory(_machine.PathOf($"/var/lib/bondtools/20200101T0000{i:00}Z-000000")).FullName;
            foreach (var name in new[] { "record", "before", "confirmed" })
                File.WriteAllText(Path.Combine(folder, name), "");
        }

        File.Move(_machine.PathOf("/var/lib/bondtools/20200101T000000Z-000000/confirmed"), _machine.PathOf("/var/lib/bondtools/20200101T000000Z-000000/disarmed"));
        await PublishAsync(await StageAsync());
        var kept = Directory.GetDirectories(_machine.PathOf("/var/lib/bondtools")).Select(Path.GetFileName).Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(50, kept.Length);
        Assert.Equal("20200101T000006Z-000000", kept[0]);
    }

    [Fact]
    public async Task A_host_without_a_tool_that_the_guard_needs_says_which()
    {
        var change = await StageAsync();
        _machine.Unstub("ifreload");
        Assert.SkipWhen(File.Exists("/usr/sbin/ifreload") || File.Exists("/sbin/ifreload"), "This machine has ifupdown2 itself.");
        var error = await Assert.ThrowsAsync<BondToolsException>(() => PublishAsync(change));
        Assert.Contains("has no ifreload", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(_machine.PathOf("/var/lib/bondtools")));
    }

    private async Task<NetworkChange> StageAsync()
    {
        var edit = await _files.PlanAsync(file => InterfacesEdit.AddBond(file, new() { Name = "bond0", Slaves = ["enp0s8", "enp0s9"], Mode = BondMode.Lacp }), false, Token);
        await _files.StageAsync(edit, Token);
        return await _files.ReadAsync(Token);
    }

    private Task<NetworkPublication> PublishAsync(NetworkChange change, IDeviceConnection? connection = null) =>
        new GuardedPublish(
            new PveHost(connection ?? _machine, "pve"),
            _ => Task.FromResult<IDeviceConnection>(_machine),
            new GuardedPublishOptions(RollbackAfter, PublishVerification.Reachable)).RunAsync(change, _ => Task.CompletedTask, Token);

    /// <summary>Publishes, and dies right after a command.</summary>
    private async Task DieAsync(NetworkChange change, string step)
    {
        using var death = new CancellationTokenSource();
        var dying = new CutConnection(_machine, step, death);
        var publish = new GuardedPublish(
            new PveHost(dying, "pve"), _ => Task.FromResult<IDeviceConnection>(dying), new GuardedPublishOptions(RollbackAfter, PublishVerification.Reachable));
        await Assert.ThrowsAnyAsync<Exception>(() => publish.RunAsync(change, _ => Task.CompletedTask, death.Token));
    }

    private void AssertOldFile(PublicationOutcome outcome)
    {
        Assert.Equal(DashHost.OldFile, _machine.Read(DashHost.Interfaces));
        Assert.True(_machine.Exists(_machine.OfPublication(outcome.ToString().ToLowerInvariant())), $"The mark is not {outcome}.");
        Assert.Empty(_machine.Leftovers());
    }

    /// <summary>A connection that breaks a while after the reload has begun; the reload goes on.</summary>
    private sealed class CutOffConnection(DashHost machine, TimeSpan after) : IDeviceConnection
    {
        public bool IsConnected => true;

        public async Task<CommandResult> ExecuteAsync(string command, byte[]? input, CancellationToken cancellationToken)
        {
            var running = machine.ExecuteAsync(command, input, cancellationToken);
            if (!command.EndsWith("guard.sh apply", StringComparison.Ordinal))
                return await running;
            await Task.Delay(after, cancellationToken); // why: the cut has to come while the reload runs.
            throw new BondToolsException(BondToolsErrorKind.ConnectionLost, "The connection was cut.");
        }

        public Task<CommandResult> StreamAsync(string command, Action<Stream> read, CancellationToken stop) => machine.StreamAsync(command, read, stop);

        public Task<Stream> OpenTerminalAsync(CancellationToken cancellationToken) => machine.OpenTerminalAsync(cancellationToken);

        public void Dispose()
        {
        }
    }
}
