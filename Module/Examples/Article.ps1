<#
.SYNOPSIS
    From bare configuration on both ends to a verified, balanced bond.

.DESCRIPTION
    A Proxmox VE host with enp0s8 and enp0s9 in bond0 (802.3ad, layer2+3) under vmbr1, a Cisco switch with Port-channel1,
    two containers behind the one and two computers behind the other. Without parameters all of it happens on the embedded
    lab. With -PveHost and -CiscoSwitch the same steps are done on your own devices: run it with -WhatIf first.

.EXAMPLE
    ./Article.ps1

.EXAMPLE
    ./Article.ps1 -PveHost pve1 -CiscoSwitch sw1 -Credential (Get-Credential) -WhatIf
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    [string] $PveHost,
    [string] $CiscoSwitch,
    [pscredential] $Credential,
    [string[]] $Slave = @('enp0s8', 'enp0s9'),
    [string[]] $Port = @('Ethernet0/0', 'Ethernet0/1'),
    [int[]] $ContainerId = @(101, 102),
    [string[]] $ContainerAddress = @('192.168.1.10/24', '192.168.1.20/24'),
    [string[]] $Computer = @('192.168.1.1', '192.168.1.2'),
    # Capture on both links as well; on a host of your own that needs tcpdump there.
    [switch] $Capture
)

$ErrorActionPreference = 'Stop'

$lab = $null
if ($PveHost) {
    $pve = Connect-PveHost -ComputerName $PveHost -Credential $Credential
    $switch = Connect-CiscoSwitch -ComputerName $CiscoSwitch -Credential $Credential
}
else {
    $lab = Start-BondLab
    $pve = $lab.Host
    $switch = $lab.Switch
}

try {
    '== 1. The switch: two ports into one channel, LACP active'
    New-CiscoEtherChannel -Session $switch -Group 1 -Interface $Port -Mode Active -Confirm:$false -PassThru | Out-Host

    '== 2. The host: bond0 and vmbr1 are staged, nothing is applied yet'
    New-PveBond -Session $pve -Name bond0 -Slave $Slave -Mode 802.3ad -TransmitHashPolicy layer2+3
    New-PveBridge -Session $pve -Name vmbr1 -BridgePort bond0
    (Get-PveNetworkChange -Session $pve).Difference

    if ($WhatIfPreference) { return }

    '== 3. One guarded reload: confirmed only after LACP was seen up over a fresh connection'
    Publish-PveNetworkChange -Session $pve -Confirm:$false | Out-Host

    '== 4. The containers get their addresses'
    for ($i = 0; $i -lt $ContainerId.Count; $i++) {
        Set-PveContainerNetwork -Session $pve -ContainerId $ContainerId[$i] -Bridge vmbr1 -IPv4 $ContainerAddress[$i] -Confirm:$false
    }
    Get-PveContainerNetwork -Session $pve -ContainerId $ContainerId | Out-Host

    '== 5. Both ends, each in its own words'
    $bond = Get-PveBondStatus -Session $pve -Name bond0
    $bond | Out-Host
    $bond.Slaves | Out-Host
    Get-CiscoEtherChannel -Session $switch -Group 1 | Out-Host
    Get-CiscoLacpNeighbor -Session $switch -Group 1 | Out-Host
    Get-CiscoEtherChannelLoadBalance -Session $switch | Out-Host

    '== 6. The verdict over both ends, with the cabling it found'
    $link = Test-LacpLink -Session $pve, $switch -Bond bond0
    $link | Out-Host
    $link.Links | Out-Host
    $link.Findings | Out-Host

    '== 7. Is the load shared? Pings from every container to every computer, captured on both links'
    $balance = Test-LacpBalance -Session $pve -Bond bond0 -GenerateTraffic -Capture:($Capture -or $lab) -ContainerId $ContainerId -Destination $Computer
    $balance | Out-Host
    $balance.Links | Out-Host
    $balance.CapturedFlows | Out-Host
    $balance.Findings | Out-Host

    '== 8. The counters of both links'
    Get-PveLinkCounter -Session $pve -Interface $Slave | Out-Host

    if (-not ($link.Passed -and $balance.Passed)) {
        throw 'The bond is built, but it did not pass: see the findings above.'
    }

    ''
    'The bond is negotiated at both ends and its load is shared.'
}
finally {
    if ($lab) { Stop-BondLab -Lab $lab }
    else { Disconnect-BondSession -Session $pve, $switch }
}
