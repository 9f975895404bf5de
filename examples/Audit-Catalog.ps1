#!/usr/bin/env pwsh
<#
.SYNOPSIS
    Reports what the catalogs of a vCloud Director hold: sizes, owners, ages, and what should be looked at.
.DESCRIPTION
    One object for each item of the catalogs, with its findings:

    Expired        the storage lease ran out
    Unresolved     not ready: still being uploaded or imported, or left behind by an upload that failed
    Old            older than -OlderThanDays
    NoOwner        the server names no owner
    DuplicateName  another item has the same name, letter case aside
    DuplicateSize  another media has exactly the same size, which mostly means the same content

    Only reads: a request or two for every 128 items. Without -Connection a simulator is started and its catalogs are reported, so that the script shows what it does with nothing at hand.
.EXAMPLE
    pwsh ./examples/Audit-Catalog.ps1 | Format-Table
.EXAMPLE
    ./Audit-Catalog.ps1 -Connection cloud -Csv audit.csv | Where-Object Findings | Group-Object Catalog -NoElement
.EXAMPLE
    ./Audit-Catalog.ps1 -Connection cloud -Summary
#>
[CmdletBinding()]
param(
    # The catalogs: names, wildcards.
    [SupportsWildcards()]
    [string[]] $Catalog = '*',

    # The connection to ask. Without it: a simulator.
    [string] $Connection,

    # What is older is a finding.
    [ValidateRange(0, 36500)]
    [int] $OlderThanDays = 365,

    # Writes the report to this file as well.
    [string] $Csv,

    # One object for each catalog instead of one for each item.
    [switch] $Summary,

    # The module; default: the one that was built beside this script, else the installed one.
    [string] $Module
)

$ErrorActionPreference = 'Stop'
if (-not $Module) {
    $built = Join-Path $PSScriptRoot '..' 'out' 'OrchestratorTools' 'OrchestratorTools.psd1'
    $Module = if (Test-Path $built) { $built } else { 'OrchestratorTools' }
}
if (-not (Get-Module OrchestratorTools)) {
    Import-Module $Module
}

# The items as the catalogs list them, with the sizes that only media and the machines of templates know.
function Get-Holding {
    $size = @{}
    Get-VcdMedia -Catalog $Catalog -Connection $Connection | ForEach-Object { $size[$_.Href] = $_.Size }
    Search-Vcd vm -Where @{ isVAppTemplate = $true } -Connection $Connection | Where-Object totalStorageAllocatedMb | ForEach-Object { $size[$_.container] += $_.totalStorageAllocatedMb * 1MB }
    foreach ($item in Get-VcdCatalogItem -Catalog $Catalog -Connection $Connection) {
        [pscustomobject]@{
            Catalog   = $item.Catalog
            Name      = $item.Name
            Type      = $item.Type
            # Of a template what its machines are given; servers before API 36 do not tell it.
            Bytes     = if ($item.EntityHref) { $size[$item.EntityHref] }
            Owner     = $item.Owner
            CreatedAt = $item.CreatedAt
            # The server's clock may be ahead of this one.
            AgeDays   = if ($item.CreatedAt) { [math]::Max(0, [int][math]::Floor(([DateTimeOffset]::UtcNow - $item.CreatedAt).TotalDays)) }
            Status    = $item.Status
            Vdc       = $item.Vdc
            Findings  = ''
            IsExpired = [bool]$item.IsExpired
        }
    }
}

# What should be looked at.
function Add-Finding {
    param([object[]] $Holding)
    $names = $Holding | Group-Object Type, Name | Where-Object Count -GT 1 | ForEach-Object Group
    $sizes = $Holding | Where-Object { $_.Type -eq 'Media' -and $_.Bytes } | Group-Object Bytes | Where-Object Count -GT 1 | ForEach-Object Group
    foreach ($item in $Holding) {
        $found = @(
            if ($item.IsExpired) { 'Expired' }
            if ($item.Status -and $item.Status -notin 'RESOLVED', 'POWERED_OFF', 'MIXED') { 'Unresolved' }
            if ($item.AgeDays -ge $OlderThanDays) { 'Old' }
            if (-not $item.Owner) { 'NoOwner' }
            if ($item -in $names) { 'DuplicateName' }
            if ($item -in $sizes) { 'DuplicateSize' }
        )
        $item.Findings = $found -join ', '
        $item | Select-Object Catalog, Name, Type, Bytes, Owner, CreatedAt, AgeDays, Status, Vdc, Findings
    }
}

function Get-Summary {
    param([object[]] $Report)
    foreach ($group in $Report | Group-Object Catalog | Sort-Object Name) {
        [pscustomobject]@{
            Catalog  = $group.Name
            Items    = $group.Count
            Bytes    = [long]($group.Group | Measure-Object Bytes -Sum).Sum
            Oldest   = ($group.Group | Measure-Object CreatedAt -Minimum).Minimum
            Findings = @($group.Group | Where-Object Findings).Count
        }
    }
}

$simulator = $null
try {
    if (-not $Connection) {
        $simulator = Start-OrchestratorSimulator
        $Connection = 'audit'
        $null = Connect-Vcd $simulator.Vcd.Server -Organization $simulator.Vcd.Organization -Credential $simulator.Vcd.Credential -ServerCertificateThumbprint $simulator.CertificateThumbprint -NoProxy -Name $Connection -NotDefault
    }

    $report = @(Add-Finding @(Get-Holding))
    if ($Csv) {
        # Times as every program reads them.
        $report | Select-Object *, @{ Name = 'CreatedAt'; Expression = { $_.CreatedAt?.ToString('o') } } -ExcludeProperty CreatedAt | Export-Csv -LiteralPath $Csv
    }
    if ($Summary) {
        Get-Summary $report
    }
    else {
        $report
    }
}
finally {
    if ($simulator) {
        Disconnect-Vcd $Connection -WarningAction SilentlyContinue -ErrorAction SilentlyContinue
        Stop-OrchestratorSimulator $simulator
    }
}
