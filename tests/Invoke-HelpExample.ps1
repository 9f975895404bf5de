# Runs the examples of help pages as a user would at a prompt after the prelude of about_OrchestratorTools, page after page: each with a simulator and names of its own. Called by Help.Tests.ps1, in a
# process of its own. What the examples print goes to standard output, between marks: also what only a host shows (-WhatIf, warnings, verbose lines).
param(
    [Parameter(Mandatory)] [string] $Module,
    [Parameter(Mandatory)] [string] $Prelude,

    # JSON: a list of pages, each with its Name and the Codes of its examples.
    [Parameter(Mandatory)] [string] $Pages,

    # Stands at the beginning of every mark.
    [Parameter(Mandatory)] [string] $Mark
)
$ErrorActionPreference = 'Stop'
$ConfirmPreference = 'None'
$ProgressPreference = 'SilentlyContinue'
$PSStyle.OutputRendering = 'PlainText'

# The simulator is on this machine; a proxy of the machine's has nothing to do with it.
Get-ChildItem env: | Where-Object Name -Like '*_proxy' | Remove-Item

# One page, in a scope of its own. The examples use names of their own: what this script holds must not be among them.
function Invoke-Page {
    param($__page, $__mark, $__prelude)
    "$__mark page $($__page.Name)"
    $__number = 0
    $__folder = New-Item -ItemType Directory (Join-Path ([IO.Path]::GetTempPath()) "orchestratortools-example-$([guid]::NewGuid())")
    Set-Location $__folder
    try {
        try {
            . ([scriptblock]::Create($__prelude))
        }
        catch {
            "$__mark failed prelude: $_"
            return
        }

        foreach ($__code in $__page.Codes) {
            $__number++
            "$__mark example $__number"
            try {
                . ([scriptblock]::Create($__code)) 2>&1 | Out-String -Width 120 -Stream
                "$__mark done $__number"
            }
            catch {
                "$__mark failed ${__number}: $($_.FullyQualifiedErrorId): $_ (line $($_.InvocationInfo.ScriptLineNumber))"
            }
        }
    }
    finally {
        Set-Location ([IO.Path]::GetTempPath())

        # What reached the simulated Orchestrators, by its names only: Help.Tests.ps1 proves that all of it stands in the operation tables.
        foreach ($__server in Get-Variable | ForEach-Object Value | Where-Object { $_ -is [OrchestratorTools.OrchestratorSimulator] -and $_.IsRunning } | Sort-Object Id -Unique) {
            foreach ($__request in Get-OrchestratorSimulatorRequest -Simulator $__server -Path '/portal/rest/*', '/api/sdwan/v2/*') {
                $__names = if ($__request.Path -like '/portal/*' -and $__request.Body) { (ConvertFrom-Json $__request.Body -AsHashtable).Keys } else { [regex]::Matches("$($__request.Query)", '[?&]([^=&]+)=') | ForEach-Object { [uri]::UnescapeDataString($_.Groups[1].Value) } }
                "$__mark request $(ConvertTo-Json -Compress -InputObject @{ Method = $__request.Method; Path = $__request.Path; Names = @($__names); Status = $__request.Status })"
            }
        }
        Get-OrchestratorConnection | ForEach-Object { & "Disconnect-$($_.System)" $_ -WarningAction Ignore -WhatIf:$false }
        Stop-OrchestratorSimulator -WhatIf:$false
        Remove-Item $__folder -Recurse -Force
    }
}

Import-Module $Module
$text = Get-Content -Raw -LiteralPath $Prelude
foreach ($page in Get-Content -Raw -LiteralPath $Pages | ConvertFrom-Json) {
    Invoke-Page $page $Mark $text
}
