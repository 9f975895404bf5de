# Dot-sourced by every Pester file: the built module, and how to connect to a simulator as a user would.
$ErrorActionPreference = 'Stop'
$RepositoryRoot = Split-Path $PSScriptRoot -Parent
$ModulePath = Join-Path $RepositoryRoot 'out' 'OrchestratorTools' 'OrchestratorTools.psd1'
$SharedPath = Join-Path (Split-Path $RepositoryRoot -Parent) 'shared'
$VcdSchemaPath = Join-Path $SharedPath 'specs' 'vcd-xsd'
if (-not (Get-Module OrchestratorTools)) {
    Import-Module $ModulePath
}

# Starts a simulator; vCD bodies are validated where the schemas are there.
function Start-TestSimulator {
    [CmdletBinding()]
    param([hashtable] $Option = @{})
    if (Test-Path (Join-Path $VcdSchemaPath 'all.xsd')) {
        $Option.VcdSchemaPath = $VcdSchemaPath
    }
    Start-OrchestratorSimulator @Option
}

function Connect-TestVeloCloud {
    param($Simulator, [hashtable] $Option = @{})
    Connect-VeloCloud $Simulator.VeloCloud.Server -Credential $Simulator.VeloCloud.Credential -ServerCertificateThumbprint $Simulator.VeloCloud.CertificateThumbprint -NoProxy @Option
}

function Connect-TestVcd {
    param($Simulator, [hashtable] $Option = @{})
    Connect-Vcd $Simulator.Vcd.Server -Organization $Simulator.Vcd.Organization -Credential $Simulator.Vcd.Credential -ServerCertificateThumbprint $Simulator.Vcd.CertificateThumbprint -NoProxy @Option
}

function Connect-TestVro {
    param($Simulator, [hashtable] $Option = @{})
    Connect-Vro $Simulator.Vro.Server -Credential $Simulator.Vro.Credential -ServerCertificateThumbprint $Simulator.Vro.CertificateThumbprint -NoProxy @Option
}

# A command of the control address that no cmdlet covers (docs/simulator.md).
function Invoke-SimulatorCommand {
    param($Simulator, [string] $Path, [hashtable] $Body = @{})
    Invoke-RestMethod -NoProxy -Method Post -Uri "$($Simulator.ControlServer)$Path" -Headers @{ 'X-Control-Token' = (ConvertFrom-SecureString $Simulator.ControlToken -AsPlainText) } -ContentType 'application/json' -Body (ConvertTo-Json $Body -Depth 10)
}

# Runs a script in a PowerShell process of its own and returns its output lines.
function Invoke-NewProcess {
    param([string] $Script, [switch] $IgnoreExitCode)
    $file = Join-Path ([IO.Path]::GetTempPath()) "orchestratortools-$([guid]::NewGuid()).ps1"
    Set-Content -LiteralPath $file -Value $Script
    try {
        $output = & ([Environment]::ProcessPath) -NoProfile -NonInteractive -File $file 2>&1
        if ($LASTEXITCODE -ne 0 -and -not $IgnoreExitCode) {
            throw "exit code ${LASTEXITCODE}: $($output -join "`n")"
        }
        $output
    }
    finally {
        Remove-Item -LiteralPath $file
    }
}
