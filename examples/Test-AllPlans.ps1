#!/usr/bin/env pwsh
<#
.SYNOPSIS
    A scheduled runbook: checks the readiness of every enabled recovery plan, four at a time, and writes one report.
.DESCRIPTION
    One object for each plan: what its check came to, and why. A check changes nothing but the plan's verification. A plan in which something runs is not checked and said so; one that
    cannot be checked does not keep the others from it. The report is written in any case: of plans that failed more than of the others.

    The exit code is for the scheduler:
    0  every plan is ready
    1  some have warnings, or something ran in them
    2  some are not ready
    3  of some nobody knows: a check did not end in time, an answer was lost, the server could not be asked

    Without -Connection a simulator is started and its plans are checked, so that the script shows what it does with nothing at hand.
.EXAMPLE
    pwsh ./examples/Test-AllPlans.ps1
.EXAMPLE
    ./Test-AllPlans.ps1 -Connection recovery -Report "readiness-$(Get-Date -Format yyyy-MM-dd).html" | Where-Object Result -NE Success
#>
[CmdletBinding()]
param(
    # Which plans, of those that are enabled: names, wildcards.
    [SupportsWildcards()]
    [string[]] $Name = '*',

    # The connection to ask. Without it: a simulator.
    [string] $Connection,

    # The report. It is replaced where it exists.
    [string] $Report = 'readiness.html',

    # How many checks run at once.
    [ValidateRange(1, 100)]
    [int] $ThrottleLimit = 4,

    # How long one check may take, in seconds.
    [ValidateRange(1, 86400)]
    [int] $Timeout = 3600,

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

# What became of a plan, as an object; the exit code that it alone would make stands in Severity.
function New-Outcome {
    param($Plan, [string] $Result, [string] $Reason)
    $severity = switch ($Result) {
        'Success' { 0 }
        { $_ -in 'Warning', 'Busy' } { 1 }
        'NotReady' { 2 }
        default { 3 }
    }
    [pscustomobject]@{ Plan = $Plan.Name; Type = $Plan.Type; Result = $Result; Reason = $Reason; Severity = $severity }
}

function Get-Outcome {
    param([object[]] $Plan, [object[]] $Checked, [object[]] $Failed)
    foreach ($one in $Plan) {
        $end = $Checked | Where-Object Id -EQ $one.Id | Select-Object -First 1
        $problem = $Failed | Where-Object { $_.TargetObject.Id -eq $one.Id } | Select-Object -First 1
        if ($end) {
            switch ($end.CheckResult) {
                'Success' { New-Outcome $one Success '' }
                'Warning' { New-Outcome $one Warning $end.ResultName }
                { $_ -in 'Error', 'Failed' } { New-Outcome $one NotReady $end.ResultName }
                default { New-Outcome $one Unknown "the check's result is '$_'" }
            }
        }
        elseif ($problem) {
            $kind = $problem.FullyQualifiedErrorId.Split(',')[0]
            $result = switch ($kind) {
                'Vro.WrongState' { 'Busy' }
                'Vro.Failed' { 'NotReady' }
                default { 'Unknown' }
            }
            New-Outcome $one $result $problem.Exception.Message
        }
        else {
            New-Outcome $one Unknown 'nothing was heard of its check'
        }
    }
}

$simulator = $null
$code = 3
try {
    if (-not $Connection) {
        $simulator = Start-OrchestratorSimulator -Speed 20
        $Connection = 'readiness'
        $null = Connect-Vro $simulator.Vro.Server -Credential $simulator.Vro.Credential -ServerCertificateThumbprint $simulator.CertificateThumbprint -NoProxy -Name $Connection -NotDefault
    }

    $plans = @(Get-VroPlan $Name -Mode Enabled -Connection $Connection)
    if (-not $plans) {
        # A night without plans is no good night: somebody disabled them, or this account does not see them any more.
        throw 'There is no enabled plan to check.'
    }

    $checked = @($plans | Invoke-VroPlanReadinessCheck -Wait -ThrottleLimit $ThrottleLimit -Timeout $Timeout -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable problems -WarningAction SilentlyContinue)
    $outcomes = @(Get-Outcome $plans $checked $problems)
    $code = ($outcomes | Measure-Object Severity -Maximum).Maximum

    # As a scheduled script this has nobody to ask; what cannot be read stands in the report.
    $plans | Export-VroPlanReport -Path $Report -Force -ErrorAction SilentlyContinue -ErrorVariable unread
    foreach ($one in $unread) {
        Write-Warning "In the report: $($one.Exception.Message)"
        $code = [math]::Max($code, 3)
    }

    $outcomes
}
catch {
    Write-Error $_ -ErrorAction Continue
    $code = 3
}
finally {
    if ($simulator) {
        Disconnect-Vro $Connection -WarningAction SilentlyContinue -ErrorAction SilentlyContinue
        Stop-OrchestratorSimulator $simulator
    }
}
exit $code
