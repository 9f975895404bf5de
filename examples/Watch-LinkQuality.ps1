#!/usr/bin/env pwsh
<#
.SYNOPSIS
    Watches the WAN links of edges, and says when one gets worse and when it is well again.
.DESCRIPTION
    Looks at the state of the links of an enterprise and at their quality for voice, video and other traffic, again and again. One object for each change:

    Bad        a link that is not stable, or whose score over the last -Minutes is below -BelowScore for at least one kind of traffic
    Well       a link that was bad in the round before, and is not any more
    Gone       a link that was bad in the round before, and is not listed any more

    The first round says what is bad at the moment. Each round takes one request for the states, and one or two for each edge. Statistics are seen up to ten minutes late: looking more often than every five minutes shows
    nothing new. It ends after -Count rounds; without -Count it goes on until it is stopped.

    Only reads. Without -Connection a simulator is started, in which a link goes down between two rounds, so that the script shows what it does with nothing at hand.
.EXAMPLE
    pwsh ./examples/Watch-LinkQuality.ps1 | Format-Table
.EXAMPLE
    ./Watch-LinkQuality.ps1 -Connection network -Enterprise Acme -Edge branch-* -BelowScore 7 -Csv links.csv
.EXAMPLE
    ./Watch-LinkQuality.ps1 -Connection network -Enterprise Acme -Count 12 | ForEach-Object { Send-MyMessage "$($_.Edge) $($_.Link): $($_.Finding) $($_.Reason)" }
#>
[CmdletBinding()]
param(
    # The connection to ask. Without it: a simulator.
    [string] $Connection,

    # The enterprise; a customer's account needs none.
    [string] $Enterprise,

    # The edges: names, wildcards.
    [SupportsWildcards()]
    [string[]] $Edge = '*',

    # Scores below this are bad: 10 is the best.
    [ValidateRange(0, 10)]
    [double] $BelowScore = 8,

    # How long the scores are averaged, in minutes.
    [ValidateRange(5, 1440)]
    [int] $Minutes = 30,

    # From one round to the next, in seconds.
    [ValidateRange(0, 86400)]
    [int] $IntervalSeconds = 300,

    # How many rounds; 0: until it is stopped.
    [ValidateRange(0, 1000000)]
    [int] $Count,

    # Writes the changes to this file as well, behind what is there.
    [string] $Csv,

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

# The links as they are, with why they are bad.
function Get-LinkHealth {
    $status = @(Get-VeloCloudLinkStatus @scope | Where-Object { $name = $_.EdgeName; $Edge | Where-Object { $name -like $_ } })
    $end = [DateTimeOffset]::UtcNow.AddMinutes(-10)
    $interval = @{ Start = $end.AddMinutes(-$Minutes); End = $end }
    # An edge whose quality cannot be read does not end the watch.
    $scores = @{}
    $status | Sort-Object EdgeId -Unique | Get-VeloCloudMetric Quality @interval -ErrorAction Continue | Where-Object Id | ForEach-Object { $scores[$_.Id] = $_ }
    foreach ($link in $status) {
        $score = $scores[$link.LinkId]
        $reasons = @(
            if ($link.State -notin 'STABLE', 'STANDBY') { "state $($link.State)" }
            foreach ($kind in 'Voice', 'Video', 'Transactional') {
                $value = $score."${kind}Score"
                if ($null -ne $value -and $value -lt $BelowScore) { "$kind $value" }
            }
        )
        [pscustomobject]@{
            Key           = $link.LinkId
            Edge          = $link.EdgeName
            Link          = $link.Name
            Interface     = $link.Interface
            State         = $link.State
            Voice         = $score.VoiceScore
            Video         = $score.VideoScore
            Transactional = $score.TransactionalScore
            Reason        = $reasons -join ', '
        }
    }
}

# Writes what changed since the round before.
function Write-Change {
    param($Link, [string] $Finding, [string] $Reason)
    $change = $Link | Select-Object @{ Name = 'Time'; Expression = { [DateTimeOffset]::UtcNow } }, @{ Name = 'Finding'; Expression = { $Finding } }, Edge, Link, Interface, State, Voice, Video, Transactional, @{ Name = 'Reason'; Expression = { $Reason } }
    if ($Csv) {
        # Times as every program reads them.
        $change | Select-Object @{ Name = 'Time'; Expression = { $_.Time.ToString('o') } }, * -ExcludeProperty Time | Export-Csv -LiteralPath $Csv -Append
    }
    $change
}

$simulator = $null
try {
    if (-not $Connection) {
        $simulator = Start-OrchestratorSimulator -EdgeCount 12
        $Connection = 'links'
        $null = Connect-VeloCloud $simulator.VeloCloud.Server -Credential $simulator.VeloCloud.Credential -ServerCertificateThumbprint $simulator.CertificateThumbprint -NoProxy -Name $Connection -NotDefault
        if (-not $PSBoundParameters.ContainsKey('Count')) { $Count = 3 }
        if (-not $PSBoundParameters.ContainsKey('IntervalSeconds')) { $IntervalSeconds = 1 }
    }

    $scope = @{ Connection = $Connection }
    if ($Enterprise) { $scope.Enterprise = $Enterprise }
    $bad = @{}
    for ($round = 1; ; $round++) {
        $links = @(Get-LinkHealth)
        $seen = @{}
        foreach ($link in $links) {
            $seen[$link.Key] = $true
            if ($link.Reason) {
                if (-not $bad.ContainsKey($link.Key)) { Write-Change $link 'Bad' $link.Reason }
                $bad[$link.Key] = $link
            }
            elseif ($bad.ContainsKey($link.Key)) {
                Write-Change $link 'Well' "was: $($bad[$link.Key].Reason)"
                $bad.Remove($link.Key)
            }
        }
        foreach ($key in @($bad.Keys | Where-Object { -not $seen.ContainsKey($_) })) {
            Write-Change $bad[$key] 'Gone' "was: $($bad[$key].Reason)"
            $bad.Remove($key)
        }
        Write-Verbose "Round ${round}: $($links.Count) links, $($bad.Count) of them bad."
        if ($Count -and $round -ge $Count) { break }
        if ($simulator) {
            # Something to see: the second link of the first edge goes down, and comes back a round later.
            $edgeState = if ($round % 2) { 'DEGRADED' } else { 'CONNECTED' }
            $command = @{
                Method      = 'Post'
                Uri         = "$($simulator.ControlServer)systems/veloCloud/edge"
                Headers     = @{ 'X-Control-Token' = (ConvertFrom-SecureString $simulator.ControlToken -AsPlainText) }
                ContentType = 'application/json'
                Body        = (ConvertTo-Json @{ name = $links[0].Edge; edgeState = $edgeState })
                NoProxy     = $true
            }
            $null = Invoke-RestMethod @command
        }
        Start-Sleep -Seconds $IntervalSeconds
    }
}
finally {
    if ($simulator) {
        Disconnect-VeloCloud $Connection -WarningAction SilentlyContinue -ErrorAction SilentlyContinue
        Stop-OrchestratorSimulator $simulator
    }
}
