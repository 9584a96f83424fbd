@{
  RootModule = 'BondTools.psm1'
  ModuleVersion = '0.1.0'
  GUID = '5d0a4f4e-9b5c-4a5e-8a52-6f0d7a3b1c94'
  Author = 'The BondTools contributors'
  Copyright = 'Copyright (c) 2026 The BondTools contributors. MIT licence.'
  Description = 'Builds, verifies and watches link aggregation (LACP, EtherChannel) between Proxmox VE hosts and Cisco switches.'
  PowerShellVersion = '5.1'
  CompatiblePSEditions = @('Core', 'Desktop')
  TypesToProcess = @('BondTools.Types.ps1xml')
  FormatsToProcess = @(
    'BondTools.Format.ps1xml'
    'BondTools.Analysis.Format.ps1xml'
    'BondTools.Balance.Format.ps1xml'
    'BondTools.Cisco.Format.ps1xml'
    'BondTools.Flows.Format.ps1xml'
    'BondTools.Lacp.Format.ps1xml'
    'BondTools.Network.Format.ps1xml'
  )

  # Explicit, so that command discovery need not load the module; a test compares it with the assembly. By name, one a line.
  CmdletsToExport = @(
    'Connect-CiscoSwitch'
    'Connect-PveHost'
    'ConvertFrom-BondStatus'
    'ConvertFrom-CiscoEtherChannel'
    'ConvertFrom-CiscoEtherChannelDetail'
    'ConvertFrom-CiscoInterfaceStatus'
    'ConvertFrom-CiscoLacpCounter'
    'ConvertFrom-CiscoLacpInternal'
    'ConvertFrom-CiscoLacpNeighbor'
    'ConvertFrom-CiscoLinkCounter'
    'ConvertFrom-CiscoLoadBalance'
    'ConvertFrom-LinkCounter'
    'ConvertFrom-NetworkInterface'
    'Disconnect-BondSession'
    'Get-BondSession'
    'Get-CiscoEtherChannel'
    'Get-CiscoEtherChannelDetail'
    'Get-CiscoEtherChannelLoadBalance'
    'Get-CiscoInterfaceStatus'
    'Get-CiscoLacpCounter'
    'Get-CiscoLacpInternal'
    'Get-CiscoLacpNeighbor'
    'Get-CiscoLinkCounter'
    'Get-LacpFrame'
    'Get-PveBond'
    'Get-PveBondStatus'
    'Get-PveBridge'
    'Get-PveContainerNetwork'
    'Get-PveLinkCounter'
    'Get-PveNetworkChange'
    'Get-PveNetworkHistory'
    'Get-PveNetworkInterface'
    'Get-PveVlan'
    'Measure-BondCapture'
    'New-CiscoEtherChannel'
    'New-PveBond'
    'New-PveBridge'
    'New-PveVlan'
    'Publish-PveNetworkChange'
    'Remove-CiscoEtherChannel'
    'Remove-PveBond'
    'Remove-PveBridge'
    'Remove-PveVlan'
    'Resolve-BondLink'
    'Restore-PveNetwork'
    'Save-CiscoConfiguration'
    'Set-BondLabFault'
    'Set-CiscoEtherChannel'
    'Set-CiscoEtherChannelLoadBalance'
    'Set-PveBond'
    'Set-PveBridge'
    'Set-PveContainerNetwork'
    'Set-PveVlan'
    'Start-BondCapture'
    'Start-BondLab'
    'Stop-BondLab'
    'Test-CiscoEtherChannel'
    'Test-LacpBalance'
    'Test-LacpLink'
    'Undo-PveNetworkChange'
    'Watch-LacpBalance'
  )
  FunctionsToExport = @()
  AliasesToExport = @()
  VariablesToExport = @()

  PrivateData = @{
    PSData = @{
      Tags = @('LACP', 'Bonding', 'LinkAggregation', 'EtherChannel', 'Proxmox', 'Cisco', 'Network', 'SSH',
        'PSEdition_Core', 'PSEdition_Desktop', 'Windows', 'Linux', 'MacOS')
      ReleaseNotes = 'See CHANGELOG.md.'
    }
  }
}
