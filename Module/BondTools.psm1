# Only commands of Microsoft.PowerShell.Core are used here: a hosted engine has no others. The less a script asks of the
# engine, the less it compiles during an import, and commands are cheaper than calls of methods.
$cmdlets = if ($PSEdition -eq 'Core') {
  Microsoft.PowerShell.Core\Import-Module "$PSScriptRoot/bin/net8.0/BondTools.dll"
  Microsoft.PowerShell.Core\Import-Module -Assembly ([BondTools.LoadContext]::LoadModule()) -PassThru
}
else {
  # Windows PowerShell has no load contexts, and runs the netstandard2.0 build.
  Microsoft.PowerShell.Core\Import-Module "$PSScriptRoot/bin/netstandard2.0/BondTools.Module.dll" -PassThru
}

# Imported a second time (-Force), the engine hands out the assembly's module without its cmdlets
# (PowerShell issue 20710); taking them from the module itself works every time.
Microsoft.PowerShell.Core\Import-Module -ModuleInfo $cmdlets
Microsoft.PowerShell.Core\Export-ModuleMember -Cmdlet *
