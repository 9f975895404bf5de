# Runs the examples of one help page, one after the other, as a user would at a prompt after the prelude of about_OrchestratorTools. Called by Help.Tests.ps1, in a
# process of its own. What the examples print goes to standard output, between marks: also what only a host shows (-WhatIf, warnings, verbose lines).
param(
    [Parameter(Mandatory)] [string] $Module,
    [Parameter(Mandatory)] [string] $Prelude,

    # JSON: a list of the examples' code.
    [Parameter(Mandatory)] [string] $Examples,

    # Stands at the beginning of every mark.
    [Parameter(Mandatory)] [string] $Mark
)
$ErrorActionPreference = 'Stop'
$ConfirmPreference = 'None'
$ProgressPreference = 'SilentlyContinue'
$PSStyle.OutputRendering = 'PlainText'

# The simulator is on this machine; a proxy of the machine's has nothing to do with it.
Get-ChildItem env: | Where-Object Name -Like '*_proxy' | Remove-Item

# The examples use names of their own: what this script holds must not be among them.
$__run = @{ Mark = $Mark; Number = 0; Codes = @(Get-Content -Raw -LiteralPath $Examples | ConvertFrom-Json) }
$__folder = New-Item -ItemType Directory (Join-Path ([IO.Path]::GetTempPath()) "orchestratortools-example-$([guid]::NewGuid())")
Set-Location $__folder
try {
    try {
        Import-Module $Module
        . ([scriptblock]::Create((Get-Content -Raw -LiteralPath $Prelude)))
    }
    catch {
        "$($__run.Mark) failed prelude: $_"
        exit 1
    }

    foreach ($__code in $__run.Codes) {
        $__run.Number++
        "$($__run.Mark) example $($__run.Number)"
        try {
            . ([scriptblock]::Create($__code)) 2>&1 | Out-String -Width 120 -Stream
            "$($__run.Mark) done $($__run.Number)"
        }
        catch {
            "$($__run.Mark) failed $($__run.Number): $($_.FullyQualifiedErrorId): $_ (line $($_.InvocationInfo.ScriptLineNumber))"
        }
    }
}
finally {
    Set-Location ([IO.Path]::GetTempPath())

    # What reached the simulated Orchestrators, by its names only: Help.Tests.ps1 proves that all of it stands in the operation tables.
    foreach ($__server in Get-Variable | ForEach-Object Value | Where-Object { $_ -is [OrchestratorTools.OrchestratorSimulator] -and $_.IsRunning } | Sort-Object Id -Unique) {
        foreach ($__request in Get-OrchestratorSimulatorRequest -Simulator $__server -Path '/portal/rest/*', '/api/sdwan/v2/*') {
            $__names = if ($__request.Path -like '/portal/*' -and $__request.Body) { (ConvertFrom-Json $__request.Body -AsHashtable).Keys } else { [regex]::Matches("$($__request.Query)", '[?&]([^=&]+)=') | ForEach-Object { [uri]::UnescapeDataString($_.Groups[1].Value) } }
            "$($__run.Mark) request $(ConvertTo-Json -Compress -InputObject @{ Method = $__request.Method; Path = $__request.Path; Names = @($__names); Status = $__request.Status })"
        }
    }
    Get-OrchestratorConnection | ForEach-Object { & "Disconnect-$($_.System)" $_ -WarningAction Ignore -WhatIf:$false }
    Stop-OrchestratorSimulator -WhatIf:$false
    Remove-Item $__folder -Recurse -Force
}
