using System;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using BondTools.Lacp;
using BondTools.Linux;
using BondTools.Module.Tests.Sessions;
using Xunit;

namespace BondTools.KernelLab;

/// <summary>
/// What Get-PveBondStatus says of the real driver in every mode and fault state that the guest can be brought into: the
/// verdict, and a reason that names the port and the end at fault.
/// </summary>
[Collection(OnAnotherGuest.Name)]
public sealed class ReadingTests(KernelGuest guest)
{
    private const string InSync = "[ $(grep -cE 'port state: 6[0-3]' /proc/net/bonding/bond0) = 4 ]";
    private const string NobodyThere = "grep -q 'Partner Mac Address: 00:00:00:00:00:00' /proc/net/bonding/bond0";
    private const string SlaveUp = "grep -A1 'Slave Interface: enp0s9' /proc/net/bonding/bond0 | grep -q up";

    // Name, how it is made, what must be so before it is read, the verdict, the reason.
    private static readonly State[] States =
    [
        new("802.3ad, both slow", Lacp() + "labctl switch lacp rate=slow", InSync, true, "^2 of 2 ports \\(enp0s8 and enp0s9\\) in sync, collecting and distributing with partner aa:bb:cc:00:01:00\\.$"),
        new("802.3ad, both fast", Lacp("lacp_rate fast") + "labctl switch lacp rate=fast", InSync, true, "^2 of 2 ports"),
        new("802.3ad, host fast and switch slow", Lacp("lacp_rate fast") + "labctl switch lacp rate=slow", InSync, true, "^2 of 2 ports"),
        new("802.3ad, host slow and switch fast", Lacp() + "labctl switch lacp rate=fast", InSync, true, "^2 of 2 ports"),
        new("802.3ad, switch passive", Lacp() + "labctl switch lacp active=off", InSync, true, "^2 of 2 ports"),
        new("802.3ad, host passive", Lacp("lacp_active off") + "labctl switch lacp", InSync, true, "^2 of 2 ports"),
        new("802.3ad, Open vSwitch", Lacp("lacp_rate fast") + "labctl switch ovs time=fast", InSync, true, "^2 of 2 ports"),
        new("802.3ad, four ports", Lacp("lacp_rate fast", "enp0s8 enp0s9 enp0s10 enp0s11") + "labctl switch lacp rate=fast ports='1 2 3 4'", "[ $(grep -cE 'port state: 6[0-3]' /proc/net/bonding/bond0) = 8 ]", true, "^4 of 4 ports \\(enp0s8, enp0s9, enp0s10 and enp0s11\\)"),
        new("802.3ad, both passive", Lacp("lacp_active off") + "labctl switch lacp active=off", InSync, true, "^2 of 2 ports"),
        new("802.3ad, one link down", Lacp() + "labctl switch lacp; sleep 4; ip -n sw link set port1 down; ip link set enp0s8 down", "grep -A1 'Slave Interface: enp0s8' /proc/net/bonding/bond0 | grep -q down", true, "^1 of 2 ports \\(enp0s9\\) .* Not in use: enp0s8 \\(down\\)\\.$"),
        new("802.3ad, all links down", Lacp() + "labctl switch lacp; sleep 4; ip link set enp0s8 down; ip link set enp0s9 down", "grep -A1 '^Slave Interface: enp0s9' /proc/net/bonding/bond0 | grep -q down", false, "^bond0 is down: none of enp0s8 and enp0s9 has a link\\.$"),
        new("802.3ad, one slave on the host", Lacp() + "labctl switch lacp; sleep 4; ip link set enp0s9 nomaster", "! grep -q enp0s9 /proc/net/bonding/bond0", true, "^1 of 1 ports? \\(enp0s8\\)"),
        new("802.3ad, no slaves", "ip link add bond0 type bond mode 802.3ad miimon 100; ip link set bond0 up", "true", false, "^bond0 has no slaves\\.$"),
        new("802.3ad, switch without LACP", Lacp() + "labctl switch none", NobodyThere, false, "^No partner answers on enp0s8 and enp0s9: the switch does not speak LACP there\\.$"),
        new("802.3ad, switch with a static channel", Lacp() + "labctl switch static", NobodyThere, false, "^No partner answers on enp0s8 and enp0s9"),
        new("802.3ad, Open vSwitch with LACP off", Lacp() + "labctl switch ovs lacp=off", NobodyThere, false, "^No partner answers on enp0s8 and enp0s9"),
        new("802.3ad, churned", Lacp() + "labctl switch none", "[ $(grep -c 'Churn State: churned' /proc/net/bonding/bond0) -ge 2 ]", false, "^No partner answers on enp0s8 and enp0s9", 100),
        new("802.3ad, one port without LACP", Lacp("lacp_rate fast") + "labctl switch lacp rate=fast ports=1; ip -n sw link set port2 master br0 up", "[ $(grep -cE 'port state: 6[0-3]' /proc/net/bonding/bond0) = 2 ]", false, "^No partner answers on enp0s9: "),
        new("802.3ad, two channels on the switch", Lacp("lacp_rate fast") + "labctl switch two rate=fast", "[ $(grep -c '^Aggregator ID' /proc/net/bonding/bond0) = 2 ] && ! grep -q 'address: 00:00:00' /proc/net/bonding/bond0", false, "on aggregator \\d, the traffic is on \\d: its partner is aa:bb:cc:00:01:[01]0 with key 9, not aa:bb:cc:00:01:[01]0 with key 9, which is another switch or channel-group\\."),
        new("802.3ad, unequal speed", "ethtool -s enp0s9 speed 100 duplex full; ethtool -s enp0s9 autoneg off; " + Lacp("lacp_rate fast") + "labctl switch lacp rate=fast", "grep -q 'Speed: 100 Mbps' /proc/net/bonding/bond0 && ! grep -q 'address: 00:00:00' /proc/net/bonding/bond0 && sleep 4", false, "enp0s9 is on aggregator 2, the traffic is on 1"),
        new("802.3ad, LACPDUs lost at the fast rate", Lacp("lacp_rate fast") + $"labctl switch lacp rate=fast; for i in $(seq 75); do {InSync} && break; sleep 0.2; done; labctl deaf 1", "grep -qE 'port state: (199|71|135)' /proc/net/bonding/bond0 || grep -q 'system mac address: 00:00:00' /proc/net/bonding/bond0", false, "enp0s8"),
        new("802.3ad, min_links unmet", Lacp("min_links 2") + "labctl switch lacp; sleep 4; ip link set enp0s8 down", "grep -m1 'MII Status' /proc/net/bonding/bond0 | grep -q down", false, "^bond0 is down though enp0s9 is up: min_links is 2 and the active aggregator has 1 port\\.$"),
        new("802.3ad, just begun", Lacp() + "labctl switch lacp rate=fast", "grep -q 'Partner Mac Address: aa:bb' /proc/net/bonding/bond0", null, ""),
        new("balance-rr", Mode("balance-rr") + "labctl switch static", SlaveUp, true, "^bond0 and enp0s8 and enp0s9 are up; in balance-rr no protocol proves that the switch bundles its ports too\\.$"),
        new("active-backup", Mode("active-backup") + "labctl switch none", SlaveUp, true, "^bond0 and enp0s8 and enp0s9 are up\\.$"),
        new("balance-xor", Mode("balance-xor xmit_hash_policy layer2+3") + "labctl switch static", SlaveUp, true, "in balance-xor no protocol"),
        new("broadcast", Mode("broadcast") + "labctl switch static", SlaveUp, true, "in broadcast no protocol"),
        new("balance-tlb", Mode("balance-tlb") + "labctl switch none", SlaveUp, true, "are up\\.$"),
        new("balance-alb", Mode("balance-alb") + "labctl switch none", SlaveUp, true, "are up\\.$"),
        new("mode mismatch: balance-rr on an LACP switch", Mode("balance-rr") + "labctl switch lacp", SlaveUp, true, "no protocol proves"),
        new("active-backup, the active one down", Mode("active-backup primary enp0s8") + "labctl switch none; sleep 1; ip link set enp0s8 down", "grep -q 'Currently Active Slave: enp0s9' /proc/net/bonding/bond0", false, "^bond0 is up, but enp0s8 is down\\.$"),
        new("active-backup, all down", Mode("active-backup") + "labctl switch none; ip link set enp0s8 down; ip link set enp0s9 down", "grep -q 'Active Slave: None' /proc/net/bonding/bond0", false, "^bond0 is down: none of enp0s8 and enp0s9 has a link\\.$"),
        new("active-backup, ARP target silent", "ip link add bond0 type bond mode active-backup arp_interval 200 arp_ip_target 192.168.1.99 arp_validate all; " + Slaves() + "ip addr add 192.168.1.73/24 dev bond0; labctl switch none", "grep -m1 'MII Status' /proc/net/bonding/bond0 | grep -q down", false, "^bond0 is down: the ARP monitor hears 192\\.168\\.1\\.99 on none of enp0s8 and enp0s9\\.$"),
        new("active-backup, ARP target answers", "ip link add bond0 type bond mode active-backup arp_interval 500 arp_ip_target 192.168.1.1; " + Slaves() + "ip addr add 192.168.1.73/24 dev bond0; labctl switch none", "[ $(grep -c 'MII Status: up' /proc/net/bonding/bond0) -ge 2 ]", true, "up"),
        new("nothing watches the links", "ip link add bond0 type bond mode active-backup; " + Slaves() + "labctl switch none", "true", true, "neither miimon nor the ARP monitor looks at the links"),
        new("updelay", Mode("active-backup updelay 30000") + "labctl switch none; ip link set enp0s9 down; sleep 0.5; ip link set enp0s9 up", "grep -A1 'Slave Interface: enp0s9' /proc/net/bonding/bond0 | grep -q 'going back'", false, "enp0s9 is going back up \\(updelay\\)\\.$"),
        new("downdelay", Mode("active-backup downdelay 30000") + "labctl switch none; sleep 1; ip link set enp0s9 down", "grep -A1 'Slave Interface: enp0s9' /proc/net/bonding/bond0 | grep -q 'going down'", false, "enp0s9 is going down\\.$"),
    ];

    public static TheoryData<string> Names() => new(States.Select(s => s.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_verdict_is_right_and_the_reason_says_why(string name)
    {
        var state = States.Single(s => s.Name == name);
        await guest.LoadAsync(KernelGuest.Bare);
        await guest.RunAsync(state.Make);
        await guest.WaitAsync(state.Until, state.Seconds);
        var status = Read();
        TestContext.Current.TestOutputHelper?.WriteLine($"{status.Negotiated?.ToString() ?? "null"}: {status.Reason}");
        if (state.Negotiated is { } negotiated)
        {
            Assert.Equal(negotiated, status.Negotiated);
            Assert.Matches(new Regex(state.Reason, RegexOptions.CultureInvariant), status.Reason);
        }
        else
        {
            // Between the first LACPDU and traffic lie two seconds: whatever is read in them must agree with the port states.
            var carries = status.Slaves.All(s => (s.Actor!.State & s.Partner!.State).HasFlag(LacpPortState.Synchronization | LacpPortState.Collecting | LacpPortState.Distributing));
            Assert.Equal(carries, status.Negotiated);
        }
    }

    [Fact]
    public async Task A_reader_without_privileges_is_told_what_is_missing()
    {
        await guest.LoadAsync(KernelGuest.Bare);
        await guest.RunAsync(Lacp("lacp_rate fast") + "labctl switch lacp rate=fast");
        await guest.WaitAsync(InSync, 20);
        var text = await guest.RunAsync("setpriv --reuid nobody --clear-groups cat /proc/net/bonding/bond0");
        var status = BondStatusParser.Parse(text, "bond0").Single();
        Assert.Null(status.Negotiated);
        Assert.Contains("CAP_NET_ADMIN", status.Reason, StringComparison.Ordinal);
    }

    private BondStatus Read()
    {
        using var engine = new Engine();
        return engine.GetOne<BondStatus>($"Get-PveBondStatus -Name bond0 {guest.Login}");
    }

    private static string Mode(string mode) => $"ip link add bond0 type bond miimon 100 mode {mode.Replace(" primary enp0s8", "", StringComparison.Ordinal)}; " + Slaves()
        + (mode.Contains(" primary", StringComparison.Ordinal) ? "ip link set bond0 type bond primary enp0s8; " : "");

    private static string Lacp(string options = "", string slaves = "enp0s8 enp0s9") => $"ip link add bond0 type bond mode 802.3ad miimon 100 {options}; " + Slaves(slaves);

    private static string Slaves(string slaves = "enp0s8 enp0s9") =>
        $"for n in {slaves}; do ip link set $n down; ip link set $n master bond0; done; ip link set bond0 up; ";

    private sealed record State(string Name, string Make, string Until, bool? Negotiated, string Reason, int Seconds = 20);
}
