#!/usr/bin/env pwsh
<#
.SYNOPSIS
    Brings a lab back to its snapshots: reverts its vApps, several at once, and powers them on again.
.DESCRIPTION
    Each vApp is reverted to the snapshots of its virtual machines; those that run without a problem so far are powered on, what was on by itself is left alone. One that fails does not stop the rest. The result is one object for each
    vApp, those that failed first; -InformationAction Continue shows the sum.

    Reset        reverted, and it runs
    Reverted     reverted, and left as it came back (-NoStart)
    NotReverted  nothing was changed, or the reverting failed
    NotStarted   reverted, but it does not run

    It can be run again: a vApp that failed is tried anew. Everything since the snapshots is lost, so the question is asked once for the whole lab; -Confirm:$false or -WhatIf answer it.
    Without -Connection a simulator is started, snapshots of fifty of its vApps are taken, and these are reset, so that the script shows what it does with nothing at hand.
.EXAMPLE
    pwsh ./examples/Reset-Lab.ps1 | Format-Table
.EXAMPLE
    ./Reset-Lab.ps1 lab-* -Connection cloud -Confirm:$false | Where-Object Result -NE Reset
.EXAMPLE
    ./Reset-Lab.ps1 lab-* -Connection cloud -WhatIf
#>
[CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')]
param(
    # The vApps of the lab: names, wildcards.
    [Parameter(Position = 0)]
    [SupportsWildcards()]
    [string[]] $VApp = 'lab-*',

    # The connection to use. Without it: a simulator.
    [string] $Connection,

    # How many are reverted, then powered on, at once.
    [ValidateRange(1, 32)]
    [int] $ThrottleLimit = 8,

    # The longest wait for each of the two steps of a vApp, in seconds.
    [ValidateRange(1, [int]::MaxValue)]
    [int] $Timeout = 1800,

    # Leaves the vApps as they come back.
    [switch] $NoStart,

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

# What became of each vApp, those that failed first. An error belongs to the vApp that it happened to.
function Get-Outcome {
    param([object[]] $Lab, [object[]] $Reverted, [object[]] $Running, [object[]] $Failure)
    $reason = @{}
    foreach ($failed in $Failure | Where-Object { $_ -is [Management.Automation.ErrorRecord] }) {
        $reason[$failed.TargetObject.Href] = $failed.ToString()
    }
    $Lab | ForEach-Object {
        $href = $_.Href
        [pscustomobject]@{
            VApp   = $_.Name
            Vdc    = $_.Vdc
            Result = if ($href -notin $Reverted.Href) { 'NotReverted' } elseif ($NoStart) { 'Reverted' } elseif ($href -notin $Running.Href) { 'NotStarted' } else { 'Reset' }
            Reason = $reason[$href]
        }
    } | Sort-Object @{ Expression = { $_.Result -in 'Reset', 'Reverted' } }, VApp
}

$simulator = $null
try {
    if (-not $Connection) {
        $simulator = Start-OrchestratorSimulator -VMCount 600 -Speed 10 -WhatIf:$false -Confirm:$false
        $Connection = 'lab'
        $null = Connect-Vcd $simulator.Vcd.Server -Organization $simulator.Vcd.Organization -Credential $simulator.Vcd.Credential -ServerCertificateThumbprint $simulator.CertificateThumbprint -NoProxy -Name $Connection -NotDefault
        $VApp = Get-VcdVApp vapp-* -Connection $Connection | Where-Object { $_.Status -in 'POWERED_ON', 'MIXED', 'POWERED_OFF' -and -not $_.IsInMaintenanceMode } | Select-Object -First 50 -ExpandProperty Name
        $null = New-VcdSnapshot -VApp $VApp -Connection $Connection -Wait -WhatIf:$false -Confirm:$false -ErrorAction SilentlyContinue
    }

    $lab = @(Get-VcdVApp $VApp -Connection $Connection)
    if ($simulator -or $PSCmdlet.ShouldProcess("$($lab.Count) vApps at connection '$Connection' ($(@($lab.Name | Select-Object -First 5) -join ', ')$(if ($lab.Count -gt 5) { ', …' }))", 'Revert to the snapshots: everything since then is lost')) {
        $act = @{ Wait = $true; Timeout = $Timeout; ThrottleLimit = $ThrottleLimit; Confirm = $false; ErrorAction = 'SilentlyContinue' }
        $reverted = @($lab | Restore-VcdSnapshot @act -ErrorVariable notReverted)
        $running = @()
        $notStarted = @()
        if (-not $NoStart) {
            $running = @($reverted | Start-VcdVApp @act -ErrorVariable notStarted)
        }
        $outcome = @(Get-Outcome $lab $reverted $running (@($notReverted) + @($notStarted)))
        Write-Information "$($lab.Count) vApps: $(@($outcome | Group-Object Result | ForEach-Object { "$($_.Count) $($_.Name)" }) -join ', ')."
        $outcome
    }
}
finally {
    if ($simulator) {
        Disconnect-Vcd $Connection -WarningAction SilentlyContinue -ErrorAction SilentlyContinue -WhatIf:$false -Confirm:$false
        Stop-OrchestratorSimulator $simulator -WhatIf:$false -Confirm:$false
    }
}
