BeforeAll {
    . $PSScriptRoot/Common.ps1
    . $PSScriptRoot/RecordingHost.ps1
    $simulator = Start-TestSimulator @{ Speed = 20 }
    $vcd = $simulator.Vcd
    $null = Connect-TestVcd $simulator @{ Name = 'cloud' }
    $oldState = $env:ORCHESTRATORTOOLS_STATE
    $env:ORCHESTRATORTOOLS_STATE = Join-Path $TestDrive state

    function New-Image {
        param([string] $Name, [int] $Size)
        $path = Join-Path $TestDrive $Name
        $bytes = [byte[]]::new($Size)
        [Random]::new($Size).NextBytes($bytes)
        [IO.File]::WriteAllBytes($path, $bytes)
        $path
    }

    function Get-Transfer {
        param([string] $Name)
        (Invoke-SimulatorCommand $simulator 'systems/vcd/transfers') | Where-Object name -EQ $Name | Select-Object -Last 1
    }

    function Assert-Arrived {
        param([string] $Name, [string] $Path)
        $transfer = Get-Transfer $Name
        $transfer.complete | Should -BeTrue
        $transfer.sha256 | Should -Be (Get-FileHash $Path).Hash
    }

    function Get-Call {
        @(Get-OrchestratorSimulatorRequest -Simulator $simulator Vcd | Where-Object Method -In POST, PUT, DELETE | ForEach-Object { "$($_.Method) $($_.Path -replace '[0-9a-f-]{36}', 'ID')" })
    }

    function Clear-Log {
        Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
    }

    # The first error of a command that is meant to fail.
    function Get-Failure {
        param([scriptblock] $Script)
        $ErrorActionPreference = 'Continue'
        @(& $Script 2>&1 | Where-Object { $_ -is [Management.Automation.ErrorRecord] })[0]
    }
}

AfterAll {
    $env:ORCHESTRATORTOOLS_STATE = $oldState
    Get-OrchestratorConnection -System Vcd | Disconnect-Vcd -WarningAction Ignore
    Stop-OrchestratorSimulator $simulator
}

Describe 'Send-VcdMedia' {
    BeforeEach {
        Clear-Log
    }

    It 'uploads a file and returns it with its task' {
        $file = New-Image 'one.iso' 300000
        $media = Send-VcdMedia $file -Catalog iso -Description 'line "one" & <two>'
        $media | Should -BeOfType OrchestratorTools.Clients.Vcd.VcdMedia
        $media.Name | Should -Be 'one.iso'
        $media.Size | Should -Be 300000
        $media.ImageType | Should -Be 'iso'
        $media.Description | Should -Be 'line "one" & <two>'
        $media.Catalog | Should -Be 'iso'
        $media.Connection | Should -Be 'cloud'
        $media.Task.OperationName | Should -Be 'vdcUploadMedia'
        Assert-Arrived 'one.iso' $file
        Get-Call | Should -Be 'POST /api/catalog/ID/action/upload', 'PUT /transfer/ID/file'
        Get-ChildItem $env:ORCHESTRATORTOOLS_STATE -Recurse -Filter *.json | Should -BeNullOrEmpty
        $media | Out-String -Width 120 | Should -BeLike '*one.iso*300000*'
        $media | Format-List | Out-String | Should -BeLike '*BytesTransferred*'
    }

    It 'sends pieces of -ChunkSize, with one verbose line each that shows no transfer address' {
        $file = New-Image 'chunks.iso' (3 * 65536)
        $said = Send-VcdMedia $file -Catalog iso -ChunkSize 65536 -Verbose 4>&1 | Out-String -Width 400
        Assert-Arrived 'chunks.iso' $file
        [regex]::Matches($said, 'PUT https://[^/]+/\*\*\* 200').Count | Should -Be 3
        $said | Should -Not -BeLike '*/transfer/*'
        $transfers = @(Get-OrchestratorSimulatorRequest -Simulator $simulator Vcd -Path /transfer/*)
        $transfers.BodySize | Should -Be 65536, 65536, 65536
        $transfers.HasCredential | Sort-Object -Unique | Should -Be $false
    }

    It 'waits for the import' {
        $file = New-Image 'waited.iso' 1000
        $media = Send-VcdMedia $file -Catalog iso -Wait -Timeout 60
        $media.Status | Should -Be 'RESOLVED'
        Get-VcdCatalogItem waited.iso -Catalog iso | Should -HaveCount 1
    }

    It 'takes files from the pipeline, one after the other, and a catalog as an object' {
        $null = New-Item -ItemType Directory (Join-Path $TestDrive many)
        $null = New-Image 'many/a[1].iso' 1000
        $null = New-Image 'many/b.iso' 70000
        $null = New-Image 'many/c.flp' 1
        $catalog = Get-VcdCatalog iso
        $media = @(Get-ChildItem (Join-Path $TestDrive many) | Sort-Object Name | Send-VcdMedia -Catalog $catalog)
        $media.Name | Should -Be 'a[1].iso', 'b.iso', 'c.flp'
        $media.ImageType | Should -Be 'iso', 'iso', 'other'
        $media[1].Size | Should -Be 70000
        Get-Call | Should -Be (@('POST /api/catalog/ID/action/upload', 'PUT /transfer/ID/file') * 3)
        $again = @(Get-ChildItem (Join-Path $TestDrive many) | Send-VcdMedia -Catalog $catalog -ErrorAction SilentlyContinue -ErrorVariable failed)
        $again | Should -BeNullOrEmpty
        $failed | Should -HaveCount 3
    }

    It 'takes wildcards in -Path and none in -LiteralPath' {
        $null = New-Item -ItemType Directory (Join-Path $TestDrive wild)
        $null = New-Image 'wild/w1.iso' 10
        $null = New-Image 'wild/w2.iso' 10
        $null = New-Image 'wild/w[3].iso' 10
        @(Send-VcdMedia (Join-Path $TestDrive 'wild/w?.iso') -Catalog iso).Name | Should -Be 'w1.iso', 'w2.iso'
        @(Send-VcdMedia -LiteralPath (Join-Path $TestDrive 'wild/w[3].iso') -Catalog iso).Name | Should -Be 'w[3].iso'
    }

    It 'sends nothing with -WhatIf' {
        $file = New-Image 'whatif.iso' 10
        Send-VcdMedia $file -Catalog iso -WhatIf | Should -BeNullOrEmpty
        Get-Call | Should -BeNullOrEmpty
    }

    It 'names <What>' -ForEach @(
        @{ What = 'a file that does not exist'; Run = { Send-VcdMedia (Join-Path $TestDrive nosuch.iso) -Catalog iso }; Id = 'Vcd.LocalFile'; Said = '*nosuch.iso*' }
        @{ What = 'a pattern that no file has'; Run = { Send-VcdMedia (Join-Path $TestDrive 'zz*.iso') -Catalog iso }; Id = 'Vcd.LocalFile'; Said = '*zz*' }
        @{ What = 'a folder'; Run = { Send-VcdMedia $TestDrive -Catalog iso }; Id = 'Vcd.LocalFile'; Said = '*folder*' }
        @{ What = 'what is no file'; Run = { Send-VcdMedia env:PATH -Catalog iso }; Id = 'Vcd.LocalFile'; Said = '*PATH*' }
        @{ What = 'an empty file'; Run = { $null = New-Item -Force (Join-Path $TestDrive empty.iso); Send-VcdMedia (Join-Path $TestDrive empty.iso) -Catalog iso }; Id = 'Vcd.LocalFile'; Said = '*empty*' }
        @{ What = 'a catalog that does not exist'; Run = { Send-VcdMedia (New-Image 'n.iso' 1) -Catalog nosuch }; Id = 'Vcd.NotFound'; Said = "*-Catalog 'nosuch'*" }
        @{ What = 'a catalog whose name two have'; Run = { Send-VcdMedia (New-Image 'n.iso' 1) -Catalog shared }; Id = 'Vcd.Ambiguous'; Said = "*-Catalog 'shared' means 2 catalogs*'acme'*'globex'*" }
        @{ What = 'a catalog that may only be read'; Run = { Send-VcdMedia (New-Image 'n.iso' 1) -Catalog published }; Id = 'Vcd.Permission'; Said = '*read-only*' }
        @{ What = 'a name that exists'; Run = { Send-VcdMedia (New-Image 'n.iso' 1) -Catalog iso -Name ubuntu-24.04.iso }; Id = 'Vcd.Conflict'; Said = '*already has an item*' }
        @{ What = 'a name that XML cannot hold'; Run = { Send-VcdMedia (New-Image 'n.iso' 1) -Catalog iso -Name "a`u{1}" }; Id = 'Vcd.Validation'; Said = '*XML*' }
    ) {
        $failed = Get-Failure $Run
        $failed.FullyQualifiedErrorId | Should -Be "$Id,OrchestratorTools.Vcd.SendVcdMediaCommand"
        "$failed" | Should -BeLike $Said
        $failed.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        Get-Call | Should -BeNullOrEmpty
    }

    It 'takes one name for one file only, and -Force or -Resume' {
        $file = New-Image 'n1.iso' 1
        $other = New-Image 'n2.iso' 1
        { Send-VcdMedia $file, $other -Catalog iso -Name same.iso } | Should -Throw '*-Name ''same.iso''*' -ErrorId 'Vcd.BadParameter,*'
        { Send-VcdMedia $file -Catalog iso -Timeout 5 } | Should -Throw '*-Timeout*-Wait*' -ErrorId 'Vcd.BadParameter,*'
        { Send-VcdMedia $file -Catalog iso -Force -Resume } | Should -Throw '*-Force*' -ErrorId 'Vcd.BadParameter,*'
    }

    It 'goes on after broken connections' {
        $file = New-Image 'broken.iso' 300000
        Add-OrchestratorSimulatorFault -Simulator $simulator Vcd ResetRequest -Method PUT -Path /transfer/* -Bytes 70000 -Count 2
        $null = Send-VcdMedia $file -Catalog iso
        Assert-Arrived 'broken.iso' $file
    }

    It 'goes on in a new process after the first one was killed' {
        $file = New-Image 'killed.iso' (40 * 65536)
        $password = $vcd.Credential.GetNetworkCredential().Password
        $script = @"
            `$ProgressPreference = 'SilentlyContinue'
            Import-Module '$ModulePath'
            `$credential = [pscredential]::new('$($vcd.Credential.UserName)', (ConvertTo-SecureString '$password' -AsPlainText))
            `$null = Connect-Vcd $($vcd.Server) -Organization acme -Credential `$credential -ServerCertificateThumbprint $($vcd.CertificateThumbprint) -NoProxy
            (Send-VcdMedia '$file' -Catalog iso -ChunkSize 65536 -Verbose 4>&1 | Out-String -Width 400)
"@
        $first = Join-Path $TestDrive 'first.ps1'
        Set-Content $first $script
        # So slow that it is not done before it is killed.
        Add-OrchestratorSimulatorFault -Simulator $simulator Vcd Latency -Milliseconds 200 -Method PUT -Path /transfer/* -Count 0
        $process = Start-Process ([Environment]::ProcessPath) '-NoProfile', '-NonInteractive', '-File', $first -PassThru -RedirectStandardOutput (Join-Path $TestDrive 'first.txt')
        $deadline = [DateTime]::UtcNow.AddSeconds(60)
        while (((Get-Transfer killed.iso)?.stored ?? 0) -lt 3 * 65536 -and [DateTime]::UtcNow -lt $deadline) {
            Start-Sleep -Milliseconds 50
        }
        $process.Kill()
        $process.WaitForExit()
        Clear-Log
        $before = (Get-Transfer killed.iso).stored
        $before | Should -BeLessThan (40 * 65536)

        Invoke-NewProcess $script | Out-String -Width 400 | Should -BeLike '*Going on with the upload*killed.iso*'
        Assert-Arrived 'killed.iso' $file
        $sent = (Get-OrchestratorSimulatorRequest -Simulator $simulator Vcd -Path /transfer/* | Measure-Object BodySize -Sum).Sum
        $sent | Should -BeLessOrEqual (40 * 65536 - 3 * 65536)
        Get-ChildItem $env:ORCHESTRATORTOOLS_STATE -Recurse -Filter *.json | Should -BeNullOrEmpty
    }

    It 'is stopped at once, says what goes on, and goes on with the same command' {
        $file = New-Image 'stopped.iso' (20 * 65536)
        Add-OrchestratorSimulatorFault -Simulator $simulator Vcd Latency -Milliseconds 300 -Method PUT -Path /transfer/* -Count 0
        $begun = Start-AtHost "Send-VcdMedia '$file' -Catalog iso -ChunkSize 65536 -Connection cloud"
        $deadline = [DateTime]::UtcNow.AddSeconds(60)
        while (((Get-Transfer stopped.iso)?.stored ?? 0) -lt 2 * 65536 -and [DateTime]::UtcNow -lt $deadline) {
            Start-Sleep -Milliseconds 50
        }
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $begun.Shell.Stop()
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 2
        "$((Complete-AtHost $begun).Warnings)" | Should -BeLike "The upload of 'stopped.iso' was stopped after about * of 1310720 bytes. The same command goes on with it, as long as the server keeps it*"
        Clear-Log
        $deadline = [DateTime]::UtcNow.AddSeconds(10)
        do {
            # What was under way may hold the record for a moment.
            $media = Send-VcdMedia $file -Catalog iso -ErrorAction SilentlyContinue -ErrorVariable failed
        } while ("$failed" -like '*Another process*' -and [DateTime]::UtcNow -lt $deadline)
        $media.Name | Should -Be 'stopped.iso'
        Assert-Arrived 'stopped.iso' $file
    }

    It 'needs -Resume without a record, and begins anew with -Force' {
        $file = New-Image 'lost.iso' (4 * 65536)
        Add-OrchestratorSimulatorFault -Simulator $simulator Vcd Status -Status 400 -Method PUT -Path /transfer/* -Skip 2 -Count 0
        $failed = Get-Failure { Send-VcdMedia $file -Catalog iso -ChunkSize 65536 }
        "$failed" | Should -BeLike '*stopped at byte 131072 of 262144*Run the same command again*'
        Clear-Log
        Remove-Item $env:ORCHESTRATORTOOLS_STATE -Recurse

        $failed = Get-Failure { Send-VcdMedia $file -Catalog iso }
        $failed.FullyQualifiedErrorId | Should -Be 'Vcd.Conflict,OrchestratorTools.Vcd.SendVcdMediaCommand'
        "$failed" | Should -BeLike '*unfinished upload*131072 of 262144*-Resume*-Force*'
        $null = Send-VcdMedia $file -Catalog iso -Resume
        Assert-Arrived 'lost.iso' $file

        $other = New-Image 'again.iso' (2 * 65536)
        Add-OrchestratorSimulatorFault -Simulator $simulator Vcd Status -Status 400 -Method PUT -Path /transfer/* -Skip 1
        $null = Get-Failure { Send-VcdMedia $other -Catalog iso -ChunkSize 65536 }
        Clear-Log
        [IO.File]::WriteAllBytes($other, [byte[]]::new(100000))
        "$(Get-Failure { Send-VcdMedia $other -Catalog iso })" | Should -BeLike '*another file*-Force*'
        $null = Send-VcdMedia $other -Catalog iso -Force
        Assert-Arrived 'again.iso' $other
        @(Get-Call) -like 'DELETE /api/media/ID' | Should -HaveCount 2 -Because 'the task of the unfinished upload is cancelled in between'
    }

    It 'cancels what is at work on an upload before it removes it, where what is cancelled <Fate>' -ForEach @(
        @{ Fate = 'stays as failed'; Setting = 'failed'; Calls = 'DELETE /api/media/ID', 'POST /api/task/ID/action/cancel', 'DELETE /api/media/ID', 'DELETE /api/catalogItem/ID' }
        @{ Fate = 'goes with its task'; Setting = 'removed'; Calls = 'DELETE /api/media/ID', 'POST /api/task/ID/action/cancel', 'DELETE /api/catalogItem/ID' }
    ) {
        $null = Invoke-SimulatorCommand $simulator systems/vcd/settings @{ canceledUploads = $Setting }
        $file = New-Image "cancelled-$Setting.iso" (3 * 65536)
        foreach ($again in { Stop-VcdTransfer "cancelled-$Setting.iso" -Confirm:$false }, { Send-VcdMedia $file -Catalog iso -Force }) {
            Add-OrchestratorSimulatorFault -Simulator $simulator Vcd Status -Status 400 -Method PUT -Path /transfer/* -Skip 1 -Count 0
            $null = Get-Failure { Send-VcdMedia $file -Catalog iso -ChunkSize 65536 }
            Clear-Log
            $null = & $again
            @(Get-Call | Where-Object { $_ -notlike '*upload' -and $_ -notlike 'PUT*' }) | Should -Be $Calls
        }
        Assert-Arrived "cancelled-$Setting.iso" $file
    }

    It 'says clearly what stays where the task cannot be cancelled' {
        $null = Invoke-SimulatorCommand $simulator systems/vcd/settings @{ canceledUploads = 'refused' }
        $file = New-Image 'stays.iso' (3 * 65536)
        Add-OrchestratorSimulatorFault -Simulator $simulator Vcd Status -Status 400 -Method PUT -Path /transfer/* -Skip 1 -Count 0
        $null = Get-Failure { Send-VcdMedia $file -Catalog iso -ChunkSize 65536 }
        Clear-Log
        foreach ($try in { Stop-VcdTransfer stays.iso -Confirm:$false }, { Send-VcdMedia $file -Catalog iso -Force }) {
            $failed = Get-Failure $try
            $failed.FullyQualifiedErrorId | Should -BeLike 'Vcd.WrongState,*'
            "$failed" | Should -BeLike "*'stays.iso' stays at the server: task 'vdcUploadMedia' (urn:vcloud:task:*, 'running') is at work on it, and could not be cancelled*Wait-VcdTask urn:vcloud:task:*"
        }
        (Get-VcdTransfer stays.iso).State | Should -Be 'Waiting'
        @(Get-Call | Where-Object { $_ -like 'DELETE*' }) | Should -Be 'DELETE /api/media/ID', 'DELETE /api/media/ID'
        # Remove-VcdMedia says which command ends an upload.
        "$(Get-Failure { Remove-VcdMedia stays.iso -Confirm:$false })" | Should -BeLike '*busy*Stop-VcdTransfer*'

        # When the server has given it up it goes.
        $null = Invoke-SimulatorCommand $simulator clock @{ advanceSeconds = 7200 }
        Stop-VcdTransfer stays.iso -Confirm:$false
        Get-VcdTransfer stays.iso -ErrorAction Ignore | Should -BeNullOrEmpty
    }

    It 'shows how far it is' {
        $file = New-Image 'bar.iso' (8 * 65536)
        Add-OrchestratorSimulatorFault -Simulator $simulator Vcd Latency -Milliseconds 250 -Method PUT -Path /transfer/* -Count 0
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript("Import-Module '$ModulePath'; Send-VcdMedia '$file' -Catalog iso -ChunkSize 65536 -Connection cloud")
            $null = $shell.Invoke()
            $bars = @($shell.Streams.Progress | Where-Object Activity -Like "Uploading 'bar.iso'*")
            $bars.Count | Should -BeGreaterThan 3
            $bars.Count | Should -BeLessThan 30
            $bars[-1].RecordType | Should -Be 'Completed'
            @($bars | Where-Object StatusDescription -Match '\d KiB of 512 KiB') | Should -Not -BeNullOrEmpty
            @($bars | Where-Object SecondsRemaining -GE 0) | Should -Not -BeNullOrEmpty
            ($bars.PercentComplete | Measure-Object -Maximum).Maximum | Should -BeGreaterThan 80
        }
        finally {
            $shell.Dispose()
        }
    }
}
