#!/usr/bin/env pwsh
<#
.SYNOPSIS
    Backs up the configuration of VeloCloud enterprises: a dated folder for each run, the newest of them kept.
.DESCRIPTION
    Writes all profiles and edges of each enterprise into <Path>/<enterprise>/<date> (Export-VeloCloudConfiguration), and removes the oldest backups beyond -Keep. One object for each enterprise:

    Saved      a new backup is there; Changed names the files that differ from the one before
    Unchanged  with -OnlyChanged: nothing differs from the backup before, and no new one is kept
    Failed     no new backup; Reason says why, and none of the old ones was removed

    The exit code is 0 where all enterprises were backed up, else 1: a scheduler sees it. Restoring: Import-VeloCloudConfiguration with a folder of this. Secrets are not in it.

    Without -Connection a simulator is started and backed up, so that the script shows what it does with nothing at hand.
.EXAMPLE
    pwsh ./examples/Backup-Configuration.ps1 -Path ./backups
.EXAMPLE
    ./Backup-Configuration.ps1 -Path /srv/backups -Connection vco -Enterprise * -Keep 60 -OnlyChanged
#>
[CmdletBinding()]
param(
    # The folder that holds the backups.
    [Parameter(Mandatory)]
    [string] $Path,

    # The enterprises: names, wildcards. Customers' accounts have one.
    [SupportsWildcards()]
    [string[]] $Enterprise = '*',

    # The connection to ask. Without it: a simulator.
    [string] $Connection,

    # How many backups of an enterprise are kept.
    [ValidateRange(1, 100000)]
    [int] $Keep = 30,

    # Keeps no backup that is the same as the one before.
    [switch] $OnlyChanged,

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

# The backups of a folder, oldest first: only what this script wrote.
function Get-Backup {
    param([string] $Folder)
    if (Test-Path -LiteralPath $Folder) {
        Get-ChildItem -LiteralPath $Folder -Directory | Where-Object { $_.Name -match '^\d{4}-\d\d-\d\d_\d{6}(-\d+)?$' -and (Test-Path -LiteralPath (Join-Path $_.FullName manifest.json)) } | Sort-Object Name
    }
}

# What a backup holds: file and digest. The manifest says both, and is one of the files itself.
function Get-BackupDigest {
    param([string] $Folder)
    $digest = @{ 'manifest.json' = (Get-FileHash -LiteralPath (Join-Path $Folder manifest.json)).Hash }
    foreach ($module in (Get-Content -Raw -LiteralPath (Join-Path $Folder manifest.json) | ConvertFrom-Json).configurations.modules) {
        $digest[$module.file] = $module.sha256
    }
    $digest
}

# The files that differ between two backups.
function Compare-Backup {
    param([string] $Before, [string] $After)
    $old = Get-BackupDigest $Before
    $new = Get-BackupDigest $After
    @($old.Keys) + @($new.Keys) | Sort-Object -Unique | Where-Object { $old[$_] -ne $new[$_] }
}

# Backs one enterprise up.
function Save-Enterprise {
    param($Of)
    $safe = ($Of.Name -replace '[^\p{L}\p{N} ._-]', '_').Trim(' .')
    $folder = Join-Path $Path "$($Of.Id) $safe"
    $before = Get-Backup $folder | Select-Object -Last 1
    $stamp = [DateTime]::UtcNow.ToString('yyyy-MM-dd_HHmmss', [cultureinfo]::InvariantCulture)
    $target = Join-Path $folder $stamp
    for ($i = 1; Test-Path -LiteralPath $target; $i++) {
        $target = Join-Path $folder "$stamp-$i"
    }

    $result = [pscustomobject]@{ Enterprise = $Of.Name; Result = 'Saved'; Folder = $target; Modules = 0; Changed = @(); Removed = @(); Reason = $null }
    try {
        $written = $Of | Export-VeloCloudConfiguration $target
        $result.Modules = $written.ModuleCount
        if ($before) {
            $result.Changed = @(Compare-Backup $before.FullName $target)
            if ($OnlyChanged -and -not $result.Changed) {
                Remove-Item -LiteralPath $target -Recurse -Force
                $result.Result = 'Unchanged'
                $result.Folder = $before.FullName
            }
        }
        $result.Removed = @(
            foreach ($old in Get-Backup $folder | Select-Object -SkipLast $Keep) {
                Remove-Item -LiteralPath $old.FullName -Recurse -Force
                $old.Name
            }
        )
    }
    catch {
        $result.Result = 'Failed'
        $result.Folder = $null
        $result.Reason = "$_"
    }
    $result
}

$simulator = $null
$failed = $true
try {
    if (-not $Connection) {
        $simulator = Start-OrchestratorSimulator
        $Connection = 'backup'
        $null = Connect-VeloCloud $simulator.VeloCloud.Server -Credential $simulator.VeloCloud.Credential -ServerCertificateThumbprint $simulator.CertificateThumbprint -NoProxy -Name $Connection -NotDefault
    }

    $Path = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Path)
    $results = @(Get-VeloCloudEnterprise $Enterprise -Connection $Connection | ForEach-Object { Save-Enterprise $_ })
    $results
    $failed = -not $results -or $results.Result -contains 'Failed'
}
finally {
    if ($simulator) {
        Disconnect-VeloCloud $Connection -WarningAction SilentlyContinue -ErrorAction SilentlyContinue
        Stop-OrchestratorSimulator $simulator
    }
}
exit [int]$failed
