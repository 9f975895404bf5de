#!/usr/bin/env pwsh
<#
.SYNOPSIS
    A tour of OrchestratorTools against the simulator: three servers, their main jobs, in under a minute.
.DESCRIPTION
    Starts a simulator of the three servers, connects to all of them, lists the edges that are down, uploads an ISO image, fails a recovery plan over and waits for it,
    shows the connections and logs out. Nothing outside this machine is touched; everything ends with the script.
.EXAMPLE
    ./build.sh demo
.EXAMPLE
    pwsh ./examples/Tour.ps1
#>
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseDeclaredVarsMoreThanAssignments', '', Justification = 'The steps run in the scope of the script.')]
[CmdletBinding()]
param(
    # The module; default: the one that was built beside this script, else the installed one.
    [string] $Module,

    # The size of the image that is uploaded, in MiB.
    [ValidateRange(1, 100000)]
    [int] $SizeMB = 512
)

$ErrorActionPreference = 'Stop'
if (-not $Module) {
    $built = Join-Path $PSScriptRoot '..' 'out' 'OrchestratorTools' 'OrchestratorTools.psd1'
    $Module = if (Test-Path $built) { $built } else { 'OrchestratorTools' }
}
Import-Module $Module

# Says what comes next, as a user would type it, and runs it.
function Step {
    param([string] $Title, [scriptblock] $Script)
    Write-Host ''
    Write-Host "# $Title" -ForegroundColor DarkGray
    foreach ($line in $Script.ToString().Trim() -split "`r?`n") {
        Write-Host "PS> $($line.Trim())" -ForegroundColor Cyan
    }
    # As wide as the views are made for, also where no terminal says how wide it is.
    . $Script | Out-String -Width 120 | Write-Host -NoNewline
}

$image = Join-Path ([IO.Path]::GetTempPath()) "tour-$([guid]::NewGuid().ToString('N').Substring(0, 8)).iso"
$simulator = $null
$watch = [Diagnostics.Stopwatch]::StartNew()
try {
    Step 'Three servers on this machine: a VeloCloud Orchestrator, a vCloud Director, a Veeam Recovery Orchestrator' {
        Start-OrchestratorSimulator -Speed 20 -OutVariable script:started
    }
    $simulator = $started[0]
    $velo = $simulator.VeloCloud
    $vcd = $simulator.Vcd
    $vro = $simulator.Vro

    Step 'Connect to each; their certificates are self-signed, so they are pinned' {
        Connect-VeloCloud $velo.Server -Credential $velo.Credential -ServerCertificateThumbprint $velo.CertificateThumbprint -Name branch
        Connect-Vcd $vcd.Server -Organization $vcd.Organization -Credential $vcd.Credential -ServerCertificateThumbprint $vcd.CertificateThumbprint -Name cloud
        Connect-Vro $vro.Server -ClientId $vro.ClientId -ClientSecret $vro.ClientSecret -ServerCertificateThumbprint $vro.CertificateThumbprint -Name recovery
    }

    Step 'Which edges are down, and since when?' {
        Get-VeloCloudEnterprise | Get-VeloCloudEdge -State Offline | Select-Object Name, State, LastContact
    }

    $stream = [IO.File]::Create($image)
    $stream.SetLength($SizeMB * 1MB)
    $stream.Dispose()
    Step "Upload an ISO image of $SizeMB MiB; a dropped connection would not hurt" {
        Send-VcdMedia $image -Catalog iso -Name tour.iso -Description 'Uploaded by the tour' -Wait
    }

    Step 'Fail a recovery plan over, and wait until it is done' {
        Get-VroPlan dc1-web | Invoke-VroPlanFailover -Wait -Confirm:$false
    }

    Step 'What is connected?' {
        Get-OrchestratorConnection
    }

    Step 'Log out everywhere' {
        Disconnect-VeloCloud branch
        Disconnect-Vcd cloud
        Disconnect-Vro recovery
        Get-OrchestratorConnection
    }
    Write-Host ''
    Write-Host ('The tour took {0:0} seconds.' -f $watch.Elapsed.TotalSeconds)
}
finally {
    Remove-Item -LiteralPath $image -Force -ErrorAction Ignore
    if ($simulator) {
        Stop-OrchestratorSimulator $simulator
    }
}
