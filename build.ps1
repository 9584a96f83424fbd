#!/usr/bin/env pwsh
<#
.SYNOPSIS
    A thin front over dotnet and Pester, for people who live in pwsh.

.DESCRIPTION
    'dotnet build' and 'dotnet test' do everything by themselves; this only gives the usual tasks their usual names.

.PARAMETER Task
    Clean       Removes everything that a build made.
    Build       Builds; the module to import is then in out/BondTools.
    Test        Runs the xunit tests.
    Acceptance  Builds, and runs the Pester tests on the built module.
    Bench       Runs the measurement that -Benchmark names.
    Pack        Makes the dotnet tool 'bondtools' in out/packages.
    Help        Checks that every cmdlet and parameter is documented.

.EXAMPLE
    ./build.ps1 Build, Acceptance
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Clean', 'Build', 'Test', 'Acceptance', 'Bench', 'Pack', 'Help')]
    [string[]] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Release',

    [string] $Benchmark = 'import'
)

$ErrorActionPreference = 'Stop'
$root = $PSScriptRoot

function Invoke-Dotnet {
    & dotnet @args
    if ($LASTEXITCODE -ne 0) { throw "dotnet $args ended with exit code $LASTEXITCODE." }
}

foreach ($name in $Task) {
    switch ($name) {
        'Clean' {
            $made = Get-ChildItem -Path "$root/src", "$root/tests" -Directory -Recurse -Include bin, obj
            @($made.FullName; "$root/out") | Where-Object { $_ -and (Test-Path $_) } | Remove-Item -Recurse -Force
        }
        'Build' { Invoke-Dotnet build $root -c $Configuration }
        'Test' { Invoke-Dotnet test --solution "$root/BondTools.sln" -c $Configuration }
        'Acceptance' {
            Invoke-Dotnet build "$root/src/BondTools.Module" -c $Configuration
            Import-Module Pester -MinimumVersion 5.0
            $result = Invoke-Pester -Path "$root/tests/Acceptance" -PassThru
            if ($result.Result -ne 'Passed') { throw "$($result.FailedCount) acceptance tests failed." }
        }
        'Bench' { Invoke-Dotnet run --project "$root/tests/BondTools.Benchmarks" -c Release -- $Benchmark }
        'Pack' { Invoke-Dotnet pack "$root/src/BondTools.Shell" -c $Configuration -o "$root/out/packages" }
        'Help' { Invoke-Dotnet test --project "$root/tests/BondTools.Module.Tests" -c $Configuration --filter-class 'BondTools.Module.Tests.Packaging.HelpTests' }
    }
}
