#!/usr/bin/env pwsh
<#
.SYNOPSIS
    Fails over from one VeloCloud Orchestrator to its standby, and makes a pair of the two again.
.DESCRIPTION
    Looks at both Orchestrators first. With -Planned both must replicate without problems: the standby is promoted by force, which demotes the active. Without it the active must not answer, several times
    in a row, and the standby must have noticed: then the standby is promoted. An active that answers ends the script before anything is sent; two Orchestrators that serve edges are worse than none.

    With -Rejoin the former active is demoted when it answers again (for so long the script waits), prepared as a standby and paired, the other way round.

    A request is never sent twice. Where its answer is lost, the script waits to see what became of it. Everything it puts out are objects, one a step.

    Without -Active and -Standby a simulator plays two Orchestrators that are a pair, so that the script shows what it does with nothing at hand.
.EXAMPLE
    pwsh ./examples/Orchestrator-Failover.ps1 -Planned -Rejoin -Confirm:$false
.EXAMPLE
    Connect-VeloCloud vco-a.example.com -Credential $operator -Operator -Name vco-a
    Connect-VeloCloud vco-b.example.com -Credential $operator -Operator -Name vco-b
    ./Orchestrator-Failover.ps1 -Active vco-a -Standby vco-b -Credential $operator -Rejoin
#>
[CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')]
param(
    # The connection to the present active. Without it and -Standby: a simulator.
    [string] $Active,

    # The connection to its standby.
    [string] $Standby,

    # Both are well: change their places.
    [switch] $Planned,

    # Makes a pair of the two again afterwards.
    [switch] $Rejoin,

    # With -Rejoin: an operator's account that both know.
    [pscredential] $Credential,

    # How often the active must not have answered, and how many seconds lie between.
    [ValidateRange(1, 100)]
    [int] $Attempt = 3,

    [ValidateRange(0, 3600)]
    [int] $PauseSeconds = 10,

    # How long each step may take, and how long the former active may stay away, in seconds.
    [ValidateRange(1, 2592000)]
    [int] $Timeout = 7200,

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
if ([bool]$Active -ne [bool]$Standby) {
    throw 'Name both connections, -Active and -Standby, or neither for a simulator.'
}

# What one of the two says; nothing where it does not answer.
function Get-Box {
    param([string] $Connection)
    try {
        Get-VeloCloudReplication -Connection $Connection
    }
    catch {
        if ($_.FullyQualifiedErrorId -notmatch '^VeloCloud\.(Unreachable|Timeout|Protocol|ServerError),') {
            throw
        }
    }
}

function Format-Step {
    param([string] $Step, $Status)
    foreach ($one in $Status) {
        [pscustomobject]@{ Step = $Step; Connection = $one.Connection; Role = $one.Role; State = $one.State }
    }
}

# Does something once. Where its answer is lost nothing is sent again: the wait finds out.
function Invoke-Once {
    param([scriptblock] $Do, [string] $Goal, [string] $Connection)
    try {
        & $Do
    }
    catch {
        if ($_.FullyQualifiedErrorId -notlike 'VeloCloud.OutcomeUnknown,*') {
            throw
        }
        Write-Warning "$_"
        Wait-VeloCloudReplication $Goal -Connection $Connection -Timeout $Timeout
    }
}

$simulator = $null
try {
    if (-not $Active) {
        $simulator = Start-OrchestratorSimulator -Speed 20 -WhatIf:$false
        $Active, $Standby, $Credential = 'drill-active', 'drill-standby', $simulator.VeloCloudStandby.Credential
        $how = @{ Credential = $Credential; Operator = $true; ServerCertificateThumbprint = $simulator.CertificateThumbprint; NoProxy = $true; NotDefault = $true }
        $null = Connect-VeloCloud $simulator.VeloCloud.Server -Name $Active @how
        $null = Connect-VeloCloud $simulator.VeloCloudStandby.Server -Name $Standby @how
        $null = Initialize-VeloCloudStandby -Connection $Standby -Wait -Confirm:$false -WhatIf:$false
        $null = Enable-VeloCloudReplication -Connection $Active -StandbyConnection $Standby -Credential $Credential -Wait -Confirm:$false -WhatIf:$false
    }
    if ($Rejoin -and -not $Credential) {
        throw '-Rejoin needs -Credential, an operator''s account that both Orchestrators know.'
    }

    $here = Get-VeloCloudReplication -Connection $Standby
    $there = Get-Box $Active
    Format-Step 'Found' @($there, $here | Where-Object { $_ })

    if ($Planned) {
        if (-not $there -or $there.State -ne 'STANDBY_RUNNING' -or $here.State -ne 'STANDBY_RUNNING') {
            throw "A planned failover needs two that replicate: the active is $(if ($there) { $there } else { 'not there' }), the standby is $here."
        }
    }
    else {
        for ($i = 1; $i -lt $Attempt -and -not $there; $i++) {
            Start-Sleep -Seconds $PauseSeconds
            $there = Get-Box $Active
        }
        if ($there) {
            throw "The active answers ($there). Nothing was sent. To change the places of two that are well: -Planned."
        }
        $here = Get-VeloCloudReplication -Connection $Standby
        if (-not $here.HasFailed) {
            throw "The active does not answer here, but its standby hears it ($here). Nothing was sent: look at the network between this machine and the active."
        }
    }

    if (-not $PSCmdlet.ShouldProcess("standby '$Standby' ($here)", "Fail over from '$Active' ($(if ($there) { $there } else { 'does not answer' }))")) {
        return
    }
    # The question has been asked.
    $ConfirmPreference = 'None'
    $peer = if ($there) { @{ ActiveConnection = $Active } } else { @{} }
    Format-Step 'Failed over' @(Invoke-Once { Invoke-VeloCloudFailover -Connection $Standby @peer -Force:$Planned -Wait -Timeout $Timeout } Promoted $Standby)
    if (-not $Rejoin) {
        return
    }

    $end = [datetime]::UtcNow.AddSeconds($Timeout)
    while (-not ($there = Get-Box $Active)) {
        if ([datetime]::UtcNow -gt $end) {
            throw "'$Active' did not come back within $Timeout s. When it does, it must be demoted: Invoke-VeloCloudDemotion -Connection $Active -StandbyConnection $Standby"
        }
        Write-Verbose "'$Active' does not answer yet; it is waited for."
        Start-Sleep -Seconds $PauseSeconds
    }
    if ($there.Role -ne 'ZOMBIE') {
        Format-Step 'Demoted' @(Invoke-Once { Invoke-VeloCloudDemotion -Connection $Active -StandbyConnection $Standby -Wait -Timeout $Timeout } Demoted $Active)
    }
    Format-Step 'Prepared' @(Invoke-Once { Initialize-VeloCloudStandby -Connection $Active -Wait -Timeout $Timeout } Candidate $Active)
    Format-Step 'Paired' @(Invoke-Once { Enable-VeloCloudReplication -Connection $Standby -StandbyConnection $Active -Credential $Credential -Wait -Timeout $Timeout } Paired $Standby)
}
finally {
    if ($simulator) {
        Disconnect-VeloCloud drill-active, drill-standby -WhatIf:$false -Confirm:$false -WarningAction SilentlyContinue -ErrorAction SilentlyContinue
        Stop-OrchestratorSimulator $simulator -WhatIf:$false -Confirm:$false
    }
}
