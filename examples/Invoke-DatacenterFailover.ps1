#!/usr/bin/env pwsh
<#
.SYNOPSIS
    Fails a data center over: recovery plans in waves, the next wave when the last has arrived. Stops on the first plan that halts; started again, it goes on where it stopped.
.DESCRIPTION
    The plans of a wave run together. Restore plans are restored, all others failed over, without the plans that are chained to them: the waves are the order.

    What is done is decided by the plans' states, asked for anew each time, and not by a file: only the server knows what was run, also from other machines, by other people, and after a
    crash of this one. A plan that has arrived is left alone; one that runs is waited for; one that is ready is started; anything else stops the script before its wave is begun.

    One thing no state tells: that a start was sent and its answer lost, while the plan still shows that it is ready. So a journal is kept beside it, which can only forbid, never cause: a plan whose
    start was sent and never seen to begin is not started again, in no later run of this script either. It is waited for, five minutes long; then the script stops and says so. When somebody has
    looked at the server and knows that it did not begin, -Resend names it.

    The exit code: 0 all have arrived; 1 not begun, or not gone on with (a wrong name, no connection, nobody said yes); 2 a plan was halted, failed or is not in a state to start; 3 of a plan
    nobody knows.

    Without -Connection a simulator is started and two waves of its plans are failed over.
.EXAMPLE
    ./Invoke-DatacenterFailover.ps1 -Connection recovery -Wave 'dc1-dns, dc1-db', 'dc1-erp', 'dc1-web, dc1-mail'
.EXAMPLE
    ./Invoke-DatacenterFailover.ps1 -Connection recovery -Wave (Get-Content waves.txt) -WhatIf
.EXAMPLE
    pwsh ./examples/Invoke-DatacenterFailover.ps1 -Confirm:$false
#>
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'The script asks, once for each wave.')]
[CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')]
param(
    # The waves, first to last: names of plans, with commas between those of one wave.
    [string[]] $Wave,

    # The connection to use. Without it: a simulator.
    [string] $Connection,

    # The journal of what was sent.
    [string] $Journal = 'datacenter-failover.journal.json',

    # Plans whose start was sent, never seen to begin, and certainly did not.
    [string[]] $Resend = @(),

    # How long one plan may run, in seconds; 0: as long as it takes. It goes on at the server.
    [ValidateRange(0, 604800)]
    [int] $Timeout = 0,

    # How long a start that was sent may take to show, in seconds.
    [ValidateRange(1, 3600)]
    [int] $StartGrace = 300,

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
$Journal = $PSCmdlet.GetUnresolvedProviderPathFromPSPath($Journal)

# The word of a state names a run and its end: only of a plan in which nothing runs it means that it has arrived.
function Test-Arrived {
    param($Runtime)
    -not $Runtime.IsRunning -and ($Runtime.State -in 'FailoverComplete', 'RestoreComplete' -or $Runtime.StateName -in 'Failover', 'Restored')
}

# The journal: by the plan's id, when its start was sent, until it was seen to begin or certainly was not sent.
function Read-Journal {
    if (Test-Path -LiteralPath $Journal) {
        Get-Content -Raw -LiteralPath $Journal | ConvertFrom-Json -AsHashtable
    }
    else { @{} }
}

function Write-Journal {
    param([hashtable] $Sent)
    # Whole or not at all: half a journal would forget.
    $half = "$Journal.$([guid]::NewGuid().ToString('N')).tmp"
    Set-Content -LiteralPath $half -Value ($Sent | ConvertTo-Json)
    Move-Item -LiteralPath $half -Destination $Journal -Force
}

function Add-Sent {
    param($Plan)
    $sent = Read-Journal
    $sent[$Plan.Id] = [DateTime]::UtcNow.ToString('o')
    Write-Journal $sent
}

function Remove-Sent {
    param($Plan)
    $sent = Read-Journal
    if ($sent.ContainsKey($Plan.Id)) {
        $sent.Remove($Plan.Id)
        Write-Journal $sent
    }
}

# When its start was sent, if nobody has seen it begin.
function Get-SentAt {
    param($Plan)
    $sent = (Read-Journal)[$Plan.Id]
    if ($sent) { ([DateTime]$sent).ToUniversalTime() }
}

function New-Outcome {
    param([int] $Number, $Plan, [string] $Result, [string] $Reason = '')
    [pscustomobject]@{ Wave = $Number; Plan = $Plan.Name; Result = $Result; Reason = $Reason }
}

# What is to be done with a plan as it is now: Arrived, Wait, Start, Unknown, or Stop with the reason.
function Get-Verdict {
    param($Plan)
    $runtime = Get-VroPlanRuntime -Id $Plan.Id -Connection $Connection
    if ($runtime.IsRunning -and $runtime.Mode -eq 'Enabled') {
        # A run takes the plan out of that mode; this is a check, or something else that passes.
        Write-Verbose "Plan '$($Plan.Name)' is $($runtime.StateName); waiting until that has passed."
        $null = Wait-VroPlan -Id $Plan.Id -Connection $Connection -ErrorAction SilentlyContinue
        $runtime = Get-VroPlanRuntime -Id $Plan.Id -Connection $Connection
    }
    # An enabled plan was not run since it was reset.
    $isReady = -not $runtime.IsRunning -and $runtime.Mode -eq 'Enabled'
    # Whatever it shows but readiness, it is no start of which nobody knows.
    if (-not $isReady) { Remove-Sent $Plan }
    if ($runtime.IsRunning) { return @{ Do = 'Wait' } }
    if (Test-Arrived $runtime) { return @{ Do = 'Arrived'; Reason = "since $($runtime.FinishTime)" } }
    if (-not $isReady) { return @{ Do = 'Stop'; Reason = "its state is $($runtime.State), its mode $($runtime.Mode)" } }
    $sentAt = Get-SentAt $Plan
    if (-not $sentAt) { return @{ Do = 'Start' } }
    if ($Plan.Name -in $Resend) { return @{ Do = 'Start' } }
    @{ Do = 'Unknown'; SentAt = $sentAt; Reason = "its start was sent at $($sentAt.ToString('u')) and was never seen to begin; when it certainly did not, -Resend '$($Plan.Name)' starts it" }
}

# Of a start that nobody knows of, what comes of it while it may still begin.
function Wait-Start {
    param($Plan, $Verdict)
    while ($Verdict.Do -eq 'Unknown' -and [DateTime]::UtcNow -lt $Verdict.SentAt.AddSeconds($StartGrace)) {
        Write-Verbose "Plan '$($Plan.Name)': its start was sent at $($Verdict.SentAt.ToString('u')); waiting whether it begins."
        Start-Sleep -Seconds ([math]::Min(5, $StartGrace))
        $Verdict = Get-Verdict $Plan
    }
    $Verdict
}

# The journal comes before the start: what this process does not survive, the next run knows.
function Start-Plan {
    param($Plan)
    $before = Get-SentAt $Plan
    Add-Sent $Plan
    $start = if ($Plan.Type -eq 'Restore') { 'Invoke-VroPlanRestore' } else { 'Invoke-VroPlanFailover' }
    try {
        & $start -Id $Plan.Id -NoChainedPlans -Connection $Connection -Confirm:$false
    }
    catch {
        if ($_.FullyQualifiedErrorId -like 'Vro.OutcomeUnknown,*' -or $_.FullyQualifiedErrorId -like 'Vro.ServerError,*') {
            Write-Warning "$($_.Exception.Message) Waiting whether it begins."
            return
        }
        # The server said no, or was never reached: nothing is on its way but what was before.
        if (-not $before) { Remove-Sent $Plan }
        throw
    }
}

function Wait-Wave {
    param([int] $Number, [object[]] $Plan)
    $wait = @{ Id = $Plan.Id; Connection = $Connection; ErrorAction = 'SilentlyContinue'; ErrorVariable = 'problems' }
    if ($Timeout) { $wait.Timeout = $Timeout }
    $ended = @(Wait-VroPlan @wait)
    foreach ($one in $Plan) {
        $end = $ended | Where-Object Id -EQ $one.Id | Select-Object -First 1
        $problem = $problems | Where-Object { "$($_.TargetObject)" -eq $one.Id -or $_.TargetObject.Id -eq $one.Id } | Select-Object -First 1
        if ($end -and (Test-Arrived $end)) {
            Remove-Sent $one
            New-Outcome $Number $one 'FailedOver' $end.ResultName
        }
        elseif ($end) {
            New-Outcome $Number $one 'Failed' "its state is $($end.State)"
        }
        elseif ($problem.FullyQualifiedErrorId -like 'Vro.Failed,*') {
            Remove-Sent $one
            New-Outcome $Number $one 'Halted' $problem.Exception.Message
        }
        else {
            New-Outcome $Number $one 'Unknown' "$($problem.Exception.Message)"
        }
    }
}

$simulator = $null
$code = 1
try {
    if (-not $Connection) {
        $simulator = Start-OrchestratorSimulator -Speed 60
        $Connection = 'datacenter'
        $null = Connect-Vro $simulator.Vro.Server -Credential $simulator.Vro.Credential -ServerCertificateThumbprint $simulator.CertificateThumbprint -NoProxy -Name $Connection -NotDefault
        $Wave = 'dc1-db, dc2-san', 'dc1-web, dc2-files'
        $Journal = Join-Path ([IO.Path]::GetTempPath()) "datacenter-$([guid]::NewGuid().ToString('N')).json"
    }
    if (-not $Wave) {
        throw '-Wave: no wave was given.'
    }

    # All of it is looked at before anything is begun: a wrong name in the last wave is found in the first minute.
    $all = @(Get-VroPlan -Connection $Connection)
    $waves = [Collections.Generic.List[object[]]]::new()
    foreach ($line in $Wave) {
        $plans = @(
            foreach ($name in $line.Split(',').Trim() | Where-Object { $_ }) {
                $found = @($all | Where-Object Name -EQ $name)
                if ($found.Count -ne 1) { throw "-Wave '$name': there are $($found.Count) plans of this name." }
                $found[0]
            }
        )
        if ($plans) { $waves.Add($plans) }
    }
    $twice = $waves | ForEach-Object { $_ } | Group-Object Id | Where-Object Count -GT 1 | ForEach-Object { $_.Group[0].Name }
    if ($twice) { throw "-Wave: named twice: $($twice -join ', ')." }

    $number = 0
    $stopped = $false
    foreach ($plans in $waves) {
        $number++
        if ($stopped) {
            foreach ($plan in $plans) { New-Outcome $number $plan 'NotBegun' 'an earlier wave did not arrive' }
            continue
        }

        $verdicts = @{}
        foreach ($plan in $plans) { $verdicts[$plan.Id] = Wait-Start $plan (Get-Verdict $plan) }
        foreach ($plan in $plans | Where-Object { $verdicts[$_.Id].Do -eq 'Arrived' }) { New-Outcome $number $plan 'Arrived' $verdicts[$plan.Id].Reason }
        $bad = @($plans | Where-Object { $verdicts[$_.Id].Do -in 'Stop', 'Unknown' })
        if ($bad) {
            $stopped = $true
            foreach ($plan in $plans) {
                switch ($verdicts[$plan.Id].Do) {
                    'Stop' { New-Outcome $number $plan 'NotReady' $verdicts[$plan.Id].Reason; $code = [math]::Max($code, 2) }
                    'Unknown' { New-Outcome $number $plan 'Unknown' $verdicts[$plan.Id].Reason; $code = 3 }
                    'Start' { New-Outcome $number $plan 'NotBegun' 'another plan of its wave cannot start' }
                    'Wait' { New-Outcome $number $plan 'Running' 'it runs, and goes on' }
                }
            }
            continue
        }

        $start = @($plans | Where-Object { $verdicts[$_.Id].Do -eq 'Start' })
        if ($start -and -not $PSCmdlet.ShouldProcess("plans $(($start | ForEach-Object { "'$($_.Name)'" }) -join ', ')", "Fail over (wave $number)")) {
            $stopped = $true
            foreach ($plan in $start) { New-Outcome $number $plan 'NotBegun' 'nobody said yes' }
            continue
        }

        # The question may have stood for an hour: who answered it knows the plans as they were.
        $begun = @($plans | Where-Object { $verdicts[$_.Id].Do -eq 'Wait' })
        foreach ($plan in $start) {
            if ((Get-Verdict $plan).Do -eq 'Start') {
                try {
                    Start-Plan $plan
                }
                catch {
                    $stopped = $true
                    $code = 2
                    New-Outcome $number $plan 'Failed' $_.Exception.Message
                    # What was begun before is waited for; nothing more is begun.
                    break
                }
            }
            $begun += $plan
        }
        if ($begun) {
            $outcomes = @(Wait-Wave $number $begun)
            $outcomes
            if ($outcomes.Result -contains 'Unknown') { $stopped = $true; $code = 3 }
            elseif ($outcomes.Result -ne 'FailedOver') { $stopped = $true; $code = [math]::Max($code, 2) }
        }
        foreach ($plan in $start | Where-Object { $_ -notin $begun } | Select-Object -Skip 1) { New-Outcome $number $plan 'NotBegun' 'another plan of its wave could not be started' }
    }
    if (-not $stopped) { $code = 0 }
}
catch {
    Write-Error $_ -ErrorAction Continue
}
finally {
    if ($simulator) {
        Disconnect-Vro $Connection -WarningAction SilentlyContinue -ErrorAction SilentlyContinue
        Stop-OrchestratorSimulator $simulator
        Remove-Item -LiteralPath $Journal -ErrorAction Ignore
    }
}
exit $code
