# Runs the Pester files and writes the counts as JSON. Called by build.ps1, in a process of its own. Each file is run in a process of its own, some at a time: most of their time is waiting.
param(
    [Parameter(Mandatory)] [string] $PesterPath,
    [Parameter(Mandatory)] [string] $Summary,
    [string] $Only = '',

    # Runs this one file, here.
    [string] $File = '',

    [int] $ThrottleLimit = [Math]::Min(4, [Environment]::ProcessorCount + 1)
)
$ErrorActionPreference = 'Stop'

if ($File) {
    Import-Module $PesterPath
    $configuration = New-PesterConfiguration
    $configuration.Run.Path = $File
    $configuration.Run.PassThru = $true
    $configuration.Output.Verbosity = 'Normal'
    $configuration.Output.CIFormat = 'None'
    $result = Invoke-Pester -Configuration $configuration
    foreach ($skipped in $result.Skipped) {
        Write-Host "Skipped: $($skipped.ExpandedPath)$(if ($skipped.ErrorRecord) { " ($($skipped.ErrorRecord[0].Exception.Message))" })"
    }
    # A file or block that fails before its tests counts as one failure each: otherwise it would look like nothing.
    $broken = @($result.FailedBlocks).Count + @($result.FailedContainers).Count
    [pscustomobject]@{ Passed = $result.PassedCount; Failed = $result.FailedCount + $broken; Skipped = $result.SkippedCount + $result.NotRunCount } | ConvertTo-Json | Set-Content -LiteralPath $Summary
    return
}

# Hundreds of processes that live for seconds: measuring what would be worth optimizing takes a fifth of their time and comes to nothing.
$env:DOTNET_TieredPGO = '0'

$counts = [pscustomobject]@{ Passed = 0; Failed = 0; Skipped = 0 }
$results = New-Item -ItemType Directory -Force (Join-Path (Split-Path $Summary) 'Pester')
Remove-Item (Join-Path $results '*')
# The longest first, as far as a file's length tells; the help has all its examples elsewhere.
$waiting = [Collections.Generic.Queue[object]]::new(@(Get-ChildItem $PSScriptRoot -Filter '*.Tests.ps1' | Where-Object Name -Like "*$Only*" | Sort-Object { $_.Name -ne 'Help.Tests.ps1' }, { -$_.Length }))
$longest = [timespan]::FromMinutes(20)
$running = [Collections.Generic.List[object]]::new()
$begun = [Diagnostics.Stopwatch]::StartNew()
try {
    while ($waiting.Count -or $running.Count) {
        while ($waiting.Count -and $running.Count -lt $ThrottleLimit) {
            $next = $waiting.Dequeue()
            $run = [pscustomobject]@{ Name = $next.Name; Log = Join-Path $results "$($next.BaseName).log"; Summary = Join-Path $results "$($next.BaseName).json"; Process = $null; Since = [Diagnostics.Stopwatch]::StartNew() }
            $arguments = '-NoProfile', '-NonInteractive', '-File', "`"$PSCommandPath`"", '-PesterPath', "`"$PesterPath`"", '-Summary', "`"$($run.Summary)`"", '-File', "`"$($next.FullName)`""
            $run.Process = Start-Process ([Environment]::ProcessPath) $arguments -NoNewWindow -PassThru -RedirectStandardOutput $run.Log -RedirectStandardError "$($run.Log).err"
            # Without its handle taken now, an ended process does not tell its exit code.
            $null = $run.Process.Handle
            $running.Add($run)
        }
        Start-Sleep -Milliseconds 100
        foreach ($run in @($running | Where-Object { $_.Process.HasExited -or $_.Since.Elapsed -gt $longest })) {
            $null = $running.Remove($run)
            if (-not $run.Process.HasExited) {
                $run.Process.Kill($true)
                Write-Host "[-] $($run.Name): ended after $($longest.TotalMinutes) minutes."
            }
            Get-Content -LiteralPath $run.Log, "$($run.Log).err" | ForEach-Object { $_ -replace '\x1b\[[0-9;]*m' } | Where-Object { $_ -and $_ -notmatch '^(Starting discovery|Discovery found|Running tests|Tests completed|Tests Passed|What if: )' } | Out-Host
            $told = if (Test-Path -LiteralPath $run.Summary) { Get-Content -Raw -LiteralPath $run.Summary | ConvertFrom-Json }
            if ($told) {
                $counts.Passed += $told.Passed
                $counts.Failed += $told.Failed
                $counts.Skipped += $told.Skipped
            }
            else {
                Write-Host "[-] $($run.Name): it came to no end of its own (exit code $($run.Process.ExitCode))."
                $counts.Failed++
            }
        }
    }
}
finally {
    foreach ($run in $running) {
        if (-not $run.Process.HasExited) {
            $run.Process.Kill($true)
        }
    }
}
Write-Host ('Pester: {0:0} s, up to {1} files at a time.' -f $begun.Elapsed.TotalSeconds, $ThrottleLimit)
$counts | ConvertTo-Json | Set-Content -LiteralPath $Summary
