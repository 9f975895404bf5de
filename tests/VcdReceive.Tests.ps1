BeforeAll {
    . $PSScriptRoot/Common.ps1
    . $PSScriptRoot/RecordingHost.ps1
    $simulator = Start-TestSimulator @{ Speed = 20; ContentPath = (Join-Path $TestDrive kept) }
    $vcd = $simulator.Vcd
    $null = Connect-TestVcd $simulator @{ Name = 'cloud' }
    $oldState = $env:ORCHESTRATORTOOLS_STATE
    $env:ORCHESTRATORTOOLS_STATE = Join-Path $TestDrive state
    $block = 512KB

    # A media or template that the server makes from a seed.
    function Add-ServerItem {
        param([string] $Name, [string] $Kind = 'media', [hashtable] $More = @{})
        $null = Invoke-SimulatorCommand $simulator 'systems/vcd/item' (@{ name = $Name; kind = $Kind } + $More)
    }

    # What the server would give: the files and their checksums.
    function Get-ServerContent {
        param([string] $Name, [string] $Kind = 'media')
        (Invoke-SimulatorCommand $simulator 'systems/vcd/content' @{ name = $Name; kind = $Kind })
    }

    function Assert-Same {
        param([string] $Name, [string] $Path)
        (Get-FileHash -LiteralPath $Path).Hash | Should -Be (Get-ServerContent $Name).sha256
        Test-Path -LiteralPath "$Path.partial" | Should -BeFalse
    }

    function Get-Download {
        param([string] $Name)
        (Invoke-SimulatorCommand $simulator 'systems/vcd/downloads') | Where-Object name -EQ $Name | Select-Object -Last 1
    }

    function Get-Call {
        @(Get-OrchestratorSimulatorRequest -Simulator $simulator Vcd | Where-Object Method -In POST, PUT, DELETE | ForEach-Object { "$($_.Method) $($_.Path -replace '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}', 'ID')" })
    }

    function Clear-Log {
        Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
    }

    function Set-Server {
        param([hashtable] $Setting)
        $null = Invoke-SimulatorCommand $simulator 'systems/vcd/settings' $Setting
    }

    # The first error of a command that is meant to fail.
    function Get-Failure {
        param([scriptblock] $Script)
        $ErrorActionPreference = 'Continue'
        @(& $Script 2>&1 | Where-Object { $_ -is [Management.Automation.ErrorRecord] })[0]
    }

    function Wait-Until {
        param([scriptblock] $Condition, [int] $Seconds = 30)
        $deadline = [DateTime]::UtcNow.AddSeconds($Seconds)
        while (-not (& $Condition) -and [DateTime]::UtcNow -lt $deadline) {
            Start-Sleep -Milliseconds 50
        }
    }

    # Opening a download is the work of a moment here, but for the tests that look at it.
    Set-Server @{ enableDownloadSeconds = 0.01 }

    # Each test writes into a folder of its own.
    function New-Folder {
        (New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid()))).FullName
    }
}

AfterAll {
    $env:ORCHESTRATORTOOLS_STATE = $oldState
    Get-OrchestratorConnection -System Vcd | Disconnect-Vcd -WarningAction Ignore
    Stop-OrchestratorSimulator $simulator
}

Describe 'Receive-VcdMedia' {
    BeforeEach {
        Clear-Log
        $folder = New-Folder
    }

    It 'receives a media by its name, and returns the file' {
        Add-ServerItem 'one.iso' media @{ size = 3 * $block + 17 }
        $file = Receive-VcdMedia one.iso $folder
        $file | Should -BeOfType IO.FileInfo
        $file.FullName | Should -Be (Join-Path $folder one.iso)
        $file.Length | Should -Be (3 * $block + 17)
        Assert-Same one.iso $file.FullName
        Get-Call | Should -Be 'POST /api/media/ID/action/enableDownload'
        Get-ChildItem $env:ORCHESTRATORTOOLS_STATE -Recurse -Filter *.json | Should -BeNullOrEmpty
        # What comes out is a file for the next cmdlet.
        $file.PSPath | Should -BeLike '*one.iso'
        (Send-VcdMedia -LiteralPath $file.PSPath -Catalog iso -Name 'one again.iso' -Wait).Size | Should -Be $file.Length
    }

    It 'takes items from the pipeline, into a folder that is made, each under its own name' {
        Add-ServerItem 'p1.iso' media @{ size = 1000 }
        Add-ServerItem 'p [2]*.iso' media @{ size = 2000 }
        $files = @(Get-VcdCatalogItem 'p1.iso', 'p `[2`]`*.iso' -Catalog iso | Receive-VcdMedia -Destination (Join-Path $folder new deep))
        $files.Name | Sort-Object | Should -Be 'p [2]_.iso', 'p1.iso'
        Assert-Same p1.iso (Join-Path $folder new deep p1.iso)
        (Get-FileHash -LiteralPath (Join-Path $folder new deep 'p [2]_.iso')).Hash | Should -Be (Get-ServerContent 'p [2]*.iso').sha256
    }

    It 'writes into the present location under -Name' {
        Add-ServerItem 'named.iso' media @{ size = 1000 }
        Push-Location $folder
        try {
            (Receive-VcdMedia named.iso -Catalog iso -Name other.iso).FullName | Should -Be (Join-Path $folder other.iso)
        }
        finally {
            Pop-Location
        }
        (Get-FileHash (Join-Path $folder other.iso)).Hash | Should -Be (Get-ServerContent named.iso).sha256
        { Receive-VcdMedia named.iso, one.iso $folder -Name same.iso } | Should -Throw "*-Name 'same.iso'*" -ErrorId 'Vcd.BadParameter,*'
        { Receive-VcdMedia named.iso $folder -Name a/b.iso } | Should -Throw "*-Name 'a/b.iso'*" -ErrorId 'Vcd.BadParameter,*'
    }

    It 'sends no credentials to transfer addresses, and shows them nowhere' {
        Add-ServerItem 'secret.iso' media @{ size = 100000 }
        Add-OrchestratorSimulatorFault -Simulator $simulator Vcd ResetResponse -Method GET -Path /transfer/* -Bytes 5000
        $said = Receive-VcdMedia secret.iso $folder -Verbose -Debug *>&1 | Out-String -Width 500
        $transfers = @(Get-OrchestratorSimulatorRequest -Simulator $simulator Vcd -Path /transfer/*)
        $transfers.Count | Should -Be 2
        $transfers.HasCredential | Sort-Object -Unique | Should -Be $false
        $said | Should -BeLike '*Received ''secret.iso'': 100000 bytes*'
        $said | Should -Not -Match '/transfer/(?!\*\*\*")'
        foreach ($secret in ($transfers.Path -split '/' | Where-Object Length -GT 20)) {
            $said | Should -Not -BeLike "*$secret*"
        }
    }

    It 'does nothing with -WhatIf' {
        Receive-VcdMedia rocky-9.4-x86_64-minimal.iso $folder -WhatIf | Should -BeNullOrEmpty
        Get-Call | Should -BeNullOrEmpty
        Get-ChildItem $folder | Should -BeNullOrEmpty
    }

    It 'goes on after <Kind>' -ForEach @(
        @{ Kind = 'ResetResponse' }
        @{ Kind = 'CloseResponse' }
        @{ Kind = 'Truncate' }
    ) {
        Add-ServerItem "$Kind.iso" media @{ size = 5 * $block + 3 }
        $at = 700000
        Add-OrchestratorSimulatorFault -Simulator $simulator Vcd $Kind -Method GET -Path /transfer/* -Bytes $at -Count 2
        $file = Receive-VcdMedia "$Kind.iso" $folder
        Assert-Same "$Kind.iso" $file.FullName
        $sent = (Get-Download "$Kind.iso").files[0]
        $sent.requests | Should -Be 3
        # Nothing is asked for twice, but for what the broken connection swallowed.
        $sent.bytes | Should -BeLessThan (7 * $block)
    }

    It 'receives the whole again where the server honours no ranges' {
        Add-ServerItem 'noranges.iso' media @{ size = 5 * $block + 3 }
        Set-Server @{ rangeDownloads = $false }
        try {
            Add-OrchestratorSimulatorFault -Simulator $simulator Vcd ResetResponse -Method GET -Path /transfer/* -Bytes 2000000
            $said = Receive-VcdMedia noranges.iso $folder -Verbose 4>&1 | Out-String -Width 300
        }
        finally {
            Set-Server @{ rangeDownloads = $null }
        }
        $said | Should -BeLike '*it is received anew*'
        Assert-Same noranges.iso (Join-Path $folder noranges.iso)
    }

    It 'asks for new addresses where the old ones are given up' {
        Add-ServerItem 'gone.iso' media @{ size = 100000 }
        Add-OrchestratorSimulatorFault -Simulator $simulator Vcd Status -Status 410 -Method GET -Path /transfer/* -Count 1
        $null = Receive-VcdMedia gone.iso $folder
        Assert-Same gone.iso (Join-Path $folder gone.iso)
        (Get-Call) -like '*enableDownload' | Should -HaveCount 2
    }

    It 'overwrites with -Force only' {
        Add-ServerItem 'there.iso' media @{ size = 1000 }
        Set-Content (Join-Path $folder there.iso) 'before'
        $failed = Get-Failure { Receive-VcdMedia there.iso $folder }
        $failed.FullyQualifiedErrorId | Should -Be 'Vcd.LocalFile,OrchestratorTools.Vcd.ReceiveVcdMediaCommand'
        "$failed" | Should -BeLike '*there.iso'' exists*-Force*'
        Get-Call | Should -BeNullOrEmpty
        Get-Content (Join-Path $folder there.iso) | Should -Be 'before'
        $null = Receive-VcdMedia there.iso $folder -Force
        Assert-Same there.iso (Join-Path $folder there.iso)
    }

    It 'goes on in a new process after the first one was killed' {
        Add-ServerItem 'killed.iso' media @{ size = 40 * $block }
        $password = $vcd.Credential.GetNetworkCredential().Password
        $script = @"
            `$ProgressPreference = 'SilentlyContinue'
            Import-Module '$ModulePath'
            `$credential = [pscredential]::new('$($vcd.Credential.UserName)', (ConvertTo-SecureString '$password' -AsPlainText))
            `$null = Connect-Vcd $($vcd.Server) -Organization acme -Credential `$credential -ServerCertificateThumbprint $($vcd.CertificateThumbprint) -NoProxy
            (Receive-VcdMedia killed.iso '$folder' -Verbose 4>&1 | Out-String -Width 400)
"@
        $first = Join-Path $TestDrive 'first.ps1'
        Set-Content $first $script
        # So slow that it is not done before it is killed.
        Add-OrchestratorSimulatorFault -Simulator $simulator Vcd Slow -BytesPerSecond 4MB -Method GET -Path /transfer/* -Count 0
        $process = Start-Process ([Environment]::ProcessPath) '-NoProfile', '-NonInteractive', '-File', $first -PassThru -RedirectStandardOutput (Join-Path $TestDrive 'first.txt')
        $partial = Join-Path $folder killed.iso.partial
        Wait-Until { (Test-Path $partial) -and (Get-Item $partial).Length -gt 15 * $block } 60
        $process.Kill()
        $process.WaitForExit()
        Clear-Log
        Join-Path $folder killed.iso | Should -Not -Exist

        Invoke-NewProcess $script | Out-String -Width 400 | Should -BeLike '*Going on with ''killed.iso'' at byte*'
        Assert-Same killed.iso (Join-Path $folder killed.iso)
        $range = @(Get-OrchestratorSimulatorRequest -Simulator $simulator Vcd -Path /transfer/*)
        $range.Count | Should -Be 1
        # A record is a second old at the most.
        ($range.ResponseSize | Measure-Object -Sum).Sum | Should -BeLessThan (35 * $block)
        Get-ChildItem $env:ORCHESTRATORTOOLS_STATE -Recurse -Filter *.json | Should -BeNullOrEmpty
    }

    It 'is stopped at once, and goes on with the same command' {
        Add-ServerItem 'stopped.iso' media @{ size = 40 * $block }
        Add-OrchestratorSimulatorFault -Simulator $simulator Vcd Slow -BytesPerSecond 4MB -Method GET -Path /transfer/* -Count 0
        $begun = Start-AtHost "Receive-VcdMedia stopped.iso '$folder' -Connection cloud"
        $partial = Join-Path $folder stopped.iso.partial
        Wait-Until { (Test-Path $partial) -and (Get-Item $partial).Length -gt 4 * $block } 60
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $begun.Shell.Stop()
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 2
        "$((Complete-AtHost $begun).Warnings)" | Should -BeLike "The download of 'stopped.iso' was stopped after about * of $(40 * $block) bytes. The same command goes on with what is there, where the server can send a part."
        Clear-Log
        # What was under way may hold the record for a moment.
        $failed = $null
        Wait-Until { $script:said = Receive-VcdMedia stopped.iso $folder -Verbose -ErrorAction SilentlyContinue -ErrorVariable script:failed 4>&1 | Out-String -Width 300; "$script:failed" -notlike '*Another process*' } 10
        $said | Should -BeLike '*Going on with ''stopped.iso''*'
        Assert-Same stopped.iso (Join-Path $folder stopped.iso)
    }

    It 'does not touch a partial file that it does not know' {
        Add-ServerItem 'foreign.iso' media @{ size = 1000 }
        Set-Content (Join-Path $folder foreign.iso.partial) 'mine'
        $failed = Get-Failure { Receive-VcdMedia foreign.iso $folder }
        "$failed" | Should -BeLike '*foreign.iso.partial'' is there*no record*-Force*'
        Get-Content (Join-Path $folder foreign.iso.partial) | Should -Be 'mine'
    }

    It 'says that the disk is full, keeps what is there and goes on when there is room' -Skip:(-not $IsLinux) {
        $small = Join-Path $TestDrive small
        $null = New-Item -ItemType Directory $small
        $mounted = & { mount -t tmpfs -o size=4m tmpfs $small 2>&1; $LASTEXITCODE }
        if ($mounted[-1] -ne 0) {
            Set-ItResult -Skipped -Because 'this user may not mount a small disk'
            return
        }
        try {
            Add-ServerItem 'big.iso' media @{ size = 10 * 1MB }
            $failed = Get-Failure { Receive-VcdMedia big.iso $small -WarningVariable script:warned -WarningAction SilentlyContinue }
            $failed.FullyQualifiedErrorId | Should -Be 'Vcd.LocalFile,OrchestratorTools.Vcd.ReceiveVcdMediaCommand'
            "$failed" | Should -BeLike '*The disk is full*of 10485760 bytes of ''big.iso''*Make room and run the same command again*'
            "$warned" | Should -BeLike '*seems to have room for*'
            (Get-Item (Join-Path $small big.iso.partial)).Length | Should -BeGreaterThan (2 * $block)
            mount -o remount,size=20m $small
            Clear-Log
            $null = Receive-VcdMedia big.iso $small
            Assert-Same big.iso (Join-Path $small big.iso)
            @(Get-OrchestratorSimulatorRequest -Simulator $simulator Vcd -Path /transfer/*)[-1].ResponseSize | Should -BeLessThan (10 * 1MB - 2 * $block)
        }
        finally {
            umount $small
        }
    }

    It 'names <What>' -ForEach @(
        @{ What = 'a media that does not exist'; Run = { Receive-VcdMedia nosuch.iso $folder }; Id = 'Vcd.NotFound'; Said = "*-Media 'nosuch.iso'*" }
        @{ What = 'a name that two media have'; Run = { Add-ServerItem 'twice.iso'; Add-ServerItem 'twice.iso' media @{ catalog = 'shared' }; Receive-VcdMedia twice.iso $folder }; Id = 'Vcd.Ambiguous'; Said = "*-Media 'twice.iso' means 2*" }
        @{ What = 'a media that is still being uploaded'; Run = { $file = Join-Path $folder up.iso; Set-Content $file ('x' * 200000); Add-OrchestratorSimulatorFault -Simulator $simulator Vcd Status -Status 400 -Method PUT -Path /transfer/*; $null = Send-VcdMedia $file -Catalog iso -ErrorAction Ignore; Receive-VcdMedia up.iso (Join-Path $folder x) }; Id = 'Vcd.WrongState'; Said = '*not ready*' }
        @{ What = 'a destination that is a file'; Run = { Set-Content (Join-Path $folder f) 1; Receive-VcdMedia rocky-9.4-x86_64-minimal.iso (Join-Path $folder f) }; Id = 'Vcd.LocalFile'; Said = "*-Destination '*this is a file*" }
        @{ What = 'a destination that is no folder of the file system'; Run = { Receive-VcdMedia rocky-9.4-x86_64-minimal.iso env: }; Id = 'Vcd.LocalFile'; Said = "*-Destination 'env:'*" }
        @{ What = 'a destination that cannot be'; Run = { Set-Content (Join-Path $folder f) 1; Receive-VcdMedia rocky-9.4-x86_64-minimal.iso (Join-Path $folder f below) }; Id = 'Vcd.LocalFile'; Said = '*cannot be written*' }
    ) {
        $failed = Get-Failure $Run
        $failed.FullyQualifiedErrorId | Should -Be "$Id,OrchestratorTools.Vcd.ReceiveVcdMediaCommand"
        "$failed" | Should -BeLike $Said
        $failed.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        (Get-Call) -like '*enableDownload' | Should -BeNullOrEmpty
    }

    It 'goes on with the next one where one fails' {
        Add-ServerItem 'n1.iso' media @{ size = 1000 }
        Add-ServerItem 'n2.iso' media @{ size = 1000 }
        $files = @('n1.iso', 'nosuch.iso', 'n2.iso' | Receive-VcdMedia -Destination $folder -ErrorAction SilentlyContinue -ErrorVariable failed)
        $files.Name | Should -Be 'n1.iso', 'n2.iso'
        $failed | Should -HaveCount 1
    }

    It 'shows how far it is' {
        Add-ServerItem 'bar.iso' media @{ size = 8 * $block }
        Set-Server @{ enableDownloadSeconds = 2 }
        Add-OrchestratorSimulatorFault -Simulator $simulator Vcd Slow -BytesPerSecond 3MB -Method GET -Path /transfer/* -Count 0
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript("Import-Module '$ModulePath'; Receive-VcdMedia bar.iso '$folder' -Connection cloud")
            $null = $shell.Invoke()
            $bars = @($shell.Streams.Progress | Where-Object Activity -Like "Receiving 'bar.iso' of catalog 'iso'")
            $bars.Count | Should -BeGreaterThan 3
            $bars.Count | Should -BeLessThan 30
            $bars[-1].RecordType | Should -Be 'Completed'
            @($bars | Where-Object StatusDescription -Match 'The server prepares the download: ') | Should -Not -BeNullOrEmpty
            @($bars | Where-Object StatusDescription -Match ' of 4\.0 MiB, .*/s') | Should -Not -BeNullOrEmpty
            @($bars | Where-Object SecondsRemaining -GE 0) | Should -Not -BeNullOrEmpty
            ($bars.PercentComplete | Measure-Object -Maximum).Maximum | Should -BeGreaterThan 60
        }
        finally {
            $shell.Dispose()
            Set-Server @{ enableDownloadSeconds = 0.01 }
        }
    }

    It 'completes names of media' {
        (TabExpansion2 'Receive-VcdMedia rocky' -cursorColumn 22).CompletionMatches.CompletionText | Should -Contain 'rocky-9.4-x86_64-minimal.iso'
    }
}

Describe 'Receive-VcdTemplate' {
    BeforeAll {
        Add-ServerItem 'two disks' template @{ files = @(@{ name = 'a disk.vmdk'; size = 3 * $block + 1 }, @{ name = 'b.vmdk'; size = 5 }, @{ name = 'empty.nvram'; size = 0 }); manifest = 'SHA256' }
        Add-ServerItem 'plain' template @{ size = 2 * $block }
    }

    BeforeEach {
        Clear-Log
        $folder = New-Folder
    }

    It 'writes a folder with the descriptor and its files, and returns the descriptor' {
        $file = Get-VcdCatalogItem 'two disks' -Catalog templates | Receive-VcdTemplate -Destination $folder -Verbose 4>$null
        $file | Should -BeOfType IO.FileInfo
        $file.FullName | Should -Be (Join-Path $folder 'two disks' descriptor.ovf)
        (Get-ChildItem (Join-Path $folder 'two disks')).Name | Sort-Object | Should -Be 'a disk.vmdk', 'b.vmdk', 'descriptor.mf', 'descriptor.ovf', 'empty.nvram'
        foreach ($content in Get-ServerContent 'two disks' template) {
            (Get-FileHash -LiteralPath (Join-Path $folder 'two disks' $content.file)).Hash | Should -Be $content.sha256
        }
        Get-Call | Should -Be 'POST /api/vAppTemplate/vappTemplate-ID/action/enableDownload', 'POST /api/vAppTemplate/vappTemplate-ID/action/disableDownload'
        (Get-Download 'two disks').ended | Should -Be 'disabled'
        # With the empty file, none of whose bytes has to be asked for.
        @(Get-OrchestratorSimulatorRequest -Simulator $simulator Vcd -Path /transfer/*/*.nvram) | Should -BeNullOrEmpty
    }

    It 'writes one line for each file with -Verbose, and shows a bar for each' {
        $said = Receive-VcdTemplate 'two disks' $folder -Verbose 4>&1 | Out-String -Width 300
        $said | Should -BeLike "*Received 'a disk.vmdk': $(3 * $block + 1) bytes*its SHA256 is the manifest's*Received 'b.vmdk': 5 bytes*Received 'empty.nvram': 0 bytes*"
        Add-OrchestratorSimulatorFault -Simulator $simulator Vcd Slow -BytesPerSecond 2MB -Method GET -Path '/transfer/*/a disk.vmdk' -Count 0
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript("Import-Module '$ModulePath'; Receive-VcdTemplate 'two disks' '$folder' -Name bars -Connection cloud")
            $null = $shell.Invoke()
            $all = @($shell.Streams.Progress | Where-Object Activity -Like "Receiving 'two disks'*")
            $one = @($shell.Streams.Progress | Where-Object Activity -EQ 'a disk.vmdk')
            $one[0].ParentActivityId | Should -Be $all[0].ActivityId
            @($one | Where-Object StatusDescription -Match ' of 1\.5 MiB') | Should -Not -BeNullOrEmpty
            $one[-1].RecordType | Should -Be 'Completed'
            $all[-1].RecordType | Should -Be 'Completed'
        }
        finally {
            $shell.Dispose()
        }
    }

    It 'takes the server''s own archive with -Format Ova' {
        $file = Receive-VcdTemplate 'two disks' $folder -Format Ova
        $file.FullName | Should -Be (Join-Path $folder 'two disks.ova')
        @(Get-OrchestratorSimulatorRequest -Simulator $simulator Vcd -Path /transfer/*).Path | Should -BeLike '*/descriptor.ova'
        (Get-Download 'two disks').ended | Should -Be 'disabled'
        $out = Join-Path $folder out
        $null = New-Item -ItemType Directory $out
        [Formats.Tar.TarFile]::ExtractToDirectory($file.FullName, $out, $false)
        foreach ($content in Get-ServerContent 'two disks' template) {
            (Get-FileHash -LiteralPath (Join-Path $out $content.file)).Hash | Should -Be $content.sha256
        }
        # The extension may be typed.
        (Receive-VcdTemplate 'two disks' $folder -Format Ova -Name mine.ova).Name | Should -Be 'mine.ova'
    }

    It 'goes on with the server''s archive after broken connections, with or without its length' -ForEach $true, $false {
        Set-Server @{ ovaContentLength = $_ }
        try {
            Add-OrchestratorSimulatorFault -Simulator $simulator Vcd ResetResponse -Method GET -Path /transfer/*.ova -Bytes 900000
            $said = Receive-VcdTemplate 'two disks' $folder -Format Ova -Verbose 4>&1 | Out-String -Width 300
        }
        finally {
            Set-Server @{ ovaContentLength = $null }
        }
        $said | Should -BeLike "*Received 'two disks.ova'*4 files are as its manifest says*"
    }

    It 'packs the archive itself where the server has none' {
        Set-Server @{ versions = @('29.0') }
        try {
            $null = Connect-TestVcd $simulator @{ Name = 'old'; NotDefault = $true }
            $file = Receive-VcdTemplate 'two disks' $folder -Format Ova -Connection old
        }
        finally {
            Disconnect-Vcd old
            Set-Server @{ versions = $null }
        }
        @(Get-OrchestratorSimulatorRequest -Simulator $simulator Vcd -Path /transfer/*).Path | Should -Not -BeLike '*.ova'
        $listed = @(tar -tf $file.FullName)
        $listed | Should -Be 'descriptor.ovf', 'descriptor.mf', 'a disk.vmdk', 'b.vmdk', 'empty.nvram'
        $out = Join-Path $folder out
        $null = New-Item -ItemType Directory $out
        [Formats.Tar.TarFile]::ExtractToDirectory($file.FullName, $out, $false)
        foreach ($content in Get-ServerContent 'two disks' template) {
            (Get-FileHash -LiteralPath (Join-Path $out $content.file)).Hash | Should -Be $content.sha256
        }
        Test-Path "$($file.FullName).partial" | Should -BeFalse
    }

    It 'takes the identity along with -Identity' {
        (Receive-VcdTemplate plain $folder -Identity).Name | Should -Be 'descriptor-with-id.ovf'
        $null = Receive-VcdTemplate plain $folder -Identity -Format Ova
        @(Get-OrchestratorSimulatorRequest -Simulator $simulator Vcd -Path /transfer/*)[-1].Path | Should -BeLike '*/descriptor-with-id.ova'
    }

    It 'closes the download when it fails' {
        Add-OrchestratorSimulatorFault -Simulator $simulator Vcd Status -Status 400 -Method GET -Path /transfer/*.vmdk -Count 0
        $failed = Get-Failure { Receive-VcdTemplate plain $folder }
        $failed.FullyQualifiedErrorId | Should -Be 'Vcd.Validation,OrchestratorTools.Vcd.ReceiveVcdTemplateCommand'
        "$failed" | Should -Not -BeLike '*/transfer/*'
        (Get-Call)[-1] | Should -BeLike '*disableDownload'
        (Get-Download plain).ended | Should -Be 'disabled'
        Get-ChildItem $folder | Should -BeNullOrEmpty
    }

    It 'closes the download when it is stopped, and the same command goes on' {
        Add-ServerItem 'stopped' template @{ files = @(@{ name = 'small.vmdk'; size = 10 }, @{ name = 'large.vmdk'; size = 40 * $block }) }
        Add-OrchestratorSimulatorFault -Simulator $simulator Vcd Slow -BytesPerSecond 4MB -Method GET -Path /transfer/*/large.vmdk -Count 0
        $shell = [powershell]::Create()
        $null = $shell.AddScript("Import-Module '$ModulePath'; Receive-VcdTemplate stopped '$folder' -Connection cloud")
        $null = $shell.BeginInvoke()
        $partial = Join-Path $folder stopped large.vmdk.partial
        Wait-Until { (Test-Path $partial) -and (Get-Item $partial).Length -gt 4 * $block } 60
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $shell.Stop()
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 2
        $shell.Dispose()
        Wait-Until { (Get-Download stopped).ended } 10
        (Get-Download stopped).ended | Should -Be 'disabled'
        Join-Path $folder stopped descriptor.ovf | Should -Not -Exist
        Clear-Log
        $said = Receive-VcdTemplate stopped $folder -Verbose 4>&1 | Out-String -Width 300
        $said | Should -BeLike "*'small.vmdk' is there already*Going on with 'large.vmdk'*"
        foreach ($content in Get-ServerContent stopped template) {
            (Get-FileHash -LiteralPath (Join-Path $folder stopped $content.file)).Hash | Should -Be $content.sha256
        }
    }

    It 'refuses a file that is not what the manifest says' {
        Add-OrchestratorSimulatorFault -Simulator $simulator Vcd ReplaceBody -Method GET -Path /transfer/*/b.vmdk -Body 'xxxxx' -ContentType application/octet-stream
        $failed = Get-Failure { Receive-VcdTemplate 'two disks' $folder }
        $failed.FullyQualifiedErrorId | Should -Be 'Vcd.Protocol,OrchestratorTools.Vcd.ReceiveVcdTemplateCommand'
        "$failed" | Should -BeLike '*b.vmdk*not what the manifest says*'
        Join-Path $folder 'two disks' b.vmdk | Should -Not -Exist
        $null = Receive-VcdTemplate 'two disks' $folder
        Join-Path $folder 'two disks' descriptor.ovf | Should -Exist
    }

    It 'refuses names that leave the folder' {
        $evil = '<Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1" xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1"><References><File ovf:id="f" ovf:href="../evil.vmdk" ovf:size="5"/></References></Envelope>'
        Add-OrchestratorSimulatorFault -Simulator $simulator Vcd ReplaceBody -Method GET -Path /transfer/*/descriptor.ovf -Body $evil -ContentType text/xml
        "$(Get-Failure { Receive-VcdTemplate plain $folder })" | Should -BeLike "*'../evil.vmdk', which is refused*"
        Get-ChildItem $folder -Recurse | Should -BeNullOrEmpty
    }

    It 'does nothing with -WhatIf, and overwrites with -Force only' {
        Receive-VcdTemplate plain $folder -WhatIf | Should -BeNullOrEmpty
        Get-Call | Should -BeNullOrEmpty
        $null = Receive-VcdTemplate plain $folder
        $failed = Get-Failure { Receive-VcdTemplate plain $folder }
        "$failed" | Should -BeLike '*descriptor.ovf'' exists*'
        $null = Receive-VcdTemplate plain $folder -Force
    }

    It 'names <What>' -ForEach @(
        @{ What = 'a template that does not exist'; Run = { Receive-VcdTemplate nosuch $folder }; Id = 'Vcd.NotFound'; Said = "*-Template 'nosuch'*" }
        @{ What = 'a template that is still being imported'; Run = { Receive-VcdTemplate 'appliance (importing)' $folder }; Id = 'Vcd.WrongState'; Said = '*not ready*' }
    ) {
        $failed = Get-Failure $Run
        $failed.FullyQualifiedErrorId | Should -Be "$Id,OrchestratorTools.Vcd.ReceiveVcdTemplateCommand"
        "$failed" | Should -BeLike $Said
        Get-ChildItem $folder | Should -BeNullOrEmpty
    }
}

Describe 'Receive-VcdVApp' {
    BeforeAll {
        $vapp = Get-VcdVApp 'erp (production)'
    }

    BeforeEach {
        Clear-Log
        $folder = New-Folder
    }

    It 'receives a vApp as a folder, by name, and closes the download' {
        $file = Receive-VcdVApp 'erp (production)' $folder
        $file.FullName | Should -Be (Join-Path $folder 'erp (production)' descriptor.ovf)
        $contents = @(Get-ServerContent 'erp (production)' vApp)
        $contents.Count | Should -Be 3
        (Get-ChildItem (Join-Path $folder 'erp (production)')).Name | Sort-Object | Should -Be (@($contents.file) + 'descriptor.ovf' | Sort-Object)
        foreach ($content in $contents) {
            (Get-FileHash -LiteralPath (Join-Path $folder 'erp (production)' $content.file)).Hash | Should -Be $content.sha256 -Because $content.file
        }
        Get-Call | Should -Be 'POST /api/vApp/vapp-ID/action/enableDownload', 'POST /api/vApp/vapp-ID/action/disableDownload'
        @(Get-OrchestratorSimulatorRequest -Simulator $simulator Vcd -Path /transfer/* | Where-Object HasCredential) | Should -BeNullOrEmpty
        Get-ChildItem $env:ORCHESTRATORTOOLS_STATE -Recurse -Filter *.json -ErrorAction Ignore | Should -BeNullOrEmpty
    }

    It 'takes it from the pipeline, as an archive of another name' {
        $ova = $vapp | Receive-VcdVApp -Destination $folder -Format Ova -Name packed.ova
        $ova.FullName | Should -Be (Join-Path $folder packed.ova)
        $out = New-Item -ItemType Directory (Join-Path $folder out)
        [Formats.Tar.TarFile]::ExtractToDirectory($ova.FullName, $out, $false)
        foreach ($content in Get-ServerContent 'erp (production)' vApp) {
            (Get-FileHash -LiteralPath (Join-Path $out $content.file)).Hash | Should -Be $content.sha256 -Because $content.file
        }
        (Get-Download 'erp (production)').ended | Should -Be 'disabled'
    }

    It 'takes a name in a virtual data center, and an id' {
        (Receive-VcdVApp mail $folder -Vdc $vapp.Vdc).Directory.Name | Should -Be 'mail'
        (Receive-VcdVApp (Get-VcdVApp mail).Id (Join-Path $folder byid)).Directory.Name | Should -Be 'mail'
        (Get-Failure { Receive-VcdVApp mail $folder -Vdc nosuch -Force }).FullyQualifiedErrorId | Should -Be 'Vcd.NotFound,OrchestratorTools.Vcd.ReceiveVcdVAppCommand'
    }

    It 'says that one that is deployed cannot be received, and opens nothing' {
        $running = Get-VcdVApp | Where-Object IsDeployed | Select-Object -First 1
        $failed = Get-Failure { $running | Receive-VcdVApp -Destination $folder }
        $failed.FullyQualifiedErrorId | Should -Be 'Vcd.WrongState,OrchestratorTools.Vcd.ReceiveVcdVAppCommand'
        "$failed" | Should -BeLike "*'$([WildcardPattern]::Escape($running.Name))' is deployed; only an undeployed vApp can be downloaded*Stop it and undeploy it first*"
        $failed.TargetObject.Name | Should -Be $running.Name
        Get-Call | Should -BeNullOrEmpty
        Get-ChildItem $folder | Should -BeNullOrEmpty
    }

    It 'says that one that could not be made has nothing to receive, and goes on with the next' {
        $received = @('vapp-0012', 'mail' | Receive-VcdVApp -Destination $folder -ErrorAction SilentlyContinue -ErrorVariable failed)
        $received.Directory.Name | Should -Be 'mail'
        $failed.Count | Should -Be 1
        $failed[0].FullyQualifiedErrorId | Should -Be 'Vcd.WrongState,OrchestratorTools.Vcd.ReceiveVcdVAppCommand'
        "$($failed[0])" | Should -BeLike '*has failed: there is nothing to download*'
    }

    It 'closes the download when it is broken off, and goes on with the same command' {
        Add-OrchestratorSimulatorFault -Simulator $simulator Vcd Status -Status 400 -Method GET -Path /transfer/*disk-1.vmdk -Count 0
        $null = Get-Failure { $vapp | Receive-VcdVApp -Destination $folder }
        (Get-Call)[-1] | Should -BeLike '*disableDownload'
        Join-Path $folder $vapp.Name descriptor.ovf | Should -Not -Exist
        Clear-Log
        $said = $vapp | Receive-VcdVApp -Destination $folder -Verbose 4>&1 | Out-String -Width 300
        $said | Should -BeLike "*disk-0.vmdk' is there already*"
        Join-Path $folder $vapp.Name descriptor.ovf | Should -Exist
    }

    It 'does nothing with -WhatIf' {
        $vapp | Receive-VcdVApp -Destination $folder -WhatIf | Should -BeNullOrEmpty
        Get-Call | Should -BeNullOrEmpty
        Get-ChildItem $folder | Should -BeNullOrEmpty
    }
}

Describe 'There and back' {
    BeforeAll {
        # A package with a manifest: what the server gives back has to be it, byte for byte.
        $package = New-Item -ItemType Directory (Join-Path $TestDrive package)
        $random = [Random]::new(4711)
        $files = [ordered]@{ 'disk one.vmdk' = 3 * $block + 5; 'disk2.vmdk' = $block; 'tiny.iso' = 1 }
        $references = foreach ($name in $files.Keys) {
            $bytes = [byte[]]::new($files[$name])
            $random.NextBytes($bytes)
            [IO.File]::WriteAllBytes((Join-Path $package $name), $bytes)
            "<File ovf:href=`"$name`" ovf:id=`"$($name -replace '\W')`" ovf:size=`"$($files[$name])`"/>"
        }
        [IO.File]::WriteAllText((Join-Path $package descriptor.ovf), @"
<?xml version="1.0" encoding="UTF-8"?>
<Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1" xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1">
  <References>$($references -join '')</References>
  <DiskSection><Info>Disks</Info><Disk ovf:diskId="d1" ovf:fileRef="diskonevmdk" ovf:capacity="10000000"/><Disk ovf:diskId="d2" ovf:fileRef="disk2vmdk" ovf:capacity="10000000"/></DiskSection>
  <VirtualSystem ovf:id="vm1"><Info>A machine</Info></VirtualSystem>
</Envelope>
"@)
        $lines = Get-ChildItem $package | Sort-Object { $_.Extension -ne '.ovf' }, Name | ForEach-Object { "SHA256($($_.Name))= $((Get-FileHash -LiteralPath $_).Hash.ToLowerInvariant())" }
        [IO.File]::WriteAllText((Join-Path $package descriptor.mf), ($lines -join "`n") + "`n")
        $names = 'descriptor.mf', 'descriptor.ovf', 'disk one.vmdk', 'disk2.vmdk', 'tiny.iso'
        $null = Send-VcdTemplate $package.FullName -Catalog templates -Name 'there and back' -RequireManifest -Wait
    }

    BeforeEach {
        Clear-Log
        $folder = New-Folder
    }

    It 'gives the folder back, byte for byte, through broken connections' {
        Add-OrchestratorSimulatorFault -Simulator $simulator Vcd ResetResponse -Method GET -Path /transfer/*.vmdk -Bytes 400000 -Count 4
        $null = Receive-VcdTemplate 'there and back' $folder
        $got = Join-Path $folder 'there and back'
        (Get-ChildItem $got).Name | Sort-Object | Should -Be $names
        foreach ($name in $names) {
            (Get-FileHash -LiteralPath (Join-Path $got $name)).Hash | Should -Be (Get-FileHash -LiteralPath (Join-Path $package $name)).Hash -Because $name
        }
    }

    It 'gives an archive that unpacks to the same, and that is taken by the next server as it is' {
        $ova = Receive-VcdTemplate 'there and back' $folder -Format Ova
        $out = New-Item -ItemType Directory (Join-Path $folder out)
        [Formats.Tar.TarFile]::ExtractToDirectory($ova.FullName, $out, $false)
        foreach ($name in $names) {
            (Get-FileHash -LiteralPath (Join-Path $out $name)).Hash | Should -Be (Get-FileHash -LiteralPath (Join-Path $package $name)).Hash -Because $name
        }
        $again = $ova | Send-VcdTemplate -Catalog templates -Name 'and there again' -RequireManifest -Wait
        $again.Name | Should -Be 'and there again'
        @(Get-ServerContent 'and there again' template).sha256 | Sort-Object | Should -Be (@(Get-ServerContent 'there and back' template).sha256 | Sort-Object)
    }

    It 'takes the received folder as it is, too' {
        $null = Receive-VcdTemplate 'there and back' $folder | Send-VcdTemplate -Catalog templates -Name 'by folder' -RequireManifest -Wait
        @(Get-ServerContent 'by folder' template).sha256 | Sort-Object | Should -Be (@(Get-ServerContent 'there and back' template).sha256 | Sort-Object)
    }
}
