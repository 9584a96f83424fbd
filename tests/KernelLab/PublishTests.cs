using System;
using System.Linq;
using System.Threading.Tasks;
using BondTools.Module.Tests.Sessions;
using BondTools.Planning;
using Xunit;

namespace BondTools.KernelLab;

/// <summary>Publishing on a real host when nothing is broken: by ifupdown2, by Proxmox VE's own reload, and back again.</summary>
[Collection(OnTheGuest.Name)]
public sealed class PublishTests(KernelGuest guest)
{
    private const string Article = "published";
    private const string Publish = "Publish-PveNetworkChange -Session $pve -RollbackSec 60";

    [Fact]
    public async Task Running_containers_keep_their_ports_and_their_VLANs()
    {
        await LoadAsync();
        await guest.RunAsync("labctl containers; ip link set vmbr1 type bridge vlan_filtering 1; bridge vlan add dev veth101i0 vid 7 pvid untagged; bridge vlan add dev veth101i0 vid 9");
        var before = await guest.RunAsync("bridge vlan show dev veth101i0");
        using var engine = new Engine();
        var publication = Assert.IsType<NetworkPublication>(Run(engine, $"Set-PveBridge -Session $pve -Name vmbr1 -VlanAware $true; {Publish}").Single());
        TestContext.Current.TestOutputHelper?.WriteLine($"put back: {string.Join(", ", publication.ReattachedPorts)}");
        // Stock ifupdown2 throws them off; Proxmox VE's own does not.
        Assert.Equal(["veth101i0", "veth102i0"], publication.ReattachedPorts.Order());
        Assert.Equal("vmbr1\nvmbr1", (await guest.RunAsync("for n in 1 2; do basename $(readlink /sys/class/net/veth10${n}i0/master); done")).Trim());
        Assert.Equal(before, await guest.RunAsync("bridge vlan show dev veth101i0"));
    }

    [Fact]
    public async Task Traffic_of_the_containers_goes_on_after_a_publish_and_after_a_roll_back()
    {
        await LoadAsync();
        await guest.RunAsync("labctl containers");
        await guest.WaitAsync("ip netns exec ct101 ping -q -c 1 -W 1 192.168.1.1 > /dev/null", 10);
        using var engine = new Engine();
        Run(engine, $"Set-PveBond -Session $pve -Name bond0 -Comment 'changed'; $null = {Publish}");
        await guest.WaitAsync("ip netns exec ct101 ping -q -c 1 -W 1 192.168.1.1 > /dev/null", 10);

        // Its third port has no partner at the switch, so the three links that it now wants are not there.
        var failed = engine.Run($"$ConfirmPreference = 'None'; $pve = Connect-PveHost {guest.Login}; Set-PveBond -Session $pve -Name bond0 -MinLinks 3 -Slave enp0s8, enp0s9, enp0s10 -WarningAction SilentlyContinue; Publish-PveNetworkChange -Session $pve -RollbackSec 20");
        Assert.StartsWith("BondTools.PublishRolledBack,", Assert.Single(failed.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        await guest.WaitAsync("ip netns exec ct101 ping -q -c 1 -W 1 192.168.1.1 > /dev/null", 10);
        Assert.Equal("enp0s8 enp0s9", (await guest.RunAsync("cat /sys/class/net/bond0/bonding/slaves")).Trim());
        Assert.Equal("0", (await guest.RunAsync("cat /sys/class/net/bond0/bonding/min_links")).Trim());
    }

    [Fact]
    public async Task Where_there_is_pvesh_the_reload_is_Proxmox_VE_s_own()
    {
        await LoadAsync();
        // What its worker does (PVE::API2::Network, reload_network_config), with the line that it leaves in the task log.
        await guest.RunAsync("""
            cat > /usr/bin/pvesh <<'X'
            #!/bin/sh
            [ "$*" = "set /nodes/localhost/network" ] || { echo "400 unable to parse option" >&2; exit 2; }
            echo "UPID:pve:0:0:0:srvreload:networking:root@pam:" >> /var/log/pve-tasks
            if [ -e /etc/network/interfaces.new ]; then mv /etc/network/interfaces.new /etc/network/interfaces; fi
            exec ifreload -a
            X
            chmod 755 /usr/bin/pvesh
            """);
        using var engine = new Engine();
        Run(engine, $"Set-PveBond -Session $pve -Name bond0 -LacpRate Slow; $null = {Publish}");
        Assert.Contains("srvreload:networking", await guest.RunAsync("cat /var/log/pve-tasks"), StringComparison.Ordinal);
        Assert.Equal("slow 0", (await guest.RunAsync("cat /sys/class/net/bond0/bonding/lacp_rate")).Trim());
        Assert.Contains("bond-lacp-rate slow", await guest.RunAsync("cat /etc/network/interfaces"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Any_earlier_state_comes_back_from_the_host_s_own_record()
    {
        await guest.LoadAsync(KernelGuest.Bare);
        await guest.RunAsync("labctl switch lacp rate=fast");
        var bare = await guest.RunAsync("cat /etc/network/interfaces");
        using var engine = new Engine();
        Run(engine, $"New-PveBond -Session $pve -Name bond0 -Slave enp0s8, enp0s9 -LacpRate Fast; $null = {Publish}");
        var first = await guest.RunAsync("cat /etc/network/interfaces");
        Run(engine, $"Set-PveBond -Session $pve -Name bond0 -AdSelect Bandwidth -Mtu 9000; $null = {Publish}");

        // Two steps back, one forward, one back.
        Run(engine, "$null = @(Get-PveNetworkHistory -Session $pve)[-1] | Restore-PveNetwork -Session $pve -Verify BondUp");
        Assert.Equal(bare, await guest.RunAsync("cat /etc/network/interfaces"));
        Assert.Equal("", await guest.RunAsync("ls /proc/net/bonding"));
        Run(engine, "$null = @(Get-PveNetworkHistory -Session $pve)[-1] | Restore-PveNetwork -Session $pve -After -RollbackSec 60");
        Assert.Equal(first, await guest.RunAsync("cat /etc/network/interfaces"));
        Assert.Equal("stable 0", (await guest.RunAsync("cat /sys/class/net/bond0/bonding/ad_select")).Trim());
        Run(engine, "$null = Restore-PveNetwork -Session $pve -Verify BondUp");
        Assert.Equal(bare, await guest.RunAsync("cat /etc/network/interfaces"));
        Assert.Equal(5, Run(engine, "Get-PveNetworkHistory -Session $pve").Length);
    }

    [Fact]
    public async Task A_bond_that_was_broken_before_does_not_stand_in_the_way_of_another_one()
    {
        await LoadAsync();
        await guest.RunAsync("printf '\\nauto bond1\\niface bond1 inet manual\\n\\tbond-slaves enp0s10 enp0s11\\n\\tbond-mode 802.3ad\\n\\tbond-miimon 100\\n' >> /etc/network/interfaces; ifreload -a");
        using var engine = new Engine();
        var publication = Assert.IsType<NetworkPublication>(Run(engine, $"Set-PveBond -Session $pve -Name bond0 -LacpRate Slow; {Publish}").Single());
        Assert.Contains(publication.Verified, said => said.StartsWith("bond1, which the change does not touch, is as it was: ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("New-PveBond -Session $pve -Name bond1 -Slave enp0s10, eno99 -Mode active-backup", "bond1 lacks its slave eno99.")]
    [InlineData("New-PveBridge -Session $pve -Name vmbr5 -BridgePort eno99", "eno99")]
    public async Task What_the_kernel_does_not_have_is_taken_back(string staging, string said)
    {
        await LoadAsync();
        using var engine = new Engine();
        var result = engine.Run($"$ConfirmPreference = 'None'; $pve = Connect-PveHost {guest.Login}; {staging}; Publish-PveNetworkChange -Session $pve -Verify BondUp -RollbackSec 20");
        var error = Assert.Single(result.Errors);
        Assert.StartsWith("BondTools.PublishRolledBack,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(said, error.Exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("eno99", await guest.RunAsync("cat /etc/network/interfaces"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatIf_shows_the_difference_and_touches_nothing()
    {
        await LoadAsync();
        using var engine = new Engine();
        Run(engine, "Set-PveBond -Session $pve -Name bond0 -AdSelect Count");
        const string everything = "cat /etc/network/interfaces /etc/network/interfaces.new; ls -R /var/lib/bondtools; cat /sys/class/net/bond0/bonding/*";
        var before = await guest.RunAsync(everything);
        Run(engine, $"{Publish} -WhatIf; Restore-PveNetwork -Session $pve -WhatIf; Set-PveBond -Session $pve -Name bond0 -AdSelect Bandwidth -WhatIf");
        Assert.Equal(before, await guest.RunAsync(everything));
    }

    private Task LoadAsync() => guest.LoadAsync(Article, async () =>
    {
        await guest.RunAsync("labctl switch lacp rate=fast");
        using var engine = new Engine();
        Run(engine, $"""
            New-PveBond -Session $pve -Name bond0 -Slave enp0s8, enp0s9 -TransmitHashPolicy layer2+3 -LacpRate Fast
            New-PveBridge -Session $pve -Name vmbr1 -BridgePort bond0
            $null = {Publish}
            """);
    });

    private object[] Run(Engine engine, string script) =>
        [.. engine.Get($"$ConfirmPreference = 'None'\n$pve = Connect-PveHost {guest.Login}\n{script}\nDisconnect-BondSession -Session $pve")];
}
