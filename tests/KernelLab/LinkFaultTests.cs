using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using BondTools.Analysis;
using BondTools.Linux;
using BondTools.Module.Tests.Lab;
using BondTools.Module.Tests.Sessions;
using Xunit;

namespace BondTools.KernelLab;

/// <summary>
/// Faults made on a real bonding driver, each named by its rule, at its end, and by no other as an error. The host is read by
/// the cmdlets over SSH. A Linux bond in the switch's namespace speaks for the IOS end (<see cref="SwitchEnd"/>), with the state
/// machines of the driver; what only IOS does is tried on the embedded lab.
/// </summary>
/// <remarks>Their steps: <c>run SCRIPT</c> in the guest; <c>monitor ORDER</c> to QEMU; <c>wait SECONDS</c>; <c>look</c>, for what the bond was before.</remarks>
[Collection(OnAnotherGuest.Name)]
public sealed class LinkFaultTests(KernelGuest guest, LinkFaultTests.Table table) : IClassFixture<LinkFaultTests.Table>
{
    private const string InSync = "[ $(grep -cE 'port state: 6[0-3]' /proc/net/bonding/bond0) = 4 ]";

    private const string SameSwitch = "ad_actor_system aa:bb:cc:00:01:00 ad_user_port_key 2";

    // A second bond on the host, as another host's.
    private const string OtherHost = "ip link add bond1 type bond mode 802.3ad miimon 100 lacp_rate fast";

    private static readonly LinkFault[] All =
    [
        new("cable out", "slave-down", FindingEnd.Cable, FindingSeverity.Error, "monitor set_link enp0s8 off", "monitor set_link port1 off"),
        new("switch port shut down", "member-shutdown", FindingEnd.Switch, FindingSeverity.Error, "run ip -n sw link set port1 down", "monitor set_link enp0s8 off"),
        new("card set down on the host", "slave-admin-down", FindingEnd.Host, FindingSeverity.Error, "run ip link set enp0s8 down", "monitor set_link port1 off"),
        new("card renamed", "slave-missing", FindingEnd.Host, FindingSeverity.Error, "run ip link set enp0s9 nomaster; ip link set enp0s9 down; ip link set enp0s9 name ens9", "monitor set_link port2 off"),
        new("one port in no channel-group", "partner-silent", FindingEnd.Switch, FindingSeverity.Error, "run ip -n sw link set port2 nomaster; ip -n sw link set port2 master br0 up", "wait 10"),
        new("no port in a channel-group", "group-not-found", FindingEnd.Switch, FindingSeverity.Error, "run labctl switch none", "wait 10"),
        new("one port in another channel-group", "several-port-channels", FindingEnd.Switch, FindingSeverity.Error, SecondBond("port2", SameSwitch), "wait 10"),
        new("one cable to another switch", "several-partners", FindingEnd.Cable, FindingSeverity.Error, SecondBond("port2", ""), "wait 10"),
        new("both cables to another switch", "other-partner", FindingEnd.Cable, FindingSeverity.Error, "run ip -n sw link set po1 type bond ad_actor_system aa:bb:cc:00:02:00", "wait 10"),
        new("static channel", "channel-protocol", FindingEnd.Switch, FindingSeverity.Error, "run labctl switch static", "wait 10"),
        new("host fast, switch slow", "rates-differ", FindingEnd.Both, FindingSeverity.Information, "run labctl switch lacp rate=slow", "wait 8"),
        new("both ends passive", "both-passive", FindingEnd.Both, FindingSeverity.Warning, "run ip link set bond0 down; ip link set bond0 type bond lacp_active off; ip link set bond0 up; labctl switch lacp active=off", "wait 8"),
        new("host in mode balance-rr", "mode-not-lacp", FindingEnd.Host, FindingSeverity.Error, @"run sed -i 's/bond-mode 802.3ad/bond-mode balance-rr/; /bond-lacp-rate/d; /bond-xmit/d' /etc/network/interfaces; ifreload -a"),
        new("host in mode active-backup", "mode-not-lacp", FindingEnd.Host, FindingSeverity.Error, @"run sed -i 's/bond-mode 802.3ad/bond-mode active-backup/; /bond-lacp-rate/d; /bond-xmit/d' /etc/network/interfaces; ifreload -a"),
        new("host wants more links than there are", "min-links-unmet", FindingEnd.Host, FindingSeverity.Error, "run ip link set bond0 type bond min_links 3"),
        new("switch wants more links than there are", "switch-min-links", FindingEnd.Switch, FindingSeverity.Error, "run ip -n sw link set po1 type bond min_links 3"),
        new("link at 100 Mbit/s", "speed-mismatch", FindingEnd.Both, FindingSeverity.Error, "run ethtool -s enp0s9 speed 100 duplex full autoneg off; ip netns exec sw ethtool -s port2 speed 100 duplex full autoneg off; ip link set enp0s9 down; ip link set enp0s9 up", "wait 8"),
        new("card at half duplex", "duplex-mismatch", FindingEnd.Both, FindingSeverity.Error, "run ethtool -s enp0s9 speed 1000 duplex half autoneg off; ip link set enp0s9 down; ip link set enp0s9 up", "wait 8"),
        new("one slave with a smaller MTU", "mtu-mismatch", FindingEnd.Host, FindingSeverity.Error, "run ip link set enp0s9 mtu 1400"),
        new("another host with the same MAC", "duplicate-system-mac", FindingEnd.Host, FindingSeverity.Error, SecondBond("port3", SameSwitch) + $"; {OtherHost} ad_actor_system $(cat /sys/class/net/bond0/address); ip link set enp0s10 down; ip link set enp0s10 master bond1; ip link set bond1 up", "wait 8"),
        new("cables of two hosts swapped", "cables-swapped", FindingEnd.Cable, FindingSeverity.Error, SecondBond("port2", SameSwitch) + $"; ip -n sw link set port4 down; ip -n sw link set port4 master po2; ip -n sw link set port3 down; ip -n sw link set port3 master po1; {OtherHost}; for card in enp0s10 enp0s11; do ip link set $card down; ip link set $card master bond1; done; ip link set bond1 up", "wait 10"),
        new("host's cards cabled to each other", "partner-is-self", FindingEnd.Cable, FindingSeverity.Error, "monitor set_link port1 off", "monitor set_link port2 off", "run for n in 8 9; do ip link set enp0s$n nomaster; ip link set enp0s$n down; ip link set enp0s$n name old$n; done; ip link add enp0s8 type veth peer name enp0s9; for n in 8 9; do ip link set enp0s$n master bond0; done", "wait 10"),
        new("cable with a loose contact", "link-failures-rising", FindingEnd.Cable, FindingSeverity.Warning, "look", "monitor set_link enp0s8 off", "monitor set_link port1 off", "run sleep 1", "monitor set_link enp0s8 on", "monitor set_link port1 on", "wait 10"),
        new("cable loses LACPDUs", "partner-silent", FindingEnd.Cable, FindingSeverity.Error, "run labctl deaf 1", "wait 10"),
        new("cable loses what the switch sends", "partner-silent", FindingEnd.Cable, FindingSeverity.Error, "run ip netns exec sw tc qdisc add dev port1 clsact; ip netns exec sw tc filter add dev port1 egress protocol 0x8809 prio 1 matchall action drop", "wait 10"),
        // A switch that hears nobody speaks every 30 s only, which the host at the fast rate takes for silence.
        new("cable loses what the host sends", "port-not-carrying", FindingEnd.Cable, FindingSeverity.Error, "run ip link set bond0 down; ip link set bond0 type bond lacp_rate slow; ip link set bond0 up; sleep 6; ip netns exec sw tc qdisc add dev port1 clsact; ip netns exec sw tc filter add dev port1 ingress protocol 0x8809 prio 1 matchall action drop", "wait 10"),
    ];

    // Another bond in the switch's namespace, with the named port in it.
    private static string SecondBond(string port, string options) =>
        $"run ip -n sw link set {port} nomaster; ip -n sw link add po2 type bond mode 802.3ad miimon 100 lacp_rate fast {options}; "
        + $"ip -n sw link set {port} down; ip -n sw link set {port} master po2; ip -n sw link set po2 up";

    public static IEnumerable<TheoryDataRow<string>> Faults => All.Select(fault => new TheoryDataRow<string>(fault.Name));

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_fault_is_named_by_its_rule_at_its_end_and_by_no_other_as_an_error(string name)
    {
        var fault = All.Single(f => f.Name == name);
        await LoadAsync();
        using var engine = new Engine();
        engine.Get($"$pve = Connect-PveHost {guest.Login}");
        var report = await JudgeAsync(engine, await MakeAsync(engine, fault.Steps));

        var said = string.Join("\n", report.Findings.Select(f => $"{f.Severity} {f.RuleId} ({f.End}): {f.Message}\n    {string.Join("\n    ", f.Evidence)}"));
        var finding = report.Findings.FirstOrDefault(f => f.RuleId == fault.Rule);
        Assert.True(finding is not null, $"{fault.Rule} did not fire:\n{said}");
        Assert.True(fault.End == finding.End, said);
        // Two passive Linux ends miss and find each other in turn: in the one moment it is an error, in the other a warning.
        Assert.True(fault.Severity == finding.Severity || (fault.Rule == "both-passive" && finding.Severity == FindingSeverity.Error), said);
        Assert.True(report.Findings.All(f => f.Severity < FindingSeverity.Error || f.RuleId == fault.Rule), said);
        table.Rows.Add(name, finding);
    }

    [Fact]
    public async Task Where_nothing_is_wrong_no_rule_fires()
    {
        await LoadAsync();
        using var engine = new Engine();
        engine.Get($"$pve = Connect-PveHost {guest.Login}");
        var report = await JudgeAsync(engine, null);
        Assert.True(report.Passed);
        Assert.DoesNotContain(report.Findings, f => f.RuleId != "not-examined");
        table.Rows.AddHealthy("both ends in sync");
    }

    // Both ends at the fast rate, so that nobody has to be missed for longer than three seconds.
    private Task LoadAsync() => guest.LoadAsync("link-faults", async () =>
    {
        await guest.RunAsync("labctl switch lacp rate=fast");
        using (var engine = new Engine())
        {
            engine.Get($"""
                $ConfirmPreference = 'None'
                $pve = Connect-PveHost {guest.Login}
                New-PveBond -Session $pve -Name bond0 -Slave enp0s8, enp0s9 -Mode 802.3ad -TransmitHashPolicy layer2+3 -LacpRate Fast
                New-PveBridge -Session $pve -Name vmbr1 -BridgePort bond0
                Publish-PveNetworkChange -Session $pve -RollbackSec 60
                """);
        }

        await guest.RunAsync("sed -i 's/^iface bond0 .*/&\\n\\thwaddress 08:00:27:04:dd:bd/' /etc/network/interfaces; ifreload -a");
        await guest.WaitAsync(InSync, 30);
    });

    /// <summary>Takes the steps of a fault.</summary>
    /// <returns>The bond before them, where a step asks for it.</returns>
    private async Task<BondStatus?> MakeAsync(Engine engine, IEnumerable<string> steps)
    {
        var (before, wait) = ((BondStatus?)null, 4);
        foreach (var step in steps)
        {
            var (verb, what) = step.Split(' ', 2) is [var first, var rest] ? (first, rest) : (step, "");
            switch (verb)
            {
                case "run":
                    await guest.RunAsync(what);
                    break;
                case "monitor":
                    await guest.MonitorAsync(what);
                    break;
                case "look":
                    before = ReadBond(engine);
                    break;
                case "wait":
                    wait = int.Parse(what, CultureInfo.InvariantCulture);
                    break;
                default:
                    throw new ArgumentException(step);
            }
        }

        // Timers of the kernel run out meanwhile: nothing tells when the last one has.
        await Task.Delay(TimeSpan.FromSeconds(wait), TestContext.Current.CancellationToken);
        return before;
    }

    private async Task<LacpLinkReport> JudgeAsync(Engine engine, BondStatus? before)
    {
        var switchEnd = SwitchEnd.Read(await guest.RunAsync(SwitchEnd.Script));
        return LacpLinkAnalyzer.Analyze(new LacpLinkEvidence
        {
            Bond = ReadBond(engine),
            EtherChannels = switchEnd.EtherChannels,
            Neighbors = switchEnd.Neighbors,
            SwitchSystemId = SwitchEnd.SystemId,
            InterfaceStatus = switchEnd.Ports,
            NetworkInterfaces = [.. engine.Get("Get-PveNetworkInterface -Session $pve").Cast<NetworkInterface>()],
            LinkCounters = [.. engine.Get("Get-PveLinkCounter -Session $pve").Cast<LinkCounter>()],
            PreviousBond = before,
            HostName = "pve",
            SwitchName = "L2SW",
        });
    }

    private static BondStatus ReadBond(Engine engine) => engine.GetOne<BondStatus>("Get-PveBondStatus -Session $pve bond0");

    /// <summary>What the faults were found by.</summary>
    public sealed class Table : IDisposable
    {
        internal LinkFaultTable Rows { get; } = new("kernel-lab/link-faults.md");

        /// <inheritdoc/>
        public void Dispose() => Rows.Write();
    }
}
