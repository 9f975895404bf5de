#!/usr/bin/env pwsh
<#
.SYNOPSIS
    Copies vApp templates from one vCloud Director to another, by way of a folder of this machine.
.DESCRIPTION
    Each template is received as an OVA, checked against its manifest where it has one, sent to a catalog of the other server and imported there; then the OVA is removed. A template whose name the other
    catalog has already is left out, so that the script can be run again after an interruption: what was half received or half sent goes on where it stopped. A template that fails is reported, and
    the next one goes on.

    Without -From and -To two simulators are started and connected, so that the script shows what it does with nothing at hand. Everything it puts out are objects.
.EXAMPLE
    pwsh ./examples/Copy-TemplateBetweenClouds.ps1
.EXAMPLE
    Connect-Vcd old.example.com -Organization acme -Credential alice -Name old
    Connect-Vcd new.example.com -Organization acme -Credential alice -Name new
    ./Copy-TemplateBetweenClouds.ps1 -From old -To new -Template 'debian*' -FromCatalog templates -ToCatalog images -WhatIf
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    # The templates: names, wildcards.
    [SupportsWildcards()]
    [string[]] $Template = '*',

    # The catalogs that they are in: names, wildcards.
    [SupportsWildcards()]
    [string[]] $FromCatalog = 'templates',

    # The catalog that they are copied into.
    [string] $ToCatalog = 'templates',

    # The connection to copy from. Without it and -To: a simulator.
    [string] $From,

    # The connection to copy to.
    [string] $To,

    # Where the files lie between the two; it needs room for the largest template.
    [string] $WorkingFolder = (Join-Path ([IO.Path]::GetTempPath()) 'template-copies'),

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
if ([bool]$From -ne [bool]$To) {
    throw 'Name both connections, -From and -To, or neither for two simulators.'
}

# Copies one template and says how it went.
function Copy-Template {
    [CmdletBinding(SupportsShouldProcess)]
    param([Parameter(ValueFromPipeline)] $Item, [string[]] $There)
    process {
        $result = [pscustomobject]@{ Template = $Item.Name; From = $Item.Catalog; To = $ToCatalog; Bytes = $null; Seconds = $null; Result = 'Copied'; Reason = $null }
        if ($Item.Name -in $There) {
            $result.Result = 'Skipped'
            $result.Reason = "catalog '$ToCatalog' has an item of this name"
            return $result
        }
        if (-not $PSCmdlet.ShouldProcess("template '$($Item.Name)' of catalog '$($Item.Catalog)' at '$From'", "Copy to catalog '$ToCatalog' at '$To'")) {
            return
        }

        $watch = [Diagnostics.Stopwatch]::StartNew()
        try {
            # One folder a template: two catalogs may have one of the name.
            $folder = Join-Path $WorkingFolder ($Item.Id -replace '.*:')
            $file = Join-Path $folder "$($Item.Id -replace '.*:').ova"
            # What an earlier run has received whole needs to be sent only.
            $ova = if (Test-Path -LiteralPath $file) { Get-Item -LiteralPath $file } else { $Item | Receive-VcdTemplate -Destination $folder -Format Ova -Name (Split-Path -Leaf $file) }
            $result.Bytes = $ova.Length
            $null = $ova | Send-VcdTemplate -Catalog $ToCatalog -Name $Item.Name -Description "Copied from $From" -Connection $To -Wait
            Remove-Item -LiteralPath $folder -Recurse
        }
        catch {
            # The OVA, or what there is of it, stays: the next run goes on with it.
            $result.Result = 'Failed'
            $result.Reason = "$_"
        }
        $result.Seconds = [math]::Round($watch.Elapsed.TotalSeconds, 1)
        $result
    }
}

$simulators = @()
try {
    if (-not $From) {
        $from, $to = 'cloud-a', 'cloud-b'
        foreach ($name in $from, $to) {
            $simulator = Start-OrchestratorSimulator -Speed 20 -WhatIf:$false
            $simulators += $simulator
            $null = Connect-Vcd $simulator.Vcd.Server -Organization $simulator.Vcd.Organization -Credential $simulator.Vcd.Credential -ServerCertificateThumbprint $simulator.CertificateThumbprint -NoProxy -Name $name -NotDefault
        }
        # Both simulators begin with the same templates; a catalog of its own shows the difference.
        if ($ToCatalog -eq 'templates') {
            $ToCatalog = 'copies'
            $null = New-VcdCatalog $ToCatalog -Connection $to -Wait -Confirm:$false -WhatIf:$false
        }
        # The largest one takes a while; the small ones show the same.
        if ($Template -contains '*') {
            $Template = 'debian*', 'rocky*'
        }
    }

    $there = @(Get-VcdCatalogItem -Catalog $ToCatalog -Connection $To | ForEach-Object Name)
    Get-VcdCatalogItem $Template -Catalog $FromCatalog -Type VAppTemplate -Connection $From | Copy-Template -There $there
}
finally {
    foreach ($name in @('cloud-a', 'cloud-b') | Select-Object -First $simulators.Count) {
        Disconnect-Vcd $name -WhatIf:$false -WarningAction SilentlyContinue -ErrorAction SilentlyContinue
    }
    if ((Test-Path -LiteralPath $WorkingFolder) -and -not (Get-ChildItem -LiteralPath $WorkingFolder)) {
        Remove-Item -LiteralPath $WorkingFolder -WhatIf:$false
    }
    $simulators | ForEach-Object { Stop-OrchestratorSimulator $_ -WhatIf:$false }
}
