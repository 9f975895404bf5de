# Dot-sourced by the Pester files that answer the questions of cmdlets, stop them, or run several at once.
. $PSScriptRoot/RecordingHost.ps1

# Prepares a plan (docs/simulator.md).
function Set-Plan {
    param([string] $Name, [hashtable] $As)
    $As.name = $Name
    Invoke-SimulatorCommand $simulator systems/vro/plan $As | Out-Null
}
