using System;
using System.Linq;
using System.Threading.Tasks;
using BondTools.Analysis;
using BondTools.Cisco;
using BondTools.Linux;
using BondTools.Module.Tests.Sessions;
using BondTools.Planning;
using Xunit;

namespace BondTools.Module.Tests.Lab;

/// <summary>The article's steps by cmdlets, and what must be seen after each, whichever way $pve and $switch are connected.</summary>
internal static class ArticleSteps
{
    public const string NewBond = "New-PveBond -Session $pve -Name bond0 -Slave enp0s8, enp0s9 -Mode 802.3ad -TransmitHashPolicy layer2+3";
    private const string NewBridge = "New-PveBridge -Session $pve -Name vmbr1 -BridgePort bond0";
    private const string NewChannel = "New-CiscoEtherChannel -Session $switch -Group 1 -Interface Ethernet0/0, Ethernet0/1 -Mode Active";

    /// <summary>Builds, verifies and measures.</summary>
    /// <param name="engine">Has the sessions to a bare lab as $pve and $switch.</param>
    /// <param name="onHost">Runs a command on the host behind the cmdlets' back.</param>
    public static async Task RunAsync(Engine engine, Func<string, Task<string>> onHost)
    {
        engine.Get($"{NewChannel}; {NewBond}; {NewBridge}");
        var publication = engine.GetOne<NetworkPublication>("Publish-PveNetworkChange -Session $pve");
        Assert.Contains("+\tbond-slaves enp0s8 enp0s9", publication.Difference, StringComparison.Ordinal);
        Assert.Contains("bond0: 2 of 2 ports", Assert.Single(publication.Verified), StringComparison.Ordinal);
        // The article's stanzas, as Proxmox writes them.
        Assert.Contains(
            "auto bond0\niface bond0 inet manual\n\tbond-slaves enp0s8 enp0s9\n\tbond-miimon 100\n\tbond-mode 802.3ad\n\tbond-xmit-hash-policy layer2+3\n",
            await onHost("cat /etc/network/interfaces"), StringComparison.Ordinal);
        Assert.Contains(
            "auto vmbr1\niface vmbr1 inet manual\n\tbridge-ports bond0\n\tbridge-stp off\n\tbridge-fd 0\n",
            await onHost("cat /etc/network/interfaces"), StringComparison.Ordinal);

        engine.Get("Set-PveContainerNetwork -Session $pve -ContainerId 101 -Bridge vmbr1 -IPv4 192.168.1.10/24; "
            + "Set-PveContainerNetwork -Session $pve -ContainerId 102 -Bridge vmbr1 -IPv4 192.168.1.20/24");
        Assert.Equal(["192.168.1.10/24", "192.168.1.20/24"], engine.Get("Get-PveContainerNetwork -Session $pve").Cast<ContainerNetwork>().Select(n => n.IPv4));

        var bond = engine.GetOne<BondStatus>("Get-PveBondStatus -Session $pve bond0");
        Assert.True(bond.Negotiated, bond.Reason);
        Assert.Equal((9, 1, "aa:bb:cc:00:01:00"), (bond.ActorKey!.Value, bond.PartnerKey!.Value, bond.PartnerMacAddress!.ToString()));
        Assert.All(bond.Slaves, slave => Assert.Equal((61, 61), ((int)slave.Actor!.State, (int)slave.Partner!.State)));

        var channel = engine.GetOne<CiscoEtherChannel>("Get-CiscoEtherChannel -Session $switch -Group 1");
        Assert.Equal(("Po1", "SU", true), (channel.PortChannel, channel.Flags, channel.InUse));
        Assert.All(channel.Members, member => Assert.True(member.Bundled));
        var detail = engine.GetOne<CiscoEtherChannelDetail>("Get-CiscoEtherChannelDetail -Session $switch -Group 1");
        Assert.Equal(2, detail.Ports.Count(port => port.Bundled && port.Partner is not null));
        Assert.Equal("src-dst-ip", engine.GetOne<CiscoLoadBalance>("Get-CiscoEtherChannelLoadBalance -Session $switch").Method);

        var link = engine.GetOne<LacpLinkReport>("$pve, $switch | Test-LacpLink");
        Assert.True(link.Passed, string.Join("\n", link.Findings.Select(f => f.Message)));
        Assert.Equal([("enp0s8", "Et0/0"), ("enp0s9", "Et0/1")], link.Links.Select(l => (l.HostInterface, l.SwitchInterface)));

        var balance = engine.GetOne<LacpBalanceReport>("Test-LacpBalance -Session $pve -GenerateTraffic -ContainerId 101, 102 -Destination 192.168.1.1, 192.168.1.2");
        Assert.True(balance.Passed, string.Join("\n", balance.Findings.Select(f => f.Message)));
        Assert.True(balance.Links.Sum(l => l.TxPackets) >= 200, "Two hundred pings left the host.");
    }
}
