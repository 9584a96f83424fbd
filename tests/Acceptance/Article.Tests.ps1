#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }
<#
    The article's checks as a user would write them, on the embedded lab. Against your own devices: open two sessions in
    BeforeAll instead of the lab and leave out the part that configures.
#>
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../../out/BondTools/BondTools.psd1') -Force
    $lab = Start-BondLab
    $pve = $lab.Host
    $switch = $lab.Switch
}

AfterAll {
    if ($lab) { Stop-BondLab -Lab $lab }
}

Describe 'The bond of the article' {
    BeforeAll {
        New-CiscoEtherChannel -Session $switch -Group 1 -Interface Ethernet0/0, Ethernet0/1 -Mode Active -Confirm:$false
        New-PveBond -Session $pve -Name bond0 -Slave enp0s8, enp0s9 -Mode 802.3ad -TransmitHashPolicy layer2+3
        New-PveBridge -Session $pve -Name vmbr1 -BridgePort bond0
        $publication = Publish-PveNetworkChange -Session $pve -Confirm:$false
        Set-PveContainerNetwork -Session $pve -ContainerId 101 -Bridge vmbr1 -IPv4 192.168.1.10/24 -Confirm:$false
        Set-PveContainerNetwork -Session $pve -ContainerId 102 -Bridge vmbr1 -IPv4 192.168.1.20/24 -Confirm:$false
    }

    It 'was published and confirmed' {
        $publication.Difference | Should -Match '\+\s+bond-slaves enp0s8 enp0s9'
        (Get-PveNetworkChange -Session $pve).IsPending | Should -BeFalse
    }

    Context 'on the host' {
        BeforeAll { $bond = Get-PveBondStatus -Session $pve -Name bond0 }

        It 'runs 802.3ad with layer2+3' {
            $bond.Mode | Should -Be '802.3ad'
            $bond.TransmitHashPolicy | Should -Be 'layer2+3'
        }

        It 'has a real partner' {
            $bond.Negotiated | Should -BeTrue -Because $bond.Reason
            "$($bond.PartnerMacAddress)" | Should -Be 'aa:bb:cc:00:01:00'
        }

        It 'has <_> in port state 61 at both ends' -ForEach 'enp0s8', 'enp0s9' {
            $slave = $bond.Slaves | Where-Object Name -EQ $_
            [int]$slave.Actor.State | Should -Be 61
            [int]$slave.Partner.State | Should -Be 61
        }
    }

    Context 'on the switch' {
        It 'shows Po1 in use with two bundled ports' {
            $channel = Get-CiscoEtherChannel -Session $switch -Group 1
            $channel.InUse | Should -BeTrue
            $channel.Protocol | Should -Be 'Lacp'
            @($channel.Members | Where-Object Bundled).Count | Should -Be 2
        }

        It 'balances by source and destination address' {
            (Get-CiscoEtherChannelLoadBalance -Session $switch).Method | Should -Be 'src-dst-ip'
        }
    }

    Context 'from both ends' {
        It 'is one link aggregation, cabled as planned' {
            $report = Test-LacpLink -Session $pve, $switch -Bond bond0
            $report.Passed | Should -BeTrue -Because ($report.Findings.Message -join '; ')
            $report.Links.HostInterface | Should -Be @('enp0s8', 'enp0s9')
            $report.Links.SwitchInterface | Should -Be @('Et0/0', 'Et0/1')
        }

        It 'shares the load' {
            $report = Test-LacpBalance -Session $pve -Bond bond0 -GenerateTraffic -ContainerId 101, 102 -Destination 192.168.1.1, 192.168.1.2
            $report.Passed | Should -BeTrue -Because ($report.Findings.Message -join '; ')
        }
    }

    Context 'with the first cable pulled' {
        BeforeAll { Set-BondLabFault -Lab $lab -Fault Unplug -Link 1 }
        AfterAll { Set-BondLabFault -Lab $lab -Clear }

        It 'is told by name' {
            $report = Test-LacpLink -Session $pve, $switch -Bond bond0
            $report.Passed | Should -BeFalse
            $report.Findings.Message -join "`n" | Should -Match 'enp0s8'
        }
    }
}
