using System;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Linux;
using BondTools.Module.Devices;
using BondTools.Module.Ssh;
using BondTools.Module.Tests;
using BondTools.Module.Tests.Sessions;
using BondTools.Planning;
using Xunit;

namespace BondTools.KernelLab;

/// <summary>
/// Publishing on a real host while something goes wrong. After each fault the host is within reach in the timer's time, its
/// file is the old one or the wished one, whole, and nothing of the publication is left over.
/// </summary>
[Collection(OnAnotherGuest.Name)]
public sealed class PublishFaultTests(KernelGuest guest)
{
    private const string Staged = "staged";
    private const string StagedLoss = "staged-loss";
    private static readonly TimeSpan RollbackAfter = TimeSpan.FromSeconds(20);

    // For those that shall be confirmed: half of it is for the verification, and an emulated host on a busy machine is slow.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    // ifreload takes a second or two of the guest's time, four times that on a busy machine, and is tried again where it fails.
    private const int SettleSeconds = 90;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // The commands of a publish in their order: may I, a look at what is there, arm, apply, a look over a fresh connection, confirm.
    private static readonly (string Name, string Command, int Occurrence)[] Steps =
    [
        ("look", KernelNetworkParser.Command, 1), ("arm", "guard.sh arm", 1), ("apply", "guard.sh apply", 1),
        ("verify", KernelNetworkParser.Command, 2), ("confirm", "guard.sh confirm", 1),
    ];

    public static TheoryData<string, Moment> Deaths()
    {
        var deaths = new TheoryData<string, Moment>();
        foreach (var moment in Enum.GetValues<Moment>())
        {
            foreach (var (name, _, _) in Steps)
                deaths.Add(name, moment);
        }

        return deaths;
    }

    [Theory]
    [MemberData(nameof(Deaths))]
    public async Task A_client_that_dies_leaves_the_old_or_the_confirmed_state(string step, Moment moment)
    {
        var change = await StageAsync();
        var (_, command, occurrence) = Steps.Single(s => s.Name == step);
        await DieAsync(change, command, occurrence, moment, step is "verify" or "confirm" ? 40 : 12);
        var outcome = await SettleAsync($"client dies: {step}, {moment.ToString().ToLowerInvariant()}", change);
        // Only a confirmation that reached the host may leave the new file; one that was cut off may or may not have.
        if (step != "confirm" || moment == Moment.Before)
            Assert.Equal(Outcome.Old, outcome);
        else if (moment == Moment.After)
            Assert.Equal(Outcome.New, outcome);
    }

    [Theory]
    [InlineData("arming the roll-back", 0.1)]
    [InlineData("Reloading", 0.5)]
    [InlineData("Reloading", 2)]
    [InlineData("Verifying", 0)]
    public async Task A_client_process_that_is_killed_leaves_the_old_state(string said, double secondsLater)
    {
        var change = await StageAsync();
        using (var shell = Process.Start(new ProcessStartInfo("dotnet", [Repository.Shell, "-Command", $"Publish-PveNetworkChange -Verify Negotiated -RollbackSec 40 -Confirm:$false -Verbose {guest.Login}"]) { RedirectStandardError = true })!)
        {
            string? line;
            while ((line = await shell.StandardError.ReadLineAsync(Token)) is not null && !line.Contains(said, StringComparison.Ordinal))
                continue;
            Assert.NotNull(line);
            await Task.Delay(TimeSpan.FromSeconds(secondsLater), Token);
            // SIGKILL: the process has no say in it.
            shell.Kill();
            await shell.WaitForExitAsync(Token);
        }

        await SettleAsync($"client process killed {secondsLater} s after '{said}'", change);
    }

    [Fact]
    public async Task A_publish_that_nothing_disturbs_is_confirmed()
    {
        var change = await StageAsync();
        var publication = await PublishAsync(change, PublishVerification.Negotiated, rollbackAfter: Patience);
        Assert.Contains("in sync, collecting and distributing", Assert.Single(publication.Verified, v => v.StartsWith("bond0", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Equal(Outcome.New, await SettleAsync("none", change));
    }

    [Fact]
    public async Task A_link_that_is_cut_right_after_the_reload_heals_by_the_timer()
    {
        var change = await StageAsync();
        var error = await Assert.ThrowsAsync<BondToolsException>(() => PublishAsync(change, PublishVerification.Reachable, At("Verifying", () => guest.MonitorAsync("set_link nic0 off"))));
        Assert.Equal(BondToolsErrorKind.PublishRolledBack, error.Kind);
        await guest.MonitorAsync("set_link nic0 on");
        Assert.Equal(Outcome.Old, await SettleAsync("link cut right after the reload", change));
    }

    [Fact]
    public async Task A_link_that_comes_back_in_time_does_no_harm()
    {
        var change = await StageAsync();
        await PublishAsync(change, PublishVerification.BondUp, At("Verifying", async () =>
        {
            await guest.MonitorAsync("set_link nic0 off");
            await Task.Delay(TimeSpan.FromSeconds(1), Token);
            await guest.MonitorAsync("set_link nic0 on");
        }), Patience);
        Assert.Equal(Outcome.New, await SettleAsync("link gone for a second", change));
    }

    [Fact]
    public async Task A_configuration_that_loses_the_management_address_is_taken_back()
    {
        await guest.LoadAsync(StagedLoss, async () =>
        {
            using var engine = new Engine();
            engine.Get($"Remove-PveBridge -Name vmbr0 -Confirm:$false {guest.Login}");
            await guest.RunAsync("labctl switch lacp rate=fast");
        });
        var change = await ReadChangeAsync();
        var error = await Assert.ThrowsAsync<BondToolsException>(() => PublishAsync(change, PublishVerification.Reachable));
        Assert.Equal(BondToolsErrorKind.PublishRolledBack, error.Kind);
        Assert.Equal(Outcome.Old, await SettleAsync("management address lost", change));
    }

    [Fact]
    public async Task A_server_that_is_restarted_in_between_does_no_harm()
    {
        var change = await StageAsync();
        await PublishAsync(change, PublishVerification.BondUp, At("Verifying", () => guest.RunAsync("systemctl restart ssh")), Patience);
        Assert.Equal(Outcome.New, await SettleAsync("sshd restarted", change));
    }

    [Fact]
    public async Task A_connection_that_is_killed_during_the_reload_does_no_harm()
    {
        var change = await StageAsync();
        var killing = Task.CompletedTask;
        await PublishAsync(change, PublishVerification.BondUp, At("Reloading", () =>
        {
            // Meanwhile the reload begins.
            killing = guest.RunAsync("for i in $(seq 100); do if pgrep ifreload > /dev/null; then pkill -o -f 'sshd: root@notty'; exit 0; fi; sleep 0.1; done");
            return Task.CompletedTask;
        }), Patience);
        await Task.WhenAny(killing, Task.Delay(TimeSpan.FromSeconds(30), Token));
        Assert.Equal(Outcome.New, await SettleAsync("sshd's process killed during the reload", change));
    }

    [Fact]
    public async Task A_disk_that_is_full_while_staging_leaves_the_earlier_stage_whole()
    {
        var change = await StageAsync();
        await guest.RunAsync(FillDisk);
        using (var engine = new Engine())
        {
            var error = engine.Fail($"Set-PveBond -Name bond0 -Mtu 9000 -Confirm:$false {guest.Login}", BondToolsErrorKind.CommandFailed);
            Assert.Contains("No space left", error.Exception.Message, StringComparison.OrdinalIgnoreCase);
        }

        Assert.Equal(change, await ReadChangeAsync());
        await guest.RunAsync(FreeDisk);
        Assert.Equal(Outcome.Old, await SettleAsync("disk full while staging", change));
    }

    [Fact]
    public async Task A_disk_that_is_full_while_arming_begins_nothing()
    {
        var change = await StageAsync();
        await guest.RunAsync(FillDisk);
        var error = await Assert.ThrowsAnyAsync<BondToolsException>(() => PublishAsync(change, PublishVerification.Reachable));
        Assert.NotEqual(BondToolsErrorKind.PublishRolledBack, error.Kind);
        Assert.Equal(change, await ReadChangeAsync());
        await guest.RunAsync(FreeDisk);
        Assert.Equal(Outcome.Old, await SettleAsync("disk full while arming", change));
    }

    [Fact]
    public async Task A_disk_that_fills_up_after_arming_does_not_stop_the_roll_back()
    {
        var change = await StageAsync();
        await guest.RunAsync("labctl switch none");
        var error = await Assert.ThrowsAsync<BondToolsException>(() => PublishAsync(change, PublishVerification.Negotiated, At("Verifying", () => guest.RunAsync(FillDisk))));
        Assert.Equal(BondToolsErrorKind.PublishRolledBack, error.Kind);
        Assert.Contains("No partner answers", error.Message, StringComparison.Ordinal);
        Assert.Equal(Outcome.Old, await SettleAsync("disk full after arming", change));
    }

    [Theory]
    [InlineData("ifreload killed half way", "timeout -s KILL 1 /usr/sbin/ifreload \"$@\"; exit 1")]
    [InlineData("ifreload fails at once", "exit 89")]
    [InlineData("ifreload hangs", "sleep 600")]
    [InlineData("ifreload does half and says it did all", "ip link add bond0 type bond mode 802.3ad; exit 0")]
    public async Task A_reload_that_fails_half_way_is_taken_back(string fault, string how)
    {
        var change = await StageAsync();
        // The first reload goes wrong, whoever calls it; the one that takes it back does not.
        await guest.RunAsync($"cat > /usr/local/sbin/ifreload <<'X'\n#!/bin/sh\nif mkdir /run/failed-once 2> /dev/null; then\n{how}\nfi\nexec /usr/sbin/ifreload \"$@\"\nX\nchmod 755 /usr/local/sbin/ifreload");
        var error = await Assert.ThrowsAsync<BondToolsException>(() => PublishAsync(change, PublishVerification.BondUp));
        Assert.Equal(BondToolsErrorKind.PublishRolledBack, error.Kind);
        Assert.Equal(Outcome.Old, await SettleAsync(fault, change));
    }

    [Fact]
    public async Task Of_two_publishes_at_once_one_is_refused_and_the_other_confirmed()
    {
        var change = await StageAsync();
        var results = await Task.WhenAll(Enumerable.Range(0, 2).Select(async _ =>
        {
            try
            {
                await PublishAsync(change, PublishVerification.BondUp, rollbackAfter: Patience);
                return (BondToolsErrorKind?)null;
            }
            catch (BondToolsException e)
            {
                return e.Kind;
            }
        }));
        Assert.Equal([null, BondToolsErrorKind.PendingChangeExists], results.Order());
        Assert.Equal(Outcome.New, await SettleAsync("two publishes at once", change));
    }

    [Fact]
    public async Task A_pending_change_of_someone_else_is_refused_and_kept()
    {
        var change = await StageAsync();
        await guest.RunAsync("echo '# by hand' >> /etc/network/interfaces.new");
        using (var engine = new Engine())
            engine.Fail($"Publish-PveNetworkChange -Confirm:$false {guest.Login}", BondToolsErrorKind.PendingChangeExists);
        Assert.EndsWith("# by hand\n", await guest.RunAsync("cat /etc/network/interfaces.new"), StringComparison.Ordinal);
        Assert.Equal(Outcome.Old, await SettleAsync("someone else's pending change", change));
    }

    [Fact]
    public async Task What_someone_else_writes_between_arming_and_the_reload_stays()
    {
        var change = await StageAsync();
        var error = await Assert.ThrowsAsync<BondToolsException>(() => PublishAsync(change, PublishVerification.BondUp, At("Reloading", () => guest.RunAsync("echo '# by hand' >> /etc/network/interfaces"))));
        Assert.Equal(BondToolsErrorKind.PendingChangeExists, error.Kind);
        Assert.EndsWith("# by hand\n", await guest.RunAsync("cat /etc/network/interfaces"), StringComparison.Ordinal);
        await guest.RunAsync("sed -i '/^# by hand$/d' /etc/network/interfaces");
        Assert.Equal(Outcome.Old, await SettleAsync("someone else writes in between", change));
    }

    [Theory]
    [InlineData("Reloading")]
    [InlineData("Verifying")]
    public async Task A_host_that_loses_its_power_starts_with_the_old_configuration(string step)
    {
        var change = await StageAsync();
        await Assert.ThrowsAnyAsync<BondToolsException>(() => PublishAsync(change, PublishVerification.BondUp, At(step, async () =>
        {
            // No orderly end: what was not on the disk by now is lost.
            await guest.MonitorAsync("system_reset");
            throw new BondToolsException(BondToolsErrorKind.ConnectionLost, "The host is gone.");
        })));
        Assert.Equal(Outcome.Old, await SettleAsync($"power lost ({(step == "Reloading" ? "armed" : "applied")})", change));
    }

    [Fact]
    public async Task A_host_that_loses_its_power_after_the_confirmation_starts_with_the_new_configuration()
    {
        var change = await StageAsync();
        await PublishAsync(change, PublishVerification.BondUp, rollbackAfter: Patience);
        await guest.MonitorAsync("system_reset");
        Assert.Equal(Outcome.New, await SettleAsync("power lost (confirmed)", change));
        await guest.WaitAsync("[ -e /proc/net/bonding/bond0 ]", 60);
    }

    [Fact]
    public async Task Without_systemd_s_timers_a_sleeper_takes_it_back()
    {
        var change = await StageAsync();
        await guest.RunAsync("mv /usr/bin/systemd-run /usr/bin/systemd-run.away");
        await DieAsync(change, "guard.sh apply", 1, Moment.After, 12);
        Assert.Equal(Outcome.Old, await SettleAsync("client dies, no systemd-run", change));
    }

    private const string FillDisk = "fallocate -l $(df --output=avail -B1 / | tail -n 1) /filler 2> /dev/null; dd if=/dev/zero of=/filler2 bs=1k 2> /dev/null; true";
    private const string FreeDisk = "rm -f /filler /filler2";

    private async Task DieAsync(NetworkChange change, string command, int occurrence, Moment moment, int rollbackSeconds)
    {
        using var client = new Saboteur(guest.Settings(), command, occurrence, moment);
        using var connection = await client.OpenAsync(Token);
        var publish = new GuardedPublish(new PveHost(connection, "pve"), client.OpenAsync, new GuardedPublishOptions(TimeSpan.FromSeconds(rollbackSeconds), PublishVerification.BondUp));
        await Assert.ThrowsAnyAsync<Exception>(() => publish.RunAsync(change, _ => Task.CompletedTask, client.Death));
        Assert.True(client.HasDied);
    }

    private static Func<string, Task> At(string step, Func<Task> act) =>
        said => said.StartsWith(step, StringComparison.Ordinal) ? act() : Task.CompletedTask;

    /// <summary>bond0 over the two cards and vmbr1 on it are staged, through the product; the switch waits for them.</summary>
    private async Task<NetworkChange> StageAsync()
    {
        await guest.LoadAsync(Staged, async () =>
        {
            await guest.RunAsync("labctl switch lacp rate=fast");
            using var engine = new Engine();
            engine.Get($"New-PveBond -Name bond0 -Slave enp0s8, enp0s9 -Mode 802.3ad -TransmitHashPolicy layer2+3 -LacpRate Fast -Confirm:$false {guest.Login}");
            engine.Get($"New-PveBridge -Name vmbr1 -BridgePort bond0 -Confirm:$false {guest.Login}");
        });
        return await ReadChangeAsync();
    }

    private async Task<NetworkChange> ReadChangeAsync()
    {
        using var connection = await SshConnection.ConnectAsync(guest.Settings(), Token);
        return await new HostNetworkFiles(new PveHost(connection, "pve")).ReadAsync(Token);
    }

    private async Task<NetworkPublication> PublishAsync(NetworkChange change, PublishVerification verification, Func<string, Task>? report = null, TimeSpan? rollbackAfter = null)
    {
        using var connection = await SshConnection.ConnectAsync(guest.Settings(), Token);
        var publish = new GuardedPublish(
            new PveHost(connection, "pve"),
            async token => await SshConnection.ConnectAsync(guest.Settings(), token),
            new GuardedPublishOptions(rollbackAfter ?? RollbackAfter, verification));
        return await publish.RunAsync(change, report ?? (_ => Task.CompletedTask), Token);
    }

    /// <summary>Waits until no publication is open any more, and looks at what the host has become.</summary>
    private async Task<Outcome> SettleAsync(string fault, NetworkChange change)
    {
        try
        {
            // By OpenSSH's own client. A host that restarts or is out of reach just now does not answer yet.
            await guest.ReachAsync(SettleSeconds);
            await guest.WaitAsync("[ -z \"$(ls -d /var/lib/bondtools/*/armed /var/lib/bondtools/*/applied /var/lib/bondtools/*/restoring /etc/network/interfaces.bondtools* 2> /dev/null)\" ]", SettleSeconds);
        }
        catch (Exception e) when (e is TimeoutException or InvalidOperationException)
        {
            guest.Faults.Add(fault, "out of reach", lockedOut: true);
            throw;
        }

        var file = await guest.RunAsync("cat /etc/network/interfaces");
        var outcome = file == change.Current ? Outcome.Old : file == change.Pending ? Outcome.New : Outcome.Neither;
        guest.Faults.Add(fault, outcome switch { Outcome.Old => "old file", Outcome.New => "new file, confirmed", _ => "another file" }, lockedOut: false);
        Assert.True(outcome != Outcome.Neither, file);

        // Nothing half: the kernel is what the file says, the management address is there, and nothing lies about.
        var bonds = await guest.RunAsync("ls /proc/net/bonding 2> /dev/null; true");
        if (outcome == Outcome.Old)
            Assert.DoesNotContain("bond0", bonds, StringComparison.Ordinal);
        Assert.Contains("192.168.10.73/24", await guest.RunAsync("ip -br address show vmbr0"), StringComparison.Ordinal);
        Assert.Equal("", await guest.RunAsync("ls /etc/network/interfaces.bondtools* /etc/systemd/system/*bondtools* /etc/systemd/system/*/*bondtools* 2> /dev/null; true"));
        if (outcome == Outcome.New)
            Assert.NotEqual("", await guest.RunAsync("ls /var/lib/bondtools/*/confirmed 2> /dev/null; true"));
        return outcome;
    }

    /// <summary>Which file the host ended up with.</summary>
    private enum Outcome
    {
        Neither,
        Old,
        New,
    }
}
