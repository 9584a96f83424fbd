using System;
using System.Linq;
using System.Threading.Tasks;
using BondTools.Analysis;
using BondTools.Cisco;
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
    private const string NewBond = "New-PveBond -Session $pve -Name bond0 -Slave enp0s8, enp0s9 -Mode 802.3ad -TransmitHashPolicy layer2+3";
    private const string NewBridge = "New-PveBridge -Session $pve -Name vmbr1 -BridgePort bond0";
    private const string NewChannel = "New-CiscoEtherChannel -Session $switch -Group 1 -Interface Ethernet0/0, Ethernet0/1 -Mode Active";

    private readonly LabFixture _lab = new();

    public void Dispose() => _lab.Dispose();

    [Fact]
    public async Task It_is_built_verified_and_measured()
    {
        _lab.Get($"{NewChannel}; {NewBond}; {NewBridge}");
        var publication = _lab.GetOne<NetworkPublication>("Publish-PveNetworkChange -Session $pve");
        Assert.Contains("+\tbond-slaves enp0s8 enp0s9", publication.Difference, StringComparison.Ordinal);
        Assert.Contains("bond0: 2 of 2 ports", Assert.Single(publication.Verified), StringComparison.Ordinal);
        // The article's stanzas, as Proxmox writes them.
        Assert.Contains(
            "auto bond0\niface bond0 inet manual\n\tbond-slaves enp0s8 enp0s9\n\tbond-miimon 100\n\tbond-mode 802.3ad\n\tbond-xmit-hash-policy layer2+3\n",
            await _lab.OnHostAsync("cat /etc/network/interfaces"), StringComparison.Ordinal);
        Assert.Contains(
            "auto vmbr1\niface vmbr1 inet manual\n\tbridge-ports bond0\n\tbridge-stp off\n\tbridge-fd 0\n",
            await _lab.OnHostAsync("cat /etc/network/interfaces"), StringComparison.Ordinal);

        _lab.Get("Set-PveContainerNetwork -Session $pve -ContainerId 101 -Bridge vmbr1 -IPv4 192.168.1.10/24; "
            + "Set-PveContainerNetwork -Session $pve -ContainerId 102 -Bridge vmbr1 -IPv4 192.168.1.20/24");
        Assert.Equal(["192.168.1.10/24", "192.168.1.20/24"], _lab.Get("Get-PveContainerNetwork -Session $pve").Cast<ContainerNetwork>().Select(n => n.IPv4));

        var bond = _lab.GetOne<BondStatus>("Get-PveBondStatus -Session $pve bond0");
        Assert.True(bond.Negotiated, bond.Reason);
        Assert.Equal((9, 1, "aa:bb:cc:00:01:00"), (bond.ActorKey!.Value, bond.PartnerKey!.Value, bond.PartnerMacAddress!.ToString()));
        Assert.All(bond.Slaves, slave => Assert.Equal((61, 61), ((int)slave.Actor!.State, (int)slave.Partner!.State)));

        var channel = _lab.GetOne<CiscoEtherChannel>("Get-CiscoEtherChannel -Session $switch -Group 1");
        Assert.Equal(("Po1", "SU", true), (channel.PortChannel, channel.Flags, channel.InUse));
        Assert.All(channel.Members, member => Assert.True(member.Bundled));
        Assert.Equal("src-dst-ip", _lab.GetOne<CiscoLoadBalance>("Get-CiscoEtherChannelLoadBalance -Session $switch").Method);

        var link = _lab.GetOne<LacpLinkReport>("$pve, $switch | Test-LacpLink");
        Assert.True(link.Passed, string.Join("\n", link.Findings.Select(f => f.Message)));
        Assert.Equal([("enp0s8", "Et0/0"), ("enp0s9", "Et0/1")], link.Links.Select(l => (l.HostInterface, l.SwitchInterface)));

        var balance = _lab.GetOne<LacpBalanceReport>("Test-LacpBalance -Session $pve -GenerateTraffic -ContainerId 101, 102 -Destination 192.168.1.1, 192.168.1.2");
        Assert.True(balance.Passed, string.Join("\n", balance.Findings.Select(f => f.Message)));
        Assert.True(balance.Links.Sum(l => l.TxPackets) >= 200, "Two hundred pings left the host.");
    }

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
        { BondLabFault.WrongMode, "partner-silent" },
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
