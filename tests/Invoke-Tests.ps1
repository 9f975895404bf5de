# Runs the Pester files and writes the counts as JSON. Called by build.ps1, in a process of its own.
param(
    [Parameter(Mandatory)] [string] $PesterPath,
    [Parameter(Mandatory)] [string] $Summary,
    [string] $Only = ''
)
$ErrorActionPreference = 'Stop'
Import-Module $PesterPath
$files = Get-ChildItem $PSScriptRoot -Filter '*.Tests.ps1' | Where-Object Name -Like "*$Only*"
if (-not $files) {
    Set-Content -LiteralPath $Summary -Value '{"Passed":0,"Failed":0,"Skipped":0}'
    return
}
$configuration = New-PesterConfiguration
$configuration.Run.Path = $files.FullName
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
