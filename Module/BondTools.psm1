# Only commands of Microsoft.PowerShell.Core are used here: a hosted engine has no others.
$bin = [System.IO.Path]::Combine($PSScriptRoot, 'bin')

if ($PSVersionTable.PSEdition -ne 'Core') {
  # Windows PowerShell has no load contexts, and runs the netstandard2.0 build.
  Microsoft.PowerShell.Core\Import-Module ([System.IO.Path]::Combine($bin, 'netstandard2.0', 'BondTools.Module.dll'))
  return
}

if (-not ('BondTools.LoadContext' -as [type])) {
  $null = [System.Reflection.Assembly]::LoadFrom([System.IO.Path]::Combine($bin, 'net8.0', 'BondTools.dll'))
}

Microsoft.PowerShell.Core\Import-Module -Assembly ([BondTools.LoadContext]::LoadModule())
