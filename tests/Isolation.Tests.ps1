BeforeDiscovery {
    $assets = Join-Path $PSScriptRoot '..' 'out' 'TestAssets'
    $script:cases = @(
        @{ Which = 'a fake 7.0'; Path = Join-Path $assets '7.0' 'Polly.Core.dll' }
        @{ Which = 'the real 8.5.2'; Path = Join-Path $assets '8.5.2' 'Polly.Core.dll' }
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
        $path = (Resolve-Path $Path).Path
        $secret = ConvertFrom-SecureString $simulator.Vro.ClientSecret -AsPlainText
        Add-OrchestratorSimulatorFault Vro Status -Status 503 -Method GET -Path '*/Plans' -Skip 1 -Count 1
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
    # All of Polly 8 is assembly version 8.0.0.0: the file's version tells them apart.
    "polly=`$([Diagnostics.FileVersionInfo]::GetVersionInfo(`$assembly.Location).FileVersion) in `$([System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext(`$assembly).Name)"
}
"@
        $output | Should -Contain 'plans=8' -Because ($output -join '; ')
        $output | Should -Contain 'retries=1'
        @($output -like 'polly=* in Default').Count | Should -Be 1 -Because ($output -join '; ')
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
        # What PowerShell itself does when it imports any compiled module is not the module's: an empty one with the same views tells how much that is.
        $empty = Join-Path $TestDrive 'Empty'
        $null = New-Item -ItemType Directory $empty
        $null = Invoke-NewProcess @"
Add-Type -OutputAssembly '$empty/Empty.dll' -OutputType Library -TypeDefinition 'using System.Management.Automation; [Cmdlet("Get", "Nothing")] public class GetNothingCommand : Cmdlet { }'
Copy-Item '$(Split-Path $ModulePath)/*.Format.ps1xml' '$empty'
New-ModuleManifest '$empty/Empty.psd1' -RootModule Empty.dll -CmdletsToExport Get-Nothing -FormatsToProcess (Get-ChildItem '$empty/*.Format.ps1xml').Name
"@
        $measure = {
            param($Module)
            Invoke-NewProcess @"
`$items = [Threading.ThreadPool]::CompletedWorkItemCount + [Threading.ThreadPool]::PendingWorkItemCount
`$sockets = @(Get-ChildItem /proc/self/fd -ErrorAction Ignore | Where-Object { `$_.Target -like 'socket:*' }).Count
Import-Module '$Module'
"work=`$([Threading.ThreadPool]::CompletedWorkItemCount + [Threading.ThreadPool]::PendingWorkItemCount - `$items)"
"sockets=`$(@(Get-ChildItem /proc/self/fd -ErrorAction Ignore | Where-Object { `$_.Target -like 'socket:*' }).Count - `$sockets)"
"polly=`$(@([AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { `$_.GetName().Name -in 'Polly.Core', 'OrchestratorTools.Resilience' }).Count)"
"cmdlets=`$(@(Get-Command -Module OrchestratorTools).Count)"
"@
        }
        $ours = & $measure $ModulePath
        $ours | Should -Contain 'sockets=0'
        $ours | Should -Contain 'polly=0'
        $ours | Should -Contain "cmdlets=$((Import-PowerShellDataFile $ModulePath).CmdletsToExport.Count)"

        # The least of several processes: PowerShell's own work comes and goes with the moment.
        $least = foreach ($path in $ModulePath, "$empty/Empty.psd1") {
            (1..4 | ForEach-Object { [int](@((& $measure $path) -like 'work=*')[0] -replace '\D') } | Measure-Object -Minimum).Minimum
        }
        $least[0] | Should -BeLessOrEqual $least[1]
    }
}
