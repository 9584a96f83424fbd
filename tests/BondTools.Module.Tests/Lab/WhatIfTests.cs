using System;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using System.Threading.Tasks;
using BondTools.Module.Cmdlets;
using BondTools.Module.Tests.Packaging;
using Xunit;

namespace BondTools.Module.Tests.Lab;

/// <summary>-WhatIf prints the exact text that would be written, line for line, and touches nothing.</summary>
public sealed class WhatIfTests
{
    private const string Bond = """
        +auto bond0
        +iface bond0 inet manual
        +	bond-slaves enp0s8 enp0s9
        +	bond-miimon 100
        +	bond-mode 802.3ad
        +	bond-xmit-hash-policy layer2+3
        """;

    private const string Bridge = """
        +auto vmbr1
        +iface vmbr1 inet manual
        +	bridge-ports bond0
        +	bridge-stp off
        +	bridge-fd 0
        """;

    private const string Context = """
         	bridge-ports nic0
         	bridge-stp off
         	bridge-fd 0
        +
        """;

    private const string Heading = """
        --- /etc/network/interfaces
        +++ /etc/network/interfaces.new
        """;

    private const string NewBond = "New-PveBond -Session $pve -Name bond0 -Slave enp0s8, enp0s9 -Mode 802.3ad -TransmitHashPolicy layer2+3";

    [Fact]
    public Task A_new_bond_shows_the_articles_stanza() => Shows(
        NewBond + " -WhatIf",
        $"What if: Stage on pve:\n{Heading}\n@@ -18,3 +18,10 @@\n{Context}\n{Bond}",
        "IsPending is False");

    [Fact]
    public Task A_publish_shows_everything_that_is_staged_and_leaves_it_staged() => Shows(
        $"{NewBond}; New-PveBridge -Session $pve -Name vmbr1 -BridgePort bond0; Publish-PveNetworkChange -Session $pve -WhatIf",
        $"What if: Publish on pve with one reload:\n{Heading}\n@@ -18,3 +18,16 @@\n{Context}\n{Bond}\n+\n{Bridge}",
        "IsPending is True");

    [Fact]
    public Task A_bridge_that_is_removed_shows_its_stanza_going() => Shows(
        $"$ConfirmPreference = 'None'; {NewBond}; New-PveBridge -Session $pve -Name vmbr1 -BridgePort bond0; Publish-PveNetworkChange -Session $pve -Verify BondUp | Out-Null; "
            + "Remove-PveBridge -Session $pve -Name vmbr1 -WhatIf",
        $"What if: Stage on pve:\n{Heading}\n@@ -25,9 +25,3 @@\n \tbond-miimon 100\n \tbond-mode 802.3ad\n \tbond-xmit-hash-policy layer2+3\n-\n"
            + Bridge.Replace("+auto", "-auto", StringComparison.Ordinal).Replace("\n+", "\n-", StringComparison.Ordinal),
        "IsPending is False");

    [Fact]
    public Task A_container_shows_the_command() => Shows(
        "Set-PveContainerNetwork -Session $pve -ContainerId 101 -Bridge vmbr1 -IPv4 192.168.1.10/24 -WhatIf",
        "What if: Run on pve: pct set 101 -net0 'name=eth0,bridge=vmbr1,firewall=1,hwaddr=BC:24:11:5E:00:10,type=veth,ip=192.168.1.10/24'",
        "IsPending is False");

    [Fact]
    public Task A_channel_shows_the_switchs_lines_and_none_is_sent() => Shows(
        "New-CiscoEtherChannel -Session $switch -Group 1 -Interface Ethernet0/0, Ethernet0/1 -Mode Active -WhatIf; "
            + "\"$(@(Get-CiscoEtherChannel -Session $switch).Count) channels\"",
        """
        What if: Configure on L2SW:
        interface Port-channel1
         switchport
        interface Ethernet0/0
         channel-group 1 mode active
        interface Ethernet0/1
         channel-group 1 mode active
        0 channels
        """,
        "IsPending is False");

    [Fact]
    public Task A_channel_that_is_changed_shows_the_lines_that_differ_and_load_balancing_its_own() => Shows(
        "New-CiscoEtherChannel -Session $switch -Group 1 -Interface Et0/0, Et0/1 -SwitchportMode Trunk -Confirm:$false; "
            + "Set-CiscoEtherChannel -Session $switch -Group 1 -NativeVlan 99 -LacpRate Fast -Interface Et0/1, Et0/2 -WhatIf; "
            + "Set-CiscoEtherChannelLoadBalance -Session $switch src-dst-ip -WhatIf; Set-CiscoEtherChannelLoadBalance -Session $switch src-mac -WhatIf",
        """
        What if: Configure on L2SW:
        interface Ethernet0/0
         no channel-group
        interface Port-channel1
         switchport trunk native vlan 99
        interface Ethernet0/1
         lacp rate fast
        interface Ethernet0/2
         switchport trunk encapsulation dot1q
         switchport mode trunk
         switchport trunk native vlan 99
         channel-group 1 mode active
         lacp rate fast
        What if: Configure on L2SW:
        port-channel load-balance src-mac
        """,
        "IsPending is False");

    [Fact]
    public Task A_channel_that_is_removed_shows_the_lines_that_take_it_away() => Shows(
        "New-CiscoEtherChannel -Session $switch -Group 1 -Interface Et0/0, Et0/1 -Mode Active -Confirm:$false; Remove-CiscoEtherChannel -Session $switch -Group 1 -WhatIf; "
            + "Save-CiscoConfiguration -Session $switch -WhatIf; \"$(@(Get-CiscoEtherChannel -Session $switch).Count) channels\"",
        """
        What if: Configure on L2SW:
        interface Ethernet0/0
         no channel-group
        interface Ethernet0/1
         no channel-group
        no interface Port-channel1
        What if: Run on L2SW: write memory
        1 channels
        """,
        "IsPending is False");

    [Fact]
    public void Staging_asks_little_and_what_takes_effect_at_once_asks_always()
    {
        var impacts = typeof(AsyncCmdlet).Assembly.GetTypes()
            .Select(type => type.GetCustomAttribute<CmdletAttribute>())
            .OfType<CmdletAttribute>()
            .Where(cmdlet => cmdlet.SupportsShouldProcess)
            .ToDictionary(cmdlet => $"{cmdlet.VerbName}-{cmdlet.NounName}", cmdlet => cmdlet.ConfirmImpact);
        Assert.All(impacts, impact => Assert.Equal(
            impact.Key.Contains("-Cisco", StringComparison.Ordinal) || impact.Key.StartsWith("Publish-", StringComparison.Ordinal) || impact.Key.StartsWith("Restore-", StringComparison.Ordinal) || impact.Key.StartsWith("Remove-", StringComparison.Ordinal)
                ? ConfirmImpact.High
                : ConfirmImpact.Medium,
            impact.Value));
        Assert.Equal(18, impacts.Count);
    }

    private static async Task Shows(string command, string expected, string after)
    {
        var result = await ShellProcess.RunAsync(
            "-Command", $"$lab = Start-BondLab; $pve = $lab.Host; $switch = $lab.Switch\n{command}\n\"IsPending is $((Get-PveNetworkChange -Session $pve).IsPending)\"");
        Assert.Equal("", result.Error);
        // A difference ends with its own line break, so a blank line follows it.
        Assert.Equal($"{expected}\n{after}\n".ReplaceLineEndings("\n"), result.Output.Replace("\n\nIsPending", "\nIsPending", StringComparison.Ordinal));
    }
}
