BeforeAll {
    . $PSScriptRoot/Common.ps1
    . $PSScriptRoot/RecordingHost.ps1
    $simulator = Start-TestSimulator @{ Speed = 20 }
    $vcd = $simulator.Vcd
    $null = Connect-TestVcd $simulator @{ Name = 'cloud' }
    $oldState = $env:ORCHESTRATORTOOLS_STATE
    $env:ORCHESTRATORTOOLS_STATE = Join-Path $TestDrive state

    # A package: an OVF with files of so many random bytes, in a folder of its own. Returns the descriptor.
    function New-Package {
        param([string] $Name, [Collections.IDictionary] $File, [string] $Manifest, [switch] $WithoutSize)
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid()))
        $references = foreach ($one in $File.GetEnumerator()) {
            $bytes = [byte[]]::new($one.Value)
            [Random]::new($one.Value).NextBytes($bytes)
            [IO.File]::WriteAllBytes((Join-Path $folder $one.Key), $bytes)
            $size = $WithoutSize ? '' : " ovf:size='$($one.Value)'"
            "<File ovf:id='$($one.Key)' ovf:href=""$($one.Key)""$size/>"
        }
        $path = Join-Path $folder "$Name.ovf"
        Set-Content $path "<Envelope xmlns=""http://schemas.dmtf.org/ovf/envelope/1"" xmlns:ovf=""http://schemas.dmtf.org/ovf/envelope/1""><References>$references</References><VirtualSystem ovf:id=""$Name""/></Envelope>"
        if ($Manifest) {
            Get-ChildItem $folder | ForEach-Object { "$Manifest($($_.Name))= $((Get-FileHash $_ -Algorithm $Manifest).Hash)" } | Set-Content (Join-Path $folder "$Name.mf")
        }
        $path
    }

    # The archive of a package, the descriptor first.
    function New-Archive {
        param([string] $Path)
        $folder = Split-Path $Path
        $ova = [IO.Path]::ChangeExtension($Path, '.ova')
        $stream = [IO.File]::Create($ova)
        $writer = [Formats.Tar.TarWriter]::new($stream)
        foreach ($file in @(Get-Item $Path) + @(Get-ChildItem $folder -Exclude *.ovf, *.ova)) {
            $writer.WriteEntry($file.FullName, $file.Name)
        }
        $writer.Dispose()
        $stream.Dispose()
        $ova
    }

    function Get-Transferred {
        param([string] $Name)
        $all = @((Invoke-SimulatorCommand $simulator 'systems/vcd/transfers') | Where-Object name -EQ $Name)
        @($all | Where-Object id -EQ $all[-1].id)
    }

    function Assert-Arrived {
        param([string] $Name, [string] $Path)
        $files = Get-Transferred $Name
        $files.complete | Sort-Object -Unique | Should -Be $true
        foreach ($file in Get-ChildItem (Split-Path $Path) -Exclude *.ovf, *.ova, *.mf) {
            ($files | Where-Object file -EQ $file.Name).sha256 | Should -Be (Get-FileHash $file).Hash
        }
    }

    function Get-Call {
        @(Get-OrchestratorSimulatorRequest -Simulator $simulator Vcd | Where-Object Method -In POST, PUT, DELETE | ForEach-Object { "$($_.Method) $($_.Path -replace '(vappTemplate-)?[0-9a-f-]{36}', 'ID')" })
    }

    function Clear-Log {
        Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
    }

    # The first error of a command that is meant to fail.
    function Get-Failure {
        param([scriptblock] $Script)
        $ErrorActionPreference = 'Continue'
        $WarningPreference = 'SilentlyContinue'
        @(& $Script 2>&1 | Where-Object { $_ -is [Management.Automation.ErrorRecord] })[0]
    }

    # An upload that stops after so many requests.
    function Start-Unfinished {
        param([scriptblock] $Send, [int] $After = 1)
        Add-OrchestratorSimulatorFault -Simulator $simulator Vcd Status -Status 400 -Method PUT -Path /transfer/* -Skip $After -Count 0
        $null = Get-Failure $Send
        Clear-Log
    }
}

AfterAll {
    $env:ORCHESTRATORTOOLS_STATE = $oldState
    Get-OrchestratorConnection -System Vcd | Disconnect-Vcd -WarningAction Ignore
    Stop-OrchestratorSimulator $simulator
}

Describe 'Send-VcdTemplate' {
    BeforeEach {
        Clear-Log
    }

    It 'uploads an OVF with its files and returns the template with its task' {
        $path = New-Package one ([ordered]@{ 'disk1.vmdk' = 300000; 'disk2.vmdk' = 1000 })
        $template = Send-VcdTemplate $path -Catalog iso -Description 'line "one" & <two>'
        $template | Should -BeOfType OrchestratorTools.Clients.Vcd.VcdTemplate
        $template.Name | Should -Be 'one'
        $template.Description | Should -Be 'line "one" & <two>'
        $template.Catalog | Should -Be 'iso'
        $template.Connection | Should -Be 'cloud'
        $template.Tasks[0].OperationName | Should -Be 'vdcUploadOvfContents'
        Assert-Arrived one $path
        Get-Call | Sort-Object | Should -Be 'POST /api/catalog/ID/action/upload', 'PUT /transfer/ID/descriptor.ovf', 'PUT /transfer/ID/disk1.vmdk', 'PUT /transfer/ID/disk2.vmdk'
        Get-ChildItem $env:ORCHESTRATORTOOLS_STATE -Recurse -Filter *.json | Should -BeNullOrEmpty
        $template | Out-String -Width 120 | Should -BeLike '*one*iso*'
    }

    It 'uploads an OVA in place, with its manifest, and waits for the import' {
        $path = New-Package two ([ordered]@{ 'disk.vmdk' = 400000 }) -Manifest SHA512
        $ova = New-Archive $path
        # Nothing is unpacked: neither where temporary files go nor beside the archive.
        $oldTemp = $env:TMPDIR
        $env:TMPDIR = New-Item -ItemType Directory (Join-Path $TestDrive temporary)
        $beside = @(Get-ChildItem (Split-Path $ova)).Count
        try {
            $said = Send-VcdTemplate $ova -Catalog iso -RequireManifest -Wait -Timeout 60 -Verbose 4>&1
            Get-ChildItem $env:TMPDIR | Should -BeNullOrEmpty
        }
        finally {
            $env:TMPDIR = $oldTemp
        }
        @(Get-ChildItem (Split-Path $ova)).Count | Should -Be $beside
        $template = $said | Where-Object { $_ -is [OrchestratorTools.Clients.Vcd.VcdTemplate] }
        $template.Name | Should -Be 'two'
        $template.Status | Should -Be 'RESOLVED'
        Assert-Arrived two $path
        @($said | Where-Object { "$_" -like "'disk.vmdk' of 'two': 400000 bytes sent*as the manifest says (SHA512)*" }) | Should -HaveCount 1
        "$said" | Should -Not -BeLike '*/transfer/*'
        (Get-Transferred two).file | Sort-Object | Should -Be 'descriptor.ovf', 'disk.vmdk', 'manifest.mf'
    }

    It 'takes a folder, wildcards, the pipeline, a catalog as an object, and files without a size' {
        $path = New-Package three ([ordered]@{ 'disk.vmdk' = 5000 }) -WithoutSize
        $catalog = Get-VcdCatalog iso
        (Send-VcdTemplate (Split-Path $path) -Catalog $catalog).Name | Should -Be 'three'
        Assert-Arrived three $path
        $many = Split-Path (New-Package four ([ordered]@{}))
        Copy-Item (Join-Path $many four.ovf) (Join-Path $many 'five[1].ovf')
        @(Get-ChildItem $many -Filter *.ovf | Sort-Object Name | Send-VcdTemplate -Catalog $catalog).Name | Should -Be 'five[1]', 'four'
        (Send-VcdTemplate (Join-Path $many 'f?ur.ovf') -Catalog iso -Name again).Name | Should -Be 'again'
    }

    It 'sends nothing with -WhatIf' {
        $path = New-Package whatif ([ordered]@{})
        Send-VcdTemplate $path -Catalog iso -WhatIf | Should -BeNullOrEmpty
        Send-VcdTemplate -SourceUrl http://127.0.0.1/whatif.ovf -Catalog iso -WhatIf | Should -BeNullOrEmpty
        Get-Call | Should -BeNullOrEmpty
    }

    It 'names <What>' -ForEach @(
        @{ What = 'a file that does not exist'; Run = { Send-VcdTemplate (Join-Path $TestDrive nosuch.ovf) -Catalog iso }; Id = 'Vcd.LocalFile'; Said = '*nosuch.ovf*' }
        @{ What = 'what is no OVF'; Run = { Set-Content (Join-Path $TestDrive plain.ovf) 'hello'; Send-VcdTemplate (Join-Path $TestDrive plain.ovf) -Catalog iso }; Id = 'Vcd.LocalFile'; Said = '*no OVF descriptor and no OVA*' }
        @{ What = 'another XML'; Run = { Set-Content (Join-Path $TestDrive page.ovf) '<html/>'; Send-VcdTemplate (Join-Path $TestDrive page.ovf) -Catalog iso }; Id = 'Vcd.LocalFile'; Said = '*''html''*' }
        @{ What = 'a folder without a template'; Run = { Send-VcdTemplate (New-Item -ItemType Directory (Join-Path $TestDrive hollow)) -Catalog iso }; Id = 'Vcd.LocalFile'; Said = '*no OVF descriptor and no OVA*' }
        @{ What = 'an OVA that was cut short'; Run = { $ova = New-Archive (New-Package cut ([ordered]@{ 'disk.vmdk' = 9000 })); [IO.File]::WriteAllBytes($ova, [IO.File]::ReadAllBytes($ova)[0..6000]); Send-VcdTemplate $ova -Catalog iso }; Id = 'Vcd.LocalFile'; Said = '*cut short*bytes are missing*' }
        @{ What = 'a file that is not there'; Run = { $path = New-Package gone ([ordered]@{ 'disk.vmdk' = 10 }); Remove-Item (Join-Path (Split-Path $path) disk.vmdk); Send-VcdTemplate $path -Catalog iso }; Id = 'Vcd.LocalFile'; Said = '*''disk.vmdk'', which is not in*' }
        @{ What = 'a wrong size'; Run = { $path = New-Package wrong ([ordered]@{ 'disk.vmdk' = 10 }); Set-Content (Join-Path (Split-Path $path) disk.vmdk) 'other'; Send-VcdTemplate $path -Catalog iso }; Id = 'Vcd.LocalFile'; Said = '*says that it has 10*' }
        @{ What = 'a missing manifest'; Run = { Send-VcdTemplate (New-Package bare ([ordered]@{})) -Catalog iso -RequireManifest }; Id = 'Vcd.LocalFile'; Said = '*-RequireManifest wants one*' }
        @{ What = 'a name that leaves the folder'; Run = { $path = New-Package evil ([ordered]@{ 'disk.vmdk' = 10 }); (Get-Content $path -Raw) -replace 'href="disk', 'href="../disk' | Set-Content $path; Send-VcdTemplate $path -Catalog iso }; Id = 'Vcd.LocalFile'; Said = '*leads out of the folder*' }
        @{ What = 'a catalog that does not exist'; Run = { Send-VcdTemplate (New-Package n ([ordered]@{})) -Catalog nosuch }; Id = 'Vcd.NotFound'; Said = "*-Catalog 'nosuch'*" }
        @{ What = 'a catalog that may only be read'; Run = { Send-VcdTemplate (New-Package n ([ordered]@{})) -Catalog published }; Id = 'Vcd.Permission'; Said = '*read-only*' }
        @{ What = 'a name that exists'; Run = { Send-VcdTemplate (New-Package n ([ordered]@{})) -Catalog templates -Name debian-12-base }; Id = 'Vcd.Conflict'; Said = '*already has an item*' }
        @{ What = 'an item that is no template'; Run = { Send-VcdTemplate (New-Package n ([ordered]@{})) -Catalog iso -Name ubuntu-24.04.iso }; Id = 'Vcd.Conflict'; Said = '*no template*' }
        @{ What = 'a virtual data center that does not exist'; Run = { Send-VcdTemplate (New-Package n ([ordered]@{})) -Catalog iso -Vdc nosuch }; Id = 'Vcd.NotFound'; Said = "*-Vdc 'nosuch'*" }
        @{ What = 'a storage profile that does not exist'; Run = { Send-VcdTemplate (New-Package n ([ordered]@{})) -Catalog iso -StorageProfile nosuch }; Id = 'Vcd.NotFound'; Said = "*-StorageProfile 'nosuch'*" }
        @{ What = 'an organization that the session cannot act for'; Run = { Send-VcdTemplate (New-Package n ([ordered]@{})) -Catalog iso -Organization globex }; Id = 'Vcd.Permission'; Said = "*-Organization 'globex'*" }
    ) {
        $failed = Get-Failure $Run
        $failed.FullyQualifiedErrorId | Should -Be "$Id,OrchestratorTools.Vcd.SendVcdTemplateCommand"
        "$failed" | Should -BeLike $Said
        $failed.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        Get-Call | Should -BeNullOrEmpty
    }

    It 'takes one name for one package only, -Force or -Resume, and an address that is one' {
        $one = New-Package n1 ([ordered]@{})
        $other = New-Package n2 ([ordered]@{})
        { Send-VcdTemplate $one, $other -Catalog iso -Name same } | Should -Throw '*-Name ''same''*' -ErrorId 'Vcd.BadParameter,*'
        { Send-VcdTemplate $one -Catalog iso -Force -Resume } | Should -Throw '*-Force*' -ErrorId 'Vcd.BadParameter,*'
        { Send-VcdTemplate -SourceUrl ftp://host/x.ovf -Catalog iso } | Should -Throw '*-SourceUrl*' -ErrorId 'Vcd.BadParameter,*'
        { Send-VcdTemplate -SourceUrl x.ovf -Catalog iso } | Should -Throw '*-SourceUrl*' -ErrorId 'Vcd.BadParameter,*'
        { Send-VcdTemplate -SourceUrl http://host/ -Catalog iso } | Should -Throw '*-Name*' -ErrorId 'Vcd.BadParameter,*'
    }

    It 'lets no damaged package come into use' {
        $path = New-Package damaged ([ordered]@{ 'disk.vmdk' = 300000 }) -Manifest SHA256
        $disk = Join-Path (Split-Path $path) disk.vmdk
        $bytes = [IO.File]::ReadAllBytes($disk)
        $bytes[299999] = $bytes[299999] -bxor 1
        [IO.File]::WriteAllBytes($disk, $bytes)
        $failed = Get-Failure { Send-VcdTemplate $path -Catalog iso }
        $failed.FullyQualifiedErrorId | Should -Be 'Vcd.LocalFile,OrchestratorTools.Vcd.SendVcdTemplateCommand'
        "$failed" | Should -BeLike "*'disk.vmdk' is not the file that 'damaged.mf' was made for*$((Get-FileHash $disk).Hash.ToLowerInvariant())*has been removed*"
        (Get-Transferred damaged | Where-Object file -EQ disk.vmdk).complete | Should -Be $false
        Get-VcdCatalogItem damaged -Catalog iso -ErrorAction Ignore | Should -BeNullOrEmpty
        Get-VcdTransfer | Where-Object Name -EQ damaged | Should -BeNullOrEmpty
    }

    It 'waits where the server runs as many operations as it may, and then says so' {
        $path = New-Package busy ([ordered]@{})
        $body = '<Error xmlns="http://www.vmware.com/vcloud/v1.5" majorErrorCode="400" minorErrorCode="OPERATION_LIMITS_EXCEEDED" message="The maximum number of simultaneous operations is reached."/>'
        Add-OrchestratorSimulatorFault -Simulator $simulator Vcd Status -Status 400 -Method POST -Path */action/upload -Body $body -ContentType application/vnd.vmware.vcloud.error+xml -Count 1
        (Send-VcdTemplate $path -Catalog iso).Name | Should -Be 'busy'
        @(Get-Call) -like 'POST*upload' | Should -HaveCount 2
    }

    It 'goes on after broken connections, and in a new process after the first one was killed' {
        $path = New-Package killed ([ordered]@{ 'a.vmdk' = 12 * 65536; 'b.vmdk' = 12 * 65536 }) -Manifest SHA256
        $password = $vcd.Credential.GetNetworkCredential().Password
        $script = @"
            `$ProgressPreference = 'SilentlyContinue'
            Import-Module '$ModulePath'
            `$credential = [pscredential]::new('$($vcd.Credential.UserName)', (ConvertTo-SecureString '$password' -AsPlainText))
            `$null = Connect-Vcd $($vcd.Server) -Organization acme -Credential `$credential -ServerCertificateThumbprint $($vcd.CertificateThumbprint) -NoProxy
            (Send-VcdTemplate '$path' -Catalog iso -ChunkSize 65536 -Verbose 4>&1 | Out-String -Width 400)
"@
        $first = Join-Path $TestDrive 'first.ps1'
        Set-Content $first $script
        Add-OrchestratorSimulatorFault -Simulator $simulator Vcd ResetRequest -Method PUT -Path /transfer/* -Bytes 30000 -Skip 3 -Count 2
        Add-OrchestratorSimulatorFault -Simulator $simulator Vcd Latency -Milliseconds 150 -Method PUT -Path /transfer/* -Count 0
        $process = Start-Process ([Environment]::ProcessPath) '-NoProfile', '-NonInteractive', '-File', $first -PassThru -RedirectStandardOutput (Join-Path $TestDrive 'first.txt')
        $deadline = [DateTime]::UtcNow.AddSeconds(60)
        do {
            Start-Sleep -Milliseconds 50
            $stored = ((Invoke-SimulatorCommand $simulator 'systems/vcd/transfers') | Where-Object name -EQ killed | Measure-Object stored -Sum).Sum
        } while ($stored -lt 5 * 65536 -and [DateTime]::UtcNow -lt $deadline)
        $process.Kill()
        $process.WaitForExit()
        Clear-Log
        $before = (Get-Transferred killed | Measure-Object stored -Sum).Sum
        $before | Should -BeLessThan (24 * 65536)

        Invoke-NewProcess $script | Out-String -Width 400 | Should -BeLike "*Going on with the upload of '?.vmdk' of 'killed'*as the manifest says*"
        Assert-Arrived killed $path
        $sent = (Get-OrchestratorSimulatorRequest -Simulator $simulator Vcd -Path /transfer/* | Measure-Object BodySize -Sum).Sum
        $sent | Should -BeLessOrEqual (24 * 65536 + 1000 - $before)
    }

    It 'is stopped at once, says what goes on, and goes on with the same command' {
        $path = New-Package stopped ([ordered]@{ 'a.vmdk' = 20 * 65536; 'b.vmdk' = 20 * 65536 })
        Add-OrchestratorSimulatorFault -Simulator $simulator Vcd Latency -Milliseconds 300 -Method PUT -Path /transfer/* -Count 0
        $begun = Start-AtHost "Send-VcdTemplate '$path' -Catalog iso -ChunkSize 65536 -Connection cloud"
        $deadline = [DateTime]::UtcNow.AddSeconds(60)
        do {
            Start-Sleep -Milliseconds 50
            $stored = ((Invoke-SimulatorCommand $simulator 'systems/vcd/transfers') | Where-Object name -EQ stopped | Measure-Object stored -Sum).Sum
        } while ($stored -lt 4 * 65536 -and [DateTime]::UtcNow -lt $deadline)
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $begun.Shell.Stop()
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 2
        "$((Complete-AtHost $begun).Warnings)" | Should -BeLike "The upload of 'stopped' was stopped after about * bytes. The same command goes on with it, as long as the server keeps it*"
        Clear-Log
        $deadline = [DateTime]::UtcNow.AddSeconds(10)
        do {
            # What was under way may hold the record for a moment.
            $template = Send-VcdTemplate $path -Catalog iso -ErrorAction SilentlyContinue -ErrorVariable failed
        } while ("$failed" -like '*Another process*' -and [DateTime]::UtcNow -lt $deadline)
        $template.Name | Should -Be 'stopped'
        Assert-Arrived stopped $path
    }

    It 'shows each file and all of them' {
        $path = New-Package bars ([ordered]@{ 'a.vmdk' = 6 * 65536; 'b.vmdk' = 6 * 65536 })
        Add-OrchestratorSimulatorFault -Simulator $simulator Vcd Latency -Milliseconds 250 -Method PUT -Path /transfer/* -Count 0
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript("Import-Module '$ModulePath'; Send-VcdTemplate '$path' -Catalog iso -ChunkSize 65536 -Connection cloud")
            $null = $shell.Invoke()
            $bars = @($shell.Streams.Progress)
            $parent = @($bars | Where-Object Activity -Like "Uploading 'bars'*" | Where-Object ParentActivityId -LT 0)
            $parent.Count | Should -BeGreaterThan 3
            $parent.Count | Should -BeLessThan 40
            $parent[-1].RecordType | Should -Be 'Completed'
            @($parent | Where-Object StatusDescription -Match '\d KiB of 769 KiB|\d KiB of 768 KiB') | Should -Not -BeNullOrEmpty
            @($parent | Where-Object SecondsRemaining -GE 0) | Should -Not -BeNullOrEmpty
            $children = @($bars | Where-Object ParentActivityId -EQ $parent[0].ActivityId)
            $children.Activity | Where-Object { $_ -like '*.vmdk' } | Sort-Object -Unique | Should -Be 'a.vmdk', 'b.vmdk'
            @($children | Group-Object ActivityId).Count | Should -BeLessOrEqual 5
        }
        finally {
            $shell.Dispose()
        }
    }

    It 'is stored where -Vdc and -StorageProfile say' {
        $vdc = @((Invoke-VcdRequest '/api/query?type=orgVdc&format=records').QueryResultRecords.OrgVdcRecord)[-1]
        $template = Send-VcdTemplate (New-Package stored ([ordered]@{})) -Catalog iso -Vdc $vdc.name
        $template.VdcHref | Should -Be $vdc.href
        $storage = @((Invoke-VcdRequest '/api/query?type=orgVdcStorageProfile&format=records').QueryResultRecords.OrgVdcStorageProfileRecord)[-1]
        $media = Send-VcdMedia (New-Package stored ([ordered]@{})) -Catalog iso -Name stored.bin -Vdc $storage.vdcName -StorageProfile $storage.name
        $media.StorageProfile | Should -Be $storage.name
        $media.VdcHref | Should -Be $storage.vdc
    }

    It 'acts for an organization as the provider' {
        $provider = $vcd.Users | Where-Object Organization -EQ System
        $null = Connect-Vcd $vcd.Server -Organization System -Credential $provider.Credential -ServerCertificateThumbprint $vcd.CertificateThumbprint -NoProxy -Name provider -NotDefault
        $template = Send-VcdTemplate (New-Package provided ([ordered]@{})) -Catalog iso -Organization acme -Connection provider
        $template.Name | Should -Be 'provided'
        $template.Connection | Should -Be 'provider'
        Start-Unfinished { Send-VcdTemplate (New-Package half ([ordered]@{ 'disk.vmdk' = 1000 })) -Catalog iso -Organization acme -Connection provider }
        $half = Get-VcdTransfer half -Organization acme -Connection provider
        $half.Connection | Should -Be 'provider'
        Get-VcdTransfer half* -Organization globex -Connection provider | Should -BeNullOrEmpty
        $half | Stop-VcdTransfer -Confirm:$false
        Disconnect-Vcd provider
    }

    It 'lets the server fetch a template, and shows no password' {
        $path = New-Package fetched ([ordered]@{ 'disk.vmdk' = 5000 })
        $folder = Split-Path $path
        $port = 20000 + (Get-Random 20000)
        $listener = [Net.HttpListener]::new()
        $listener.Prefixes.Add("http://127.0.0.1:$port/")
        $listener.Start()
        $server = Start-ThreadJob {
            while (($using:listener).IsListening) {
                $context = ($using:listener).GetContext()
                $file = Join-Path $using:folder (Split-Path $context.Request.Url.AbsolutePath -Leaf)
                if (Test-Path $file) { $bytes = [IO.File]::ReadAllBytes($file); $context.Response.OutputStream.Write($bytes, 0, $bytes.Length) } else { $context.Response.StatusCode = 404 }
                $context.Response.Close()
            }
        }
        try {
            $said = Send-VcdTemplate -SourceUrl "http://me:Secret-Word-7@127.0.0.1:$port/fetched.ovf" -Catalog iso -Wait -Timeout 60 -Debug -Verbose *>&1
            ($said | Where-Object { $_ -is [OrchestratorTools.Clients.Vcd.VcdTemplate] }).Status | Should -Be 'RESOLVED'
            $said | Out-String -Width 4000 | Should -Not -BeLike '*Secret-Word-7*'
            Get-Call | Should -Be 'POST /api/catalog/ID/action/upload'
        }
        finally {
            $listener.Stop()
            $server | Stop-Job -PassThru | Remove-Job -Force
        }
    }
}

Describe 'Get-VcdTransfer, Resume-VcdTransfer, Stop-VcdTransfer' {
    BeforeAll {
        $path = New-Package unfinished ([ordered]@{ 'a.vmdk' = 3 * 65536; 'b.vmdk' = 3 * 65536 })
        $image = Join-Path $TestDrive unfinished.iso
        [IO.File]::WriteAllBytes($image, [byte[]]::new(200000))
    }

    BeforeEach {
        Clear-Log
        Get-VcdTransfer | Stop-VcdTransfer -Confirm:$false
        Get-VcdCatalogItem unfinished* -Catalog iso | Remove-VcdCatalogItem -Confirm:$false
        Start-Unfinished { Send-VcdTemplate $path -Catalog iso -ChunkSize 65536 } -After 3
        Start-Unfinished { Send-VcdMedia $image -Catalog iso -ChunkSize 65536 } -After 2
    }

    It 'lists what is unfinished' {
        $all = @(Get-VcdTransfer)
        $all | Should -HaveCount 2
        $all[0] | Should -BeOfType OrchestratorTools.Clients.Vcd.VcdTransfer
        $media = $all | Where-Object Kind -EQ Media
        $media.Name | Should -Be 'unfinished.iso'
        $media.State | Should -Be 'Waiting'
        $media.BytesTransferred | Should -Be 131072
        $media.Size | Should -Be 200000
        $media.Catalog | Should -Be 'iso'
        $media.Path | Should -Be $image
        $media.Age | Should -BeOfType timespan
        $media.Connection | Should -Be 'cloud'
        $template = $all | Where-Object Kind -EQ Template
        $template.Files.Name | Sort-Object | Should -Be 'a.vmdk', 'b.vmdk', 'descriptor.ovf'
        @(Get-VcdTransfer -Kind Template).Name | Should -Be 'unfinished'
        @(Get-VcdTransfer *.iso).Name | Should -Be 'unfinished.iso'
        @(Get-VcdCatalog iso | Get-VcdTransfer) | Should -HaveCount 2
        @(Get-VcdTransfer -Catalog templates) | Should -BeNullOrEmpty
        $all | Out-String -Width 120 | Should -BeLike '*unfinished.iso*Media*Waiting*131072*200000*'
        $all | Format-List | Out-String | Should -BeLike '*BytesTransferred*'
        $all | ConvertTo-Json -Depth 4 | Should -Not -BeLike '*/transfer/*'
        (Get-Failure { Get-VcdTransfer nosuch }).FullyQualifiedErrorId | Should -Be 'Vcd.NotFound,OrchestratorTools.Vcd.GetVcdTransferCommand'
    }

    It 'goes on with them' {
        Resume-VcdTransfer unfinished.iso -WhatIf | Should -BeNullOrEmpty
        Get-Call | Should -BeNullOrEmpty
        $done = @(Get-VcdTransfer | Resume-VcdTransfer -Wait)
        $done.Name | Sort-Object | Should -Be 'unfinished', 'unfinished.iso'
        $done.Status | Sort-Object -Unique | Should -Be 'RESOLVED'
        Assert-Arrived unfinished $path
        @(Get-Call) -like 'POST /api/catalog*' | Should -BeNullOrEmpty
        Get-VcdTransfer | Should -BeNullOrEmpty
        Get-ChildItem $env:ORCHESTRATORTOOLS_STATE -Recurse -Filter *.json | Should -BeNullOrEmpty
    }

    It 'needs the file without a record' {
        Remove-Item $env:ORCHESTRATORTOOLS_STATE -Recurse
        @(Get-VcdTransfer).Path | Should -Be $null, $null
        $failed = Get-Failure { Resume-VcdTransfer unfinished }
        $failed.FullyQualifiedErrorId | Should -Be 'Vcd.LocalFile,OrchestratorTools.Vcd.ResumeVcdTransferCommand'
        "$failed" | Should -BeLike '*no record*-Path*'
        { Get-VcdTransfer | Resume-VcdTransfer -Path $path -WhatIf } | Should -Throw '*-Path*' -ErrorId 'Vcd.BadParameter,*'
        { Resume-VcdTransfer unfinished, unfinished.iso -Path $path } | Should -Throw '*-Path*' -ErrorId 'Vcd.BadParameter,*'
        (Resume-VcdTransfer unfinished -Path $path -Wait).Status | Should -Be 'RESOLVED'
        Assert-Arrived unfinished $path
        "$(Get-Failure { Resume-VcdTransfer nosuch })" | Should -BeLike "*-Transfer 'nosuch'*"
        "$(Get-Failure { Resume-VcdTransfer unfinished.iso -Path (Join-Path $TestDrive nosuch.iso) })" | Should -BeLike '*nosuch.iso*'
    }

    It 'removes what is left' {
        Stop-VcdTransfer unfinished -WhatIf
        Get-Call | Should -BeNullOrEmpty
        @(Get-VcdTransfer | Stop-VcdTransfer -PassThru -Confirm:$false).Name | Sort-Object | Should -Be 'unfinished', 'unfinished.iso'
        # Each is busy at first: its task is cancelled, and it is removed then.
        Get-Call | Where-Object { $_ -notlike '*catalogItem*' } | Group-Object -NoElement | ForEach-Object { "$($_.Count) $($_.Name)" } | Sort-Object | Should -Be '2 DELETE /api/media/ID', '2 DELETE /api/vAppTemplate/ID', '2 POST /api/task/ID/action/cancel'
        Get-VcdTransfer | Should -BeNullOrEmpty
        Get-VcdCatalogItem unfinished* -Catalog iso | Should -BeNullOrEmpty
        Get-ChildItem $env:ORCHESTRATORTOOLS_STATE -Recurse -Filter *.json | Should -BeNullOrEmpty
        "$(Get-Failure { Stop-VcdTransfer nosuch -Confirm:$false })" | Should -BeLike "*-Transfer 'nosuch'*"
    }

    It 'completes their names' {
        (TabExpansion2 'Resume-VcdTransfer unf' -CursorColumn 22).CompletionMatches.CompletionText | Should -Be 'unfinished', 'unfinished.iso'
        (TabExpansion2 'Get-VcdTransfer -Name unfinished.' -CursorColumn 33).CompletionMatches.CompletionText | Should -Be 'unfinished.iso'
    }

    It 'is said in the words of the server where it gave them up' {
        $null = Invoke-SimulatorCommand $simulator clock @{ advanceSeconds = 7200 }
        @(Get-VcdTransfer).State | Sort-Object -Unique | Should -Be 'Failed'
        $failed = Get-Failure { Get-VcdTransfer unfinished | Resume-VcdTransfer }
        $failed.FullyQualifiedErrorId | Should -Be 'Vcd.WrongState,OrchestratorTools.Vcd.ResumeVcdTransferCommand'
        $failed = Get-Failure { Send-VcdTemplate $path -Catalog iso }
        "$failed" | Should -BeLike '*TIMEDOUT*-Force*'
        $null = Send-VcdTemplate $path -Catalog iso -Force
        Assert-Arrived unfinished $path
    }
}
