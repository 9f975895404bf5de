#!/usr/bin/env pwsh
<#
.SYNOPSIS
    Writes the edges of a VeloCloud Orchestrator, of all enterprises that an account sees, into a CSV file.
.DESCRIPTION
    One line for each edge: enterprise, name, state, device, software, profile, licence, site. Edges are written while they arrive, so that 20,000 of them need no more memory than 20, and at most
    -ThrottleLimit requests are sent at once. Where the Orchestrator's rate limit is met, the connection waits and keeps to the limit from then on.

    Only reads. Without -Connection a simulator is started and its edges are written, so that the script shows what it does with nothing at hand. Returns one object for each enterprise.
.EXAMPLE
    pwsh ./examples/Export-EdgeInventory.ps1 -Path edges.csv | Format-Table
.EXAMPLE
    ./Export-EdgeInventory.ps1 -Connection network -Path edges.csv -Enterprise 'North*' | Where-Object Offline
#>
[CmdletBinding()]
param(
    # The file. One that is there is replaced when all is read.
    [Parameter(Mandatory)]
    [string] $Path,

    # The enterprises: names, wildcards. Default: all that the account sees.
    [SupportsWildcards()]
    [string[]] $Enterprise = '*',

    # The connection to ask. Without it: a simulator.
    [string] $Connection,

    # How many requests are sent at once.
    [ValidateRange(1, 32)]
    [int] $ThrottleLimit = 4,

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

$simulator = $null
$target = $PSCmdlet.GetUnresolvedProviderPathFromPSPath($Path)
# A run that fails leaves the old file as it was.
$partial = "$target.$([guid]::NewGuid().ToString('N')).part"
try {
    if (-not $Connection) {
        $simulator = Start-OrchestratorSimulator -EdgeCount 200
        $operator = $simulator.VeloCloud.Users | Where-Object Tier -EQ operator
        $Connection = "inventory-$([guid]::NewGuid())"
        $null = Connect-VeloCloud $simulator.VeloCloud.Server -Credential $operator.Credential -Operator -ServerCertificateThumbprint $simulator.CertificateThumbprint -NoProxy -Name $Connection -NotDefault
    }

    $summary = [ordered]@{}
    $options = @{ IncludeSite = $true; IncludeProfile = $true; IncludeLicense = $true; ThrottleLimit = $ThrottleLimit }
    Get-VeloCloudEnterprise $Enterprise -Connection $Connection | Get-VeloCloudEdge @options | ForEach-Object {
        $one = $summary[$_.EnterpriseName]
        if (-not $one) {
            $one = $summary[$_.EnterpriseName] = [pscustomobject]@{ Enterprise = $_.EnterpriseName; Edges = 0; Connected = 0; Offline = 0; NeverActivated = 0 }
        }
        $one.Edges++
        switch ($_.State) {
            'CONNECTED' { $one.Connected++ }
            'OFFLINE' { $one.Offline++ }
            'NEVER_ACTIVATED' { $one.NeverActivated++ }
        }
        [pscustomobject]@{
            Enterprise   = $_.EnterpriseName
            Edge         = $_.Name
            Id           = $_.Id
            State        = $_.State
            Activation   = $_.ActivationState
            # Times as every program reads them.
            LastContact  = $_.LastContact?.ToString('o')
            Model        = $_.ModelNumber
            SerialNumber = $_.SerialNumber
            HaSerial     = $_.HaSerialNumber
            Software     = $_.SoftwareVersion
            Build        = $_.BuildNumber
            Image        = $_.SoftwareImageName
            Profile      = $_.ProfileName
            License      = ($_.License | ForEach-Object Name) -join '; '
            City         = $_.Site.Address.City
            Country      = $_.Site.Address.Country
            Contact      = $_.Site.ContactEmail
            Description  = $_.Description
        }
    } | Export-Csv -LiteralPath $partial -Encoding utf8
    if (Test-Path -LiteralPath $partial) {
        Move-Item -LiteralPath $partial -Destination $target -Force
    }
    $summary.Values
}
finally {
    Remove-Item -LiteralPath $partial -ErrorAction Ignore
    if ($simulator) {
        Disconnect-VeloCloud $Connection -WarningAction SilentlyContinue -ErrorAction SilentlyContinue
        Stop-OrchestratorSimulator $simulator
    }
}
