<#
.SYNOPSIS
    Writes Module/en-US/BondTools.Module.dll-Help.xml from the cmdlets' doc comments and src/Help/*.md.

.DESCRIPTION
    Synopses and parameters are said once, in the doc comments; descriptions and examples once, in the Markdown files:
    "## <cmdlet>" with the description below it, "### <title>" with remarks and one fenced block of code and output.
    It runs in the BondTools shell after a build:
    dotnet run --project src/BondTools.Shell -- -File src/Help/New-Help.ps1
#>
param([string] $Configuration = 'Debug')

$ErrorActionPreference = 'Stop'
$root = [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($PSScriptRoot, '..', '..'))
$newLine = "`n"

function Escape([string] $text) { [System.Security.SecurityElement]::Escape($text) }

# The words of a doc comment, with the last part of each reference and white space as in running text.
function Read-Comment($member) {
  if (-not $member) { return '' }
  $xml = $member.InnerXml -replace '<(see|paramref|typeparamref)\s+\w+="(?:\w:)?(?:[\w.]*\.)?([\w`]+)(?:\([^)]*\))?"\s*/>', '$2'
  $text = $xml -replace '</para>', ' ' -replace '<[^>]+>', '' -replace '\s+', ' '
  [System.Net.WebUtility]::HtmlDecode($text.Trim())
}

function Read-Examples {
  $found = @{}
  $command = $null; $example = $null; $fenced = $false
  foreach ($file in [System.IO.Directory]::GetFiles($PSScriptRoot, '*.md')) {
    foreach ($line in [System.IO.File]::ReadAllLines($file)) {
      if (-not $fenced -and $line.StartsWith('## ')) {
        $command = @{ Description = ''; Examples = @() }
        $example = $null
        $found[$line.Substring(3).Trim()] = $command
      }
      elseif (-not $fenced -and $line.StartsWith('### ')) {
        $example = @{ Title = $line.Substring(4).Trim(); Code = ''; Remarks = '' }
        $command.Examples += $example
      }
      elseif ($line.StartsWith('```')) { $fenced = -not $fenced }
      elseif ($fenced) { $example.Code += $line + $newLine }
      elseif ($example) { $example.Remarks += $line + ' ' }
      elseif ($command) { $command.Description += $line + $newLine }
    }
  }
  $found
}

function Paragraphs([string] $text) {
  $paragraphs = foreach ($part in ($text.Trim() -split '\n\s*\n')) { "<maml:para>$(Escape ($part.Trim() -replace '\s*\n\s*', ' '))</maml:para>" }
  $paragraphs -join ''
}

function Position($parameter) { if ($parameter.Position -ge 0) { "$($parameter.Position)" } else { 'named' } }

function Pipeline($parameter) {
  $ways = @()
  if ($parameter.ValueFromPipeline) { $ways += 'ByValue' }
  if ($parameter.ValueFromPipelineByPropertyName) { $ways += 'ByPropertyName' }
  if ($ways) { "True ($($ways -join ', '))" } else { 'False' }
}

function TypeName([type] $type) {
  if ($type.IsGenericType -and $type.Name.StartsWith('Nullable')) { $type = $type.GenericTypeArguments[0] }
  $name = $type.Name -replace '^SwitchParameter$', 'switch'
  $name
}

function Parameter($parameter, [string] $description) {
  $type = TypeName $parameter.ParameterType
  $aliases = if ($parameter.Aliases.Count -gt 0) { $parameter.Aliases -join ', ' } else { 'none' }
  $text = "<command:parameter required=""$("$($parameter.IsMandatory)".ToLowerInvariant())"" variableLength=""false"" globbing=""false""" +
    " pipelineInput=""$(Pipeline $parameter)"" position=""$(Position $parameter)"" aliases=""$aliases""><maml:name>$($parameter.Name)</maml:name>"
  if ($description) { $text += "<maml:description><maml:para>$(Escape $description)</maml:para></maml:description>" }
  if ($type -ne 'switch') { $text += "<command:parameterValue required=""true"" variableLength=""false"">$(Escape $type)</command:parameterValue>" }
  if ($description) { $text += "<dev:type><maml:name>$(Escape $type)</maml:name></dev:type>" }
  $text + '</command:parameter>'
}

$documentation = [xml]::new()
$documentation.Load([System.IO.Path]::Combine($root, 'src', 'BondTools.Module', 'bin', $Configuration, 'net8.0', 'BondTools.Module.xml'))
$comments = @{}
foreach ($member in $documentation.doc.members.member) { $comments[$member.GetAttribute('name')] = $member.SelectSingleNode('summary') }
$examples = Read-Examples
$common = [System.Management.Automation.Cmdlet]::CommonParameters + [System.Management.Automation.Cmdlet]::OptionalCommonParameters

$text = [System.Text.StringBuilder]::new()
$null = $text.Append('<?xml version="1.0" encoding="utf-8"?>' + $newLine)
$null = $text.Append('<!-- Written by src/Help/New-Help.ps1 from the doc comments and src/Help/*.md; change those. -->' + $newLine)
$null = $text.Append('<helpItems schema="maml" xmlns="http://msh">' + $newLine)
$names = (Get-Module BondTools).ExportedCmdlets.Keys
$ordered = [string[]] $names
[Array]::Sort($ordered, [StringComparer]::Ordinal)
foreach ($name in $ordered) {
  $command = (Get-Module BondTools).ExportedCmdlets[$name]
  $synopsis = Read-Comment $comments["T:$($command.ImplementingType.FullName)"]
  $more = $examples[$name]
  $description = if ($more -and $more.Description.Trim()) { $more.Description } else { $synopsis }
  $items = foreach ($set in $command.ParameterSets) {
    $own = foreach ($parameter in $set.Parameters) { if ($common -notcontains $parameter.Name) { Parameter $parameter '' } }
    "      <command:syntaxItem><maml:name>$name</maml:name>$own</command:syntaxItem>"
  }
  $seen = @{}
  $parameters = foreach ($set in $command.ParameterSets) {
    foreach ($parameter in $set.Parameters) {
      if ($common -contains $parameter.Name -or $seen.ContainsKey($parameter.Name)) { continue }
      $seen[$parameter.Name] = $true
      $property = $command.ImplementingType.GetProperty($parameter.Name)
      '      ' + (Parameter $parameter (Read-Comment $comments["P:$($property.DeclaringType.FullName).$($parameter.Name)"]))
    }
  }
  $outputs = foreach ($type in $command.OutputType) { "<command:returnValue><dev:type><maml:name>$(Escape $type.Name)</maml:name></dev:type></command:returnValue>" }
  $number = 0
  $shown = foreach ($example in $more.Examples) {
    $number++
    "      <command:example><maml:title>Example ${number}: $(Escape $example.Title)</maml:title><dev:code>$(Escape $example.Code.TrimEnd())</dev:code><dev:remarks>$(Paragraphs $example.Remarks)</dev:remarks></command:example>"
  }
  $parts = @(
    '  <command:command xmlns:maml="http://schemas.microsoft.com/maml/2004/10" xmlns:command="http://schemas.microsoft.com/maml/dev/command/2004/10" xmlns:dev="http://schemas.microsoft.com/maml/dev/2004/10">'
    "    <command:details><command:name>$name</command:name><command:verb>$($command.Verb)</command:verb><command:noun>$($command.Noun)</command:noun><maml:description>$(Paragraphs $synopsis)</maml:description></command:details>"
    "    <maml:description>$(Paragraphs $description)</maml:description>"
    '    <command:syntax>'; $items; '    </command:syntax>'
    '    <command:parameters>'; $parameters; '    </command:parameters>'
    "    <command:returnValues>$outputs</command:returnValues>"
    '    <command:examples>'; $shown; '    </command:examples>'
    '  </command:command>'
  )
  $null = $text.Append(($parts -join $newLine) + $newLine)
}
$null = $text.Append('</helpItems>' + $newLine)
$target = [System.IO.Path]::Combine($root, 'Module', 'en-US', 'BondTools.Module.dll-Help.xml')
[System.IO.File]::WriteAllText($target, $text.ToString())
"$target describes $($ordered.Length) cmdlets."
