using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using BondTools.Lab;
using BondTools.Module.Tests.Sessions;
using Xunit;

namespace BondTools.KernelLab;

/// <summary>The embedded lab against the real thing: the same cmdlets on both, and every field of what they write compared.</summary>
[Collection(OnTheGuest.Name)]
public sealed partial class LabComparisonTests(KernelGuest guest)
{
    private const string Article = "article";

    private const string Build = """
        New-PveBond -Session $pve -Name bond0 -Slave enp0s8, enp0s9 -Mode 802.3ad -TransmitHashPolicy layer2+3 -LacpRate Fast -Confirm:$false
        New-PveBridge -Session $pve -Name vmbr1 -BridgePort bond0 -Confirm:$false
        """;

    private const string Publish = "Publish-PveNetworkChange -Session $pve -RollbackSec 60 -Confirm:$false";

    // The article's channel on the emulated switch. The other lab has a second bond of the same system address there.
    private const string LabSwitch = "New-CiscoEtherChannel -Session $lab.Switch -Group 1 -Interface Et0/0, Et0/1 -Mode Active -Confirm:$false";

    /// <summary>What cannot be the same.</summary>
    private static readonly (Regex Path, string Why)[] Different =
    [
        (new(@"\.(ComputerName|DriverVersion)$"), "the two hosts have names and kernels of their own"),
        (new(@"\.(Partner\.(SystemPriority|Key|PortPriority|PortNumber)|PartnerKey)$"), "one partner is an IOS switch, the other a Linux bond"),
        (new(@"\.(Id|Duration|Time|EndTime|From|Client|User)$"), "an id, a time, and who it was"),
        (new(@"\.Slaves\[\d\]\.(SpeedMbps|Duplex)$"), "without a carrier a virtio card keeps its speed, the article's e1000 does not; with one both are 1000 and full"),
        (new(@"\.([RT]x\w+|Multicast|Collisions|Timestamp|SampledAt)$"), "counters, and when they were read"),
    ];

    [Fact]
    public async Task Both_begin_with_the_same_network()
    {
        await guest.LoadAsync(KernelGuest.Bare);
        // The fourth cable is the kernel lab's own.
        await CompareAsync("", """
            Get-PveNetworkInterface -Session $pve | Where-Object Name -NE enp0s11
            Get-PveBridge -Session $pve
            Get-PveLinkCounter -Session $pve | Where-Object Interface -Match '^(lo|nic0|enp0s8|enp0s9|enp0s10|vmbr0)$'
            """);
    }

    [Fact]
    public async Task The_article_is_staged_published_and_taken_back_alike()
    {
        await guest.LoadAsync(KernelGuest.Bare);
        await guest.RunAsync("labctl switch lacp rate=slow; ip link set veth101i0 up");
        await CompareAsync(LabSwitch, $"""
            {Build}
            (Get-PveNetworkChange -Session $pve).Difference -split "`n" -match '^[-+]'
            {Publish}
            Get-PveBond -Session $pve
            Get-PveBridge -Session $pve
            Get-PveNetworkHistory -Session $pve | ForEach-Object Outcome
            Get-PveLinkCounter -Session $pve | Where-Object Interface -Match '^(bond0|enp0s8|enp0s9|vmbr0|vmbr1)$'
            Restore-PveNetwork -Session $pve -RollbackSec 60 -Confirm:$false | ForEach-Object Verified
            Get-PveNetworkHistory -Session $pve | ForEach-Object Outcome
            Get-PveBondStatus -Session $pve
            Get-PveLinkCounter -Session $pve | Where-Object Interface -Match '^(bond0|enp0s8|enp0s9|vmbr0|vmbr1)$'
            """);
    }

    [Theory]
    [InlineData("nothing", "", "")]
    [InlineData("Unplug", "Set-BondLabFault -Lab $lab -Fault Unplug -Link 1", "monitor")]
    [InlineData("LacpOff", "Set-BondLabFault -Lab $lab -Fault LacpOff -Link 2", "ip -n sw link set port2 nomaster; ip -n sw link set port2 master br0 up")]
    [InlineData("OtherSwitch", "Set-BondLabFault -Lab $lab -Fault OtherSwitch -Link 2", "ip -n sw link set port2 nomaster; ip -n sw link add po2 type bond mode 802.3ad miimon 100; ip -n sw link set port2 down; ip -n sw link set port2 master po2; ip -n sw link set po2 up")]
    [InlineData("WrongKey", "Set-BondLabFault -Lab $lab -Fault WrongKey -Link 2", "ip -n sw link set port2 nomaster; ip -n sw link add po2 type bond mode 802.3ad miimon 100 ad_actor_system aa:bb:cc:00:01:00 ad_user_port_key 2; ip -n sw link set port2 down; ip -n sw link set port2 master po2; ip -n sw link set po2 up")]
    [InlineData("SilentLoss", "Set-BondLabFault -Lab $lab -Fault SilentLoss -Link 1", "labctl deaf 1")]
    public async Task A_fault_looks_alike(string fault, string onTheLab, string onTheGuest)
    {
        await LoadArticleAsync();
        if (onTheGuest == "monitor")
            await guest.MonitorAsync("set_link enp0s8 off");
        else
            await guest.RunAsync(onTheGuest);
        // Both hear nothing for three seconds at the fast rate, and have then settled for a while; nothing churns before sixty.
        await CompareAsync($"{LabSwitch}; {Build}; $null = {Publish}; {onTheLab}", "[Threading.Thread]::Sleep(12000); Get-PveBondStatus -Session $pve", fault);
    }

    [Fact]
    public async Task A_static_channel_looks_alike_but_for_the_port_that_times_out_first()
    {
        await LoadArticleAsync();
        await guest.RunAsync("labctl deaf 1; labctl deaf 2");
        // Either port may be the one that keeps the aggregator: the last LACPDUs came in either order.
        await CompareAsync($"{LabSwitch}; {Build}; $null = {Publish}; Set-BondLabFault -Lab $lab -Fault WrongMode -Link 1", """
            [Threading.Thread]::Sleep(12000)
            $bond = Get-PveBondStatus -Session $pve
            $bond | ForEach-Object { $_.Reason, $_.Negotiated, $_.PortCount, $_.PartnerMacAddress }
            $ports = [Collections.Generic.SortedSet[string]]::new()
            $bond.Slaves | ForEach-Object { $null = $ports.Add("$($_.AggregatorId -eq $bond.ActiveAggregatorId) $($_.Actor.State) $($_.Partner.State)") }
            $ports
            """);
    }

    private Task LoadArticleAsync() => guest.LoadAsync(Article, async () =>
    {
        await guest.RunAsync("labctl switch lacp rate=slow");
        using var engine = new Engine();
        engine.Get($"$pve = Connect-PveHost {guest.Login}; {Build}; {Publish}");
    });

    public static TheoryData<string, string> Bonds()
    {
        var bonds = new TheoryData<string, string>();
        foreach (var row in OptionTests.Modes)
            bonds.Add(row.Data.Item1, row.Data.Item2);
        return bonds;
    }

    [Theory]
    [MemberData(nameof(Bonds))]
    public async Task The_driver_s_files_look_alike(string mode, string options)
    {
        await guest.LoadAsync(KernelGuest.Bare);
        // The emulated switch's ports are in no channel-group either.
        await guest.RunAsync("labctl switch none");
        using (var engine = new Engine())
            engine.Get($"$ConfirmPreference = 'None'; $pve = Connect-PveHost {guest.Login}; New-PveBond -Session $pve -Name bond0 -Slave enp0s8, enp0s9 -Mode {mode} {options}; $null = Publish-PveNetworkChange -Session $pve -Verify BondUp -RollbackSec 60");
        var file = await guest.RunAsync("cat /etc/network/interfaces");

        var lab = BondLab.Create().Host;
        await lab.ExecuteAsync("cat > /etc/network/interfaces", System.Text.Encoding.UTF8.GetBytes(file), TestContext.Current.CancellationToken);
        await lab.ExecuteAsync("ifreload -a", [], TestContext.Current.CancellationToken);
        await Task.Delay(TimeSpan.FromSeconds(4), TestContext.Current.CancellationToken);
        var emulated = (await lab.ExecuteAsync("grep -sH '' /sys/class/net/bond0/bonding/*", [], TestContext.Current.CancellationToken)).Output.Replace("/sys/class/net/bond0/bonding/", "", StringComparison.Ordinal);
        var actual = await guest.RunAsync("cd /sys/class/net/bond0/bonding && grep -sH '' *");
        // The ARP monitor tries the slaves in turn until one is answered, in the order in which time runs out.
        var left = options.Contains("-ArpPollingInterval", StringComparison.Ordinal) ? "^(active_slave|mii_status):" : "^$";
        Assert.Equal(Lines(actual, left), Lines(emulated, left));
    }

    private static string Lines(string text, string except) =>
        string.Join("\n", text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !Regex.IsMatch(line, except)).Order(StringComparer.Ordinal));

    /// <summary>Runs a script with <c>$pve</c> on the lab, after what makes the lab the same, and on the guest; and compares what it writes.</summary>
    private async Task CompareAsync(string onTheLab, string script, string what = "")
    {
        // Each in an engine of its own, at the same time: both have to wait.
        var emulated = Task.Run(() => Run($"$lab = Start-BondLab; $pve = $lab.Host; {onTheLab}\n{script}\nStop-BondLab"));
        var (real, lab) = (Run($"$pve = Connect-PveHost {guest.Login}\n{script}\nDisconnect-BondSession -Session $pve"), await emulated);
        var differences = new List<string>();
        foreach (var path in lab.Keys.Union(real.Keys).Order(StringComparer.Ordinal))
        {
            var (expected, actual) = (lab.GetValueOrDefault(path, "(absent)"), real.GetValueOrDefault(path, "(absent)"));
            if (expected != actual && !Different.Any(d => d.Path.IsMatch(path)))
                differences.Add($"{path}: '{expected}' in the lab, '{actual}' on the kernel");
        }

        var compared = real.Keys.Count(path => !Different.Any(d => d.Path.IsMatch(path)));
        TestContext.Current.TestOutputHelper?.WriteLine($"{what}: {compared} fields compared, {differences.Count} differ.\n{string.Join("\n", differences)}");
        Assert.True(compared > 0);
        Assert.True(differences.Count == 0, string.Join("\n", differences));
    }

    private static Dictionary<string, string> Run(string script)
    {
        using var engine = new Engine();
        return engine.Get(script)
            .SelectMany((record, i) => RecordFields.Of(record, string.Create(CultureInfo.InvariantCulture, $"{record.GetType().Name}[{i}]")))
            .ToDictionary(f => f.Path, f => PartnerKey().Replace(OtherSystem().Replace(f.Value, "(another system)"), "with a key"), StringComparer.Ordinal);
    }

    // The addresses of the host's cards and of the article's switch are the same in both; those of other systems are made up.
    [GeneratedRegex("(?!08:00:27|aa:bb:cc:00:01:00|00:00:00:00:00:00|ff:ff)(?:[0-9a-f]{2}:){5}[0-9a-f]{2}", RegexOptions.IgnoreCase)]
    private static partial Regex OtherSystem();

    [GeneratedRegex("with key [0-9]+")]
    private static partial Regex PartnerKey();
}
