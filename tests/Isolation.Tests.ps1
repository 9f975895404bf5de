BeforeDiscovery {
    $real = Join-Path $PSScriptRoot '..' 'out' 'TestAssets' 'Polly.Core.dll'
    $script:cases = @(
        @{ Which = 'a fake 7.0'; Path = '' }
        @{ Which = 'the real 8.5.2'; Path = $real }
    )
}

Describe 'A session where another module loaded another Polly' {
    BeforeAll {
        . $PSScriptRoot/Common.ps1
        $simulator = Start-TestSimulator
    }

    AfterAll {
        Stop-OrchestratorSimulator $simulator
    }

    It 'connects, retries and lists beside <Which>' -ForEach $cases {
        $path = $Path
        if (-not $path) {
            # Made in a process of its own: the compiled assembly must not be loaded into this one.
            $path = Join-Path $TestDrive 'Polly.Core.dll'
            $null = Invoke-NewProcess @"
Add-Type -OutputAssembly '$path' -OutputType Library -TypeDefinition @'
[assembly: System.Reflection.AssemblyVersion("7.0.0.0")]
namespace Polly { public class ResiliencePipelineBuilder { public ResiliencePipelineBuilder() { throw new System.InvalidOperationException("the wrong Polly"); } } }
'@
"@
        }
        $secret = ConvertFrom-SecureString $simulator.Vro.ClientSecret -AsPlainText
        Add-OrchestratorSimulatorFault Vro Status -Status 503 -Method GET -Path '*/Plans' -Count 1
        $output = Invoke-NewProcess @"
`$ErrorActionPreference = 'Stop'
`$other = [Reflection.Assembly]::LoadFrom('$path')
if ([System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext(`$other) -ne [System.Runtime.Loader.AssemblyLoadContext]::Default) { throw 'not in the default context' }
Import-Module '$ModulePath'
`$null = Connect-Vro $($simulator.Vro.Server) -ClientId $($simulator.Vro.ClientId) -ClientSecret (ConvertTo-SecureString '$secret' -AsPlainText) -ServerCertificateThumbprint $($simulator.Vro.CertificateThumbprint)
`$lines = @(Get-VroPlan -Verbose 4>&1)
"plans=`$(@(`$lines | Where-Object { `$_ -isnot [Management.Automation.VerboseRecord] }).Count)"
"retries=`$(@(`$lines | Where-Object { `$_ -is [Management.Automation.VerboseRecord] -and `$_.Message -like '*HTTP 503*again in*' }).Count)"
foreach (`$assembly in [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { `$_.GetName().Name -eq 'Polly.Core' }) {
    "polly=`$(`$assembly.GetName().Version) in `$([System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext(`$assembly).Name)"
}
"@
        $output | Should -Contain 'plans=8'
        $output | Should -Contain 'retries=1'
        @($output -like 'polly=* in Default').Count | Should -Be 1
        @($output -like 'polly=8.* in OrchestratorTools.Dependencies').Count | Should -Be 1
        $others = @($output -like 'polly=* in Default')[0]
        $ours = @($output -like 'polly=* in OrchestratorTools.Dependencies')[0]
        $others.Split(' ')[0] | Should -Not -Be $ours.Split(' ')[0]
    }
}

Describe 'Importing the module' {
    BeforeAll {
        . $PSScriptRoot/Common.ps1
    }

    It 'starts no thread, opens no connection and loads neither Polly nor the resilience layer' {
        $output = Invoke-NewProcess @"
`$before = [Threading.ThreadPool]::ThreadCount
`$items = [Threading.ThreadPool]::CompletedWorkItemCount + [Threading.ThreadPool]::PendingWorkItemCount
Import-Module '$ModulePath'
"threads=`$([Threading.ThreadPool]::ThreadCount - `$before)"
"work=`$([Threading.ThreadPool]::CompletedWorkItemCount + [Threading.ThreadPool]::PendingWorkItemCount - `$items)"
"sockets=`$(@(Get-ChildItem /proc/self/fd -ErrorAction Ignore | Where-Object { `$_.Target -like 'socket:*' }).Count)"
"polly=`$(@([AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { `$_.GetName().Name -in 'Polly.Core', 'OrchestratorTools.Resilience', 'System.Net.Http' }).Count)"
"cmdlets=`$(@(Get-Command -Module OrchestratorTools).Count)"
"@
        $output | Should -Contain 'threads=0'
        $output | Should -Contain 'work=0'
        $output | Should -Contain 'sockets=0'
        $output | Should -Contain 'polly=0'
        $output | Should -Contain "cmdlets=$((Import-PowerShellDataFile $ModulePath).CmdletsToExport.Count)"
    }
}
