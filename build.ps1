#!/usr/bin/env pwsh
<#
.SYNOPSIS
    Builds, tests, measures and packs OrchestratorTools.
.DESCRIPTION
    Build    dotnet build: the module in out/OrchestratorTools, the simulator in out/Simulator
    Test     Build, then xunit (the clients), then Pester (the cmdlets); the last line adds both up
    Help     en-US/ (MAML and about topics) from docs/
    Bench    bench/Bench.ps1: one table of ratios
    Demo     Build, then examples/Tour.ps1 against the simulator
    Package  out/package: the module with the simulator in it, ready for a gallery
    Clean    removes what the build made
.EXAMPLE
    ./build.ps1 Test
.EXAMPLE
    ./build.ps1 Test -Only Vcd
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Help', 'Bench', 'Demo', 'Package', 'Clean')]
    [string] $Task = 'Build',

    # Test: only the Pester files and xunit classes whose name contains this.
    [string] $Only = ''
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version Latest
$root = $PSScriptRoot
$module = Join-Path $root 'out' 'OrchestratorTools' 'OrchestratorTools.psd1'

function Invoke-Build {
    Write-Host 'Building ...'
    dotnet build (Join-Path $root 'OrchestratorTools.sln') -c Release --nologo -v quiet -clp:NoSummary
    if ($LASTEXITCODE -ne 0) {
        throw 'The build failed.'
    }
}

function Invoke-Xunit {
    $results = Join-Path $root 'out' 'TestResults'
    Remove-Item $results -Recurse -Force -ErrorAction Ignore
    $filter = if ($Only) { @('--filter', "FullyQualifiedName~$Only") } else { @() }
    dotnet test (Join-Path $root 'tests' 'OrchestratorTools.Tests') -c Release --no-build --nologo --results-directory $results --logger 'trx;LogFileName=xunit.trx' --logger 'console;verbosity=minimal' @filter | Out-Host
    $trx = Join-Path $results 'xunit.trx'
    if (-not (Test-Path $trx)) {
        if ($Only) {
            return [pscustomobject]@{ Passed = 0; Failed = 0; Skipped = 0 }
        }
        throw 'xunit left no results.'
    }
    $counters = ([xml](Get-Content -Raw $trx)).TestRun.ResultSummary.Counters
    [pscustomobject]@{
        Passed  = [int]$counters.passed
        Failed  = [int]$counters.failed + [int]$counters.error + [int]$counters.timeout + [int]$counters.aborted
        Skipped = [int]$counters.total - [int]$counters.executed
    }
}

# Pester 5, from this machine or, where a gallery can be reached, into .tools.
function Find-Pester {
    $env:PSModulePath = (Join-Path $root '.tools' 'Modules') + [IO.Path]::PathSeparator + $env:PSModulePath
    $found = Get-Module Pester -ListAvailable | Where-Object Version -GE '5.3.0' | Sort-Object Version -Descending | Select-Object -First 1
    if (-not $found -and (Get-Command Save-PSResource -ErrorAction Ignore)) {
        try {
            $target = New-Item -ItemType Directory -Force (Join-Path $root '.tools' 'Modules')
            Save-PSResource Pester -Version '[5.3.0,6.0.0)' -Path $target -TrustRepository -ErrorAction Stop
            $found = Get-Module Pester -ListAvailable | Where-Object Version -GE '5.3.0' | Select-Object -First 1
        }
        catch {
            Write-Host "Pester could not be fetched: $_"
        }
    }
    $found
}

function Invoke-PesterHalf {
    $pester = Find-Pester
    if (-not $pester) {
        return $null
    }
    $summary = Join-Path $root 'out' 'TestResults' 'pester.json'
    New-Item -ItemType Directory -Force (Split-Path $summary) | Out-Null
    Remove-Item $summary -ErrorAction Ignore
    # A process of its own: the tests load the module that was just built.
    & ([Environment]::ProcessPath) -NoProfile -NonInteractive -File (Join-Path $root 'tests' 'Invoke-Tests.ps1') -PesterPath $pester.Path -Summary $summary -Only $Only | Out-Host
    if (-not (Test-Path $summary)) {
        return [pscustomobject]@{ Passed = 0; Failed = 1; Skipped = 0 }
    }
    Get-Content -Raw $summary | ConvertFrom-Json
}

function Invoke-Test {
    Invoke-Build
    $clients = Invoke-Xunit
    $cmdlets = Invoke-PesterHalf
    Write-Host ''
    Write-Host "xunit (clients): $($clients.Passed) passed, $($clients.Failed) failed, $($clients.Skipped) skipped"
    if ($cmdlets) {
        Write-Host "Pester (cmdlets): $($cmdlets.Passed) passed, $($cmdlets.Failed) failed, $($cmdlets.Skipped) skipped"
    }
    else {
        $cmdlets = [pscustomobject]@{ Passed = 0; Failed = 0; Skipped = 0 }
        Write-Host 'The cmdlets were NOT tested: Pester 5 is not on this machine and no gallery could be reached. Only the xunit half ran.'
    }
    $passed = $clients.Passed + $cmdlets.Passed
    $failed = $clients.Failed + $cmdlets.Failed
    $skipped = $clients.Skipped + $cmdlets.Skipped
    Write-Host "$passed passed, $failed failed$(if ($skipped) { ", $skipped skipped" })"
    if ($failed -or -not $passed) {
        exit 1
    }
}

function Invoke-Help {
    Invoke-Build
    & ([Environment]::ProcessPath) -NoProfile -NonInteractive -File (Join-Path $root 'docs' 'Export-Help.ps1') -Module $module
    if ($LASTEXITCODE -ne 0) {
        throw 'The help was not made.'
    }
    Invoke-Build
}

function Invoke-Package {
    Invoke-Build
    $version = (Import-PowerShellDataFile $module).ModuleVersion
    $package = Join-Path $root 'out' 'package' 'OrchestratorTools' $version
    Remove-Item (Join-Path $root 'out' 'package') -Recurse -Force -ErrorAction Ignore
    New-Item -ItemType Directory -Force $package | Out-Null
    Copy-Item (Join-Path $root 'out' 'OrchestratorTools' '*') $package -Recurse
    Copy-Item (Join-Path $root 'out' 'Simulator') $package -Recurse
    Copy-Item (Join-Path $root 'CHANGELOG.md'), (Join-Path $root 'README.md') $package
    Test-ModuleManifest (Join-Path $package 'OrchestratorTools.psd1') | Out-Null
    Write-Host "Packed: $package"
}

switch ($Task) {
    'Build' { Invoke-Build }
    'Test' { Invoke-Test }
    'Help' { Invoke-Help }
    'Package' { Invoke-Package }
    'Bench' {
        Invoke-Build
        & ([Environment]::ProcessPath) -NoProfile -File (Join-Path $root 'bench' 'Bench.ps1')
    }
    'Demo' {
        Invoke-Build
        & ([Environment]::ProcessPath) -NoProfile -File (Join-Path $root 'examples' 'Tour.ps1')
        exit $LASTEXITCODE
    }
    'Clean' {
        Get-ChildItem $root -Recurse -Directory -Include bin, obj | Remove-Item -Recurse -Force
        Remove-Item (Join-Path $root 'out') -Recurse -Force -ErrorAction Ignore
    }
}
